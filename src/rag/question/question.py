"""What a question is: whether it can be asked at all, and what kind of thing it asks for."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

from rag.core.errors import QuestionError
from rag.text.english.calendar import MONTHS, WEEKDAYS
from rag.text.english.function_words import PLACE_PREPOSITIONS, STOP_WORDS, WHERE_PREPOSITIONS
from rag.text.english.numbers import LARGE_NUMBERS, NOT_IN_DIGITS, SMALL_NUMBER
from rag.text.english.patterns import any_of, capitalised
from rag.text.english.places import PLACE_NOUNS
from rag.text.english.questions import (
    EXPLAINED,
    PERSON_ASKED,
    PLACE_ASKED,
    QUANTITY_ASKED,
    REASON_ASKED,
    REASON_SIGNS,
    TIME_ASKED,
    TIME_FORMS,
    TIME_SIGNS,
)

MAX_CHARACTERS = 2000
"""Longer than any question; a pasted paragraph still fits."""

Kind = Literal["person", "time", "place", "quantity", "reason", "other"]
"""What would answer a question: a name, a date, a place, a number, a because; or anything."""

_KINDS: tuple[tuple[Kind, str], ...] = (
    ("quantity", QUANTITY_ASKED),
    ("time", TIME_ASKED),
    ("place", PLACE_ASKED),
    ("person", PERSON_ASKED),
    ("reason", REASON_ASKED),
)
_KIND_PATTERNS = tuple((kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for kind, pattern in _KINDS)

_EXPLAINED = re.compile(rf"\b{EXPLAINED}\b", re.IGNORECASE)

_NUMBER = rf"(?<![A-Za-z]-)(?<![A-Za-z\d])\d|\b(?:{SMALL_NUMBER}|{any_of(LARGE_NUMBERS)}s?)\b"
_MONTH = rf"\b(?:{any_of(capitalised(MONTHS))}|{any_of(capitalised(WEEKDAYS))})\b"
_NAME = r"(?:(?<=[a-z,;:’'”\")] )|(?<=- ))[\"“‘']?[A-Z][\w'’.-]*"
_ANSWERED_BY: dict[Kind, re.Pattern[str]] = {
    "quantity": re.compile(_NUMBER, re.IGNORECASE),
    "time": re.compile(rf"\b(?:1[5-9]|20)\d\d\b|{_MONTH}|\b{any_of(TIME_SIGNS)}\b"),
    "place": re.compile(rf"\b{any_of(PLACE_PREPOSITIONS)}\s+(?:the\s+)?[A-Z]|{_NAME}"),
    "person": re.compile(_NAME),
    "reason": re.compile(rf"\b(?:{'|'.join(REASON_SIGNS)})\b", re.IGNORECASE),
}

_CAPITAL = rf"\b(?!(?:{'|'.join(sorted(capitalised(STOP_WORDS)))})\b)[A-Z]"
"""A capital that is not just that of a sentence's first word: "Both sides" is no name."""

_FORMS: dict[Kind, re.Pattern[str]] = {
    "quantity": re.compile(rf"{_NUMBER}|\b{any_of(NOT_IN_DIGITS)}\b", re.IGNORECASE),
    "time": re.compile(rf"\d|{_MONTH}|\b(?:{'|'.join(TIME_FORMS)})", re.IGNORECASE),
    "place": re.compile(rf"{_CAPITAL}|\b(?:{'|'.join((*WHERE_PREPOSITIONS, *PLACE_NOUNS))})\b"),
    "person": re.compile(_CAPITAL),
}


def check_question(question: str) -> str:
    """The question without control characters and outer white space.

    Raises QuestionError where nothing is left to ask, or where there is more than MAX_CHARACTERS.
    """
    if not isinstance(question, str):
        raise QuestionError(f"A question is text, not {type(question).__name__}; ask in words", "question_empty")
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in question)
    kept = " ".join(kept.split())
    if not any(character.isalnum() for character in kept):
        raise QuestionError(
            "The question is empty; ask in words, for example: who acted as the go-between?", "question_empty"
        )
    if len(kept) > MAX_CHARACTERS:
        raise QuestionError(
            f"The question has {len(kept):,} characters; ask in at most {MAX_CHARACTERS:,}",
            "question_too_long",
            characters=len(kept),
            most=MAX_CHARACTERS,
        )
    return kept


def kind_of(question: str) -> Kind:
    """What kind of thing the question asks for, by its question words; "other" where they don't say."""
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.search(question)), "other")


def wants_explanation(question: str) -> bool:
    """Whether more than one sentence may belong to the answer: why, how, what happened, what something is."""
    return kind_of(question) in ("reason", "other") and _EXPLAINED.search(question) is not None


def could_answer(kind: Kind, sentence: str) -> bool:
    """Whether the sentence holds a thing of this kind: a name after its first word, a number, a date, a because."""
    pattern = _ANSWERED_BY.get(kind)
    return pattern is not None and pattern.search(sentence) is not None


def fits_kind(kind: Kind, words: str) -> bool:
    """Whether a short answer has the form that its kind has: a number, a date, a name; any form where that is open."""
    form = _FORMS.get(kind)
    return form is None or form.search(words) is not None
