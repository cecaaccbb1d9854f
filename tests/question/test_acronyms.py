"""A question has an acronym and the article spells it out, or the other way round."""

from __future__ import annotations

import pytest
from hypothesis import given

from rag.library import Library
from rag.question.acronyms import spell_out
from tests.any_text import any_text

SPELLED = "More than 30% of all liquefied natural gas and the Islamic Revolutionary Guard Corps' oil pass here."
SHORT = "The IMF and NATO met. The IAEA wasn't asked."


@pytest.mark.parametrize(
    ("question", "text", "read_as"),
    [
        ("How much LNG passes?", SPELLED, "How much LNG (liquefied natural gas) passes?"),
        ("What does the IRGC own?", SPELLED, "What does the IRGC (Islamic Revolutionary Guard Corps) own?"),
        (
            "Who heads the International Monetary Fund?",
            SHORT,
            "Who heads the International Monetary Fund (IMF)?",
        ),
        (
            "What is the MFA?",
            "The Ministry of Foreign Affairs answered.",
            "What is the MFA (Ministry of Foreign Affairs)?",
        ),
    ],
)
def test_the_other_form_is_added(question: str, text: str, read_as: str) -> None:
    read, (added,) = spell_out(question, [text])
    assert read == read_as
    assert added.word in question and added.read_as in read_as


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("How much LNG (liquefied natural gas) passes?", SPELLED),  # says it already
        ("HOW MUCH LNG PASSES?", SPELLED),  # every word is in capitals
        ("Who met NATO?", "No article told our readers."),  # "No article told our" begins with these letters
        ("Who is the CEO?", "The firm's chief executive Ole Vang left."),  # a title and a name
        ("What is the ABC?", "The All-be-Cool club met."),
        ("What did ICE do?", "It can only be in cold engines."),
        ("What does the US want?", "The United States wants talks."),
        ("Who heads the International Monetary Fund?", "The IMF is the International Monetary Fund."),
        ("Did the FBI ask her?", "He caused a furor by inviting himself."),  # a part of a sentence
        ("", SPELLED),
    ],
)
def test_a_question_that_needs_nothing_stays(question: str, text: str) -> None:
    assert spell_out(question, [text]) == (question, ())


def test_of_several_forms_the_commonest_is_meant() -> None:
    texts = ["Central Intelligence Agents", "Central Intelligence Agency", "the Central Intelligence Agency"]
    assert spell_out("What does the CIA do?", texts)[0] == "What does the CIA (Central Intelligence Agency) do?"


@given(any_text(12), any_text())
def test_only_brackets_are_added(question: str, text: str) -> None:
    read, added = spell_out(question, [text])
    for addition in added:
        assert addition.read_as in read
        read = read.replace(addition.read_as, addition.word, 1)
    assert read == question


def test_the_seed_article_answers_a_question_that_uses_an_acronym(seed_library: Library) -> None:
    answer = seed_library.answer("How much LNG passes the choke point?")
    assert answer.short_answer == "more than 30%"
    assert answer.corrections[0].read_as == "LNG (liquefied natural gas)"
