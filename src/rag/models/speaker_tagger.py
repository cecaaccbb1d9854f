"""Finds who says what in a text: a small network tags words and points from what is said to the words for who says it.

Windows are read one by one, because results of dynamic int8 depend on the other texts of a batch.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.core.article import Sentence, TaggedSpeech
from rag.models.manifest import MANIFEST_FILE, MODEL_FILE, TOKENIZER_FILE, Manifest, load_tokenizer, read_manifest
from rag.models.onnx_session import map_parallel, open_session
from rag.models.token_windows import CLASSIFY, SEPARATE, tokenize
from rag.text.grammar.saying import is_statement
from rag.text.grammar.tagged_speeches import untold_lines

SHIPPED = Path(__file__).parents[1] / "weights" / "speaker"
"""The folder of the shipped model."""
ROLES = ("source", "cue", "content")
"""What a token can be part of: the words for who speaks, the words that say so, and what is said."""
INPUT, OUTPUTS = "input_ids", ("tags", "queries", "keys")
"""Names of the graph's input and outputs."""
ROOM, OVERLAP = 223, 32
"""Tokens of a window beside [CLS], and least tokens that neighbouring windows share."""
_AT_ONCE = 64
"""Windows whose outputs are held in memory at a time."""
_SOURCE, _CUE, _CONTENT = (1 + 2 * ROLES.index(role) for role in ROLES)
_LEAST = 0.01
"""Least probability at which a token counts as a possible source."""

Scores = NDArray[np.float32]
Run = tuple[int, int]
"""A half-open interval of tokens."""
Pointed = tuple[tuple[int | None, float], ...]
"""Tokens that may begin the source of a token, or None for nobody, each with its probability."""


class TaggerManifest(Manifest):
    """The settings of a tagger.

    Attributes:
        threshold: Least probability of a source that is sure.
    """

    threshold: float


@dataclass(frozen=True, slots=True)
class EncodedText:
    """The tokens of a text, with a separator after each line.

    Attributes:
        ids: The id of each token.
        offsets: The half-open interval of each token in the text, in characters; empty for a separator.
    """

    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ScoredSpeech:
    """What someone says, at `text[start:end]`.

    Attributes:
        start: Start offset in the text, in characters.
        end: End offset, exclusive.
        source: The half-open interval of the words for who says it; None if the text doesn't tell.
        cue: The half-open interval of the words that say so; None if there are none.
        score: The probability that these words are the source, in [0, 1].
    """

    start: int
    end: int
    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    score: float

    def words(self, text: str) -> tuple[str, str]:
        """What is said and the words that say so, in the text."""
        return text[self.start : self.end], text[slice(*self.cue)] if self.cue else ""


