"""How many articles there are of each month, year or decade: the bars above the list, each of which is a filter."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from . import strings

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


def bins(dates: Iterable[str]) -> list[Bin]:
    """The periods between the first and the last of ISO 8601 dates, the empty ones too; what is no date is passed over.

    Months, where all dates name one and the bars suffice; else years, decades or centuries. A date counts once.
    """
    found = [(int(date[1]), int(date[2] or 0)) for date in map(_DATE.match, dates) if date]
    if not found:
        return []
    if all(month for _, month in found):
        months = Counter(year * 12 + month - 1 for year, month in found)
        if max(months) - min(months) < MOST:
            return [_month(*divmod(number, 12), months[number]) for number in range(min(months), max(months) + 1)]
    step = next(step for step in (1, 10, 100, 1000) if _span(found, step) <= MOST)
    counts = Counter(year // step for year, _ in found)
    return [_years(number * step, step, counts[number]) for number in range(min(counts), max(counts) + 1)]


def _span(found: list[tuple[int, int]], step: int) -> int:
    years = [year // step for year, _ in found]
    return max(years) - min(years) + 1


def _month(year: int, month: int, count: int) -> Bin:
    first = f"{year:04}-{month + 1:02}"
    last = monthrange(year, month + 1)[1] if year else 31
    name = strings.date(first)
    return Bin(name, strings.bar(name, count), f"{first}-01", f"{first}-{last}", count)


def _years(year: int, step: int, count: int) -> Bin:
    name = f"{year:04}" if step == 1 else f"{year:04}–{year + step - 1:04}"
    return Bin(name, strings.bar(name, count), f"{year:04}-01-01", f"{year + step - 1:04}-12-31", count)
