"""Groups candidates that give the same value, and finds out whether the value changed over time.

Copies of one text count as one source. Nothing here decides which source is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from rag.answering.candidates import Candidate
from rag.core.schema import Citation
from rag.text.english.units import IMPERIAL
from rag.values.value import Day, Named, Quantity, Value, group_values

ROUNDING = Fraction(1, 10)
"""Share by which a converted measure may differ: 10 miles and 16 km are one distance."""

_WHOLE_DATE = len("2020-01-03")
ROUND_YEARS = ("0", "5")
"""Last digits of a round year, such as that of "about 1850". "About 1853" is nearer to the right year."""
RISING_WITHIN = timedelta(days=365)
"""Longest time between two reports of one rising number. A later one is mostly of another event."""
RISING_LEAST = 0.5
"""Share of the best candidate's probability from which the newest report of a rising number goes first."""
YEARS_AROUND = 5
"""Most years between a round year and the right one."""
MONTHS_AROUND = 1
"""Most months between "about 3 May" and the right day."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A value, and the candidates that give it.

    Attributes:
        candidates: One candidate per source, most probable first.
    """

    candidates: tuple[Candidate, ...]

    @property
    def best(self) -> Candidate:
        """The most probable candidate."""
        return self.candidates[0]

    @property
    def voices(self) -> int:
        """The number of independent sources."""
        return len(self.candidates)


def group_candidates(candidates: Sequence[Candidate]) -> list[Saying]:
    """Groups candidates by the value that they give.

    Args:
        candidates: The candidates, most probable first.

    Returns:
        One group per value, in the order of their first candidates. A group keeps only the first candidate of each
        source; copies of one text are one source.
    """
    said: dict[int, list[Candidate]] = {}
    for candidate, group in zip(candidates, group_values([c.value for c in candidates]), strict=True):
        voices = {other.article.voice for other in said.setdefault(group, [])}
        if candidate.article.voice not in voices:
            said[group].append(candidate)
    return [Saying(tuple(found)) for found in said.values()]


def differing_from(best: Saying, others: Sequence[Saying]) -> list[Saying]:
    """Finds the values that contradict the best one.

    Two answers differ if they can't both be true, and if they stand in two articles: an article that gives both values
    speaks of two things. Two exact values that fit a rounded best one, but not each other, differ too.

    Args:
        best: The value that is shown first.
        others: The other values.

    Returns:
        Those that differ, in their order, each with the candidates of other sources only.
    """
    own = {candidate.article.voice for candidate in best.candidates}
    elsewhere = [
        Saying(candidates)
        for saying in others
        if (candidates := tuple(c for c in saying.candidates if c.article.voice not in own))
    ]
    return [
        saying
        for saying in elsewhere
        if contradict(best.best.value, saying.best.value)
        or any(_differ_in_detail(best, saying, other) for other in elsewhere)
    ]


def _differ_in_detail(best: Saying, one: Saying, other: Saying) -> bool:
    """Whether two numbers or dates of two sources both fit the best one, and contradict each other."""
    values = best.best.value, one.best.value, other.best.value
    if not all(isinstance(value, Quantity) for value in values) and not all(isinstance(value, Day) for value in values):
        return False
    apart = {c.article.voice for c in one.candidates}.isdisjoint(c.article.voice for c in other.candidates)
    return apart and contradict(values[1], values[2]) and not contradict(values[0], values[2])


def newest_of_rising_first(sayings: Sequence[Saying]) -> list[Saying]:
    """Puts the newest number first where a number rises from article to article, as a toll does.

    It rises if the number of each article is above those of all older ones, and no two are more than RISING_WITHIN
    apart. The newest one goes first if it is about as probable as the best one, and no fewer sources give it.

    Args:
        sayings: The values, the most probable first.

    Returns:
        The same values.
    """
    first = sayings[0]
    rising = sorted((one for one in sayings if _is_counted_with(first, one)), key=lambda one: _days(one)[0])
    newest = rising[-1] if first in rising else first
    likely = newest.best.confidence >= RISING_LEAST * first.best.confidence and newest.voices >= first.voices
    if newest is first or not likely or not all(_rises(one, other) for one, other in pairwise(rising)):
        return list(sayings)
    return [newest, *(one for one in sayings if one is not newest)]


def _is_counted_with(first: Saying, one: Saying) -> bool:
    """Whether both values are numbers of the same, and all of this one's articles have a whole date."""
    number, other = first.best.value, one.best.value
    if not isinstance(number, Quantity) or not isinstance(other, Quantity):
        return False
    return all(len(day) == _WHOLE_DATE for day in _days(one)) and (number.unit, number.of) == (other.unit, other.of)


def _days(saying: Saying) -> list[str]:
    """The dates of the articles, the earliest first; "" for an unknown one."""
    return sorted(candidate.article.published or "" for candidate in saying.candidates)


def _rises(one: Saying, other: Saying) -> bool:
    number, later = one.best.value, other.best.value
    if not isinstance(number, Quantity) or not isinstance(later, Quantity) or number.low >= later.low:
        return False
    return is_later_report(_days(one)[-1], _days(other)[0])


