"""Sentences that tell the deed of a question with its sides exchanged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.swapped import is_swapped, is_title_of_named, is_told_of_neighbour
from tests.any_text import any_text

RECALLED = "Osk recalled its envoy from Mell on Friday."
LOST = "Top seed Ida Lund lost to the Dane Per Moe on Sunday."
SOLD = "Mell sold salt to Osk until 2021; Osk sells wool to Mell."


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "expected"),
    [
        ("When did Mell recall its envoy from Osk?", RECALLED, "Friday", True),
        ("When did Osk recall its envoy from Mell?", RECALLED, "Friday", False),
        ("Who did Ida Lund beat?", LOST, "Per Moe", True),
        ("Who did Ida Lund beat?", "Lund won in 2023 and lost the next final to Moe.", "Moe", True),
        ("Who did Ida Lund beat?", "Lund won in 2023 and beat Moe.", "Moe", False),
        ("Who did Per Moe beat?", LOST, "Ida Lund", False),
        ("Who did Per Moe lose to?", LOST, "Ida Lund", True),
        ("Who did Ida Lund lose to?", LOST, "Per Moe", False),
        ("Who beat Per Moe?", LOST, "Ida Lund", True),
        ("Who beat Ida Lund?", LOST, "Per Moe", False),
        ("Who sells salt to Mell?", SOLD, "Osk", True),
        ("Who sells wool to Mell?", "Osk sells wool to Mell; Mell sold salt to Hult.", "Osk", False),
        ("Who sells wool to Mell?", "Hult sells salt to Mell; Osk sells wool to Mell.", "Hult", True),
        ("Who did Ida Lund dismiss?", "Ida Lund was dismissed by Per Moe.", "Per Moe", True),
        ("Who did Ida Lund dismiss?", "Per Moe was dismissed by Ida Lund.", "Per Moe", False),
        ("Who was Ida Lund replaced by?", "Ida Lund was replaced by Per Moe.", "Per Moe", False),
        ("Who was replaced by Ida Lund?", "Ida Lund replaced Per Moe.", "Per Moe", False),
        ("Who won the cup?", "Ida Lund won, and Per Moe won the race.", "Ida Lund", False),
        ("When was Lund dismissed by Osk?", "Lund was dismissed in May.", "May", False),
        ("How many ships did Mell send?", "Osk sent nine ships, Mell 30.", "30", False),
        ("How many ships did Mell send?", "Osk sent nine ships, Mell 30.", "nine", True),
        ("How much does Moe get?", "Lund gets 9 crowns and Moe 30.", "30", False),
        ("When did Osk pass a law on piers?", "A law on piers in Osk was passed in May.", "May", False),
        ("When did Osk lose its pier?", "Osk was losing its pier in May.", "May", False),
        ("Who built the Osk Hall?", "It has the Osk Hall built in Mell by Ida Lund.", "Ida Lund", False),
        ("When did the Holmish try it?", "Holmland tried to free the Holmish in May.", "May", False),
        ("When did Lund marry?", "Moe married Lund in 2019.", "2019", False),
        ("When did the Bera sink?", "The Bera was sunk in 2019.", "2019", False),
        ("When did Osk launch the Plover?", "Ida Lund launched the Osk Plover in 2019.", "2019", False),
        ("When did Osk sign the treaty?", "Ida Lund signed it for Osk in 2019.", "2019", False),
        ("When did Osk buy the mill?", "Osk, which sold a pier, bought the mill in 2019.", "2019", False),
        ("When did Osk recall its envoy?", "Mell did so after Osk recalled its envoy in 2019.", "2019", False),
        ("Who opened the hall in Osk?", "Osk opened the hall with Ida Lund.", "Ida Lund", False),
    ],
)
def test_who_does_it_and_to_whom_is_not_exchanged(question: str, sentence: str, answer: str, expected: bool) -> None:
    start = sentence.index(answer) if answer != "Osk" else sentence.rindex("Osk", 0, sentence.rindex(" to"))
    assert is_swapped(question, sentence, start, start + len(answer)) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "expected"),
    [
        ("Who dismissed Ida Lund?", "Guild Director Ida Lund was dismissed.", "Guild", True),
        ("Who did Ida Lund dismiss?", "Guild Director Ida Lund was dismissed.", "Guild Director", True),
        ("Who dismissed Ida Lund?", "Ida Lund, the director, was dismissed.", "the director", True),
        ("Who dismissed Ida Lund?", "After dismissing Ida Lund, the director, a Dane, left.", "the director", False),
        ("Who dismissed Ida Lund?", "Mayor Per Moe dismissed director Ida Lund.", "Mayor Per Moe", False),
        ("Who dismissed Ida Lund?", "The guild dismissed director Ida Lund.", "The guild", False),
        ("Who is Ida Lund?", "Guild Director Ida Lund left.", "Guild Director", False),
        ("Who does Ida Lund work for?", "Guild Director Ida Lund left.", "Guild", False),
        ("When did Ida Lund leave?", "Guild Director Ida Lund left.", "Guild", False),
    ],
)
def test_a_title_of_who_is_asked_about_is_no_answer(question: str, sentence: str, answer: str, expected: bool) -> None:
    start = sentence.index(answer)
    assert is_title_of_named(question, sentence, start, start + len(answer)) is expected


@pytest.mark.parametrize(
    ("question", "behind", "expected"),
    [
        ("How many fires did Hult have?", " Hult had none.", True),
        ("How many fires did Hult have last year?", " Hult had none.", True),
        ("How many fires did Osk have?", " Hult had none.", False),
        ("How many fires did Hult have?", " Hult is a town.", False),
        ("How many fires did O have?", " O had none.", False),
        ("How many fires did Hult have?", "", False),
    ],
)
def test_what_the_next_sentence_tells_of_the_asked_one_is_not_told_before(
    question: str, behind: str, expected: bool
) -> None:
    sentence = "The boat belongs to Osk, which had two fires."
    assert is_told_of_neighbour(question, sentence + behind, (0, len(sentence))) is expected


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_can_be_judged(question: str, text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for asked in (question, "Who did Ida Lund beat?", "Who beat Ida Lund?", "When did Osk sell the mill?"):
        assert is_swapped(asked, text, start, end) in (True, False)
        assert is_title_of_named(asked, text, start, end) in (True, False)
        assert is_told_of_neighbour(asked, text, (0, len(text))) in (True, False)
