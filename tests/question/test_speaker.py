"""Whose words a question asks for."""

from __future__ import annotations

import pytest
from hypothesis import given

from rag.question.speaker import WordsAsked, speaker_in, statement_in, words_asked_in
from tests.any_text import any_text


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What did Anna Keller say about the bridge?", "Anna Keller"),
        ("How did the White House describe the talks?", "the White House"),
        ("According to Keller, when does it open?", "Keller"),
        ("What has Keller promised?", "Keller"),
        ("What did the guild conclude?", None),
        ("What did the CIA conclude about the mill?", "the CIA"),
        ("How did Keller respond to the joke?", "Keller"),
        ("What does Iran want?", None),
        ("Who said that?", None),
        ("What did the mayor say?", None),
    ],
)
def test_a_question_for_someone_s_words_names_the_speaker(question: str, name: str | None) -> None:
    assert speaker_in(question) == name


@pytest.mark.parametrize(
    ("question", "statement"),
    [
        ("Who called the bridge a joke?", {"bridg", "joke"}),
        ("Who said that the bridge is safe?", {"bridg", "safe"}),
        ("Who called for an inquiry?", set()),
        ("Who called off the strike?", set()),
        ("Who urged on the runners?", set()),
    ],
)
def test_who_called_for_something_is_asked_for_no_statement(question: str, statement: set[str]) -> None:
    assert statement_in(question) == statement


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What did Anna Keller say about the bridge?", WordsAsked("Anna Keller", frozenset({"bridg"}))),
        ("What has Keller tweeted?", WordsAsked("Keller", frozenset())),
        ("What did Keller say about Keller's bridge?", WordsAsked("Keller", frozenset({"bridg"}), "Keller")),
        ("What did Keller say about the EU?", WordsAsked("Keller", frozenset({"eu"}))),
        ("What did Keller say about Ida Lund in Osk?", WordsAsked("Keller", frozenset({"ida", "lund", "osk"}), "Lund")),
        ("How did Keller respond to the bridge?", WordsAsked("Keller", frozenset({"bridg"}))),
        ("How does Keller see the bridge?", None),
        ("What has Keller promised?", None),  # what was promised, not the words of it
        ("According to Keller, when does it open?", None),
        ("Who said that?", None),
    ],
)
def test_only_a_question_for_the_words_themselves_has_a_topic(question: str, words: WordsAsked | None) -> None:
    assert words_asked_in(question) == words


def test_the_speaker_of_a_view_and_of_the_words_may_differ() -> None:
    question = "According to Otto Keller, what did Anna Keller say about the bridge?"
    asked = words_asked_in(question)
    assert asked is not None
    assert (speaker_in(question), asked.name) == ("Otto Keller", "Anna Keller")


@given(any_text(20))
def test_no_text_makes_it_fail(text: str) -> None:
    for question in (text, f"What did Keller say about {text}?"):
        speaker_in(question)
        words_asked_in(question)
