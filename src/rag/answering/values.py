"""What a short answer says, apart from how it is written: two articles that say the same count as agreeing.

A value is read from the words alone, the kind of the question and the article's date. Whether a shorter form ("Putin")
stands for a longer one ("Vladimir Putin") depends on the other values at hand: only where it can mean but one of them.
Left out: what follows from knowledge of the world ("the Kremlin", "Moscow"), and any claim about who is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from rag.answering.value_names import Name, is_acronym, is_surname, read_names
from rag.answering.value_numbers import read_measure
from rag.question.question import Kind
from rag.text.dates import find_dates
from rag.text.english.calendar import MONTH_BEGUN, MONTHS, QUALIFIERS, TOLD_FROM_NOW, WEEKDAYS
from rag.text.english.function_words import ARTICLES
from rag.text.english.nouns import FATES
from rag.text.english.numbers import ORDINAL_ENDING
from rag.text.english.patterns import any_of
from rag.text.english.questions import NOT_TOLD
from rag.text.terms import terms

_ARTICLES = re.compile(rf"\b{any_of(ARTICLES)}\b", re.IGNORECASE)
_FATES = tuple((fate, re.compile(rf"\b{words}\b", re.IGNORECASE)) for fate, words in FATES)
"""What is counted of people beside one another in one breath, so that the number alone says too little."""
_MONTH = rf"{MONTH_BEGUN}[a-z]*\.?"
_ORDINAL = rf"\d{{1,2}}{ORDINAL_ENDING}?"
_DAY = re.compile(rf"\b(?:{_MONTH} {_ORDINAL}|{_ORDINAL}(?: of)? {_MONTH})(?!\w)", re.IGNORECASE)
_MONTH_ALONE = re.compile(rf"\b{_MONTH}\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[5-9]|20|21)\d\d\b(?!s)")
_QUALIFIERS = re.compile(rf"\b{any_of(QUALIFIERS)}\b", re.IGNORECASE)
_RELATIVE = re.compile(rf"\b{any_of(TOLD_FROM_NOW.union(WEEKDAYS))}\b", re.IGNORECASE)
_NOT_TOLD = re.compile(rf"\b{any_of((*NOT_TOLD, *WEEKDAYS))}\b|[\W_]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range with its unit; `of` is what is counted, as far as the question leaves that open."""

    low: Fraction
    high: Fraction
    bound: str
    unit: str
    of: tuple[str, ...]

    @property
    def detail(self) -> int:
        """How much is said."""
        return bool(self.unit) + self.unit.count("/") + len(self.of)

    def abbreviates(self, other: Value) -> bool:
        """Whether this is the same number, with the unit, its "per day" or the thing counted left out."""
        if not isinstance(other, Quantity):
            return False
        same = (self.low, self.high, self.bound) == (other.low, other.high, other.bound)
        units = ("", other.unit, other.unit.partition("/")[0])
        return same and self.unit in units and self.of in ((), other.of)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar date as ISO 8601, partial or without its year (`--01-03`), with words like "early" that shift it."""

    date: str
    shifted: tuple[str, ...]

    @property
    def detail(self) -> int:
        """How much is said."""
        return len(self.date)

    def abbreviates(self, other: Value) -> bool:
        """Whether this is the same day with the year left out."""
        same = isinstance(other, Day) and self.shifted == other.shifted and len(self.date) < len(other.date)
        return same and self.date.startswith("--") and isinstance(other, Day) and self.date[1:] == other.date[4:]


@dataclass(frozen=True, slots=True)
class Named:
    """One name or a list of them in any order; `within` is the larger place that one lies in.

    A place's last word does not stand for it ("York", "New York"), as a person's does.
    """

    names: frozenset[Name]
    within: Name
    is_place: bool

    @property
    def detail(self) -> int:
        """How much is said."""
        return sum(len(name) for name in self.names) + len(self.within)

    def abbreviates(self, other: Value) -> bool:
        """Whether these may be short forms of the other's names, one for one."""
        if not isinstance(other, Named) or len(self.names) != len(other.names) or self.within not in ((), other.within):
            return False
        return all(any(self._stands_for(one, longer) for longer in other.names) for one in self.names)

    def _stands_for(self, one: Name, longer: Name) -> bool:
        return one == longer or is_acronym(one, longer) or (not self.is_place and is_surname(one, longer))


