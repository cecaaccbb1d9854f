"""Reads which calendar day a relative time means in an article: "yesterday", "on Wednesday", "last night".

News name a day as it is seen on the day of writing, so a weekday is the last one before, where the words around it tell
of the past, and the next one, where they tell of the future. Left out: "last Wednesday" and "next Friday", which may
mean two days, longer times ("last week"), a present tense ("opens on Friday"), and days of another year or of no
certain week ("every Sunday").
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from rag.text.english.calendar import MONTH_NAMES, PARTS_OF_DAY, WEEKDAYS
from rag.text.english.function_words import DETERMINERS, POSSESSIVES
from rag.text.english.patterns import any_of
from rag.text.english.verbs import FINITE_AUXILIARIES, STILL_TO_COME
from rag.text.grammar.verb_forms import also_noun, base_of, is_past

_PART = any_of(PARTS_OF_DAY)
_DAY = re.compile(
    rf"(?:(?:on|late|early|the) )*(?:(?P<weekday>{any_of(WEEKDAYS)})|(?P<ahead>tomorrow)"
    rf"|(?P<before>yesterday|last night)|today|tonight|this {_PART})(?: {_PART})?",
    re.IGNORECASE,
)
_TENSE = re.compile(
    rf"(?P<future>\b(?:{STILL_TO_COME})\b(?: (?:have )?be(?:en)?\b)?(?: \w+(?:ed|en|ld|lt|nt)\b)?)|[\w’']+"
)
"""A word, or words for the future with the participle of what is still to be done."""
_ON = re.compile(r"(?:\b(?:on|early|late) )+$", re.IGNORECASE)
_OTHER_DAY_BEHIND = re.compile(
    r"\b(?:an?|by|coming|each|every|following|last|next|one|previous|same|that|the|this|until|till"
    r"|easter|good|black|ash|palm|bloody|cyber|super) $",
    re.IGNORECASE,
)
_OTHER_DAY_BEFORE = re.compile(rf",? (?:\d|before last\b|week\b|{any_of(MONTH_NAMES)}\b)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1\d|20)\d\d\b")
_PAST_AUXILIARIES = frozenset(("was", "were", "had", "did"))
_NO_PRESENT_BEHIND = _PAST_AUXILIARIES | DETERMINERS | POSSESSIVES | {"to", "been"}
"""Words behind which a verb's form is a participle, a base form or a noun: "was hit", "the plan"."""
_FULL = len("2020-05-10")


def day_meant(words: str, published: str | None, before: str = "", behind: str = "") -> str | None:
    """Returns the day that words mean in an article of this date.

    Args:
        words: The words for a time, such as those of a short answer.
        published: The article's date, ISO 8601.
        before: What stands before the words in their sentence. It tells whether a weekday was still to come;
            without a verb none is known.
        behind: What stands behind them.

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
    if any(year != published[:4] for year in _YEAR.findall(before + behind)):
        return None
    if found["weekday"]:
        if _OTHER_DAY_BEHIND.search(before) or _OTHER_DAY_BEFORE.match(behind):
            return None
        is_ahead = _is_ahead(_ON.sub("", before), behind)
        days = None if is_ahead is None else _days_to(WEEKDAYS.index(found["weekday"].lower()), written, ahead=is_ahead)
        return None if days is None else (written + timedelta(days)).isoformat()
    return (written + timedelta(1 if found["ahead"] else -1 if found["before"] else 0)).isoformat()


def _is_ahead(before: str, behind: str) -> bool | None:
    """Whether the nearest verb tells of the future, not of the past; None if none does, or it is of the present."""
    said = list(_TENSE.finditer(before))
    tenses = [tense for word in said if (tense := _tense(word)) is not None]
    if tenses[-1:] == [True]:
        return True
    *others, last = [word[0] for word in said[-2:]] or [""]
    if _is_present(last) and not _NO_PRESENT_BEHIND.intersection(others):
        return None
    if tenses:
        return tenses[-1]
    if any(_is_present(word[0]) and not also_noun(word[0]) for word in said):
        return None
    return next((tense for word in _TENSE.finditer(behind) if (tense := _tense(word)) is not None), None)


def _tense(word: re.Match[str]) -> bool | None:
    """Whether a word tells of the future (True) or of the past (False); None if of neither."""
    if word["future"]:
        return True
    return False if is_past(word[0]) or word[0].lower() in _PAST_AUXILIARIES else None


def _is_present(word: str) -> bool:
    """Whether a word is a verb's form that is not of the past."""
    return (word in FINITE_AUXILIARIES and word not in _PAST_AUXILIARIES) or (
        base_of(word) is not None and not is_past(word)
    )


def _days_to(weekday: int, written: date, *, ahead: bool) -> int | None:
    """Days from the day of writing to a weekday, at most a week away.

    The weekday of writing is that day, if it is past; of the future it is not clear which one is meant. Of the past,
    the day after is not clear either: it would be nearly a week ago, and often the article is dated a day too early.
    """
    behind = (written.weekday() - weekday) % len(WEEKDAYS)
    if not ahead:
        return -behind if behind < len(WEEKDAYS) - 1 else None
    return len(WEEKDAYS) - behind if behind else None
