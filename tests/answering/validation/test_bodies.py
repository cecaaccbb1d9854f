"""Answers that hold the asked office at another body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.validation.bodies import is_office_elsewhere
from tests.any_text import any_text

TWO = "Ostra's foreign minister, Karin Stolt, met her colleague, Ida Lund of Norvik."
CHAIRS = "Ostra's chairman is Per Moe; Norvik's cashier is Ida Lund."
CHIEFS = "Osk Bank's chief, Per Moe, stays; Mell's chief, Ida Lund, goes."


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "expected"),
    [
        ("Who is the foreign minister of Norvik?", TWO, "Karin Stolt", True),
        ("Who is the foreign minister of Norvik?", TWO, "Ida Lund", False),
        ("Who is the foreign minister of Ostra?", TWO, "Karin Stolt", False),
        ("Who is Norvik's foreign minister?", TWO, "Karin Stolt", True),
        ("Who is chairman of Norvik?", CHAIRS, "Per Moe", True),
        ("Who is chairman of Norvik?", CHAIRS, "Ida Lund", True),
        ("Who is chairman of Ostra?", CHAIRS, "Per Moe", False),
        ("Who is the chief of Mell Bank?", CHIEFS, "Per Moe", True),
        ("Who is the chief of Mell Bank?", CHIEFS, "Ida Lund", False),
        ("Who is the chief of Mell Bank?", "Mell Bank chief Ida Lund left Osk Bank's board.", "Ida Lund", False),
        ("Who is the chief of Mell Bank?", "Ida Lund, chief of Osk Bank, left Mell.", "Ida Lund", True),
        ("Who is the chief of Mell Bank?", "Ida Lund, the new chief of Mell Bank, left Osk.", "Ida Lund", False),
        ("Who is the head of the World Trade Guild?", "Ida Lund, head of the WTG, left.", "Ida Lund", False),
        ("Who is the head of the Osk Guild?", "Ida Lund, head of the Guild, left.", "Ida Lund", False),
        ("Who is the director of Ostra?", "Norvik named Karin Stolt as director.", "Karin Stolt", True),
        ("Who is the director of Ostra?", "The director, Karin Stolt, left Norvik.", "Karin Stolt", False),
        ("Who is the director of Ostra?", "Ostra's boss, Karin Stolt, met the director.", "Karin Stolt", False),
        ("Who is the mayor of Osk?", "On Monday's show, mayor Ida Lund sang.", "Ida Lund", False),
        ("Who is the director of Ostra?", "Ida Lund, who met the director of Norvik, runs Ostra.", "Ida Lund", False),
        ("Who is the head of Ostra?", "It is led by Ida Lund, a former head of Norvik, in Ostra.", "Ida Lund", False),
        ("Who opened Ostra?", "Norvik's director, Karin Stolt, did.", "Karin Stolt", False),
    ],
)
def test_the_owner_beside_the_answer_decides(question: str, sentence: str, answer: str, expected: bool) -> None:
    start = sentence.index(answer)
    assert is_office_elsewhere(question, sentence, start, start + len(answer)) is expected


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_can_be_judged(question: str, text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for asked in (question, "Who is the mayor of Osk?", "Who is Osk's mayor?"):
        assert is_office_elsewhere(asked, text, start, end) in (True, False)
