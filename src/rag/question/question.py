"""A question: whether it can be asked at all, and all that is read from its words, once, where it enters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.core.errors import QuestionError
from rag.core.schema import Period
from rag.question.periods import period_of, wants_news
from rag.question.speaker import WordsAsked, speaker_in, words_asked_in
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
from rag.text.terms import terms

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

# A capital after the first word, or a digit: what a question can't mean another of.
_NAME_OR_NUMBER = re.compile(r"(?<=[\w,;] )[A-Z][\w’'-]*|\b\d[\d.,]*\b")


def check_question(question: str) -> str:
    """The question without control characters and outer white space.

    Raises QuestionError where nothing is left to ask, or where there is more than MAX_CHARACTERS.
    """
    if not isinstance(question, str):
        raise QuestionError(
            f"A question is text, not {type(question).__name__}", "question_empty", remedy="ask in words"
        )
    kept = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in question)
    kept = " ".join(kept.split())
    if not any(character.isalnum() for character in kept):
        raise QuestionError(
            "The question is empty", "question_empty", remedy="ask in words, for example: who acted as the go-between?"
        )
    if len(kept) > MAX_CHARACTERS:
        raise QuestionError(
            f"The question has {len(kept):,} characters",
            "question_too_long",
            remedy=f"shorten it to at most {MAX_CHARACTERS:,}",
            characters=len(kept),
            most=MAX_CHARACTERS,
        )
    return kept


@dataclass(frozen=True, slots=True)
class AskedWords:
    """What the words of a question say by themselves: what is compared with the words of an article."""

    terms: tuple[str, ...]
    """The distinct terms of the question (see `rag.text.terms`), sorted, without stop words."""
    names: frozenset[str]
    """The terms of its names and numbers."""
    kind: Kind
    """The kind of thing that it asks for; "other" where its question words don't say."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question and all that the stages need to know of it. Made by `parse_question`, never changed.

    What follows from a question is asked of this object; no stage parses the text again.
    """

    text: str
    """The question as it is asked of the articles."""
    today: date
    """The day that a relative date ("last month") is told from."""
    words: AskedWords
    wants_explanation: bool
    """Whether more than one sentence may belong to the answer: why, how, what happened, what something is."""
    wants_news: bool
    """Whether a newer article answers it better than an older one."""
    speaker: str | None
    """The name of the one whose view is asked for; the words of another are no answer."""
    words_asked: WordsAsked | None
    """Whose own words are the answer, and what about."""
    period: Period | None
    """The time that the question speaks of."""

    @property
    def kind(self) -> Kind:
        """The kind of thing that the question asks for."""
        return self.words.kind

    def reworded(self, text: str) -> Question:
        """The question that this text asks on the same day: another spelling or other words."""
        return self if text == self.text else parse_question(text, self.today)


def parse_question(text: str, today: date) -> Question:
    """Reads from a question's text all that the stages need to know.

    Args:
        text: The question as `check_question` returns it, or as it was completed from a conversation.
        today: The day that relative dates are told from.

    Returns:
        The question; any text gives one.
    """
    words = asked_words(text)
    return Question(
        text=text,
        today=today,
        words=words,
        wants_explanation=words.kind in ("reason", "other") and _EXPLAINED.search(text) is not None,
        wants_news=wants_news(text),
        speaker=speaker_in(text),
        words_asked=words_asked_in(text),
        period=period_of(text, today),
    )


def asked_words(text: str) -> AskedWords:
    """What the words of a question say by themselves, for a model that is given the text alone.

    Args:
        text: The question's text.

    Returns:
        Its terms, names and kind.
    """
    names = frozenset(name for match in _NAME_OR_NUMBER.findall(text) for name in terms(match))
    return AskedWords(tuple(sorted(set(terms(text)))), names, _kind(text))


def _kind(text: str) -> Kind:
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.search(text)), "other")


def could_answer(kind: Kind, sentence: str) -> bool:
    """Whether the sentence holds a thing of this kind: a name after its first word, a number, a date, a because."""
    pattern = _ANSWERED_BY.get(kind)
    return pattern is not None and pattern.search(sentence) is not None


def fits_kind(kind: Kind, words: str) -> bool:
    """Whether a short answer has the form that its kind has: a number, a date, a name; any form where that is open."""
    form = _FORMS.get(kind)
    return form is None or form.search(words) is not None
