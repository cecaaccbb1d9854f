from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.several import MOST_QUESTIONS, split_questions


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("When did the mill open? Who paid for it?", ("When did the mill open?", "Who paid for it?")),
        ("When did the mill open? And who paid?", ("When did the mill open?", "And who paid?")),
        ("Who won the race, and how many came?", ("Who won the race?", "How many came?")),
        ("Who won the race and when did it end", ("Who won the race?", "When did it end?")),
        ("What happened in Hull and who was hurt?", ("What happened in Hull?", "Who was hurt?")),
        (
            "Who led the strike, what did it cost? Did it fail?",
            ("Who led the strike, what did it cost?", "Did it fail?"),
        ),
        ("Did the talks fail and why?", ("Did the talks fail?", "Why?")),
        ("What did Keller say about the fire, and who is he?", ("What did Keller say about the fire?", "Who is he?")),
        ("1. Who is Keller? 2. Where was he born?", ("Who is Keller?", "Where was he born?")),
        ("Who won and what did it cost and when was it?", ("Who won?", "What did it cost?", "When was it?")),
    ],
)
def test_each_question_is_asked_alone(text: str, parts: tuple[str, ...]) -> None:
    assert split_questions(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Who won the race?",
        "Who said what happened and why it happened?",
        "Does anybody know who did it and when it was done?",
        "What did Keller say about the fire and who caused it?",
        "Why did Keller and Brandt leave?",
        "I read about the strike in Hull. Who led it?",
        "What is the connection between the fire and what the mayor sold?",
        "strike hull 1912 and when",
        "Who else?",
        "He asked: why? Nobody knew.",
    ],
)
def test_what_asks_one_thing_stays_whole(text: str) -> None:
    assert split_questions(text) == (text,)


def test_a_long_list_stays_whole() -> None:
    text = " ".join(["Who won?"] * (MOST_QUESTIONS + 1))
    assert split_questions(text) == (text,)


@given(st.text(max_size=80))
def test_any_text_can_be_taken_apart(text: str) -> None:
    parts = split_questions(text)
    assert parts and (parts == (text,) or all(part.endswith("?") for part in parts))
