"""The age of a date. Dates are ISO 8601, `2025-04-12`, or partial, `2025-04`; `rag.text.dates` reads them from text."""

from __future__ import annotations

from calendar import month_name
from datetime import date
from typing import Literal

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
    if to_iso(year, month, day) is None or published[:10] > today.isoformat():
        return None
    days = (today - date(year, month, day)).days if day else None
    if days is not None and days < 60:
        return (days, "day") if days < 14 else (days // 7, "week")
    months = 12 * (today.year - year) + today.month - month - (day > today.day)
    if month and months < 24:
        return months, "month"
    years = today.year - year - (bool(month) and (month, day) > (today.month, today.day))
    return years, "year"


def in_words(published: str) -> str:
    """Writes a date as a person would: `12 April 2025`, `April 2025`; one that is not valid stays as it is."""
    year, month, day = [*(int(part) if part.isdecimal() else 0 for part in published[:10].split("-")), 0, 0, 0][:3]
    if to_iso(year, month, day) is None or not month:
        return published
    return f"{day} {month_name[month]} {year}" if day else f"{month_name[month]} {year}"


def to_iso(year: int, month: int = 0, day: int = 0) -> str | None:
    """Returns the parts as ISO 8601, where 0 is unknown; None if there is no such date in the years 1700 to 2200."""
    if not 1700 <= year <= 2200:
        return None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "")
