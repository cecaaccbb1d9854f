"""Checks a question, and parses all that its words say. It is done once, where the question enters."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rag.core.errors import QuestionError
from rag.core.plain_text import one_line
from rag.core.schema import Form, Period
from rag.question.about_article import ArticleAsked, article_asked
from rag.question.archive_count import CountAsked, count_asked
from rag.question.changes import value_asked
from rag.question.form import form_of, headed_keywords
from rag.question.indirect import direct_question
from rag.question.periods import period_of, wants_news
from rag.question.sides import sides_of
from rag.question.speaker import WordsAsked, speaker_in, statement_in, words_asked_in
from rag.question.undone import asks_of_done
from rag.question.unit import unit_in
from rag.text.english.calendar import MONTHS, WEEKDAYS, YEAR
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
"""Most characters of a question. A pasted paragraph still fits."""
_IN_WORDS = "ask in words, for example: who acted as the go-between?"

Kind = Literal["person", "time", "place", "quantity", "reason", "other"]
"""The kind of thing that answers a question: a name, a date, a place, a number, a reason; or anything."""

_KINDS: tuple[tuple[Kind, str], ...] = (
    ("quantity", QUANTITY_ASKED),
    ("time", TIME_ASKED),
    ("place", PLACE_ASKED),
    ("person", PERSON_ASKED),
    ("reason", REASON_ASKED),
)
_KIND_PATTERNS = tuple((kind, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE)) for kind, pattern in _KINDS)

_ASKS_WHAT_WAS_DONE = re.compile(
    r"\bwhat (?:(?:did|does|do)\b.*? (?:do|decide|rule|conclude|determine)"
    r"|(?:ha[sd]|have|was|is|were|are)\b.*? (?:done|doing|decided|ruled|concluded|determined))\b",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(rf"\b{EXPLAINED}\b", re.IGNORECASE)

_LATIN = ("LATIN", "FULLWIDTH LATIN", "FEMININE ORDINAL", "MASCULINE ORDINAL", "MODIFIER LETTER")
"""Beginnings of the Unicode names of Latin letters."""
_NUMBER = rf"(?<![A-Za-z]-)(?<![A-Za-z\d])\d|\b(?:{SMALL_NUMBER}|{any_of(LARGE_NUMBERS)}s?)\b"
_MONTH = rf"\b(?:{any_of(capitalised(MONTHS))}|{any_of(capitalised(WEEKDAYS))})\b"
_NAME = r"(?:(?<=[a-z,;:’'”\")] )|(?<=- ))[\"“‘']?[A-Z][\w'’.-]*"
_ANSWERED_BY: dict[Kind, re.Pattern[str]] = {
    "quantity": re.compile(_NUMBER, re.IGNORECASE),
    "time": re.compile(rf"\b{YEAR}\b|{_MONTH}|\b{any_of(TIME_SIGNS)}\b"),
    "place": re.compile(rf"\b{any_of(PLACE_PREPOSITIONS)}\s+(?:the\s+)?[A-Z]|{_NAME}"),
    "person": re.compile(_NAME),
    "reason": re.compile(rf"\b(?:{'|'.join(REASON_SIGNS)})\b", re.IGNORECASE),
}

_CAPITAL = rf"\b(?!(?:{'|'.join(sorted(capitalised(STOP_WORDS)))})\b)[A-Z]"
"""A capital of a word that is not a stop word: "Both sides" is not a name."""

_FORMS: dict[Kind, re.Pattern[str]] = {
    "quantity": re.compile(rf"{_NUMBER}|\b{any_of(NOT_IN_DIGITS)}\b", re.IGNORECASE),
    "time": re.compile(rf"\d|{_MONTH}|\b(?:{'|'.join(TIME_FORMS)})", re.IGNORECASE),
    "place": re.compile(rf"{_CAPITAL}|\b(?:{'|'.join((*WHERE_PREPOSITIONS, *PLACE_NOUNS))})\b"),
    "person": re.compile(_CAPITAL),
}

# A capital after the first word, or a digit. Such words name one particular thing.
_NAME_OR_NUMBER = re.compile(r"(?<=[\w,;] )[A-Z][\w’'-]*|\b\d[\d.,]*\b")


def check_question(question: str) -> str:
    """Checks a question as it comes from outside.

    Args:
        question: The question's text.

    Returns:
        The text without control characters, with single spaces and without outer white space.

    Raises:
        QuestionError: If it is not a string, has no letter or digit, or has more than MAX_CHARACTERS characters.
    """
    if not isinstance(question, str):
        raise QuestionError(
            f"A question is text, not {type(question).__name__}", "question_empty", remedy="ask in words"
        )
    kept = one_line(question)
    if not kept:
        raise QuestionError("The question is empty", "question_empty", remedy=_IN_WORDS)
    if not any(character.isalnum() for character in kept):
        raise QuestionError("There is no word in it to search for", "no_word", remedy=_IN_WORDS)
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
    """The words of a question that are compared with the words of an article.

    Attributes:
        terms: The distinct terms of the question (see `rag.text.terms`), sorted, without stop words.
        names: The terms of its names and numbers.
        kind: The kind of thing that it asks for; "other" if its question words don't tell.
    """

    terms: tuple[str, ...]
    names: frozenset[str]
    kind: Kind

    @property
    def proper_names(self) -> frozenset[str]:
        """The terms of its names, without numbers."""
        return frozenset(name for name in self.names if not name[0].isdigit())


@dataclass(frozen=True, slots=True)
class Question:
    """A parsed question, made by `parse_question`. It has all that the stages need, so no stage parses the text again.

    Attributes:
        text: The question as it is asked of the articles.
        today: The day from which relative dates ("last month") are counted.
        form: The form of the answer that it asks for.
        words: The words that are compared with the words of an article.
        wants_explanation: Whether several sentences may belong to the answer (why, how, what happened, what it is).
        wants_news: Whether a newer article is a better answer.
        speaker: The person whose view is asked for, by name; other people's words are not an answer. None if the
            question asks for no one's view.
        words_asked: The person whose own words are the answer, and the topic; None if no one's words are asked for.
        statement: The terms of a statement whose speaker is asked for ("Who said that …?"); empty otherwise.
        sides: The terms of each of the two sides that it compares; empty if it compares nothing.
        article: What it asks of an article itself, as its author; None if it asks something else.
        period: The period of the question; None if it names none.
        count: What is counted in the archive itself; None if the question does not ask for that.
        unit: The unit that it asks for ("On what day …?"), such as "day" or "share"; None if it names none.
        is_of_done: Whether it asks about what was done, and not about what is, may be or is planned.
        form_is_given: Whether the form was asked for beside the question or in front of keywords, and is not told by
            its words.
    """

    text: str
    today: date
    form: Form
    words: AskedWords
    wants_explanation: bool
    wants_news: bool
    speaker: str | None
    words_asked: WordsAsked | None
    statement: frozenset[str]
    sides: tuple[frozenset[str], ...]
    article: ArticleAsked | None
    period: Period | None
    count: CountAsked | None
    unit: str | None
    is_of_done: bool
    form_is_given: bool = False

    @property
    def in_latin_script(self) -> bool:
        """Whether at least half of the question's letters are Latin. It is True without letters."""
        letters = [character for character in self.text if character.isalpha()]
        latin = sum(unicodedata.name(letter, "").startswith(_LATIN) for letter in letters)
        return 2 * latin >= len(letters)

    @property
    def is_broad(self) -> bool:
        """Whether a subject is named and no more is asked, or to tell of it."""
        names_form = self.form == "timeline" and self.form_is_given and self.kind == "other"
        return names_form or self.form in ("overview", "keywords")

    @property
    def asks_what_was_done(self) -> bool:
        """Whether a clause answers and no value does: "What did the court decide?"."""
        return _ASKS_WHAT_WAS_DONE.search(self.text) is not None

    @property
    def kind(self) -> Kind:
        """The kind of thing that the question asks for."""
        return self.words.kind

    def reworded(self, text: str) -> Question:
        """Parses another wording of the question, for the same day.

        Args:
            text: The question in another spelling or other words.
        """
        question = self if text == self.text else replace(parse_question(text, self.today), is_of_done=self.is_of_done)
        if self.form_is_given:
            return replace(question.in_form(self.form), wants_news=self.wants_news)
        # The question for a value that changes no longer tells that its change is asked for.
        return replace(question, form="timeline") if self.form == "timeline" else question

    def in_form(self, form: Form) -> Question:
        """The question for an answer of another form than its words ask for."""
        return replace(self, form=form, form_is_given=True, article=None, count=None)


