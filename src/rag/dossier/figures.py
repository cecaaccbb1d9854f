"""Finds the numbers that several articles give for one thing beside a subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median

from rag.answering.agreement import contradict
from rag.answering.quotes.selection import Quote
from rag.dossier.subject import Subject
from rag.text.english.calendar import MONTH, YEAR
from rag.text.english.function_words import CONJUNCTIONS
from rag.text.english.nouns import FATES, FURTHER_FATES
from rag.text.english.numbers import ADDED, LABELLED, SUMMED
from rag.text.english.patterns import any_of
from rag.text.english.people import COUNTED_PEOPLE
from rag.text.english.units import CURRENCY_SIGN, TIMES
from rag.text.grammar.amounts import AMOUNT
from rag.text.terms import terms
from rag.values.numbers import whole_number
from rag.values.value import Quantity, read_value

_ONE = rf"(?:{CURRENCY_SIGN})?\s?{AMOUNT}"
_NUMBER = re.compile(
    rf"(?<![\w.,:/$€£-])(?:(?<=between ){_ONE} and {_ONE}|{_ONE}(?:\s?[–—]\s?|-|\sto\s){_ONE}|{_ONE})"
    r"(?![\w-]*\d|[.,:]\d|-|(?:st|nd|rd|th)\b|\s?[ap]\.?m\b)",
    re.IGNORECASE,
)
_YEAR = re.compile(rf"\s?{YEAR}")
_LABEL = re.compile(rf"\b(?:{MONTH}\.?|{any_of(LABELLED)}) \Z", re.IGNORECASE)
"""What stands before a number that counts nothing: a day, an age, a number of a chapter."""
_MORE = re.compile(rf"\s{any_of(ADDED)}\b", re.IGNORECASE)
"""What stands behind a number that is added to one told before."""
_FATES = (*FATES, *FURTHER_FATES)
_FATE_BEFORE = tuple((fate, re.compile(rf"\b{words}(?: {any_of(SUMMED)})?\s+\Z", re.I)) for fate, words in _FATES)
_FATE_BEHIND = tuple(
    (fate, re.compile(rf"\s(?:(?!{any_of(CONJUNCTIONS)}\b)[a-z]+ ){{0,4}}?{words}\b", re.I)) for fate, words in _FATES
)
_THING = re.compile(rf" (?:[a-z-]+ ){{0,2}}?(?P<noun>[a-z]{{2,}}s|{any_of(COUNTED_PEOPLE)})(?!\w)")
_BEFORE, _BEHIND = 45, 60
"""Characters before and behind a number that tell what is counted."""
_SHARED = 2
"""Least number of words beside a number that an equal one has beside it too, if both count the same."""
_FALLS_TO, _TOO_MANY = Fraction(4, 5), 5
"""Share of the highest number before, and multiple of the median, between which a number counts the same."""
_LEAST = 10
"""Least number of things that is worth telling. Of people any is."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a quote.

    Attributes:
        quote: The quote.
        start: Start offset of the number in the article's text, in characters.
        end: Its end offset, exclusive.
        value: What it says.
        of: What is counted: a fate of people, a unit, or the term of a noun.
        beside: The terms beside it.
    """

    quote: Quote
    start: int
    end: int
    value: Quantity
    of: str
    beside: frozenset[str]

    @property
    def published(self) -> str:
        """The date of its article; empty if it is unknown."""
        return self.quote.article.published or ""

    @property
    def is_fate(self) -> bool:
        """Whether it counts people with a fate, such as the injured."""
        return any(self.of == fate for fate, _ in _FATES)

    def counts_with(self, other: Figure) -> bool:
        """Returns whether both numbers count the same."""
        if self.of != other.of or self.value.unit != other.value.unit:
            return False
        is_same = self.value.low == other.value.low >= _LEAST and self.value.high == other.value.high
        return self.is_fate or (is_same and len(self.beside & other.beside) >= _SHARED)

    @property
    def heading(self) -> str:
        """What is counted, as a heading."""
        if self.value.unit:
            return "Shares" if self.value.unit == "%" else "Amounts"
        return self.of.capitalize() if self.is_fate else "Numbers"


def find_figures(subject: Subject) -> list[list[Figure]]:
    """Finds the numbers in the quotes about a subject, those of one thing together.

    Numbers of victims may differ. Others count the same only if they are equal.

    Returns:
        Groups of at least two numbers of different articles, each by the dates of the articles. A number that no date
        has is left out.
    """
    groups: list[list[Figure]] = []
    for quote in subject.quotes if subject.topic else ():
        for figure in _figures_in(quote, subject.topic) if quote.article.published else ():
            group = next((one for one in groups if figure.counts_with(one[0])), None)
            if group is None:
                groups.append([figure])
            elif all(one.quote.article.voice != quote.article.voice for one in group):
                group.append(figure)
    ordered = [_without_others(sorted(group, key=lambda one: one.published)) for group in groups]
    return [group for group in ordered if len(group) > 1]


def changes_of(group: Sequence[Figure]) -> list[Figure]:
    """Returns the first one of equal numbers, in the order of their dates: "14" and "at least 14" are equal."""
    found: dict[tuple[Fraction, Fraction], Figure] = {}
    for figure in group:
        found.setdefault((figure.value.low, figure.value.high), figure)
    return list(found.values())


def differing_on_a_day(group: Sequence[Figure]) -> list[Figure]:
    """Returns the numbers of a group that can't be right beside another one of the same day."""
    return [
        one
        for one in group
        if any(other.published == one.published and contradict(one.value, other.value) for other in group)
    ]


def _without_others(group: list[Figure]) -> list[Figure]:
    """The group without numbers of something else, by date.

    A number of victims may rise as much as it will, but hardly falls: one that is much lower counts a part of them.
    """
    if all(one.value.low <= other.value.low for one, other in pairwise(group)):
        return group
    usual = median(one.value.low for one in group)
    kept: list[Figure] = []
    for one in group:
        before = [other.value.low for other in kept if other.published < one.published]
        highest = max(before, default=one.value.low)
        if _FALLS_TO * highest <= one.value.low <= _TOO_MANY * usual:
            kept.append(one)
    return kept


def _figures_in(quote: Quote, topic: frozenset[str]) -> Iterator[Figure]:
    text = quote.article.text
    for match in _NUMBER.finditer(text, quote.start, quote.end):
        start, end = whole_number(text, match.start(), match.end(), "quantity")
        before = text[max(quote.start, start - _BEFORE) : start]
        behind = text[end : min(quote.end, end + _BEHIND)]
        if _LABEL.search(before) or _MORE.match(behind) or _YEAR.fullmatch(match.group()):
            continue
        thing = _THING.match(behind)
        value = read_value(text[start : end + (thing.end() if thing else 0)], "quantity", quote.article.published)
        of = _of(before, behind, value) if isinstance(value, Quantity) else ""
        if of and isinstance(value, Quantity):
            beside = {word for word in terms(f"{before} {behind}") if not word[0].isdigit()}
            yield Figure(quote, start, end, value, of, frozenset(beside - topic - {of}))


def _of(before: str, behind: str, value: Quantity) -> str:
    """What is counted; empty if it can't be told."""
    if value.unit:
        return "" if value.unit in TIMES else value.unit
    fates = (fate for fate, pattern in _FATE_BEFORE if pattern.search(before))
    fates_behind = (fate for fate, pattern in _FATE_BEHIND if pattern.match(behind))
    thing = _THING.match(behind)
    noun = next(iter(terms(thing["noun"])), "") if thing else ""
    return next(fates, None) or next(fates_behind, None) or noun
