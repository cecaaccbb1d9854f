"""The shipped reader: a small extractive model in ONNX that reads window by window and finds exact characters.

Left out: batching. Results of dynamic int8 depend on the other texts of a batch, and the same question must give the
same answer every time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.core.article import Hit, Reading, Sentence
from rag.models.manifest import MODEL_FILE, TOKENIZER_FILE, Manifest, load_tokenizer, read_manifest
from rag.models.onnx_session import map_parallel, open_session
from rag.models.reading import Readable, TextReading, WindowReading, decode_window, in_article, merge_windows
from rag.models.span_decoding import pair_scores
from rag.models.token_windows import CLASSIFY, SEPARATE, Tokens, Window, split_windows, tokenize

SHIPPED = Path(__file__).parents[1] / "weights" / "reader"
"""The folder of the shipped model."""


class ReaderManifest(Manifest):
    """The settings of a reader.

    Attributes:
        max_tokens: Most tokens of a window, question included.
        overlap_tokens: Least tokens that a window shares with the one before.
        max_question_tokens: Tokens of the question that are read.
        longest_answer_tokens: Most tokens of a span.
        threshold: The log-odds of span over null above which the reader alone would answer.
    """

    max_tokens: int
    overlap_tokens: int
    max_question_tokens: int
    longest_answer_tokens: int
    threshold: float


WindowScores = tuple[NDArray[np.float32], NDArray[np.float32]]
"""Start and end scores of one window, each of shape (tokens,)."""


class OnnxReader:
    """A reader in a folder with manifest, tokenizer and ONNX graph. Implements `rag.core.ports.Reader`.

    Threads may share it.

    Args:
        folder: The folder of the reader.

    Raises:
        ModelError: If a file is missing or its sha256 is not the manifest's.
    """

    def __init__(self, folder: Path = SHIPPED) -> None:
        self.manifest = read_manifest(folder, ReaderManifest, "reader", "python -m training.export")
        self._tokenizer = load_tokenizer(folder / TOKENIZER_FILE)
        self._session = open_session(folder / MODEL_FILE)
        self._marks = (self._tokenizer.token_to_id(CLASSIFY), self._tokenizer.token_to_id(SEPARATE))

    @property
    def name(self) -> str:
        """The manifest's name."""
        return self.manifest.name

    def read(self, question: str, hits: Sequence[Hit], top: int = 5) -> list[Reading]:
        """See `rag.core.ports.Reader.read`; evidence is the probability that the answer starts in the sentence."""
        readings = self._read_all(question, [Readable.of(hit.passage) for hit in hits], top)
        return [in_article(hit, reading) for hit, reading in zip(hits, readings, strict=True)]

    def read_text(self, question: str, text: str, top: int = 5, sentences: Sequence[Sentence] = ()) -> TextReading:
        """Reads one text of any length.

        Args:
            question: The question.
            text: The text.
            top: Number of spans wanted.
            sentences: The text's sentences. If there are any, a span lies inside one sentence that can be quoted.

        Returns:
            Spans without overlap, best first, with offsets in `text`.
        """
        return self._read_all(question, [Readable(text, sentences)], top)[0]

    def _read_all(self, question: str, given: Sequence[Readable], top: int) -> list[TextReading]:
        """Reads all texts. Only the model runs in parallel.

        The steps before and after the model are short, and are slower when they alternate with it, because it then
        loses the processor's caches.
        """
        asked = tokenize(self._tokenizer, question).ids[: self.manifest.max_question_tokens]
        tokenized = [tokenize(self._tokenizer, each.text) for each in given]
        windows = [self._split(asked, each.lead, tokens) for each, tokens in zip(given, tokenized, strict=True)]
        every = list(chain.from_iterable(windows))
        scores = iter(map_parallel(self._run, every, cost=lambda window: len(window.input_ids)))
        readings = []
        for each, tokens, own in zip(given, tokenized, windows, strict=True):
            read = [self._decode(window, next(scores), tokens, top, each.sentences) for window in own]
            readings.append(merge_windows(read, each, top))
        return readings

    def _split(self, asked: Sequence[int], lead: str, tokens: Tokens) -> list[Window]:
        limits = self.manifest.max_tokens, self.manifest.overlap_tokens
        before = tokenize(self._tokenizer, lead).ids if lead else ()
        return split_windows(asked, tokens.ids, self._marks, *limits, before)

    def _decode(
        self, window: Window, scores: WindowScores, tokens: Tokens, top: int, sentences: Sequence[Sentence]
    ) -> WindowReading:
        starts, ends = scores
        null = float(starts[0]) + float(ends[0])
        inside = slice(window.first, window.first + window.end - window.begin)
        opens = np.array(tokens.opens_word[window.begin : window.end])
        closes = np.append(opens[1:], True)
        # Whole words only, because a quote must not begin or end inside a word.
        pairs = pair_scores(
            np.where(opens, starts[inside], -np.inf),
            np.where(closes, ends[inside], -np.inf),
            self.manifest.longest_answer_tokens,
        )
        return decode_window(pairs, null, tokens.offsets[window.begin : window.end], sentences, top)

    def _run(self, window: Window) -> WindowScores:
        input_ids = np.array([window.input_ids], dtype=np.int64)
        token_types = np.zeros_like(input_ids)
        token_types[0, window.second :] = 1
        feed = {"input_ids": input_ids, "token_type_ids": token_types}
        starts, ends = self._session.run(["start_logits", "end_logits"], feed)
        return starts[0], ends[0]