@dataclass(frozen=True, slots=True)
class Wording:
    """Anything else: the words without case, endings, articles and punctuation, and the day that they look from."""

    words: str
    seen_from: str | None = None

    @property
    def detail(self) -> int:
        """How much is said."""
        return 0

    def abbreviates(self, other: Value) -> bool:
        """Words stand for themselves only."""
        return False


Value = Quantity | Day | Named | Wording


# A span is read for itself and again among what other articles say.
@lru_cache(maxsize=256)
def read_value(words: str, kind: Kind = "other", published: str | None = None) -> Value:
    """What these words say in answer to a question of this kind, in an article of this date."""
    if kind == "quantity":
        return _quantity(words, kind) or _wording(words)
    if kind == "time":
        return _day(words, kind) or _moment(words, published) or _quantity(words, kind) or _wording(words)
    return _day(words, kind) or _quantity(words, kind) or _named(words, kind) or _wording(words)


def group_values(values: Sequence[Value]) -> list[int]:
    """For each value the number of its group, from 0 in the order given; those of one group say the same.

    A short form joins the group that it can stand for, if there is just one.
    """
    groups: list[list[Value]] = []
    for value in sorted(dict.fromkeys(values), key=lambda value: -value.detail):
        fitting = [group for group in groups if any(value.abbreviates(other) for other in group)]
        if len(fitting) == 1:
            fitting[0].append(value)
        else:
            groups.append([value])
    found = {value: number for number, group in enumerate(groups) for value in group}
    order = list(dict.fromkeys(found[value] for value in values))
    return [order.index(found[value]) for value in values]


def _quantity(words: str, kind: Kind) -> Quantity | None:
    measure = read_measure(words)
    if measure is None:
        return None
    if kind == "quantity":
        of = tuple(fate for fate, pattern in _FATES if pattern.search(measure.around))
    else:
        of = tuple(terms(_ARTICLES.sub(" ", measure.around)))
    return Quantity(measure.low, measure.high, measure.bound, measure.unit, of)


def _day(words: str, kind: Kind) -> Day | None:
    """The one date in the words; where the question doesn't ask for a time, only if they say nothing else."""
    date, rest = _full_date(words) or _partial_date(words) or ("", words)
    if not date:
        return None
    shifted = tuple(sorted(word.lower() for word in _QUALIFIERS.findall(rest)))
    left = _NOT_TOLD.sub("", _QUALIFIERS.sub("", rest))
    return None if left and kind != "time" else Day(date, shifted)


def _full_date(words: str) -> tuple[str, str] | None:
    found = {date for _, date in find_dates(words)}
    told = [date for date in found if not any(date != other and other.startswith(date) for other in found)]
    if len(told) != 1:
        return None
    rest = _YEAR.sub(" ", _DAY.sub(" ", words))
    return told[0], re.sub(r"[\d-]+", " ", _MONTH_ALONE.sub(" ", rest))


def _partial_date(words: str) -> tuple[str, str] | None:
    years, days = set(_YEAR.findall(words)), list(_DAY.finditer(words))
    if len(years) == 1 and not days and not re.search(r"\d", _YEAR.sub("", words)):
        return years.pop(), _YEAR.sub(" ", words)
    if years or len(days) != 1:
        return None
    told = days[0].group().lower()
    number = next((n for n, month in enumerate(MONTHS, start=1) if month[:3] in told), 0)
    day = int(re.findall(r"\d+", told)[0])
    return f"--{number:02}-{day:02}", _DAY.sub(" ", words)


def _moment(words: str, published: str | None) -> Wording | None:
    """A time told from the day of writing: the same words mean another day in an article of another date."""
    return Wording(_wording(words).words, published or "") if _RELATIVE.search(words) else None


def _named(words: str, kind: Kind) -> Named | None:
    names = read_names(words, person=kind == "person")
    return Named(*names, is_place=kind == "place") if names else None


def _wording(words: str) -> Wording:
    return Wording(" ".join(terms(_ARTICLES.sub(" ", words))) or words.casefold().strip())
