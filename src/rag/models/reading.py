"""The text that a reader gets from a passage, and how readings of its windows are merged into one reading."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.core.article import QUOTABLE, Hit, Passage, Reading, Sentence, Span
from rag.models.span_decoding import Pairs, best_spans, null_log_odds, start_probabilities, within_sentences

_LOOKED_AT = 5
"""Least number of spans kept per window, because spans with the same words support one another."""
LONGEST_LEAD = 200
"""Characters of a title that are read. A longer text is not a title."""


@dataclass(frozen=True, slots=True)
class Readable:
    """A text to read.

    Attributes:
        text: The text in which the answer may be.
        sentences: Its sentences, if known, with offsets in `text`.
        lead: A text that is read before `text` but never contains the answer.
    """

    text: str
    sentences: Sequence[Sentence] = ()
    lead: str = ""

    @classmethod
    def of(cls, passage: Passage) -> Readable:
        """Makes a readable text from a passage.

        Its lead is the article's title, which often explains what, for example, "the shooting" refers to. A title that
        the passage contains is left out.
        """
        title = " ".join(passage.article.title.split())[:LONGEST_LEAD]
        begin = passage.start
        inside = [Sentence(s.start - begin, s.end - begin, s.kind) for s in passage.sentences]
        return cls(passage.text, inside, f"{title}." if title and title not in passage.text else "")


@dataclass(frozen=True, slots=True)
class TextReading:
    """What a reader found in a text.

    Attributes:
        spans: The spans, best first. Their scores are log-odds over "no answer".
        null_score: The log-odds of no answer over any span, the lowest of all windows; infinite for a text without
            tokens.
        evidence: For each given sentence, the probability in [0, 1] that the answer starts in it.
    """

    spans: tuple[Span, ...]
    null_score: float
    evidence: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class WindowReading:
    """What a reader found in one window.

    Attributes:
        begins: Start offset of each token in the text, shape (tokens,).
        spans: The spans, best first.
        null_score: The log-odds of no answer over any span.
        starts: The probability that the answer starts at each token, shape (tokens,).
    """

    begins: NDArray[np.int64]
    spans: tuple[Span, ...]
    null_score: float
    starts: NDArray[np.float64]


def quotable_sentence(begins: NDArray[np.int64], sentences: Sequence[Sentence]) -> NDArray[np.int64]:
    """Finds the sentence of each token.

    Args:
        begins: Start offset of each token in the text, shape (tokens,).
        sentences: The sentences of the text, in order.

    Returns:
        The index of each token's sentence, shape (tokens,); -1 if the sentence can't be quoted.
    """
    starts = np.array([sentence.start for sentence in sentences])
    kinds = np.array([sentence.kind in QUOTABLE for sentence in sentences])
    index = np.maximum(np.searchsorted(starts, begins, side="right") - 1, 0)
    return np.where(kinds[index], index, -1)


def decode_window(
    pairs: Pairs, null: float, places: Sequence[tuple[int, int]], sentences: Sequence[Sentence], top: int
) -> WindowReading:
    """Decodes the scores of one window.

    Args:
        pairs: The scores of all spans.
        null: The score of "no answer".
        places: The half-open interval of each token in the text, in characters.
        sentences: The text's sentences. If there are any, a span lies inside one sentence that can be quoted.
        top: Number of spans wanted.
    """
    begins = np.array([begin for begin, _ in places], dtype=np.int64)
    if sentences:
        pairs = within_sentences(pairs, quotable_sentence(begins, sentences))
    found = best_spans(pairs, null, max(top, _LOOKED_AT))
    spans = (Span(places[span.start][0], places[span.end - 1][1], span.log_odds) for span in found)
    kept = tuple(span for span in spans if span.start < span.end)
    return WindowReading(begins, kept, null_log_odds(pairs, null), start_probabilities(pairs, null))


def merge_windows(windows: Sequence[WindowReading], given: Readable, top: int) -> TextReading:
    """Merges the readings of a text's windows.

    Their scores are comparable, because each is relative to its own null score. Spans with the same words support one
    another: the best of them gets the sum of their odds (attention sum, Kadlec et al. 2016).

    Args:
        windows: The readings of the windows.
        given: The text.
        top: Number of spans wanted.
    """
    spans = _best_apart([span for window in windows for span in window.spans])
    null_score = min((window.null_score for window in windows), default=math.inf)
    return TextReading(tuple(_summed(spans, given.text)[:top]), null_score, _evidence(windows, given.sentences))


def _best_apart(spans: list[Span]) -> list[Span]:
    """Spans of all windows, best first, without those that overlap a better one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (-span.score, span.start, span.end)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return kept


def _summed(spans: Sequence[Span], text: str) -> list[Span]:
    """The spans, best first. The best span of each wording gets the summed odds of all spans with this wording."""
    said: dict[str, list[Span]] = {}
    for span in spans:
        said.setdefault(" ".join(text[span.start : span.end].casefold().split()), []).append(span)
    summed = []
    for best, *likes in said.values():
        score = float(np.logaddexp.reduce([span.score for span in (best, *likes)]))
        summed += [Span(best.start, best.end, score), *likes]
    return sorted(summed, key=lambda span: (-span.score, span.start, span.end))


def _evidence(windows: Sequence[WindowReading], sentences: Sequence[Sentence]) -> tuple[float, ...]:
    """For each sentence, the probability that the answer starts in it, from the window that gives the highest."""
    evidence = [0.0] * len(sentences)
    for window in windows:
        for index, sentence in enumerate(sentences):
            inside = (window.begins >= sentence.start) & (window.begins < sentence.end)
            evidence[index] = max(evidence[index], min(1.0, float(window.starts[inside].sum())))
    return tuple(evidence)


def in_article(hit: Hit, reading: TextReading) -> Reading:
    """Converts the reading of a passage's text to offsets in its article."""
    begin = hit.passage.start
    spans = tuple(Span(span.start + begin, span.end + begin, span.score) for span in reading.spans)
    return Reading(hit, spans, reading.evidence)
