"""Figures that are told per another period than the question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.validation.rates import is_of_another_rate
from tests.any_text import any_text

MILLS = "Osk mill makes 5 tons a month; Hult mill makes 70 a year."


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "expected"),
    [
        ("How many jars a year does it make?", "It makes 3 million jars a month.", "3 million", True),
        ("How many jars a year does it make?", "It makes about 3 million jars a month.", "about", True),
        ("How many jars a month does it make?", "It makes 3 million jars a month.", "3 million", False),
        ("How many jars does it make?", "It makes 3 million jars a month.", "3 million", False),
        ("What does the detour cost per month?", "The detour costs them $300 a week.", "$300", True),
        ("What is the monthly rent?", "The rent is 900 crowns per year.", "900 crowns per year", True),
        ("What is the monthly rent?", "The monthly rent is 900 crowns.", "900 crowns", False),
        ("What is the yearly rent?", "The monthly rent is 900 crowns.", "900 crowns", True),
        ("What is the annual rent?", "The rent is 900 crowns per year.", "900 crowns", False),
        ("How many jars did it make a year ago?", "It made 3 million jars a month.", "3 million", False),
        ("How many jars did it make in a year?", "It made 3 million jars a month.", "3 million", False),
        ("How many jars a year does it make?", "It makes 3 million jars, and 5 lids a day.", "3 million", False),
        ("How many jars a year does it make?", "It made 3 million jars a month later.", "3 million", False),
        ("How many tons a year does Osk make?", MILLS, "5", True),
        ("How many tons a year does Osk make?", MILLS, "70", True),
        ("How many tons a year does Hult make?", MILLS, "70", False),
        ("How many tons a month does Osk make?", MILLS, "5", False),
    ],
)
def test_a_figure_per_month_is_none_per_year(question: str, sentence: str, answer: str, expected: bool) -> None:
    start = sentence.index(answer)
    assert is_of_another_rate(question, sentence, start, start + len(answer)) is expected


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_can_tell_a_rate(question: str, sentence: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(sentence)), min(other, len(sentence))))
    for asked in (question, "How many a year?"):
        assert is_of_another_rate(asked, sentence, start, end) in (True, False)
