"""Reads the value of a short answer, so that answers in different words can be compared.

A value follows from the words, the kind of the question and the article's date. A short form ("Putin") stands for a
longer one ("Vladimir Putin") only if it fits exactly one of the other values. Left out: what needs knowledge of the
world ("the Kremlin" for "Moscow"), and any decision about who is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache

from rag.question.question import Kind
from rag.text.dates import find_dates
from rag.text.english.calendar import ERAS, MONTH_BEGUN, MONTHS, QUALIFIERS, TOLD_FROM_NOW, WEEKDAYS
from rag.text.english.function_words import ARTICLES, NEGATIONS, TURNING_WORDS
from rag.text.english.nouns import FATES
from rag.text.english.numbers import BLURS, BOUNDS, DIRECTIONS, NUMBER_WORD, ORDINAL_ENDING
from rag.text.english.patterns import any_of
from rag.text.english.questions import NOT_TOLD
from rag.text.relative_days import day_meant
from rag.text.terms import analyze, terms
from rag.values.names import Name, is_acronym, is_surname, read_names
from rag.values.numbers import read_measure

_ARTICLES = re.compile(rf"\b{any_of(ARTICLES)}\b", re.IGNORECASE)
NEGATED = re.compile(rf"\b(?:(?!no\b){any_of(NEGATIONS)}\b|no\b(?!\.?\s*\d)|\w+n[’']t\b|non-)", re.IGNORECASE)
"""Words that turn what is said into its opposite."""
_NOT = re.compile(r"n[’']t\b", re.IGNORECASE)
_BOUND = re.compile(rf"\b(?:{'|'.join(words for _, words in BOUNDS)})\b", re.IGNORECASE)
_DIRECTIONS = tuple((sign, re.compile(rf"\b{words}\b", re.IGNORECASE)) for sign, words in DIRECTIONS)
_MOMENT = re.compile(rf"\d+|\b(?:{NUMBER_WORD}|{any_of(ERAS)})(?!\w)", re.IGNORECASE)
_BLURRED = re.compile(rf"\b{BLURS}\s|[≈~±]", re.IGNORECASE)
_BESIDE = re.compile(rf"[^\W_]*\d[^\W_]*|\b{any_of(ERAS)}(?!\w)")
_LONGEST_WORD = 60
"""Characters of a word from which the analyser may drop it. A text with such a word is compared as it is."""
_FATES = tuple((fate, re.compile(rf"\b{words}\b", re.IGNORECASE)) for fate, words in FATES)
"""Patterns of what happened to people who are counted. The number alone does not tell killed from wounded."""
_MONTH = rf"{MONTH_BEGUN}[a-z]*\.?"
_ORDINAL = rf"\d{{1,2}}{ORDINAL_ENDING}?"
_DAY = re.compile(rf"\b(?:{_MONTH} {_ORDINAL}|{_ORDINAL}(?: of)? {_MONTH})(?!\w)", re.IGNORECASE)
_ISO_DATE = re.compile(r"\b\d{4}-\d\d(?:-\d\d)?\b")
_MONTH_ALONE = re.compile(rf"\b{_MONTH}\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[5-9]|20|21)\d\d\b(?![’']?s\b)")
_QUALIFIERS = re.compile(rf"\b{any_of(QUALIFIERS)}\b", re.IGNORECASE)
_RELATIVE = re.compile(rf"\b{any_of(TOLD_FROM_NOW.union(WEEKDAYS))}\b", re.IGNORECASE)
_NOT_TOLD = re.compile(rf"\b{any_of((*NOT_TOLD, *WEEKDAYS))}\b|[\W_]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number or a range with its unit.

    Attributes:
        low: The number, or the lower end of a range.
        high: The upper end of a range; equal to `low` for one number.
        bound: ">", "≥", "<" or "≤"; "" without one.
        unit: The unit; "" without one.
        of: What is counted. If the question asks for a quantity, it names that itself. Then only the fates of people
            ("killed", "wounded", "missing"), the direction of a change and other words with digits are kept here.
        rounding: How far the exact number may be from this one, in the unit. It makes no other value.
        is_unreached: Whether the exact number can't be above this one. It makes no other value.
    """

    low: Fraction
    high: Fraction
    bound: str
    unit: str
    of: tuple[str, ...]
    rounding: Fraction = field(default=Fraction(0), compare=False)
    is_unreached: bool = field(default=False, compare=False)

    @property
    def detail(self) -> int:
        """How much the value says, for sorting: values with more detail come first."""
        return bool(self.unit) + self.unit.count("/") + len(self.of)

    def abbreviates(self, other: Value) -> bool:
        """Returns whether this is the other number without its unit, its "per day" or the thing counted."""
        if not isinstance(other, Quantity):
            return False
        same = (self.low, self.high, self.bound) == (other.low, other.high, other.bound)
        units = ("", other.unit, other.unit.partition("/")[0])
        return same and self.unit in units and self.of in ((), other.of)


