"""Where a quote and its short answer begin and end: whole sentences around a span, and its own words made whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answering.value_numbers import start_with_bound
from rag.core.article import QUOTABLE, Article, Reading, Sentence, Span
from rag.question.question import Kind

_CELLS = re.compile(r"(?<=[^|\s])\s*\|\s*(?=[^|\s])")
"""What parts two cells of a table's row."""
_ITEM = r"(?:the )?[A-Z][\w’'-]*(?: (?:of |of the )?[A-Z][\w’'-]*)*"
_LISTED = re.compile(rf".+, {_ITEM}", re.DOTALL)
_LIST_GOES_ON = re.compile(rf"(?:, {_ITEM})*,? (?:and|or|&) {_ITEM}(?!\w)")
"""The rest of a list of names of which some, parted by commas, were picked."""
_IN = re.compile(r"(?:in|at|on) (?=\w)", re.IGNORECASE)
"""What a place or a time is named with, and is no part of its name; "near" and "since" tell more."""
_STOPPED = re.compile(r"[a-z]{3}[.,]\Z")
"""How a sentence's words end, and no abbreviation or initial."""
_WORD = re.compile(r"\w")
_PARTICLE = re.compile(r"(?:bin|ibn|al|el|van|von|der|den|de|da|di|du|la|le)[ -](?=\w)")
_FIRST_NAME = re.compile(r"(?<!\w)[A-Z][\w’'-]* \Z")
"""A name that was picked from its particle on, and the word before it."""
_LISTS = re.compile(r"(?:(?:Chief|Foremost|First) a|A)mong (?:them|these)\b|(?:These|They) include\b|Namely\b")
"""How a sentence begins that lists what the one before announced: quoted with it, neither can be understood alone."""
_REFERS_BACK = re.compile(r"(?:He|She|It|They|This|These|Those|Such|His|Her|Its|Their|The (?:latter|former))\b")
"""How a sentence begins that can't be understood without the one before."""


@dataclass(frozen=True, slots=True)
class QuotableSpan:
    """A span, the reading that it comes from, and the half-open range of the passage's sentences to quote."""

    span: Span
    reading: Reading
    first: int
    last: int

    @property
    def start(self) -> int:
        """Where the quoted sentences begin."""
        return self.reading.hit.passage.sentences[self.first].start

    @property
    def end(self) -> int:
        """Where they end."""
        return self.reading.hit.passage.sentences[self.last - 1].end

    @property
    def article(self) -> Article:
        """The article quoted."""
        return self.reading.hit.passage.article

    @property
    def quote(self) -> str:
        """The quoted sentences."""
        return self.article.text[self.start : self.end]

    def overlaps(self, other: QuotableSpan) -> bool:
        """Whether both would quote some of the same words."""
        return self.article.id == other.article.id and self.start < other.end and other.start < self.end


def quotable_spans(reading: Reading) -> Iterator[QuotableSpan]:
    """The spans of one reading that stand in sentences fit to be quoted."""
    passage = reading.hit.passage
    for span in reading.spans:
        first, last = _sentences_around(passage.article.text, span, passage.sentences)
        has_words = _WORD.search(passage.article.text, span.start, span.end) is not None
        if first < last and has_words and all(sentence.kind in QUOTABLE for sentence in passage.sentences[first:last]):
            yield QuotableSpan(span, reading, first, last)


def whole_answer(place: QuotableSpan, kind: Kind) -> Span:
    """The span as it may be shown by itself.

    A reason takes a sentence: the few words that a reader picks from it explain nothing. A number takes the words that
    bound it: 400 is not what "at least 400" says. A list of names of which some were picked goes on to its end, and a
    name begins before its particle, and that of a place or a time behind its "in". A table's row with several cells
    beside its name is shown whole, as only its head tells which of them is meant.

    Args:
        place: The span and the sentences that are quoted around it.
        kind: The kind of thing that the question asks for.

    Returns:
        The span to show, inside the quoted sentences, with the score of the one that was picked.
    """
    text = place.article.text
    start, end, score = place.span.start, place.span.end, place.span.score
    is_row = len(_CELLS.findall(text, place.start, place.end)) > 1
    is_sentence = any((start, end) == (s.start, s.end) for s in place.reading.hit.passage.sentences)
    if kind == "reason" or is_row or is_sentence:
        return Span(place.start, place.end, score)
    if _LISTED.fullmatch(text, start, end) and (rest := _LIST_GOES_ON.match(text, end, place.end)):
        end = rest.end()
    if _PARTICLE.match(text, start, end) and (first := _FIRST_NAME.search(text[place.start : start])):
        start -= len(first.group())
    if kind in ("place", "time") and (before := _IN.match(text, start, end)):
        start = before.end()
    bounded = start_with_bound(text, start) if kind == "quantity" else start
    return Span(*_without_torn_marks(text, max(place.start, bounded), end), score)


def _without_torn_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """The interval without a quotation mark at either end whose other half stands outside, and the stop before it."""
    words = text[start:end]
    if len(words) > 1 and words[0] in '"“' and not set(words[1:]) & set('"”'):
        start += 1
    if len(words) > 1 and words[-1] in '"”' and not set(words[:-1]) & set('"“'):
        end -= 1
        end -= _STOPPED.search(text[start:end]) is not None
    return start, end


def _sentences_around(text: str, span: Span, sentences: Sequence[Sentence]) -> tuple[int, int]:
    """The half-open range of the sentences that the span touches, with the one before where they can't stand alone."""
    touched = [index for index, s in enumerate(sentences) if s.start < span.end and span.start < s.end]
    if not touched:
        return 0, 0
    first, last = touched[0], touched[-1] + 1
    if first > 0 and (_lists(text, sentences[first]) or _refers_back(text, sentences[first - 1 : first + 1])):
        first -= 1
    if last < len(sentences) and _lists(text, sentences[last]):
        last += 1
    return first, last


def _refers_back(text: str, pair: Sequence[Sentence]) -> bool:
    """Whether the second of two sentences opens with a word for something in the first, and the first can be quoted."""
    return pair[0].kind in QUOTABLE and _REFERS_BACK.match(text, pair[1].start) is not None


def _lists(text: str, sentence: Sentence) -> bool:
    return sentence.kind in QUOTABLE and _LISTS.match(text, sentence.start) is not None
