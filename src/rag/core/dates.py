"""Reads dates as articles and their metadata write them, and returns ISO 8601: `2025-04-12`, or partial `2025-04`.

Left out: the time of day and its zone. An article's date is the calendar day that its publisher names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Literal

MONTH_NAMES = {
    name: number
    for number, names in enumerate(
        "jan january|feb february|mar march|apr april|may|jun june|jul july|aug august|sep sept september|oct october"
        "|nov november|dec december".split("|"),
        start=1,
    )
    for name in names.split()
}
"""The number of each month by name, in every common spelling and in lower case."""
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTH_NAMES, key=len, reverse=True))})\.?"
_IN_TEXT = (
    re.compile(r"(?<![\d-])(?P<year>\d{4})[-/](?P<number>\d{2})(?:[-/](?P<day>\d{2}))?(?![\d-])"),
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)? {_MONTH},? (?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH},? (?P<year>\d{{4}})\b", re.IGNORECASE),
)
"""Dates in running text: `2025-04-12`, `April 12, 2025`, `12 April 2025`, `April 2025`."""
_IN_A_FIELD = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?!\d)"),
    re.compile(r"(?P<year>(?:19|20)\d{2})(?P<number>\d{2})(?P<day>\d{2})(?:T?\d{4,6}Z?)?\Z"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})(?!\d)"),
    re.compile(rf"(?:\w+,? )?(?P<day>\d{{1,2}})[- ]{_MONTH}[- ](?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})\Z"),
)
"""Dates in a field: ISO 8601, `20250412`, `12.4.2025`, `Sat, 12 Apr 2025`, `2025`."""
_SLASHED = re.compile(r"(?P<one>\d{1,2})[/-](?P<other>\d{1,2})[/-](?P<year>\d{4})(?!\d)")
"""A date whose day and month may be in either order: `04/12/2025`."""
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")
"""Seconds or milliseconds since 1970."""
_LONGEST = 200
"""Most characters of a field that are read."""


def find_dates(line: str) -> Iterator[tuple[int, str]]:
    """Finds the dates in running text.

    Yields:
        The offset at which a date begins, and the date in ISO 8601.
    """
    for pattern in _IN_TEXT:
        for match in pattern.finditer(line):
            found = _to_iso(match)
            if found:
                yield match.start(), found


def parse_date(value: str) -> str | None:
    """Reads the date in a field.

    The day and month of `04/12/2025` are ambiguous, so only the year is returned; `04/13/2025` is clear. Seconds and
    milliseconds since 1970 are read too.

    Returns:
        The date in ISO 8601, which may be partial; None if there is none.
    """
    field = value.strip()[:_LONGEST]
    if _EPOCH.fullmatch(field):
        seconds = float(field) / (1000 if len(field) == 13 and "." not in field else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    for pattern in _IN_A_FIELD:
        match = pattern.match(field)
        if match:
            return _to_iso(match)
    slashed = _SLASHED.match(field)
    if slashed:
        return _read_slashed(int(slashed["one"]), int(slashed["other"]), int(slashed["year"]))
    return next((found for _, found in find_dates(field)), None)


Unit = Literal["day", "week", "month", "year"]
"""The unit of an age."""
_NOW = {(0, "day"): "today", (1, "day"): "yesterday", (0, "month"): "this month", (0, "year"): "this year"}


def age(published: str, today: date) -> str | None:
    """Describes the age of a date as a person would: `3 days ago`, `2 years ago`.

    Args:
        published: A date in ISO 8601. For a partial date the age is less exact.
        today: The day to count from.

    Returns:
        The age; None if the date is not valid or lies after today.
    """
    found = elapsed(published, today)
    if found is None:
        return None
    number, unit = found
    return _NOW.get(found) or f"{number} {unit}{'' if number == 1 else 's'} ago"


def elapsed(published: str, today: date) -> tuple[int, Unit] | None:
    """Returns the age of a date as a number of days, weeks, months or years; see `age`."""
    stated = [int(part) if part.isdecimal() else 0 for part in published[:10].split("-")]
    year, month, day = [*stated, 0, 0, 0][:3]
    if _iso(year, month, day) is None or published[:10] > today.isoformat():
        return None
    days = (today - date(year, month, day)).days if day else None
    if days is not None and days < 60:
        return (days, "day") if days < 14 else (days // 7, "week")
    months = 12 * (today.year - year) + today.month - month - (day > today.day)
    if month and months < 24:
        return months, "month"
    years = today.year - year - (bool(month) and (month, day) > (today.month, today.day))
    return years, "year"


def _read_slashed(one: int, other: int, year: int) -> str | None:
    if one == other or one > 12:
        return _iso(year, other, one)
    return _iso(year, one, other) if other > 12 else _iso(year)


def _to_iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    number, name = parts.get("number"), parts.get("month")
    month = int(number) if number else MONTH_NAMES[name.lower()] if name else 0
    return _iso(int(parts["year"]), month, int(parts.get("day") or 0))


def _iso(year: int, month: int = 0, day: int = 0) -> str | None:
    """Returns the parts as ISO 8601, where 0 is unknown; None if there is no such date in the years 1700 to 2200."""
    if not 1700 <= year <= 2200:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