def parse_question(text: str, today: date) -> Question:
    """Parses a question.

    Args:
        text: The question as `check_question` returned it, or as it was completed from a conversation. Any text can be
            parsed.
        today: The day from which relative dates are counted.
    """
    headed = headed_keywords(text)
    if headed is not None:
        asked_form, subject = headed
        return replace(parse_question(subject, today).in_form(asked_form), wants_news=wants_news(text))
    text = direct_question(text)
    speaker, article, count = speaker_in(text), article_asked(text), count_asked(text, today)
    form: Form = "count" if count else "article" if article else form_of(text, speaker=speaker)
    news = wants_news(text)
    if form in ("timeline", "fact"):
        text = value_asked(text) or text
    words = asked_words(text)
    return Question(
        text=text,
        today=today,
        form=form,
        words=words,
        wants_explanation=words.kind in ("reason", "other") and _EXPLAINED.search(text) is not None,
        wants_news=news,
        speaker=speaker,
        words_asked=words_asked_in(text),
        statement=statement_in(text),
        sides=sides_of(text),
        article=article,
        period=period_of(text, today),
        count=count,
        unit=unit_in(text),
        is_of_done=asks_of_done(text),
    )


def asked_words(text: str) -> AskedWords:
    """Parses only the words of a question, for a model that gets nothing but the text.

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
    """Returns whether a sentence has something of this kind.

    Args:
        kind: The kind of thing that a question asks for. No sentence has something of the kind "other".
        sentence: The sentence. A name at its very start does not count, because every sentence starts with a capital.
    """
    pattern = _ANSWERED_BY.get(kind)
    return pattern is not None and pattern.search(sentence) is not None


def fits_kind(kind: Kind, words: str) -> bool:
    """Returns whether a short answer has the form of its kind: a number, a date, a name.

    Args:
        kind: The kind of thing that the question asks for. A reason and "other" have no fixed form and always fit.
        words: The words of the short answer.
    """
    form = _FORMS.get(kind)
    return form is None or form.search(words) is not None
