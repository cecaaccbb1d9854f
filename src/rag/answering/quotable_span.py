"""Decides where a quote and its short answer begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answering.validation.datelines import without_head
from rag.core.article import QUOTABLE, Article, Reading, Sentence, Span
from rag.question.question import Kind
from rag.text.english.function_words import LIST_OPENERS, OBJECT_PRONOUNS, REFERRING_BACK
from rag.text.english.numbers import BLURS
from rag.text.english.patterns import any_of
from rag.text.english.people import NAME_PARTICLES, NAME_PREPOSITIONS, PERSON_NOUNS, RETINUES
from rag.text.english.places import GROUP_NOUNS
from rag.text.english.units import UNITS
from rag.text.grammar.quotations import without_inch_marks
from rag.values.numbers import whole_number

_CELLS = re.compile(r"(?<=[^|\s])\s*\|\s*(?=[^|\s])")
"""The separator between two cells of a table row."""
_ITEM = r"(?:the )?[A-Z][\w’'-]*(?: (?:of |of the )?[A-Z][\w’'-]*)*"
_LISTED = re.compile(rf".+, {_ITEM}", re.DOTALL)
_LIST_GOES_ON = re.compile(rf"(?:, {_ITEM})*,? (?:and|or|&) {_ITEM}(?!\w)")
"""The rest of a list of names, if a span has only its first names."""
_IN = re.compile(rf"{any_of(NAME_PREPOSITIONS)} (?=\w)", re.IGNORECASE)
"""A preposition that is not part of the name of a place or time. "Near" and "since" stay, because they say more."""
_TO_SOMEONE = re.compile(rf"{any_of(OBJECT_PRONOUNS)} (?=\W?\d)")
"""A person before a number who is no part of it: "it cost us 80 million"."""
_STOPPED = re.compile(r"[a-z]{3}[.,]\Z")
"""The end of a sentence or clause: a stop that belongs neither to an abbreviation nor to an initial."""
_PAIRS = (("“", "”"), ('"', '"'), ("‘", "’"), ("«", "»"), ("(", ")"), ("[", "]"))
"""Marks and brackets whose halves belong together."""
_TORN = -1
_UNIT = re.compile(rf"{'|'.join(UNITS.values())}|{BLURS}", re.IGNORECASE)
"""A unit, or a word such as "about", which tells nothing without its number."""
_WORD = re.compile(r"\w")
_PARTICLE = re.compile(rf"{any_of(NAME_PARTICLES)}[ -](?=\w)")
_FIRST_NAME = re.compile(r"(?<!\w)[A-Z][\w’'-]* \Z")
"""The first name before a particle, if the span begins with the particle."""
_OWNS_PEOPLE = re.compile(rf"['’]s? (?:[a-z-]+ ){{0,3}}?{any_of(PERSON_NOUNS | RETINUES | GROUP_NOUNS)}s?\b")
"""What follows a name if someone else, who belongs to that person, is told of: `Lund's security detail`."""
_LISTS = re.compile(rf"{any_of(LIST_OPENERS)}\b")
"""The start of a sentence that lists what the sentence before announced. They are quoted together."""
_REFERS_BACK = re.compile(rf"{any_of(REFERRING_BACK)}\b")
"""The start of a sentence that can't be understood without the sentence before."""


@dataclass(frozen=True, slots=True)
class QuotableSpan:
    """A span, and the sentences to quote around it.

    Attributes:
        span: The span.
        reading: The reading that the span is from.
        first: Index of the first quoted sentence in the passage's sentences.
        last: Index after the last quoted sentence.
    """

    span: Span
    reading: Reading
    first: int
    last: int

    @property
    def start(self) -> int:
        """Start offset of the quoted sentences in the article's text, in characters."""
        return self.reading.hit.passage.sentences[self.first].start

    @property
    def end(self) -> int:
        """End offset of the quoted sentences, exclusive."""
        return self.reading.hit.passage.sentences[self.last - 1].end

    @property
    def article(self) -> Article:
        """The quoted article."""
        return self.reading.hit.passage.article

    @property
    def quote(self) -> str:
        """The text of the quoted sentences."""
        return self.article.text[self.start : self.end]

    def overlaps(self, other: QuotableSpan) -> bool:
        """Returns whether both quotes share characters of one article."""
        return self.article.id == other.article.id and self.start < other.end and other.start < self.end


def quotable_spans(reading: Reading) -> Iterator[QuotableSpan]:
    """Yields the spans of a reading that can be quoted, in the reading's order.

    A span is left out if it has no word, or if a sentence that would be quoted is not of a quotable kind.
    """
    passage = reading.hit.passage
    for span in reading.spans:
        first, last = sentences_around(passage.article.text, span, passage.sentences)
        has_words = _WORD.search(passage.article.text, span.start, span.end) is not None
        if first < last and has_words and all(sentence.kind in QUOTABLE for sentence in passage.sentences[first:last]):
            yield QuotableSpan(span, reading, first, last)


