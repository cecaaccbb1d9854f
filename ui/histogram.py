"""How many articles there are of each month, year or decade: the bars above the list, each of which is a filter."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .strings import Strings

MOST = 36
"""Bars that are shown; for more the next longer period is taken."""

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-|$)")


@dataclass(frozen=True, slots=True)
class Bin:
    """A period, from its first to its last day, and how many articles are of it."""

    name: str
    label: str
    since: str
    until: str
    count: int


def bins(every: Iterable[str], counted: Iterable[str], strings: Strings) -> list[Bin]:
    """The periods between the first and the last of ISO 8601 dates, and in each how many are `counted` of them.

    Months, where all dates name one and the bars suffice; else years, decades or centuries. What is no date is passed
    over.
    """
    all_months = _months(every)
    if not all_months:
        return []
    by_month = None not in (month for _, month in all_months)
    for step in (1, 12, 120, 1200, 12000) if by_month else (12, 120, 1200, 12000):
        numbers = [_number(date, step) for date in all_months]
        if max(numbers) - min(numbers) < MOST:
            break
    counts = Counter(_number(date, step) for date in _months(counted))
    periods = range(min(numbers), max(numbers) + 1)
    if step == 1:
        return [_month(*divmod(number, 12), counts[number], strings) for number in periods]
    return [_years(number * step // 12, step // 12, counts[number], strings) for number in periods]


def _months(dates: Iterable[str]) -> list[tuple[int, int | None]]:
    """Year and month of each date, None for a month that isn't named."""
    found = (match for match in map(_DATE.match, dates) if match)
    return [(int(match[1]), int(match[2]) if match[2] else None) for match in found]


def _number(date: tuple[int, int | None], step: int) -> int:
    """Which period of so many months, counted from the year 0, a date is of."""
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
