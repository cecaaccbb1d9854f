"""Answers of another time than the question asks about: another year, or before a change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.validation.other_times import is_compared_with_asked, is_of_another_state, is_of_another_year
from tests.any_text import any_text
from tests.composing import asked

STORM = "In 1971 a storm of force 9 killed 8,300 sheep on Hult."
WAVE = "The lake rose to 6.2 metres on Monday, less than the record of 7.1 metres of 1956."
INFLATION = "It rose 3.1 percent in April, after 2.7 percent in March."
RACE = "Ona Vik won the Hult race on Sunday in two hours."


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "expected"),
    [
        ("What did it lose in 2023?", "It lost 2.4 million in 2024 after 3 million in 2023.", "2.4 million", True),
        ("What did it lose in 2023?", "It lost 2.4 million in 2024 after 3 million in 2023.", "3 million", False),
        ("What did it lose in 2023?", "It lost 2.4 million, more than in 2023.", "2.4 million", True),
        ("What did it lose in 2024?", "It lost 2.4 million in 2024 after 3 million in 2023.", "2.4 million", False),
        ("How many came in 2023?", "In 2024, 410 guests came.", "410", True),
        ("How many came in 2023?", "410 came, 12 percent more than in 2023.", "12 percent", True),
        ("How many came in 2023?", "410 guests came.", "410", False),
        ("When did it open after 2023?", "It opened in 2024.", "2024", False),
        ("How many sheep were killed on Hult in 2025?", STORM, "8,300", True),
        ("How many sheep were killed on Hult in 1971?", STORM, "8,300", False),
        ("How many sheep were killed on Hult?", STORM, "8,300", False),
        ("How many sheep were killed on Hult since 1960?", STORM, "8,300", False),
        ("How high did the lake rise in 1956?", WAVE, "6.2 metres", True),
        ("How high did the lake rise in 1956?", WAVE, "7.1 metres", False),
        ("How many came in 2019?", "Some 400 came, down from 900 in 2019.", "400", True),
        ("How many came in 2019?", "At least 400 came after the fair of 2019 was sold.", "400", False),
        ("How many boats did it sell in 2021?", "In 2020 it sold 5 boats, and 7 the year after.", "7", False),
        ("Who won the Hult race in 2022?", RACE, "Ona Vik", True),
        ("Who won the Hult race in 2024?", RACE, "Ona Vik", False),
        ("Who won the 2022 Hult race?", RACE, "Ona Vik", False),
        ("Who owns the Hult race in 2022?", RACE, "Ona Vik", False),
        ("Who won the race in 2022?", "Ona Vik won, the guild said on Sunday.", "Ona Vik", False),
        ("Who won the vote in 2025?", "In the vote of 2022 the Reds won most seats.", "the Reds", True),
        ("Who won the vote in 2022?", "In the vote of 2022 the Reds won most seats.", "the Reds", False),
        ("Who became mayor in 2019?", "Ida Lie, a judge since 2015, became mayor in 2019.", "Ida Lie", False),
        ("Who was mayor in 2019?", "Ida Lie became mayor in 2015.", "Ida Lie", False),
    ],
)
def test_a_year_of_the_question_is_that_of_the_answer(
    question: str, sentence: str, answer: str, expected: bool
) -> None:
    start = sentence.index(answer)
    told = is_of_another_year(asked(question), "2024-09-15", sentence, start, start + len(answer))
    assert told is expected


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "expected"),
    [
        ("How much did it rise in March?", INFLATION, "3.1 percent", True),
        ("How much did it rise in March?", INFLATION, "2.7 percent", False),
        ("How much did it rise in April?", INFLATION, "3.1 percent", False),
        ("How many came last year?", "Some 13,100 came, down from 15,400 last year.", "13,100", True),
        ("How many came?", "Some 13,100 came, down from 15,400 last year.", "13,100", False),
        ("How high was it in the city vote?", "It was 41 percent, down from 63 in the city vote.", "41 percent", True),
        (
            "How many died in the ferry fire?",
            "The ferry fire killed 63, more than 40 of them in their cabins.",
            "63",
            False,
        ),
    ],
)
def test_a_figure_is_not_that_of_what_it_is_compared_with(
    question: str, sentence: str, answer: str, expected: bool
) -> None:
    start = sentence.index(answer)
    assert is_compared_with_asked(question, sentence, start, start + len(answer)) is expected


def test_a_day_tells_no_year_without_the_date_of_the_article() -> None:
    for published in (None, "2024", "2024-01-03"):
        assert not is_of_another_year(asked("Who won the Hult race in 2022?"), published, RACE, 0, 7)


@pytest.mark.parametrize(
    ("question", "text", "answer", "expected"),
    [
        (
            "How many people work in the mine?",
            "Before the fire 240 worked in the mine; now 310 do.",
            "240",
            True,
        ),
        (
            "How many people work in the mine?",
            "Before the fire 240 worked in the mine; now 310 do.",
            "310",
            False,
        ),
        ("How many worked in the mine?", "Before the fire 240 worked in the mine; now 310 do.", "240", False),
        ("How much does the roof cost?", "The roof was to cost $4m.\nIt will now cost $11m.", "$4m", True),
        ("How much does the roof cost?", "The roof was to cost $4m.", "$4m", True),
        ("How much did the roof cost?", "The roof was to cost $4m.", "$4m", False),
        ("What is the name of the ship?", "The ship that was to sail was the Maid.", "the Maid", False),
        ("How many people live in Osk?", "Osk had 5,000 people in 2010.", "5,000", False),
        ("How many people live in Osk?", "Osk has 5,000 people, the mayor said.\nIt now has 3 inns.", "5,000", False),
        ("How much did Vik earn before his pay rise?", "His pay rose to £3m last year from £2m.", "£3m", True),
        ("How much did Vik earn before his pay rise?", "His pay rose to £3m last year from £2m.", "£2m", False),
        ("How much does Vik earn?", "His pay rose to £3m last year from £2m.", "£2m", True),
        ("How much does Vik earn?", "His pay rose to £3m last year from £2m.", "£3m", False),
        ("What is the rate?", "The bank raised its rate from 2.25 to 2.5 percent.", "2.25", True),
        ("What is the rate?", "The bank raised its rate from 2.25 to 2.5 percent.", "2.25 to 2.5 percent", True),
        ("What is the rate?", "The bank raised its rate from 2.25 to 2.5 percent.", "2.5 percent", False),
        ("What was the rate before it rose?", "The rate rose from 2.25 to 2.5 percent.", "2.5 percent", True),
        ("What was the rate raised to?", "The rate was raised from 2.25 to 2.5 percent.", "2.25", True),
        ("How much did the rate rise?", "The rate rose from 2.25 to 2.5 percent.", "2.25 to 2.5 percent", False),
        ("How many hours does it open?", "It is open from 9 to 17.", "9 to 17", False),
    ],
)
def test_a_value_is_that_from_before_or_after_its_change(question: str, text: str, answer: str, expected: bool) -> None:
    first = (0, text.index("\n") if "\n" in text else len(text))
    start = text.index(answer)
    assert is_of_another_state(question, text, first, start, start + len(answer)) is expected


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_can_be_dated(question: str, text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for words in (question, "How many were killed in 2023?", "How much is it?", "What was it before it rose?"):
        assert is_of_another_state(words, text, (0, len(text)), start, end) in (True, False)
        assert is_of_another_year(asked(words), "2024-09-15", text, start, end) in (True, False)
