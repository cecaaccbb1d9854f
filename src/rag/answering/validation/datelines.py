"""Tells the place and the day of a report from those of what it reports: `OSK, 3 May (Reuters) - The bridge …`."""

from __future__ import annotations

import re
from datetime import date

from rag.text.dates import parse_date
from rag.text.english.calendar import ANY_MONTH, WEEKDAYS
from rag.text.english.patterns import any_of, capitalised
from rag.text.grammar.verb_forms import is_past, one_form

_DAY = rf"(?:\d{{1,2}} )?(?i:{ANY_MONTH})\.?(?: \d{{1,2}})?(?:,? \d{{4}})?"
_DASH = r"\s?(?:[—–]|--?\s)\s?"
_DATELINE = re.compile(rf"(?:[A-ZÀ-Þ][\w.’'/-]*,? ){{1,4}}\(?(?P<day>{_DAY})\)?,?(?: \([\w /.]{{2,30}}\))?{_DASH}")
"""The place and the day of a report, before its first sentence."""
_HEAD = re.compile(
    r"(?P<place>[A-ZÀ-Þ]{3}[A-ZÀ-Þ.’'/ -]{0,30}?(?<![ -]))(?:, [A-ZÀ-Þ][\w .]{1,30}?)?"
    rf"(?:,? \(?{_DAY}\)?)?,?(?: \([\w /.]{{2,30}}\))?{_DASH}"
)
"""The place of a report in capitals, with or without a day: `OSK - `, `NEW HULL, Norland (AP) — `."""
_DAY_NAMED = re.compile(rf"\b(?:{any_of(capitalised(WEEKDAYS))}|[Yy]esterday|[Ll]ast (?:night|week|month))\b")


def is_day_of_report(sentence: str, start: int, end: int) -> bool:
    """Returns whether a date is that of the dateline, and its sentence names another day: `OSK, 3 May — On Monday …`.

    Args:
        sentence: The sentence's text.
        start: Start of the date in the sentence, in characters.
        end: Its end, exclusive.
    """
    line = _DATELINE.match(sentence)
    if line is None or not line.start("day") <= start < end <= line.end("day"):
        return False
    day = parse_date(line["day"])
    own = date.fromisoformat(day).strftime("%A") if day and len(day) == len("2020-05-10") else ""
    named = _DAY_NAMED.search(sentence, line.end())
    return named is not None and named.group() != own


def is_place_of_report(question: str, text: str, sentence: tuple[int, int], start: int) -> bool:
    """Returns whether a place is only that of the dateline, where the reporter was.

    What the first sentence itself tells as done, as the question does, was done there: `OSK - Vik lost on Sunday`.

    Args:
        question: A question for a place.
        text: The article's text.
        sentence: The half-open interval of the answer's sentence.
        start: Start of the answer in the text, in characters.
    """
    head = find_head(text, sentence[0])
    if head is None or start >= head.end():
        return False
    asked = {one_form(word) for word in re.findall(r"\b[a-z]+\b", question)}
    told = re.findall(r"\b[a-z]+\b", text[head.end() : sentence[1]])
    return not any(is_past(word) and one_form(word) in asked for word in told)


def find_head(text: str, start: int) -> re.Match[str] | None:
    """Finds the dateline at the start of a text; None if there is none, or another sentence begins at `start`."""
    return None if text[:start].strip() else _HEAD.match(text, start)


def without_head(text: str, start: int, end: int, *, is_place: bool) -> tuple[int, int]:
    """Cuts the dateline off an answer that begins with it; of a place, what follows the dateline's place.

    Args:
        text: The article's text.
        start: Start of the answer in the text, in characters.
        end: Its end, exclusive.
        is_place: Whether the question asks for a place.

    Returns:
        The half-open interval of what is left; `(start, end)` if the answer does not go beyond a dateline.
    """
    head = find_head(text, start)
    if head is None or end <= head.end():
        return start, end
    return head.span("place") if is_place else (head.end(), end)