@dataclass(frozen=True, slots=True)
class Day:
    """A calendar date.

    Attributes:
        date: ISO 8601; may be partial (`2025-04`) or without its year (`--01-03`).
        shifted: Words that shift the date, such as "early", in lower case and sorted.
        moment: Other numbers and eras, such as the hour, in their order.
        is_blurred: Whether "about" or the like says that it is not exact. It makes no other value.
    """

    date: str
    shifted: tuple[str, ...]
    moment: tuple[str, ...] = ()
    is_blurred: bool = field(default=False, compare=False)

    @property
    def detail(self) -> int:
        """How much the value says, for sorting: values with more detail come first."""
        return len(self.date) + len(self.moment)

    def abbreviates(self, other: Value) -> bool:
        """Returns whether this is the other date without its year or without the hour."""
        if not isinstance(other, Day) or self.shifted != other.shifted or self.moment not in ((), other.moment):
            return False
        is_yearless = self.date.startswith("--") and len(self.date) < len(other.date)
        return self.date == other.date or (is_yearless and self.date[1:] == other.date[4:])


@dataclass(frozen=True, slots=True)
class Named:
    """One name, or a list of names in any order.

    Attributes:
        names: The names.
        within: The larger place that a single place lies in; `()` if none is given.
        is_place: Whether the question asks for a place. The last word of a place does not stand for the place ("York",
            "New York"), but the last word of a person's name may stand for the person.
    """

    names: frozenset[Name]
    within: Name
    is_place: bool

    @property
    def detail(self) -> int:
        """How much the value says, for sorting: values with more detail come first."""
        return sum(len(name) for name in self.names) + len(self.within)

    def abbreviates(self, other: Value) -> bool:
        """Returns whether each of these names may be a short form of one of the other's names."""
        if not isinstance(other, Named) or len(self.names) != len(other.names) or self.within not in ((), other.within):
            return False
        return all(any(self._stands_for(one, longer) for longer in other.names) for one in self.names)

    def _stands_for(self, one: Name, longer: Name) -> bool:
        return one == longer or is_acronym(one, longer) or (not self.is_place and is_surname(one, longer))


@dataclass(frozen=True, slots=True)
class Wording:
    """Any other answer, compared by its words.

    Attributes:
        words: The analysed words, without case, endings, articles and punctuation.
        seen_from: For a relative time ("last week"), the article's date or "" if it is unknown; otherwise None.
    """

    words: str
    seen_from: str | None = None

    @property
    def detail(self) -> int:
        """How much the value says, for sorting: values with more detail come first."""
        return 0

    def abbreviates(self, other: Value) -> bool:
        """Returns False: words are never a short form."""
        return False


Value = Quantity | Day | Named | Wording
"""What a short answer says."""


