"""A question is checked, and parsed once into everything that the stages need."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, fields
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rag
from rag.core.errors import QuestionError
from rag.core.schema import Period
from rag.question.question import (
    MAX_CHARACTERS,
    Question,
    asked_words,
    check_question,
    could_answer,
    fits_kind,
    parse_question,
)
from rag.question.speaker import WordsAsked
from tests.any_text import any_text

TODAY = date(2025, 6, 18)
SOURCE = Path(rag.__file__).parent


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "\x00\x07", "?!", "(", "\ud800"])
def test_nothing_to_ask_is_a_usage_error(question: str) -> None:
    with pytest.raises(QuestionError, match=r"empty|no word in it to search for"):
        check_question(question)


def test_a_ten_thousand_word_question_is_refused_with_its_length() -> None:
    with pytest.raises(QuestionError, match=f"at most {MAX_CHARACTERS:,}"):
        check_question("word " * 10_000)


def test_what_is_not_text_is_refused() -> None:
    with pytest.raises(QuestionError, match="not int"):
        check_question(7)  # type: ignore[arg-type]


def test_control_characters_and_line_breaks_become_spaces() -> None:
    assert check_question(" who\x00mediated\r\nthe\x1b talks? ") == "who mediated the talks?"


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who mediated?", "person"),
        ("When was that?", "time"),
        ("In which year did it happen?", "time"),
        ("Where did the drone come from?", "place"),
        ("How many missiles were launched?", "quantity"),
        ("how much LNG passes the choke point", "quantity"),
        ("What will the new bridge cost?", "quantity"),
        ("What did the strike cost him his job for?", "other"),
        ("Why is Washington not trusted?", "reason"),
        ("What could the B-2s carry?", "other"),
        ("WHO MEDIATED", "person"),
        ("the whole story", "other"),
    ],
)
def test_the_question_word_tells_what_is_asked_for(question: str, kind: str) -> None:
    assert asked_words(question).kind == kind


@pytest.mark.parametrize(
    ("kind", "sentence", "holds"),
    [
        ("person", "The talks were led by Badr bin Hamad.", True),
        ("person", "The talks were led by someone else.", False),
        ("time", "It began in 2018.", True),
        ("time", "It began in earnest.", False),
        ("quantity", "Around 20% of exports pass here.", True),
        ("quantity", "Killing three service members.", True),
        ("quantity", "Many exports pass here.", False),
        ("place", "A drone breached defenses in Jordan.", True),
        ("reason", "It failed because nobody came.", True),
        ("reason", "It failed and nobody came.", False),
        ("other", "Anything at all 2018 because.", False),
    ],
)
def test_a_sentence_could_answer_what_it_holds(kind: str, sentence: str, holds: bool) -> None:
    assert could_answer(kind, sentence) is holds  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "words", "fits"),
    [
        ("time", "early 2023", True),
        ("time", "last month", True),
        ("time", "first round", False),
        ("quantity", "more than 30%", True),
        ("quantity", "three", True),
        ("quantity", "GBU bombs", False),
        ("quantity", "GBU-57", False),
        ("quantity", "-5 degrees", True),
        ("person", "Badr bin Hamad al-Busaidi", True),
        ("person", "both sides", False),
        ("person", "Both sides", False),
        ("person", "The White House", True),
        ("place", "separate rooms", True),
        ("place", "foreign banks", True),
        ("place", "Jordan", True),
        ("place", "inflammatory language", False),
        ("other", "anything", True),
        ("reason", "anything", True),
    ],
)
def test_a_short_answer_has_the_form_of_what_is_asked_for(kind: str, words: str, fits: bool) -> None:
    assert fits_kind(kind, words) is fits  # type: ignore[arg-type]


def test_a_question_is_parsed_into_all_that_is_asked() -> None:
    question = parse_question("What has Anna Keller said since 2018 about the latest of 3 bridges?", TODAY)
    assert (question.kind, question.wants_news, question.wants_explanation) == ("other", True, False)
    assert question.speaker == "Anna Keller"
    assert question.words_asked is not None and question.words_asked.name == "Anna Keller"
    assert question.period == Period(since="2018-01-01")
    assert question.words.terms == ("2018", "3", "anna", "bridg", "keller", "latest", "sinc")
    assert question.words.names == {"anna", "keller", "2018", "3"}


def test_a_plain_question_asks_for_nothing_more() -> None:
    question = parse_question("Who mediated the talks?", TODAY)
    assert (question.kind, question.words.terms, question.words.names) == ("person", ("mediat", "talk"), frozenset())
    assert not (question.wants_news or question.wants_explanation)
    assert (question.speaker, question.words_asked, question.period) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("Why did the bridge fall?", True),
        ("What happened to the bridge?", True),
        ("How did the bridge fall?", True),
        ("How many bridges fell?", False),
        ("When and why did the bridge fall?", False),  # a time answers
        ("Which bridge fell?", False),
    ],
)
def test_whether_more_than_one_sentence_may_answer(text: str, explained: bool) -> None:
    assert parse_question(text, TODAY).wants_explanation is explained


def test_a_question_is_never_changed() -> None:
    question = parse_question("Who mediated the talks?", TODAY)
    for field in fields(Question):
        with pytest.raises(FrozenInstanceError):
            setattr(question, field.name, None)


def test_a_reworded_question_is_parsed_anew_on_the_same_day() -> None:
    question = parse_question("Who mediated?", TODAY)
    reworded = question.reworded("What did Keller say yesterday?")
    assert reworded == parse_question("What did Keller say yesterday?", TODAY)
    assert reworded.period == Period(since="2025-06-17", until="2025-06-17")
    assert reworded.words_asked == WordsAsked("Keller", frozenset({"yesterday"}))
    assert question.reworded(question.text) is question


def test_the_day_moves_nothing_but_relative_dates() -> None:
    text = "What did Keller say last month?"
    one, other = parse_question(text, TODAY), parse_question(text, TODAY - timedelta(days=31))
    assert {f.name for f in fields(Question) if getattr(one, f.name) != getattr(other, f.name)} == {"today", "period"}


@given(any_text(30), st.dates())
def test_any_text_is_a_question_and_keeps_its_text(text: str, today: date) -> None:
    question = parse_question(text, today)
    assert (question.text, question.today) == (text, today)
    assert question == parse_question(text, today)
    assert question.words == asked_words(text)


@pytest.mark.parametrize(
    ("function", "files"),
    [
        ("parse_question", {"answering/answerer.py", "question/question.py", "said/search.py"}),
        ("asked_words", {"models/sentence_reader.py", "question/question.py"}),  # the reader's port has the text alone
        ("period_of", {"question/archive_count.py", "question/periods.py", "question/question.py"}),
        ("count_asked", {"question/archive_count.py", "question/question.py"}),
        ("wants_news", {"question/periods.py", "question/question.py"}),
        ("speaker_in", {"question/question.py", "question/speaker.py"}),
        ("words_asked_in", {"question/question.py", "question/speaker.py"}),
    ],
)
def test_a_question_is_parsed_at_the_door_alone(function: str, files: set[str]) -> None:
    call = re.compile(rf"(?<![\w.]){function}\(")
    found = {
        path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if call.search(path.read_text("utf-8"))
    }
    assert found == files