def whole_answer(place: QuotableSpan, kind: Kind) -> Span:
    """Widens or trims a span so that it can be shown alone as the short answer.

    - A reason becomes the whole quote, because a few words of a sentence explain nothing.
    - A span that is a whole sentence, or lies in a quote with two or more separators of table cells, becomes the whole
      quote. Only the table's head tells which cell is meant.
    - A person whose people are told of becomes the whole quote: "Lund's aides lied" does not tell that Lund lied.
    - A number gets its sign, its currency and the words that bound it: "400" does not say the same as "at least 400".
      A unit without its number becomes the whole quote: "percent" is no share.
    - A list of names continues to its end.
    - A name that begins with a particle gets the first name before it.
    - A place or a time loses its "in", "on" or "at". The dateline before an answer is cut off.
    - A quotation mark at an end is dropped if its other half is outside. A mark or bracket inside gets its other half,
      or the whole quote is shown.

    Args:
        place: The span and the sentences that are quoted around it.
        kind: The kind of thing that the question asks for.

    Returns:
        The span to show, inside the quoted sentences, with the score of the original span.
    """
    text = place.article.text
    start, end = max(place.start, place.span.start), min(place.end, place.span.end)
    score, is_sentence = place.span.score, _is_sentence(place, start, end)
    if not is_sentence:
        start, end = without_head(text, start, end, is_place=kind == "place")
    is_row = len(_CELLS.findall(text, place.start, place.end)) > 1
    name_end = end - 2 if text.endswith(("'s", "’s"), start, end) else end
    is_owner = kind == "person" and _OWNS_PEOPLE.match(text, name_end, place.end) is not None
    if kind == "reason" or is_row or is_sentence or is_owner:
        return Span(place.start, place.end, score)
    if _LISTED.fullmatch(text, start, end) and (rest := _LIST_GOES_ON.match(text, end, place.end)):
        end = rest.end()
    if _PARTICLE.match(text, start, end) and (first := _FIRST_NAME.search(text[place.start : start])):
        start -= len(first.group())
    if kind in ("place", "time") and (before := _IN.match(text, start, end)):
        start = before.end()
    if kind in ("quantity", "time", "other"):
        start = before.end() if (before := _TO_SOMEONE.match(text, start, end)) else start
        begin, stop = whole_number(text, start, end, kind)
        start, end = max(place.start, begin), min(place.end, stop)
    if kind == "quantity" and _UNIT.fullmatch(text, start, end):
        return Span(place.start, place.end, score)
    text = without_inch_marks(text, place.start, place.end)
    start, end = _without_torn_marks(text, start, end)
    return Span(*_with_whole_marks(text, start, end, place), score)


def _is_sentence(place: QuotableSpan, start: int, end: int) -> bool:
    return any((start, end) == (s.start, s.end) for s in place.reading.hit.passage.sentences)


def _without_torn_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Drops a quotation mark at an end if its other half is outside, and at the right end the stop before the mark."""
    words = text[start:end]
    if len(words) > 1 and words[0] in '"“' and not set(words[1:]) & set('"”'):
        start += 1
    if len(words) > 1 and words[-1] in '"”' and not set(words[:-1]) & set('"“'):
        end -= 1
        end -= _STOPPED.search(text[start:end]) is not None
    return start, end


def _with_whole_marks(text: str, start: int, end: int, place: QuotableSpan) -> tuple[int, int]:
    """Widens a span so that each bracket and quotation mark in it has its other half; else takes the whole quote."""
    for opening, closing in _PAIRS if end - start > 1 else ():
        opened, closed = text.count(opening, start, end), text.count(closing, start, end)
        if opening == closing and opened % 2:
            opened, closed = (0, 1) if text.count(opening, place.start, start) % 2 else (1, 0)
        if opened > closed:
            end = text.find(closing, end, place.end) + 1 or _TORN
        elif closed > opened and closing != "’":
            start = text.rfind(opening, place.start, start)
        if _TORN in (start, end):
            return place.start, place.end
    return start, end


def sentences_around(text: str, span: Span, sentences: Sequence[Sentence]) -> tuple[int, int]:
    """Returns the sentences to quote for a span: those it touches, and those they need to be understood.

    Args:
        text: The article's text.
        span: The span.
        sentences: The passage's sentences.

    Returns:
        The index of the first sentence and the index after the last one; (0, 0) if the span touches none.
    """
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
    """Whether the second sentence opens with a word that refers to the first one, and the first one can be quoted."""
    return pair[0].kind in QUOTABLE and _REFERS_BACK.match(text, pair[1].start) is not None


def _lists(text: str, sentence: Sentence) -> bool:
    return sentence.kind in QUOTABLE and _LISTS.match(text, sentence.start) is not None
