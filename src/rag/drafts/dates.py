"""Finds the dates of a sentence, and compares those of a statement with those of an article."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rag.answering.agreement import contradict
from rag.text.english.calendar import MONTH_NAMES, MONTHS, WEEKDAYS
from rag.text.english.numbers import ORDINAL_ENDING
from rag.text.english.patterns import any_of, capitalised
from rag.values.value import Day, read_value

_MONTH = rf"(?:{any_of(capitalised(MONTH_NAMES))})\.?"
_DAY = rf"\d{{1,2}}(?:{ORDINAL_ENDING})?(?![\d%]|[.,:]\d)"
_YEAR = r"(?:1[5-9]|20|21)\d\d"
_FOUND = re.compile(
    rf"(?<![\d-])\d{{4}}-\d\d(?:-\d\d)?(?![\d-])"
    rf"|\b{_MONTH} {_DAY}(?:,? {_YEAR}\b)?"
    rf"|(?<![\w.,$€£]){_DAY}(?: of)? {_MONTH}(?!\w)(?:,? {_YEAR}\b)?"
    rf"|\b{_MONTH},? {_YEAR}\b"
    rf"|(?<![\w.,$€£/-]){_YEAR}\b(?![’']?s\b|[-–]?\w*-|[.,:]\d|/| (?:people|men|women|votes|dollars|euros)\b)"
    rf"|\b(?:{any_of(capitalised(MONTHS))})\b"
    rf"|\b(?:{any_of(capitalised(WEEKDAYS))})\b"
    r"|\b\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\b\.?| o[’']clock\b)|\b[012]?\d:[0-5]\d(?!\d)"
)
_BEFORE_MONTH = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|[Oo]f|[Uu]ntil|[Bb]y|[Ff]rom|[Tt]o|[Ll]ast|[Nn]ext|[Tt]his|[Ll]ate|[Ee]arly|[Mm]id-?|[Dd]uring|[Bb]efore|[Aa]fter"
    r"|and|or|[Ee]very|[Ee]ach) \Z|-\Z"
)
"""Words before a month that stands alone: without them, "May" and "March" may be something else."""
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?: ?([ap])\.?m\.?| o.clock)?")
_HALF_DAY = 12
_WEEK = 7


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or an hour at `text[start:end]`.

    Attributes:
        start: Start offset in the text, in characters.
        end: End offset, exclusive.
        day: The date, ISO 8601, which may be partial or without its year: `2025-04`, `--04-12`, `--04`; "" if only the
            weekday or the hour is told.
        weekday: The weekday, 0 for Monday; None if none is named.
        clock: The minutes since noon or midnight, and "a" or "p" if it is told which; None if no hour is named.
    """

    start: int
    end: int
    day: str = ""
    weekday: int | None = None
    clock: tuple[int, str] | None = None


@lru_cache(maxsize=2048)
def find_moments(text: str) -> tuple[Moment, ...]:
    """Finds the dates, weekdays and hours of a text, in their order."""
    found = []
    for match in _FOUND.finditer(text):
        moment = _read(text, match)
        if moment is not None:
            found.append(moment)
    return tuple(found)


def _read(text: str, match: re.Match[str]) -> Moment | None:
    words, (start, end) = match.group(), match.span()
    lower = words.lower()
    if lower in WEEKDAYS:
        return Moment(start, end, weekday=WEEKDAYS.index(lower))
    if lower in MONTHS:
        known = _BEFORE_MONTH.search(text, max(0, start - 12), start)
        return Moment(start, end, f"--{MONTH_NAMES[lower]:02}") if known else None
    clock = _CLOCK.fullmatch(words)
    if clock is not None:
        minutes = int(clock[1]) % _HALF_DAY * 60 + int(clock[2] or 0)
        return Moment(start, end, clock=(minutes, clock[3] or ("p" if int(clock[1]) > _HALF_DAY else "")))
    value = read_value(words, "time")
    return Moment(start, end, value.date) if isinstance(value, Day) else None


def tells(stated: Moment, given: Moment, published: str | None) -> bool:
    """Returns whether a date of an article tells all that a date of a statement says.

    Args:
        stated: The date in the article.
        given: The date in the statement.
        published: The article's date, ISO 8601: from it, its weekdays and days without a year are counted.
    """
    if given.clock is not None:
        return stated.clock is not None and _is_one_hour(stated.clock, given.clock)
    if given.weekday is not None:
        return given.weekday in (stated.weekday, _weekday_of(stated.day))
    if stated.weekday is not None:
        return any(_has_begun(day, given.day) for day in _days_of(stated.weekday, published))
    if not stated.day:
        return False
    return any(_has_begun(day, given.day) for day in _with_year(stated.day, published))


def excludes(stated: Moment, given: Moment) -> bool:
    """Returns whether the dates of an article and of a statement can't both be right."""
    if given.clock is not None or stated.clock is not None:
        return given.clock is not None and stated.clock is not None and not _is_one_hour(stated.clock, given.clock)
    if given.weekday is not None:
        other = stated.weekday if stated.weekday is not None else _weekday_of(stated.day)
        return other is not None and other != given.weekday
    if stated.weekday is not None or not stated.day:
        return False
    if len(stated.day.replace("--", "")) == 2 or len(given.day.replace("--", "")) == 2:
        return _month_of(stated.day) is not None and None is not _month_of(given.day) != _month_of(stated.day)
    return contradict(Day(stated.day, ()), Day(given.day, ()))


def _is_one_hour(one: tuple[int, str], other: tuple[int, str]) -> bool:
    return one[0] == other[0] and (one[1] == other[1] or "" in (one[1], other[1]))


def _has_begun(stated: str, given: str) -> bool:
    """Whether a date has all that another one says: 2025-04-12 is in 2025, and on --04-12."""
    if given.startswith("--"):
        return stated[-len(given) + 1 :] == given[1:] or stated[4:].startswith(given[1:]) or stated.startswith(given)
    return stated.startswith(given)


def _with_year(day: str, published: str | None) -> list[str]:
    """A date without its year, in the years around that of its article."""
    if not day.startswith("--") or not published:
        return [day]
    year = int(published[:4])
    return [day, *(f"{each}{day[1:]}" for each in (year - 1, year, year + 1))]


def _days_of(weekday: int, published: str | None) -> list[str]:
    """The days of a weekday up to a week before and after an article's date."""
    if published is None or len(published) < len("2020-01-03"):
        return []
    day = date.fromisoformat(published[:10])
    around = (day + timedelta(days=shift) for shift in range(-_WEEK, _WEEK + 1))
    return [each.isoformat() for each in around if each.weekday() == weekday]


def _weekday_of(day: str) -> int | None:
    return date.fromisoformat(day).weekday() if len(day) == len("2020-01-03") else None


def _month_of(day: str) -> str | None:
    return day[2:4] if day.startswith("--") else day[5:7] or None
