"""The time that a question speaks of: "in March", "since 2018", "last month"; and whether it wants what is newest.

What a question leaves open is the nearest past: "in March" is the last March that has begun. Left out: the future,
seasons, centuries, and what an event's name says of its time.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta

from rag.core.dates import MONTH_NAMES
from rag.core.schema import Period

REPORTED_WITHIN = timedelta(days=31)
"""How long after a time articles still report what happened in it."""

_MONTH = rf"(?P<month>(?:{'|'.join(sorted(MONTH_NAMES, key=len, reverse=True))}))\b(?!['’])\.?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_NUMBER = r"(?P<count>\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|few|couple of)"
_UNIT = r"(?P<unit>day|week|month|year|decade)"
_ATOMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<year>\d{4})-(?P<number>\d\d)(?:-(?P<day>\d\d))?\b",
        rf"{_MONTH} {_DAY},? {_YEAR}\b",
        rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}\b",
        rf"{_MONTH},? (?:of )?{_YEAR}\b",
        rf"{_MONTH} {_DAY}\b",
        rf"{_DAY} (?:of )?{_MONTH}",
        rf"(?:the )?(?:last|past|previous) {_NUMBER} {_UNIT}s\b",
        rf"{_NUMBER} {_UNIT}s ago\b",
        rf"(?P<which>last|this|past|previous) {_UNIT}\b",
        r"(?P<relative>yesterday|today|tonight)\b",
        rf"(?:last )?{_MONTH}",
        r"(?:last )?(?P<weekday>mon|tues|wednes|thurs|fri|satur|sun)day\b",
        rf"(?:the year )?{_YEAR}\b",
    )
)
_BARE = ("relative", "which", "count")
"""What is a time also without a word like "in" before it."""
_LED = re.compile(
    r"\b(?P<lead>ever since|since|after|from|before|until|till|up to|between|in early|in late|in mid|in|on|during|of"
    r"|over|within|through|throughout|for|by|as of)[ -](?:the )?",
    re.IGNORECASE,
)
_TO = re.compile(r" (?:and|to|until|till|through) ", re.IGNORECASE)
_OPEN_END = frozenset(("since", "ever since", "after", "from"))
_OPEN_START = frozenset(("before", "until", "till", "up to", "by", "as of"))
_NEWS = re.compile(
    r"\b(?:latest|newest|most recent|recent|recently|currently|current|today|tonight|right now|at the moment|at present"
    r"|these days|so far|breaking|nowadays|now(?! that\b))\b",
    re.IGNORECASE,
)
_NUMBERS = {
    word: number
    for number, word in enumerate("_ one two three four five six seven eight nine ten eleven twelve".split())
} | {"few": 3, "couple of": 2}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365, "decade": 3652}
_WEEKDAYS = ("mon", "tues", "wednes", "thurs", "fri", "satur", "sun")
Days = tuple[date, date]
"""The first and the last day."""


def wants_news(question: str) -> bool:
    """Whether a newer article answers the question better than an older one: "latest", "now", "today"."""
    return _NEWS.search(question) is not None


def period_of(question: str, today: date) -> Period | None:
    """The time that a question speaks of; None where it names none, or none that has begun."""
    for led in _LED.finditer(question):
        found = _atom(question, led.end(), today)
        if found is not None:
            return _bounded(led["lead"].lower(), found[0], _second(question, found[1], today), today)
    for pattern in _ATOMS:
        for match in pattern.finditer(question):
            stated = match.groupdict()
            if any(stated.get(name) for name in _BARE) or (stated.get("month") and stated.get("year")):
                days = _days(match, today)
                return None if days is None else _bounded("in", days, None, today)
    return None


def _second(question: str, end: int, today: date) -> Days | None:
    """The end of "between 2018 and 2020", which begins behind `end`."""
    joint = _TO.match(question, end)
    found = None if joint is None else _atom(question, joint.end(), today)
    return None if found is None else found[0]


def _bounded(lead: str, days: Days, other: Days | None, today: date) -> Period | None:
    first, last = days
    if lead in ("between", "from") and other is not None:
        return Period(since=first.isoformat(), until=other[1].isoformat())
    if lead in _OPEN_START:
        return Period(until=(first - timedelta(days=1) if lead == "before" else last).isoformat())
    if first > today:
        return None
    if lead in _OPEN_END:
        return Period(since=(last + timedelta(days=1) if lead == "after" else first).isoformat())
    return Period(since=first.isoformat(), until=last.isoformat())


def _atom(question: str, start: int, today: date) -> tuple[Days, int] | None:
    """The time that is written at `start`, and where it ends. "May" must be written as a name."""
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
        back = (today.weekday() - _WEEKDAYS.index(stated["weekday"])) % 7 or 7
        day = today - timedelta(days=back)
        return day, day
    month = int(stated["number"]) if "number" in stated else MONTH_NAMES.get(stated.get("month", ""), 0)
    return _calendar(int(stated.get("year", 0)), month, int(stated.get("day", 0)), today)


def _calendar(year: int, month: int, day: int, today: date) -> Days | None:
    """The days of a year, a month or a day; of the last one that has begun, where no year is named."""
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
    """ "In the last three weeks" up to today; "three weeks ago" the week or so around that day."""
    number = _NUMBERS.get(stated["count"]) or int(stated["count"])
    length = _DAYS[stated["unit"]]
    day = today - timedelta(days=min(number * length, today.toordinal() - 1))
    around = timedelta(days=length // 2)
    return (day - min(around, day - date.min), day + around) if ago else (day, today)


def _unit(which: str, unit: str, today: date) -> Days | None:
    """ "This week", "last month", "past year": calendar ones, "past" the days up to today."""
    if which == "past" or unit == "decade":
        return today - timedelta(days=_DAYS[unit]), today
    last = which in ("last", "previous")
    if unit == "year":
        return _calendar(today.year - last, 0, 0, today)
    if unit == "month":
        first = today.replace(day=1)
        return _calendar(*((first - timedelta(days=1)) if last else first).timetuple()[:2], 0, today)
    length = _DAYS[unit]
    first = today - timedelta(days=(today.weekday() if unit == "week" else 0) + length * last)
    return first, first + timedelta(days=length - 1)
