"""Any extractive question-answering model of the transformers library, by local folder or by name, as a reader.

Slower than the shipped one and needs torch; for comparing, and for those who have a larger model on their disk.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from typing import Any

from rag.core.article import Hit, Reading, Sentence
from rag.core.errors import ModelError
from rag.models.reading import Readable, TextReading, WindowReading, decode_window, in_article, merge_windows
from rag.models.span_decoding import pair_scores
from rag.models.token_windows import encodable

MAX_TOKENS, OVERLAP_TOKENS, LONGEST_ANSWER = 384, 128, 30


class TransformersReader:
    """Implements `rag.core.ports.Reader`; one question at a time, whatever the number of threads.

    Raises ModelError where there is no such model on this machine; a hub is asked only if the environment says
    HF_HUB_OFFLINE=0.
    """

    def __init__(self, name: str) -> None:
        from transformers import AutoModelForQuestionAnswering, AutoTokenizer

        self._name = name
        self._lock = threading.Lock()
        try:
            local = os.environ.get("HF_HUB_OFFLINE") != "0"
            self._tokenizer = AutoTokenizer.from_pretrained(name, use_fast=True, local_files_only=local)
            self._model = AutoModelForQuestionAnswering.from_pretrained(name, local_files_only=local).eval()
        except (OSError, ValueError) as error:
            raise ModelError(
                f"No reader '{name}' on this machine",
                remedy="give a folder with a question-answering model, or leave it out",
            ) from error

    @property
    def name(self) -> str:
        """The folder or name it was loaded from."""
        return self._name

    def read(self, question: str, hits: Sequence[Hit], top: int = 5) -> list[Reading]:
        """See `rag.core.ports.Reader.read`."""
        return [in_article(hit, self._read(question, Readable.of(hit.passage), top)) for hit in hits]

    def read_text(self, question: str, text: str, top: int = 5, sentences: Sequence[Sentence] = ()) -> TextReading:
        """The best `top` spans of any text; see `rag.models.span_reader.OnnxReader.read_text`."""
        return self._read(question, Readable(text, sentences), top)

    def _read(self, question: str, given: Readable, top: int) -> TextReading:
        """The reading of a text; the lead stands in its first window only."""
        import torch

        head = f"{given.lead}\n" if given.lead else ""
        encoded = self._tokenizer(
            encodable(question),
            encodable(head + given.text),
            truncation="only_second",
            max_length=MAX_TOKENS,
            stride=OVERLAP_TOKENS,
            return_overflowing_tokens=True,
            return_offsets_mapping=True,
            padding=True,
            return_tensors="pt",
        )
        names = [name for name in self._tokenizer.model_input_names if name in encoded]
        with self._lock, torch.no_grad():
            scores = self._model(**{name: encoded[name] for name in names})
        windows = [
            self._window(
                _places(encoded, index, len(head)), (scores.start_logits[index], scores.end_logits[index]), given, top
            )
            for index in range(len(encoded["input_ids"]))
        ]
        return merge_windows(windows, given, top)

    def _window(
        self, places: dict[int, tuple[int, int]], logits: tuple[Any, Any], given: Readable, top: int
    ) -> WindowReading:
        starts, ends = (scores.numpy() for scores in logits)
        inside = list(places)
        null = float(starts[0] + ends[0])
        pairs = pair_scores(starts[inside], ends[inside], LONGEST_ANSWER)
        return decode_window(pairs, null, list(places.values()), given.sentences, top)


def _places(encoded: Any, index: int, head: int) -> dict[int, tuple[int, int]]:
    """The positions in a window of the tokens of the text behind its head, each with its place in the text alone."""
    offsets = encoded["offset_mapping"][index].tolist()
    inside = (position for position, part in enumerate(encoded.sequence_ids(index)) if part == 1)
    return {at: (offsets[at][0] - head, offsets[at][1] - head) for at in inside if offsets[at][0] >= head}
