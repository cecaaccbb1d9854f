"""What a reader is given of a passage and what it finds there, window by window, merged into one reading."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.core.article import QUOTABLE, Hit, Passage, Reading, Sentence, Span
from rag.models.span_decoding import Pairs, best_spans, null_log_odds, start_probabilities, within_sentences

_LOOKED_AT = 5
"""How many spans of a window may at least speak for one another, however few are asked for."""
LONGEST_LEAD = 200
"""Characters of a title that are read; a longer one is no title."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A text to be read, with its sentences if they are known, and a lead that is read before it but never answers."""

    text: str
    sentences: Sequence[Sentence] = ()
    lead: str = ""

    @classmethod
    def of(cls, passage: Passage) -> Readable:
        """The passage under its article's title, which tells what "the shooting" is, unless it holds that itself."""
        title = " ".join(passage.article.title.split())[:LONGEST_LEAD]
        begin = passage.start
        inside = [Sentence(s.start - begin, s.end - begin, s.kind) for s in passage.sentences]
        return cls(passage.text, inside, f"{title}." if title and title not in passage.text else "")


@dataclass(frozen=True, slots=True)
class TextReading:
    """What the reader found in a text: spans best first, whose scores are log-odds over "no answer".

    `null_score` is the log-odds that there is no answer rather than any span, in the window surest of one; infinite
    for a text without a single token. `evidence` belongs to the sentences that were given, in [0, 1].
    """

    spans: tuple[Span, ...]
    null_score: float
    evidence: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class WindowReading:
    """What was found in one window: spans, and where its tokens begin in the text, shape (tokens,).

    `starts[i]` is the probability that the answer starts at token i.
    """

    begins: NDArray[np.int64]
    spans: tuple[Span, ...]
    null_score: float
    starts: NDArray[np.float64]


def quotable_sentence(begins: NDArray[np.int64], sentences: Sequence[Sentence]) -> NDArray[np.int64]:
    """For each token, by where it begins, the index of its sentence; -1 where that can't be quoted, shape (tokens,)."""
    starts = np.array([sentence.start for sentence in sentences])
    kinds = np.array([sentence.kind in QUOTABLE for sentence in sentences])
    index = np.maximum(np.searchsorted(starts, begins, side="right") - 1, 0)
    return np.where(kinds[index], index, -1)


def decode_window(
    pairs: Pairs, null: float, places: Sequence[tuple[int, int]], sentences: Sequence[Sentence], top: int
) -> WindowReading:
    """The reading of a window from the scores of its spans and of no answer.

    `places` are the half-open intervals of its tokens in the text. Where sentences are given, no span leaves its
    sentence, and none stands in one that can't be quoted.
    """
    begins = np.array([begin for begin, _ in places], dtype=np.int64)
    if sentences:
        pairs = within_sentences(pairs, quotable_sentence(begins, sentences))
    found = best_spans(pairs, null, max(top, _LOOKED_AT))
    spans = (Span(places[span.start][0], places[span.end - 1][1], span.log_odds) for span in found)
    kept = tuple(span for span in spans if span.start < span.end)
    return WindowReading(begins, kept, null_log_odds(pairs, null), start_probabilities(pairs, null))


def merge_windows(windows: Sequence[WindowReading], given: Readable, top: int) -> TextReading:
    """The reading of a text from those of its windows, whose scores are comparable: each is over its own null.

    Places that say the same words speak for one another (attention sum, Kadlec et al. 2016): the best of them has the
    sum of their odds.
    """
    spans = _best_apart([span for window in windows for span in window.spans])
    null_score = min((window.null_score for window in windows), default=math.inf)
    return TextReading(tuple(_summed(spans, given.text)[:top]), null_score, _evidence(windows, given.sentences))


def _best_apart(spans: list[Span]) -> list[Span]:
    """Spans of all windows, best first, none overlapping a better one; one found in two keeps its better score."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (-span.score, span.start, span.end)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return kept


def _summed(spans: Sequence[Span], text: str) -> list[Span]:
    """These spans, best first; the best one of each wording with the log of the sum of its odds and its likes'."""
    said: dict[str, list[Span]] = {}
    for span in spans:
        said.setdefault(" ".join(text[span.start : span.end].casefold().split()), []).append(span)
    summed = []
    for best, *likes in said.values():
        score = float(np.logaddexp.reduce([span.score for span in (best, *likes)]))
        summed += [Span(best.start, best.end, score), *likes]
    return sorted(summed, key=lambda span: (-span.score, span.start, span.end))


def _evidence(windows: Sequence[WindowReading], sentences: Sequence[Sentence]) -> tuple[float, ...]:
    """For each sentence, the probability that the answer starts in it, in the window that gives it most."""
    evidence = [0.0] * len(sentences)
    for window in windows:
        for index, sentence in enumerate(sentences):
            inside = (window.begins >= sentence.start) & (window.begins < sentence.end)
            evidence[index] = max(evidence[index], min(1.0, float(window.starts[inside].sum())))
    return tuple(evidence)


def in_article(hit: Hit, reading: TextReading) -> Reading:
    """The reading of a hit's text, moved to where the passage stands in its article."""
    begin = hit.passage.start
    spans = tuple(Span(span.start + begin, span.end + begin, span.score) for span in reading.spans)
    return Reading(hit, spans, reading.evidence)
