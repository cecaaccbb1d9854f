"""The bars above the list of articles: the number of articles per month, year or decade. Each bar is a filter."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag_ui.language.strings import Strings

MOST = 36
"""Most bars. If there are more periods, the next longer period is used."""

_ROOM = 5
"""Fewest bars among which the middle one has a label too."""
_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-|$)")


@dataclass(frozen=True, slots=True)
class Bin:
    """A period, with its first and last day and its number of articles."""

    name: str
    label: str
    since: str
    until: str
    count: int


def bins(every: Iterable[str], counted: Iterable[str], strings: Strings, most: int = MOST) -> list[Bin]:
    """Counts dates per period.

    The periods are months if every date has a month and the bars suffice; otherwise years, decades or longer. Texts
    that are not dates are ignored.

    Args:
        every: ISO 8601 dates. The first and the last one set the range.
        counted: The dates to count.
        strings: The language of the labels.
        most: Most periods.

    Returns:
        The periods in order, also those without an article.
    """
    all_months = _months(every)
    if not all_months:
        return []
    by_month = None not in (month for _, month in all_months)
    for step in (1, 12, 120, 1200, 12000) if by_month else (12, 120, 1200, 12000):
        numbers = [_number(date, step) for date in all_months]
        if max(numbers) - min(numbers) < most:
            break
    counts = Counter(_number(date, step) for date in _months(counted))
    periods = range(min(numbers), max(numbers) + 1)
    if step == 1:
        return [_month(*divmod(number, 12), counts[number], strings) for number in periods]
    return [_years(number * step // 12, step // 12, counts[number], strings) for number in periods]


def undated(dates: Iterable[str]) -> int:
    """Counts the texts that are no dates, which `bins` ignores."""
    return sum(_DATE.match(date) is None for date in dates)


def labels(periods: Sequence[Bin]) -> list[tuple[str, str]]:
    """Returns the names below the bars: of the first and the last one, and of a middle one if there is room.

    With each is where the middle of its bar is, in percent of the width; empty for the first and the last one.
    """
    at = len(periods) // 2
    middle = [(periods[at].name, f"{(at + 0.5) / len(periods):.1%}")] if len(periods) >= _ROOM else []
    return [*((first.name, "") for first in periods[:1]), *middle, *((last.name, "") for last in periods[1:][-1:])]


def _months(dates: Iterable[str]) -> list[tuple[int, int | None]]:
    """Year and month of each date. A month that is not stated is None."""
    found = (match for match in map(_DATE.match, dates) if match)
    return [(int(match[1]), int(match[2]) if match[2] else None) for match in found]


def _number(date: tuple[int, int | None], step: int) -> int:
    """The index of the period of a date, for periods of `step` months from the year 0."""
    year, month = date
    return (year * 12 + (month or 1) - 1) // step


def _month(year: int, month: int, count: int, strings: Strings) -> Bin:
    first = f"{year:04}-{month + 1:02}"
    last = monthrange(year, month + 1)[1] if year else 31
    name = strings.date(first)
    return Bin(name, strings.bar(name, count), f"{first}-01", f"{first}-{last}", count)


def _years(year: int, step: int, count: int, strings: Strings) -> Bin:
    name = f"{year:04}" if step == 1 else f"{year:04}–{year + step - 1:04}"
    return Bin(name, strings.bar(name, count), f"{year:04}-01-01", f"{year + step - 1:04}-12-31", count)
