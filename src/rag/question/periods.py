"""Reads the period of a question ("in March", "since 2018", "last month"), and whether the question wants news.

An incomplete date means the nearest past: "in March" is the last March that has begun. Left out: the future, seasons,
centuries, and times that follow from the name of an event.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from rag.core.schema import Period
from rag.text.english.calendar import (
    CALENDAR_UNITS,
    LAST,
    MONTH,
    MONTH_NAMES,
    PAST_DAYS,
    RELATIVE_WHICH,
    WEEKDAY,
    WEEKDAYS,
)
from rag.text.english.numbers import NUMBER_WORDS, ORDINAL_ENDING, SMALL_NUMBERS, VAGUE_NUMBERS
from rag.text.english.patterns import any_of
from rag.text.english.questions import LEADS, LEADS_OPEN_END, LEADS_OPEN_START, NEWS, RANGE_JOINTS, VALUE_OF_NOW

REPORTED_WITHIN = timedelta(days=31)
"""How long after a period articles still report its events."""

_MONTH = rf"(?P<month>{MONTH})\b(?!['’])\.?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_DAY = rf"(?P<day>\d{{1,2}}){ORDINAL_ENDING}?"
_NUMBER = rf"(?P<count>\d{{1,3}}|{any_of((*SMALL_NUMBERS, *VAGUE_NUMBERS))})"
_UNIT = rf"(?P<unit>{any_of(CALENDAR_UNITS)})"
_ATOMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})-(?P<number>\d\d)(?:-(?P<day>\d\d))?\b",
        rf"{_MONTH} {_DAY},? {_YEAR}\b",
        rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}\b",
        rf"{_MONTH},? (?:of )?{_YEAR}\b",
        rf"{_MONTH} {_DAY}\b",
        rf"{_DAY} (?:of )?{_MONTH}",
        rf"(?:the )?{any_of(LAST)} {_NUMBER} {_UNIT}s\b",
        rf"{_NUMBER} {_UNIT}s ago\b",
        rf"(?P<which>{any_of(RELATIVE_WHICH)}) {_UNIT}\b",
        rf"(?P<relative>{any_of(PAST_DAYS)})\b",
        rf"(?:last )?{_MONTH}",
        rf"(?:last )?(?P<weekday>{WEEKDAY})\b",
        rf"(?:the year )?{_YEAR}\b",
    )
)
_BARE = ("relative", "which", "count")
"""Groups of patterns that are a time also without a word such as "in" before them."""
_LED = re.compile(rf"\b(?P<lead>{any_of(LEADS)})[ -](?:the )?", re.IGNORECASE)
_EVENT_OF_YEAR = re.compile(r"\w+ the (?:1[89]|20)\d\d(?= [a-z])")
_WITHIN = {"before": "by", "after": "since"}
"""What an event of a year makes of a word before it: what was before the 2018 vote may have been in 2018."""
_TO = re.compile(rf" {any_of(RANGE_JOINTS)} ", re.IGNORECASE)
_NEWS = re.compile(rf"\b(?:{NEWS}|{VALUE_OF_NOW})\b", re.IGNORECASE)
Days = tuple[date, date]
"""The first and the last day of a period."""


def wants_news(question: str) -> bool:
    """Returns whether a newer article is a better answer: "the latest", "now", "What is the price of oil?"."""
    return _NEWS.search(question) is not None


def period_of(question: str, today: date) -> Period | None:
    """Reads the period of a question.

    Args:
        question: The question's text.
        today: The day from which relative times are counted.

    Returns:
        The period; None if the question names no time, or one that has not begun.
    """
    for led in _LED.finditer(question):
        found = _atom(question, led.end(), today)
        if found is not None:
            lead = led["lead"].lower()
            if _EVENT_OF_YEAR.match(question, led.start()):
                lead = _WITHIN.get(lead, lead)
            return _bounded(lead, found[0], _second(question, found[1], today), today)
    for pattern in _ATOMS:
        for match in pattern.finditer(question):
            stated = match.groupdict()
            if any(stated.get(name) for name in _BARE) or (stated.get("month") and stated.get("year")):
                days = _days(match, today)
                return None if days is None else _bounded("in", days, None, today)
    return None


def _second(question: str, end: int, today: date) -> Days | None:
    """The second time of "between 2018 and 2020", after the offset `end`."""
    joint = _TO.match(question, end)
    found = None if joint is None else _atom(question, joint.end(), today)
    return None if found is None else found[0]


def _bounded(lead: str, days: Days, other: Days | None, today: date) -> Period | None:
    first, last = days
    if lead in ("between", "from") and other is not None:
        return Period(since=first.isoformat(), until=other[1].isoformat())
    if lead in LEADS_OPEN_START:
        return Period(until=(first - timedelta(days=1) if lead == "before" else last).isoformat())
    if first > today:
        return None
    if lead in LEADS_OPEN_END:
        return Period(since=(last + timedelta(days=1) if lead == "after" else first).isoformat())
    return Period(since=first.isoformat(), until=last.isoformat())


def _atom(question: str, start: int, today: date) -> tuple[Days, int] | None:
    """The time written at `start`, and where it ends. "may" in lower case is a time only with a year."""
    for pattern in _ATOMS:
        match = pattern.match(question, start)
        if match and not (match.groupdict().get("month") == "may" and not match.groupdict().get("year")):
            days = _days(match, today)
            if days is not None:
                return days, match.end()
    return None


def _days(match: re.Match[str], today: date) -> Days | None:
    stated = {name: value.lower() for name, value in match.groupdict().items() if value}
    if "count" in stated:
        return _counted(stated, today, ago=match.group().lower().endswith("ago"))
    if "which" in stated:
        return _unit(stated["which"], stated["unit"], today)
    if "relative" in stated:
        day = today - timedelta(days=stated["relative"] == "yesterday")
        return day, day
    if "weekday" in stated:
        back = (today.weekday() - WEEKDAYS.index(stated["weekday"])) % 7 or 7
        day = today - timedelta(days=back)
        return day, day
    month = int(stated["number"]) if "number" in stated else MONTH_NAMES.get(stated.get("month", ""), 0)
    return _calendar(int(stated.get("year", 0)), month, int(stated.get("day", 0)), today)


def _calendar(year: int, month: int, day: int, today: date) -> Days | None:
    """The days of a year, a month or a day. Without a year, it is the last one that has begun."""
    if not year:
        year = today.year - ((month, day or 1) > (today.month, today.day))
    try:
        if day:
            return date(year, month, day), date(year, month, day)
        if month:
            return date(year, month, 1), date(year, month, monthrange(year, month)[1])
        return date(year, 1, 1), date(year, 12, 31)
    except (ValueError, IndexError):
        return None


def _counted(stated: dict[str, str], today: date, *, ago: bool) -> Days:
    """ "In the last three weeks" ends today; "three weeks ago" is about a week around that day."""
    count = stated["count"]
    number = VAGUE_NUMBERS.get(count) or NUMBER_WORDS.get(count) or int(count)
    length = CALENDAR_UNITS[stated["unit"]]
    day = today - timedelta(days=min(number * length, today.toordinal() - 1))
    around = timedelta(days=length // 2)
    return (day - min(around, day - date.min), day + around) if ago else (day, today)


def _unit(which: str, unit: str, today: date) -> Days | None:
    """ "This week" and "last month" are calendar units; "past year" and decades are the days up to today."""
    if which == "past" or unit == "decade":
        return today - timedelta(days=CALENDAR_UNITS[unit]), today
    last = which in ("last", "previous")
    if unit == "year":
        return _calendar(today.year - last, 0, 0, today)
    if unit == "month":
        first = today.replace(day=1)
        return _calendar(*((first - timedelta(days=1)) if last else first).timetuple()[:2], 0, today)
    length = CALENDAR_UNITS[unit]
    first = today - timedelta(days=(today.weekday() if unit == "week" else 0) + length * last)
    return first, first + timedelta(days=length - 1)
