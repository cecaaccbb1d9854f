"""Of two numbers of votes, each is that of one side."""

from __future__ import annotations

import pytest

from rag.question.votes import is_of_other_side

REJECTED = "The council rejected the plan for a stadium by 31 votes to 22 on Monday."
PASSED = "The senate passed the bill 52-48."


@pytest.mark.parametrize(
    ("question", "sentence", "right", "wrong"),
    [
        ("How many people voted for the stadium?", REJECTED, "22", "31"),
        ("How many councillors voted against the stadium?", REJECTED, "31", "22"),
        ("How many councillors voted to reject the stadium?", REJECTED, "31", "22"),
        ("How many councillors voted to build the stadium?", REJECTED, "22", "31"),
        ("How many senators voted for the bill?", PASSED, "52", "48"),
        ("How many senators voted against the bill?", PASSED, "48", "52"),
        ("How many votes were cast against the bill?", PASSED, "48", "52"),
        ("How many voted to convict Lund?", "The senate acquitted Lund by 52 to 48.", "48", "52"),
        ("How many voted to acquit Lund?", "The senate acquitted Lund by 52 to 48.", "52", "48"),
        ("How many voted to rename the street?", "Renaming it was defeated by 17 votes to 12.", "12", "17"),
        ("How many voted for the levy?", "Members voted nine to two against the levy.", "two", "nine"),
        ("How many voted for the levy?", "Members voted nine to two in favour.", "nine", "two"),
    ],
)
def test_the_number_of_the_other_side_is_no_answer(question: str, sentence: str, right: str, wrong: str) -> None:
    for number, is_other in ((right, False), (wrong, True)):
        start = sentence.index(number)
        assert is_of_other_side(question, sentence, start, start + len(number)) == is_other


@pytest.mark.parametrize(
    ("sentence", "answer", "is_other"),
    [
        ("Vik won by 6,300 votes.", "6,300", True),
        ("Vik had a lead of about 2,500 votes over Lund.", "2,500", True),
        ("Vik won with 9,240 votes.", "9,240", False),
        ("Vik beat Lund by 9,240 votes to 8,100.", "9,240", False),
        ("Vik was elected by 88 of the 170 members.", "88", False),
    ],
)
def test_a_majority_is_no_number_of_votes(sentence: str, answer: str, is_other: bool) -> None:
    start = sentence.index(answer)
    assert is_of_other_side("How many votes did Vik win?", sentence, start, start + len(answer)) == is_other


@pytest.mark.parametrize(
    "question", ["How many people live in Mell?", "Who voted for the bill?", "When did they vote?"]
)
def test_other_questions_are_left_alone(question: str) -> None:
    assert not any(is_of_other_side(question, REJECTED, start, start + 2) for start in range(len(REJECTED)))