class SpeakerTagger:
    """A tagger in a folder with manifest, tokenizer and ONNX graph. Threads may share it.

    Args:
        folder: The folder of the tagger.

    Raises:
        ModelError: If a file is missing or its sha256 is not the manifest's.
    """

    def __init__(self, folder: Path = SHIPPED) -> None:
        self.manifest = read_manifest(folder, TaggerManifest, "speaker tagger", "python -m training.speaker_tagger")
        self._tokenizer = load_tokenizer(folder / TOKENIZER_FILE)
        self._session = open_session(folder / MODEL_FILE)
        self._classify = self._tokenizer.token_to_id(CLASSIFY)

    def find(self, text: str, sentences: Sequence[Sentence]) -> tuple[TaggedSpeech, ...]:
        """Finds what is surely said by someone.

        Only lines are read that may have speech whose speaker the grammar does not give. That saves half of the time.

        Args:
            text: The text.
            sentences: Its sentences, in order.

        Returns:
            The speeches with their sources, by their start, without overlap.
        """
        return sure_speeches(text, self.score(text, untold_lines(text, sentences)), self.manifest.threshold)

    def score(self, text: str, lines: Sequence[tuple[int, int]]) -> list[ScoredSpeech]:
        """Finds what is said, and by whom most probably.

        Args:
            text: The text.
            lines: The half-open intervals of the lines that are read, in order.

        Returns:
            The speeches by their start, without overlap.
        """
        encoded = encode_lines(self._tokenizer, text, lines)
        if not encoded.ids:
            return []
        best, pointed = self._read(encoded.ids)
        sources, cues = list(_runs(best, _SOURCE)), list(_runs(best, _CUE))
        return [_speech(encoded, pointed, run, sources, cues) for run in _runs(best, _CONTENT)]

    def _read(self, ids: Sequence[int]) -> tuple[list[int], dict[int, Pointed]]:
        """Reads the tokens window by window. Each token counts as the window has it in whose middle it lies most.

        Returns:
            The best tag of each token, and for each token of a content where it points to.
        """
        starts = range(0, max(1, len(ids) - OVERLAP), ROOM - OVERLAP)
        begins = [max(0, min(begin, len(ids) - ROOM)) for begin in starts]
        ends = [*((begin + following + ROOM) // 2 for begin, following in pairwise(begins)), len(ids)]
        best: list[int] = []
        pointed: dict[int, Pointed] = {}
        for begin, end, (tags, queries, keys) in zip(begins, ends, self._scores(ids, begins), strict=True):
            own = slice(len(best) - begin + 1, end - begin + 1)  # [CLS] comes first
            chosen = tags[own].argmax(1)
            shares = _softmax(queries[own] @ keys.T)
            for row in np.flatnonzero(chosen >= _CONTENT).tolist():
                places = np.flatnonzero(shares[row] > _LEAST).tolist()
                found = tuple((begin + place - 1 if place else None, float(shares[row, place])) for place in places)
                pointed[len(best) + row] = found
            best += chosen.tolist()
        return best, pointed

    def _scores(self, ids: Sequence[int], begins: Sequence[int]) -> Iterator[tuple[Scores, Scores, Scores]]:
        """Yields the outputs for each window, some windows at a time, to bound memory."""
        for first in range(0, len(begins), _AT_ONCE):
            some = begins[first : first + _AT_ONCE]
            yield from map_parallel(self._run, [tuple(ids[begin : begin + ROOM]) for begin in some])

    def _run(self, ids: tuple[int, ...]) -> tuple[Scores, Scores, Scores]:
        given = np.array([(self._classify, *ids)], dtype=np.int64)
        tags, queries, keys = self._session.run(list(OUTPUTS), {INPUT: given})
        return tags[0], queries[0], keys[0]


def sure_speeches(text: str, scored: Iterable[ScoredSpeech], threshold: float) -> tuple[TaggedSpeech, ...]:
    """Keeps the speeches that state something and whose source is at least as probable as the threshold."""
    return tuple(
        TaggedSpeech(one.start, one.end, *one.source)
        for one in scored
        if one.source is not None and one.score >= threshold and is_statement(*one.words(text))
    )


@cache
def shipped_tagger() -> SpeakerTagger | None:
    """Loads the shipped tagger once; None if its files are missing.

    Raises:
        ModelError: If a file was altered.
    """
    return SpeakerTagger() if (SHIPPED / MANIFEST_FILE).is_file() else None


def encode_lines(tokenizer: Any, text: str, lines: Sequence[tuple[int, int]]) -> EncodedText:
    """Tokenises a text line by line, because a speech often ends with its line.

    Args:
        tokenizer: A `tokenizers.Tokenizer` without truncation.
        text: The text.
        lines: The half-open intervals of the lines, in order.
    """
    separator = tokenizer.token_to_id(SEPARATE)
    ids: list[int] = []
    offsets: list[tuple[int, int]] = []
    for begun, end in lines:
        tokens = tokenize(tokenizer, text[begun:end])
        if tokens.ids:
            ids += (*tokens.ids, separator)
            offsets += ((begun + start, begun + close) for start, close in tokens.offsets)
            offsets.append((end, end))
    return EncodedText(tuple(ids), tuple(offsets))


def _softmax(scores: Scores) -> Scores:
    raised: Scores = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Scores = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _runs(best: Sequence[int], first: int) -> Iterator[Run]:
    """Yields the tokens of each part with one role; `first` is the tag of its first token."""
    begun = None
    for number, tag in enumerate((*best, 0)):
        if begun is not None and tag != first + 1:
            yield begun, number
            begun = None
        if begun is None and tag in (first, first + 1):
            begun = number


def _speech(
    encoded: EncodedText, pointed: Mapping[int, Pointed], content: Run, sources: Sequence[Run], cues: Sequence[Run]
) -> ScoredSpeech:
    """Finds the source that the tokens of a content point to, in sum, and the cue nearest to both."""
    shares: dict[Run | None, float] = {None: 0.0}
    for number in range(*content):
        for target, share in pointed[number]:
            source = _run_around(sources, target) if target is not None else None
            shares[source] = shares.get(source, 0.0) + share
    best = max(shares, key=lambda run: shares[run])
    cue = min(cues, key=lambda run: _distance(run, content) + _distance(run, best or content), default=None)
    source, cue_place = (_place(encoded, run) if run else None for run in (best, cue))
    return ScoredSpeech(*_place(encoded, content), source, cue_place, shares[best] / (content[1] - content[0]))


def _distance(one: Run, other: Run) -> int:
    """The number of tokens between two parts."""
    return max(one[0] - other[1], other[0] - one[1], 0)


def _run_around(runs: Sequence[Run], number: int) -> Run | None:
    index = bisect_right(runs, number, key=lambda run: run[0]) - 1
    return runs[index] if index >= 0 and number < runs[index][1] else None


def _place(encoded: EncodedText, run: Run) -> tuple[int, int]:
    return encoded.offsets[run[0]][0], encoded.offsets[run[1] - 1][1]
