"""Reads which calendar day a relative time means in an article: "yesterday", "on Wednesday", "last night".

News name a day as it is seen on the day of writing, so a weekday is the last one before, or in a sentence about the
future the next one. Left out: "last Wednesday" and "next Friday", which may mean two days, and longer times ("last
week").
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from rag.text.english.calendar import PARTS_OF_DAY, WEEKDAYS
from rag.text.english.patterns import any_of
from rag.text.english.verbs import FUTURE

_PART = any_of(PARTS_OF_DAY)
_DAY = re.compile(
    rf"(?:(?:on|late|early|the) )*(?:(?P<weekday>{any_of(WEEKDAYS)})|(?P<ahead>tomorrow)"
    rf"|(?P<before>yesterday|last night)|today|tonight|this {_PART})(?: {_PART})?",
    re.IGNORECASE,
)
_FUTURE = re.compile(rf"\b(?:{FUTURE}|to be|due|set to|is to|are to)\b", re.IGNORECASE)
_FULL = len("2020-05-10")


def day_meant(words: str, published: str | None, sentence: str = "") -> str | None:
    """Returns the day that words mean in an article of this date.

    Args:
        words: The words for a time, such as those of a short answer.
        published: The article's date, ISO 8601.
        sentence: The sentence of the words. It tells whether the day was still to come.

    Returns:
        The day, ISO 8601; None if the words say something else or more, if the day is not clear, or if the article has
        no full date.
    """
    found = _DAY.fullmatch(words.strip(" .,;"))
    if found is None or published is None or len(published) < _FULL:
        return None
    try:
        written = date.fromisoformat(published[:_FULL])
    except ValueError:
        return None
    if found["weekday"]:
        days = _days_to(WEEKDAYS.index(found["weekday"].lower()), written, ahead=_FUTURE.search(sentence) is not None)
        return None if days is None else (written + timedelta(days)).isoformat()
    return (written + timedelta(1 if found["ahead"] else -1 if found["before"] else 0)).isoformat()


def _days_to(weekday: int, written: date, *, ahead: bool) -> int | None:
    """Days from the day of writing to a weekday, at most a week away.

    The weekday of writing is that day, if it is past; of the future it is not clear which one is meant.
    """
    behind = (written.weekday() - weekday) % len(WEEKDAYS)
    if not ahead:
        return -behind
    return len(WEEKDAYS) - behind if behind else None
