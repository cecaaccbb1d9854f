"""An indirect question is read as the direct one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.indirect import direct_question
from rag.question.question import parse_question
from tests.any_text import any_text

TODAY = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("question", "direct"),
    [
        ("Do you know how many boats sank?", "How many boats sank?"),
        ("Can you tell me who Ida Lund is?", "Who is Ida Lund?"),
        ("I'd like to know why the mayor resigned.", "Why did the mayor resign?"),
        ("Is it known who sold the mill?", "Who sold the mill?"),
        ("Could you please find out when the old pier at Osk opened?", "When did the old pier at Osk open?"),
        ("does anyone know what Lund said about the tax", "What did Lund say about the tax?"),
        ("Tell me what the council has decided.", "What has the council decided?"),
        ("I wonder what the surviving sailor says", "What does the surviving sailor say?"),
        ("Do the articles say to whom the letter was sent?", "To whom was the letter sent?"),
        ("Remind me how the team did in May.", "How did the team do in May?"),
        ("Tell me when it opened, please", "When did it open?"),
        ("Tell me why", "Why?"),
    ],
)
def test_a_polite_frame_is_taken_off(question: str, direct: str) -> None:
    assert direct_question(question) == direct
    assert direct_question(direct) == direct


@pytest.mark.parametrize(
    "question",
    [
        "Did the mayor tell us why he left?",
        "Do you know if the mayor resigned?",
        "Can you tell me about the pier?",
        "What do you know about the pier?",
        "How did you know who won?",
        "Do you know the mayor of Osk?",
        "Who knows what happened in Osk?",
        "Does Lund know who sold the mill?",
    ],
)
def test_a_question_that_is_direct_stays_as_it_is(question: str) -> None:
    assert direct_question(question) == question


def test_the_order_stays_where_it_is_not_clear() -> None:
    assert direct_question("Do you know what the men who left said?") == "What the men who left said?"


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("Can you tell me when the pier opened?", "fact"),
        ("Do you know what Ida Lund said about the pier?", "said"),
        ("Is it known why the pier closed?", "reason"),
        ("Please tell me what happened in Osk.", "overview"),
        ("Do you know whether the pier is open?", "yes_no"),
    ],
)
def test_the_form_is_that_of_the_direct_question(question: str, form: str) -> None:
    assert parse_question(question, TODAY).form == form


@given(st.one_of(any_text(20), st.builds("Do you know {} {}?".format, st.sampled_from(["what", "who"]), any_text(8))))
def test_any_text_can_be_read(text: str) -> None:
    assert direct_question(direct_question(text)) == direct_question(text)
    assert parse_question(text, TODAY).text or not text
