"""The place and the day of a report, which are not those of what it reports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.validation.datelines import is_day_of_report, is_place_of_report, without_head
from tests.any_text import any_text

INQUIRY = "HULL, March 12 - An inquiry into the sinking of the Maid heard her captain on Tuesday."
MATCH = "NEW HULL, Norland (AP) — Ida Vik lost to Mona Dal on Sunday."


@pytest.mark.parametrize(
    ("question", "text", "answer", "expected"),
    [
        ("Where did the Maid sink?", INQUIRY, "HULL", True),
        ("Where is the Maid?", INQUIRY, "HULL", True),
        ("Where did the Maid sink?", INQUIRY, "Tuesday", False),
        ("Where did Vik lose to Dal?", MATCH, "NEW HULL", False),
        ("Where does Vik live?", MATCH, "NEW HULL", True),
        ("Where does Vik live?", "Ida Vik lives in HULL - a port.", "HULL", False),
        ("Where does Vik live?", "It rained.\nHULL - Ida Vik lives here.", "HULL", False),
    ],
)
def test_the_place_of_a_report_is_where_the_reporter_was(question: str, text: str, answer: str, expected: bool) -> None:
    begin, start = text.rfind("\n") + 1, text.index(answer)
    assert is_place_of_report(question, text, (begin, len(text)), start) is expected


@pytest.mark.parametrize(
    ("picked", "is_place", "left"),
    [
        ("NEW HULL, Norland (AP) — Ida Vik", False, "Ida Vik"),
        ("NEW HULL, Norland (AP) — Ida Vik lost to Mona Dal", True, "NEW HULL"),
        ("NEW HULL", True, "NEW HULL"),
        ("Ida Vik", False, "Ida Vik"),
    ],
)
def test_a_dateline_is_cut_off_an_answer(picked: str, is_place: bool, left: str) -> None:
    start = MATCH.index(picked)
    begin, end = without_head(MATCH, start, start + len(picked), is_place=is_place)
    assert MATCH[begin:end] == left


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_can_have_a_dateline(question: str, text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    assert is_place_of_report(question, text, (0, len(text)), start) in (True, False)
    assert is_day_of_report(text, start, end) in (True, False)
    begin, stop = without_head(text, start, end, is_place=False)
    assert start <= begin <= stop == end
