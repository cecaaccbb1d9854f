"""An age is no other number, and no other number is an age."""

from __future__ import annotations

import pytest

from rag.answering.validation.ages import is_age_of_someone, is_no_age

FALL = "Ida Lund, 29, fell 6 metres at the mill, 40, and broke an arm."


@pytest.mark.parametrize(
    ("question", "answer", "is_age", "is_none"),
    [
        ("How far did Ida Lund fall?", "29", True, False),
        ("How far did Ida Lund fall?", "6 metres", False, False),
        ("How old is Ida Lund?", "29", False, False),
        ("How old is Ida Lund?", "6", False, True),
        ("What is the age of Ida Lund?", "29", False, False),
        ("How many were there?", "40", False, False),
    ],
)
def test_a_number_behind_a_name_is_an_age(question: str, answer: str, is_age: bool, is_none: bool) -> None:
    start = FALL.index(answer)
    assert is_age_of_someone(question, FALL, start, start + len(answer)) is is_age
    assert is_no_age(question, FALL, start, start + len(answer)) is is_none
