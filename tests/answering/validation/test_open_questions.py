"""A sentence that leaves open what is asked does not answer it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.validation.open_questions import is_left_open
from tests.any_text import any_text

GUNS = "The pistols were bought by Lund, and police are investigating who bought the rifles."


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "expected"),
    [
        ("Who bought the rifles?", GUNS, "Lund", True),
        ("Who bought the pistols?", GUNS, "Lund", False),
        ("What is not known?", GUNS, "who bought the rifles", False),
        ("Who shot Lund?", "It is not yet clear who shot Lund, said Tora Vik.", "Tora Vik", True),
        ("Who shot Lund?", "It isn't known who shot Lund, said Tora Vik.", "Tora Vik", True),
        ("Who shot Lund?", "It is known who shot Lund: Tora Vik.", "Tora Vik", False),
        ("Who owned the boat?", "Police asked who owned the boat; Per Moe said that it was his.", "Per Moe", False),
        (
            "How much oil leaked?",
            "She declined to say how much oil leaked, but Moe put it at 300 litres.",
            "300",
            False,
        ),
        ("When will the port shut?", "Osk has not said when the mill will close; its port shuts in May.", "May", False),
        ("How many drowned?", "Nobody knows why they drowned, but nine bodies were found.", "nine", False),
        ("Who made the logo?", "Tora introduced Lund to the person who made the logo.", "Lund", True),
        ("Who made the logo?", "Lund is believed to be the man who made the logo.", "Lund", False),
        ("Who made the logo?", "Lund, the man who made the logo, spoke.", "Lund", False),
        ("Who made the logo?", "The man who made the logo is Lund.", "Lund", False),
        ("Who saw Lund?", "Tora introduced Lund to the person who made the logo.", "Tora", False),
    ],
)
def test_what_a_sentence_leaves_open_is_no_answer(question: str, sentence: str, answer: str, expected: bool) -> None:
    start = sentence.index(answer)
    assert is_left_open(question, sentence, start, start + len(answer)) is expected


def test_a_whole_sentence_may_tell_that_it_is_unknown() -> None:
    assert not is_left_open("Who bought the rifles?", GUNS, 0, len(GUNS))


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_can_be_judged(question: str, sentence: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(sentence)), min(other, len(sentence))))
    for asked in (question, "Who made it?"):
        assert is_left_open(asked, sentence, start, end) in (True, False)
