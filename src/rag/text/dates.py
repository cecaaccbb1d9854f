"""Reads dates as articles and their metadata write them, and gives them as ISO 8601: `2025-04-12`, or `2025-04`.

Left out: the time of day and its zone. An article's date is the calendar day that its publisher states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from rag.core.dates import to_iso
from rag.text.english.calendar import ANY_MONTH, FOREIGN_MONTHS, MONTH_NAMES
from rag.text.english.numbers import ORDINAL_ENDING

_MONTHS = FOREIGN_MONTHS | MONTH_NAMES
_MONTH = rf"(?P<month>{ANY_MONTH})\.?"
_DAY = rf"(?P<day>\d{{1,2}})(?:{ORDINAL_ENDING}|\.|er|º)?"
_IN_TEXT = (
    re.compile(r"(?<![\d-])(?P<year>\d{4})[-/](?P<number>\d{2})(?:[-/](?P<day>\d{2}))?(?![\d-])"),
    re.compile(rf"\b{_MONTH} (?P<day>\d{{1,2}}){ORDINAL_ENDING}?,? (?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY} (?:de )?{_MONTH},? (?:del? )?(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"(?<![\d.])(?P<day>\d{1,2})\. ?(?P<number>\d{1,2})\. ?(?P<year>\d{4})(?!\d|\.\d)"),
    re.compile(rf"\b{_MONTH},? (?P<year>\d{{4}})\b", re.IGNORECASE),
)
_IN_A_FIELD = (
    re.compile(r"(?P<year>\d{4})[-/.](?P<number>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?(?!\d)"),
    re.compile(r"(?P<year>(?:19|20)\d{2})(?P<number>\d{2})(?P<day>\d{2})(?:T?\d{4,6}Z?)?\Z"),
    re.compile(r"(?P<day>\d{1,2})\.(?P<number>\d{1,2})\.(?P<year>\d{4})(?!\d)"),
    re.compile(rf"(?:\w+,? )?{_DAY}[- ](?:de )?{_MONTH}[- ](?:del? )?(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"(?P<year>\d{4})\Z"),
)
_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", re.ASCII)
_SLASHED = re.compile(r"(?P<one>\d{1,2})[/-](?P<other>\d{1,2})[/-](?P<year>\d{4})(?!\d)")
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{13}")
_LONGEST = 200
"""Number of characters of a field that are read, to bound the work."""


def find_dates(line: str) -> Iterator[tuple[int, str]]:
    """Finds the dates in running text.

    Args:
        line: Any text.

    Yields:
        The offset of each date, in characters, and the date as ISO 8601. They are grouped by the form in which they are
        written, and a part of a full date may be found again as a partial one.
    """
    for pattern in _IN_TEXT:
        for match in pattern.finditer(line):
            found = _read(match)
            if found:
                yield match.start(), found


def parse_date(value: str) -> str | None:
    """Reads the date in a metadata field.

    Seconds and milliseconds since 1970 are read as well.

    Args:
        value: The field's text.

    Returns:
        The date as ISO 8601; None if there is none. In `04/12/2025` day and month are ambiguous, so only the year is
        returned; `04/13/2025` is clear.
    """
    field = value.strip()[:_LONGEST]
    if _EPOCH.fullmatch(field):
        seconds = float(field) / (1000 if len(field) == 13 and "." not in field else 1)
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    for pattern in _IN_A_FIELD:
        match = pattern.match(field)
        if match:
            return _read(match)
    slashed = _SLASHED.match(field)
    if slashed:
        return _read_slashed(int(slashed["one"]), int(slashed["other"]), int(slashed["year"]))
    return next((found for _, found in find_dates(field)), None)


def parse_iso(value: str) -> str | None:
    """Reads a date that is written as ISO 8601, and in no other way: `2025-04-12`, `2025-04` or `2025`.

    Returns:
        The date; None if it is written otherwise, or there is no such day, such as 30 February.
    """
    match = _ISO.fullmatch(value)
    found = to_iso(*(int(part or 0) for part in match.groups())) if match else None
    return found if found == value else None


def _read_slashed(one: int, other: int, year: int) -> str | None:
    if one == other or one > 12:
        return to_iso(year, other, one)
    return to_iso(year, one, other) if other > 12 else to_iso(year)


def _read(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    number, name = parts.get("number"), parts.get("month")
    month = int(number) if number else _MONTHS[name.lower()] if name else 0
    return to_iso(int(parts["year"]), month, int(parts.get("day") or 0))