def is_later_report(day: str, other: str) -> bool:
    """Returns whether an article of another day may be a later report of the same news.

    Args:
        day: The ISO date of an article; "" if it is unknown.
        other: The ISO date of the other article.

    Returns:
        Whether both dates are whole and the other one is later by at most RISING_WITHIN.
    """
    if len(day) != _WHOLE_DATE or len(other) != _WHOLE_DATE:
        return False
    return timedelta(0) < date.fromisoformat(other) - date.fromisoformat(day) <= RISING_WITHIN


def timeline(sayings: Sequence[Sequence[Citation]]) -> tuple[int, ...]:
    """Finds the order in which a value changed.

    There is no order if a value returns after another one, or if two values are at most a day apart: then the sources
    disagree about the same news, and nothing changed.

    Args:
        sayings: The citations of each value.

    Returns:
        The number of each value's earliest citation, oldest value first. Empty if there is only one value, if no order
        is clear, or if a date that is needed is unknown.
    """
    dated = [(citation.published or "", number) for number, said in enumerate(sayings) for citation in said]
    dated.sort()
    order = list(dict.fromkeys(number for _, number in dated))
    runs = [number for index, (_, number) in enumerate(dated) if index == 0 or dated[index - 1][1] != number]
    clear = all(one == other or _is_before(day, next_day) for (day, one), (next_day, other) in pairwise(dated))
    if len(order) < 2 or runs != order or not clear:
        return ()
    return tuple(min(sayings[number], key=lambda citation: citation.published or "").number for number in order)


def _is_before(one: str, other: str) -> bool:
    """Whether the first ISO date is earlier by more than a day; partial dates are compared as far as both are known."""
    if len(one) == len(other) == _WHOLE_DATE:
        return date.fromisoformat(other) - date.fromisoformat(one) > timedelta(days=1)
    known = min(len(one), len(other))
    return known > 0 and one[:known] < other[:known]


def contradict(one: Value, other: Value) -> bool:
    """Returns whether two values can't both be true.

    Numbers of one unit contradict each other if no number fits both, so "at least 400" and "450" don't, nor do "about
    5,000" and "4,987", which rounds to it. Dates do if neither contains the other. Names do if none of them is in both
    answers. Other words are never compared.

    Args:
        one: A value.
        other: Another value, read for the same question.
    """
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        one, other = _in_common_units(one, other)
        comparable = one.of == other.of and (one.unit == other.unit or "" in (one.unit, other.unit))
        return comparable and not (_reaches(one, other) and _reaches(other, one))
    if isinstance(one, Day) and isinstance(other, Day):
        return not (one.shifted or other.shifted) and not _may_be_one_day(one, other)
    if isinstance(one, Named) and isinstance(other, Named):
        return not (one.names & other.names or one.names & {other.within} or other.names & {one.within})
    return False


def _in_common_units(one: Quantity, other: Quantity) -> tuple[Quantity, Quantity]:
    """Converts miles, acres and the like for a comparison; the ends get ROUNDING, because news rounds them."""
    if one.unit == other.unit or not {one.unit, other.unit} & IMPERIAL.keys():
        return one, other
    return _converted(one), _converted(other)


def _converted(value: Quantity) -> Quantity:
    unit, factor = IMPERIAL.get(value.unit, (value.unit, Fraction(1)))
    low, high = value.low * factor * (1 - ROUNDING), value.high * factor * (1 + ROUNDING)
    return replace(value, unit=unit, low=low, high=high, rounding=Fraction(0))


def _reaches(one: Quantity, other: Quantity) -> bool:
    """Whether the highest number that the first value allows reaches the lowest of the second."""
    if one.bound in (">", "≥") or other.bound in ("<", "≤"):
        return True
    over = Fraction(0) if one.is_unreached else one.rounding
    highest, lowest = one.high + over, other.low - other.rounding
    is_reached = not over and one.bound != "<" and other.bound != ">"  # 1.25 million is no more "1.2 million"
    return highest > lowest or (highest == lowest and is_reached)


def _may_be_one_day(one: Day, other: Day) -> bool:
    first, second = one.date, other.date
    is_yearless = first.startswith("--") or second.startswith("--")
    if one.is_blurred or other.is_blurred:
        if min(len(first), len(second)) >= len("2020-05"):
            apart = [_months(date, count_years=not is_yearless) for date in (first, second)]
            return abs(apart[0] - apart[1]) <= MONTHS_AROUND
        if not is_yearless:
            is_round = all(day.date.endswith(ROUND_YEARS) for day in (one, other) if day.is_blurred)
            return abs(int(first[:4]) - int(second[:4])) <= (YEARS_AROUND if is_round else 1)
    if is_yearless:
        first, second = first[-5:], second[-5:]
    return first.startswith(second) or second.startswith(first)


def _months(date: str, *, count_years: bool) -> int:
    """The months up to an ISO date, from the year 0 or within its year. A date without its year is `--05-03`."""
    month = int(date[2:4] if date.startswith("--") else date[5:7])
    return month + 12 * int(date[:4]) if count_years else month
