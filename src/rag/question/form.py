"""Decides the form of the answer that a question asks for: a fact, someone's words, an overview, a list, and so on."""

from __future__ import annotations

import re
from typing import get_args

from rag.core.errors import QuestionError
from rag.core.schema import AskedForm, Form
from rag.text.english.forms import (
    AUXILIARIES,
    CHANGES_ASKED,
    COMPARISONS,
    DEFINED,
    HELP_ASKED,
    INTRODUCED,
    LIST_ASKED,
    LIST_HEADED,
    NEWEST_ASKED,
    OVERVIEW_ASKED,
    OVERVIEW_HEADED,
    QUESTION_STARTS,
    REACTION_ASKED,
    REASON_OR_MANNER_ASKED,
    SMALL_TALK,
    TIMELINE_BEHIND,
    TIMELINE_HEADED,
    WHO_SAID,
)
from rag.text.grammar.saying import NAME

_FLAGS = re.IGNORECASE
_RULES: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("timeline", re.compile(rf"\bhow (?:did|do|does|has|have|had)\b.*\b(?:{CHANGES_ASKED})\b", _FLAGS)),
    ("timeline", re.compile(rf"\b(?:{NEWEST_ASKED})\b", _FLAGS)),
    ("said", re.compile(rf"\b(?:{REACTION_ASKED}|{WHO_SAID})\b", _FLAGS)),
    ("compare", re.compile(rf"\b(?:{COMPARISONS})\b", _FLAGS)),
    ("overview", re.compile(rf"\b(?:{OVERVIEW_ASKED})\b", _FLAGS)),
    (
        "overview",
        re.compile(
            rf"^\W*(?:And |So |But )?(?:{INTRODUCED})(?: is| was| are| were|'s|’s) (?:{NAME}|an? [\w -]{{3,40}})"
            r"(?: \([\w -]+\))?\W*$"  # what an acronym is short for
        ),
    ),
    ("overview", re.compile(rf"^\W*(?:{DEFINED})(?<!ing)\W*$", _FLAGS)),
    ("yes_no", re.compile(rf"^\W*(?:and |but |so )?(?:{AUXILIARIES})\b", _FLAGS)),
    ("list", re.compile(rf"\b(?:{LIST_ASKED})", _FLAGS)),
    ("reason", re.compile(rf"\b(?:{REASON_OR_MANNER_ASKED})\b", _FLAGS)),
)
_SMALL_TALK = re.compile(rf"^\W*(?:{SMALL_TALK})(?:\W+(?:{SMALL_TALK}|there|you|again|everyone|all))*\W*$", _FLAGS)
_HELP = re.compile(rf"^\W*(?:{HELP_ASKED})\W*$", _FLAGS)
_HEADED: tuple[tuple[Form, re.Pattern[str]], ...] = (
    ("timeline", re.compile(TIMELINE_HEADED, _FLAGS)),
    ("overview", re.compile(OVERVIEW_HEADED, _FLAGS)),
    ("list", re.compile(LIST_HEADED, _FLAGS)),
)
"""The forms of keywords that name one in front."""
_TIMELINE_BEHIND = re.compile(TIMELINE_BEHIND, _FLAGS)
_ASKS = re.compile(rf"[?]|\b(?:{QUESTION_STARTS})\b", _FLAGS)


def check_form(form: str) -> AskedForm:
    """Checks a form that is asked for, and returns it.

    Raises:
        QuestionError: If there is no such form.
    """
    forms: tuple[AskedForm, ...] = get_args(AskedForm)
    for each in forms:
        if each == form:
            return each
    raise QuestionError(f"There is no form '{form}' of answers", remedy=f"name one: {', '.join(forms)}")


def form_of(text: str, *, speaker: str | None) -> Form:
    """Decides the form of the answer that a question asks for.

    Args:
        text: The question.
        speaker: The person whose words or view are asked for, see `rag.question.speaker`; None if there is none.
    """
    if _SMALL_TALK.search(text) or _HELP.search(text):
        return "small_talk"
    if not _ASKS.search(text):
        return "keywords"
    first = _first(_RULES, text) or "fact"
    return "said" if speaker is not None and first in ("fact", "reason", "overview") else first


def headed_keywords(text: str) -> tuple[Form, str] | None:
    """Returns the form that keywords name in front or at the end, and the other words: "timeline" and "the strike".

    Returns:
        None if the text is a question, or names no form.
    """
    if "?" in text:
        return None
    found = ((form, pattern.match(text)) for form, pattern in _HEADED)
    first: tuple[Form, str] | None
    first = next(((form, text[match.end() :].strip(" :,.")) for form, match in found if match), None)
    if first is None and (behind := _TIMELINE_BEHIND.search(text)):
        first = "timeline", text[: behind.start()].strip(" :,.")
    return first if first is not None and first[1] else None


def _first(rules: tuple[tuple[Form, re.Pattern[str]], ...], text: str) -> Form | None:
    """The form of the first pattern that the text has."""
    return next((form for form, pattern in rules if pattern.search(text)), None)
