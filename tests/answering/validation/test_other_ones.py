"""Answers of another one of a row, or of the other sex, than the question asks about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.validation.other_ones import is_of_other_sex, is_ordinal_alone, is_other_of_row
from tests.any_text import any_text

NOVELS = "Her first novel sold 4,000 copies; her third, “Low Sea”, sold two million."
RUNS = "Ida Vik won the women's race and Otto Lie won the men's race."


@pytest.mark.parametrize(
    ("question", "text", "answer", "expected"),
    [
        ("Who was her first husband?", "Her second husband, Otto Lie, died in 2016.", "Otto Lie", True),
        ("Who was her second husband?", "Her second husband, Otto Lie, died in 2016.", "Otto Lie", False),
        ("Who was her first husband?", "Her second trip was with her husband, Otto Lie.", "Otto Lie", False),
        ("How many copies did her third novel sell?", NOVELS, "4,000", True),
        ("How many copies did her third novel sell?", NOVELS, "two million", False),
        ("How many copies did her first novel sell?", NOVELS, "two million", True),
        ("How many votes did Lie get in the first ballot?", "Vik won in the third ballot.\nLie got 84.", "84", True),
        ("How many votes did Lie get in the third ballot?", "Vik won in the third ballot.\nLie got 84.", "84", False),
        ("How many votes did Lie get in the 3rd ballot?", "Vik won in the third ballot.\nLie got 84.", "84", False),
        ("Which town was the 37th to join?", "Osk became the 38th town to join.", "Osk", True),
        ("Which town was the 38th to join?", "Osk became the 38th town to join.", "Osk", False),
        ("Which town was the first to join?", "Osk was the second to join.", "Osk", True),
        (
            "Who was the first woman to fly?",
            "She was the third woman to fly.\nThe first was Ida Lund.",
            "Ida Lund",
            False,
        ),
        (
            "Who was the first woman to fly?",
            "She was the first woman to fly.\nA second was Ida Lund.",
            "Ida Lund",
            True,
        ),
        (
            "Who was the 37th chief?",
            "She is the 38th chief.\nShe follows Otto Lie, the 37th, who left.",
            "Otto Lie",
            False,
        ),
        ("How many votes did Lie get?", "Vik won in the third ballot.\nLie got 84.", "84", False),
        (
            "How much did it lose in the first quarter?",
            "In the first quarter it lost 3, in the second 5.",
            "3",
            False,
        ),
    ],
)
def test_one_of_a_row_is_not_another(question: str, text: str, answer: str, expected: bool) -> None:
    begin, start = text.rfind("\n") + 1, text.index(answer)
    assert is_other_of_row(question, text, (begin, len(text)), start, start + len(answer)) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "expected"),
    [
        ("Who came second?", "Dag Eik came second, and Per Moe was third.", "Per Moe", True),
        ("Who came second?", "Dag Eik came second, and Per Moe was third.", "Dag Eik", False),
        ("Who came second?", "Ona Vik beat Ida Lie by two metres.", "Ona Vik", True),
        ("Who came second?", "Ona Vik beat Ida Lie by two metres.", "Ida Lie", False),
        ("Who came third?", "Ona Vik beat Ida Lie by two metres.", "Ida Lie", True),
        ("Who finished first?", "Ona Vik won by two metres.", "Ona Vik", False),
        ("Who won?", "Ona Vik won, and Per Moe was third.", "Ona Vik", False),
        ("Who was second in command?", "The second in command was Per Moe.", "Per Moe", False),
    ],
)
def test_who_wins_does_not_come_second(question: str, sentence: str, answer: str, expected: bool) -> None:
    start = sentence.index(answer)
    assert is_other_of_row(question, sentence, (0, len(sentence)), start, start + len(answer)) is expected


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        ("Who won the women's race?", "Otto Lie", True),
        ("Who won the women's race?", "Ida Vik", False),
        ("Who won the men's race?", "Ida Vik", True),
        ("Who won the race?", "Otto Lie", False),
        ("Who beat the woman?", "Otto Lie", False),
        ("Which woman won?", "Otto Lie", True),
        ("Who won the races of the men and women?", "Otto Lie", False),
    ],
)
def test_the_race_of_the_men_is_not_that_of_the_women(question: str, answer: str, expected: bool) -> None:
    start = RUNS.index(answer)
    assert is_of_other_sex(question, "", RUNS, "", start, start + len(answer)) is expected


def test_what_is_told_before_the_race_of_the_women_is_of_another_race() -> None:
    sentence, behind = "Otto Lie came third.", "In the women's race Ida Vik fell. Mona Dal won it."
    question = "Who came third in the women's race?"
    assert is_of_other_sex(question, "Lie wins\n", sentence, behind, 0, len("Otto Lie"))
    assert not is_of_other_sex(question, "The women's race\n", sentence, behind, 0, len("Otto Lie"))
    assert not is_of_other_sex(question, "Vik wins\n", "Mona Dal came third.", behind, 0, len("Mona Dal"))
    assert not is_of_other_sex("Which woman came third?", "Lie wins\n", sentence, behind, 0, len("Otto Lie"))


@pytest.mark.parametrize(
    ("sentence", "answer", "expected"),
    [
        ("Vik lost the first game and the fourth.", "fourth", True),
        ("Vik lost the first game and the fourth.", "first game", True),
        ("Vik won for the fourth time.", "fourth", False),
        ("It was Vik's fourth title.", "fourth", False),
        ("It was her fourth title.", "fourth title", False),
        ("A third of them left.", "third", False),
        ("Two thirds of them left.", "Two thirds", False),
        ("Four of them left.", "Four", False),
    ],
)
def test_a_place_in_a_row_is_no_count(sentence: str, answer: str, expected: bool) -> None:
    start = sentence.index(answer)
    assert is_ordinal_alone(sentence, start, start + len(answer)) is expected


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_can_be_of_another_one(question: str, text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for words in (question, "Who won the women's race?", "Who was her first husband?"):
        assert is_other_of_row(words, text, (0, len(text)), start, end) in (True, False)
        assert is_of_other_sex(words, text, text, text, start, end) in (True, False)
    assert is_ordinal_alone(text, start, end) in (True, False)