# Cached, because a span is read once for itself and again when answers of articles are compared.
@lru_cache(maxsize=256)
def read_value(words: str, kind: Kind = "other", published: str | None = None) -> Value:
    """Reads the value of a short answer.

    Args:
        words: The words of the short answer.
        kind: The kind of thing that the question asks for.
        published: The article's date, ISO 8601; relative times are compared together with it.
    """
    if NEGATED.search(_BOUND.sub(" ", words)):
        return _wording(words)
    if kind == "quantity":
        return _quantity(words, kind) or _wording(words)
    if kind == "time":
        return _day(words, kind) or _moment(words, published) or _quantity(words, kind) or _wording(words)
    return _day(words, kind) or _quantity(words, kind) or _named(words, kind) or _wording(words)


def group_values(values: Sequence[Value]) -> list[int]:
    """Groups values that say the same.

    A short form joins the group that it can stand for, if there is exactly one.

    Args:
        values: Values in any order.

    Returns:
        The group number of each value. Numbers start at 0 and follow the order in which groups first appear.
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
        of = tuple(fate for fate, pattern in (*_FATES, *_DIRECTIONS) if pattern.search(measure.around))
        of += tuple(_BESIDE.findall(measure.around.casefold()))
    else:
        of = tuple(_telling(measure.around).split())
    ends = measure.low, measure.high, measure.bound
    return Quantity(*ends, measure.unit, of, measure.rounding, measure.is_unreached)


def _day(words: str, kind: Kind) -> Day | None:
    """The one date in the words. If the question doesn't ask for a time, the words must say nothing else."""
    date, rest = _full_date(words) or _partial_date(words) or ("", words)
    if not date:
        return None
    shifted = _shifts(rest)
    left = _NOT_TOLD.sub("", _QUALIFIERS.sub("", rest))
    moment = tuple(part.lower().replace(".", "") for part in _MOMENT.findall(rest))
    return None if left and kind != "time" else Day(date, shifted, moment, _BLURRED.search(rest) is not None)


def _shifts(words: str) -> tuple[str, ...]:
    """The words that shift a date, such as "early", in lower case and sorted."""
    return tuple(sorted(word.lower() for word in _QUALIFIERS.findall(words)))


def _full_date(words: str) -> tuple[str, str] | None:
    found = {date for _, date in find_dates(words)}
    told = [date for date in found if not any(date != other and other.startswith(date) for other in found)]
    if len(told) != 1:
        return None
    rest = _ISO_DATE.sub(" ", words)
    # Only the date's own year: in "at 1500 on 3 May 2020" the other number is the hour.
    rest = re.sub(rf"(?<!\d){told[0][:4]}(?!\d)", " ", _DAY.sub(" ", rest), count=1)
    return told[0], _MONTH_ALONE.sub(" ", rest)


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


def _moment(words: str, published: str | None) -> Day | Wording | None:
    """A relative time: the day that it means, or else its words, which mean another in an article of another date."""
    if day := day_meant(words, published):
        return Day(day, _shifts(words))
    return Wording(_wording(words).words, published or "") if _RELATIVE.search(words) else None


def _named(words: str, kind: Kind) -> Named | None:
    names = read_names(words, person=kind == "person")
    return Named(*names, is_place=kind == "place") if names else None


def _wording(words: str) -> Wording:
    return Wording(_telling(words) or words.casefold().strip())


def _telling(words: str) -> str:
    """The analysed words that tell something: no articles and few stop words, such as "not" and "after"."""
    if any(len(word) > _LONGEST_WORD for word in words.split()) or any(map(_is_odd, words)):
        return " ".join(words.casefold().split())
    plain = _ARTICLES.sub(" ", _NOT.sub(" not", words).replace("cannot", "can not"))
    telling = frozenset(term for word in TURNING_WORDS for term in analyze(word))
    kept = set(terms(plain)) | telling
    return " ".join(term for term in analyze(plain) if term in kept)


def _is_odd(character: str) -> bool:
    """Whether the analyser would change a number: `²` becomes 2."""
    return character.isnumeric() and not character.isdecimal()
