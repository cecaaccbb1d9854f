"""Answers in a clause about a thing that is only similar to the one asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.validation.namesakes import tells_of_namesake
from tests.any_text import any_text


def is_of_similar(question: str, text: str, answer: str) -> bool:
    """Judges an answer in a sentence."""
    start = text.rindex(answer)
    return tells_of_namesake(question, text, start, start + len(answer))


@pytest.mark.parametrize(
    ("question", "text", "answer", "expected"),
    [
        ("When did the Maid of Osk sink?", "A sister ship, the Maid of Mell, sank in 1998.", "1998", True),
        (
            "When did the Maid of Osk sink?",
            "The Maid of Osk, a sister of the Maid of Mell, sank in 1998.",
            "1998",
            False,
        ),
        ("When did the Maid of Osk sink?", "The ship sank in 1998.", "1998", False),
        ("What replaced the Maid of Osk?", "Now the Maid of Mell sails there.", "the Maid of Mell", False),
        ("When did Plover 2 land?", "Plover 1 landed in May 2020.", "May 2020", True),
        ("When did Plover 2 land?", "Plover 2, unlike Plover 1, landed in May 2020.", "May 2020", False),
        ("When did Plover 2 land?", "Plover landed in May 2020.", "May 2020", False),
        ("How many towns in West Osland joined?", "The 118 towns in Osland joined.", "118", True),
        ("How many towns in West Osland joined?", "In Osland 118 did, in West Osland 9.", "9", False),
        ("How many towns in West Osland joined?", "The 9 towns joined.", "9", False),
        ("How many towns in Osland joined?", "The 118 towns in Osland joined.", "118", False),
        ("When did World War I end?", "World War II ended in 1945.", "1945", True),
        ("When did World War 2 end?", "World War II ended in 1945.", "1945", False),
        ("When did the Gilded Age end?", "The Glided Age ended in 1900.", "1900", False),
        ("What did the US Guild buy?", "The U.S. Guild bought 9 mills.", "9 mills", False),
        ("When did the Osk-Mell Line open?", "The Osk–Mell Line opened in 1900.", "1900", False),
        ("When did Fort Osk burn?", "Ft Osk burned in 1900.", "1900", False),
        ("When was the Hult Mill bridge shut?", "The Hult Street bridge was shut in 2009.", "2009", True),
        ("When was the Hult Mill bridge shut?", "The Hult Street library was shut in 2009.", "2009", False),
        ("What does the Royal Bank of Osk own?", "The Royal Bank of Mell owns 9 mills.", "9 mills", True),
        ("How many live in New Osk City?", "The New Osk Times put it at 8 million.", "8 million", False),
        ("How many live in the Bay of Osk?", "The University of Osk put it at 8,000.", "8,000", False),
        ("What did US President Otto Vik pay?", "Former President Otto Vik paid 9 crowns.", "9 crowns", False),
        ("What did Otto H. Vik pay?", "Otto Hans Vik paid 9 crowns.", "9 crowns", False),
        ("When did Hurricane Maria end?", "Hurricane Maria ended in May; Hurricane Irma ended in June.", "June", True),
        ("When did Hurricane Irma end?", "Hurricane Maria ended in May; Hurricane Irma ended in June.", "June", False),
    ],
)
def test_a_name_that_differs_in_one_word_or_number_is_another_ones(
    question: str, text: str, answer: str, expected: bool
) -> None:
    assert is_of_similar(question, text, answer) is expected


@pytest.mark.parametrize(
    ("question", "text", "answer", "expected"),
    [
        ("When did the dam at Osk break?", "The dam at Osk held; that at Mell broke at 9 p.m.", "9 p.m.", True),
        ("When did the dam at Osk break?", "The dam at Osk held; the dam at Mell broke at 9 p.m.", "9 p.m.", True),
        ("When did the dam at Mell break?", "The dam at Osk held; that at Mell broke at 9 p.m.", "9 p.m.", False),
        ("When did the dam at Osk break?", "The dam at Osk held, but that in May was new.", "May", False),
        (
            "When was the merger of Osk and Mell allowed?",
            "The merger of Mell with Hult was allowed in May.",
            "May",
            True,
        ),
        (
            "When was the merger of Osk and Mell allowed?",
            "The merger of Mell and Osk was allowed in May.",
            "May",
            False,
        ),
        ("When was the merger of Osk and Mell allowed?", "It was allowed in May.", "May", False),
        ("How fast was the mail train?", "The goods train went at 90, and the mail train at 40.", "90", True),
        ("How fast was the mail train?", "The goods train went at 90, and the mail train at 40.", "40", False),
        ("How fast was the mail train?", "The mail train went at 90, and the lead train had no driver.", "90", False),
    ],
)
def test_of_two_in_a_sentence_the_clause_of_the_answer_decides(
    question: str, text: str, answer: str, expected: bool
) -> None:
    assert is_of_similar(question, text, answer) is expected


@pytest.mark.parametrize(
    ("question", "text", "answer", "expected"),
    [
        ("When was Bera put down?", "Another bear, Tuva, bit a guard in 1999 and was put down.", "1999", True),
        ("When was Tuva put down?", "Another bear, Tuva, bit a guard in 1999 and was put down.", "1999", False),
        ("Whom did Bera's sister bite?", "A second bear, Tuva, bit Jon Vik.", "Jon Vik", False),
        ("Which bear at Bera Zoo bit Vik?", "Another bear, Tuva, bit him.", "Tuva", False),
        ("When did the Bera sink?", "Another witness, Tuva Vik, said that it sank in May.", "May", False),
        ("When did the Bera sink?", "Another teacher, Tuva Vik, moved away in May.", "May", False),
        ("How many died at Osk?", "Another ship, the Tuva, sank and nine died.", "nine", False),
        ("When did the Osk Fair end?", "It is not to be confused with the Osk Show, which ended in May.", "May", True),
        ("When did the Osk Show end?", "It is not to be confused with the Osk Show, which ended in May.", "May", False),
    ],
)
def test_what_a_sentence_sets_apart_is_another(question: str, text: str, answer: str, expected: bool) -> None:
    assert is_of_similar(question, text, answer) is expected


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_can_be_judged(question: str, text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for asked in (question, "When did Plover 2 land?", "When did the dam at Osk break?", "When did Ida Lund move?"):
        assert tells_of_namesake(asked, text, start, end) in (True, False)
