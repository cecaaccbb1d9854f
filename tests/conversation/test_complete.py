"""Follow-up questions are completed from the conversation. `conversations.jsonl` has sixty conversations."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.conversation.complete import Exchange, complete
from tests.any_text import any_text

CONVERSATIONS = [
    json.loads(line) for line in (Path(__file__).parents[1] / "conversations.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize(
    ("earlier", "answer", "question", "completed"),
    [
        (
            "How many people were killed in Jordan?",
            "three",
            "And in Syria?",
            "How many people were killed in Syria?",
        ),
        ("When did the talks begin in March?", None, "And in April?", "When did the talks begin in April?"),
        ("Who mediated the talks?", "Oman", "Who else?", "Who else mediated the talks?"),
        ("Who sank the ship?", "the Houthis", "When was that?", "When did the Houthis sink the ship?"),
        ("Did Iran reject the offer?", None, "Why?", "Why did Iran reject the offer?"),
        ("What did Ruth Hale announce?", None, "Who did she meet?", "Who did Ruth Hale meet?"),
        ("Where is the bridge?", None, "How much did it cost?", "How much did the bridge cost?"),
        ("What happened in Muscat?", None, "Who lives there?", "Who lives in Muscat?"),
        ("Who drafted the nuclear deal?", None, "Who signed that deal?", "Who signed the nuclear deal?"),
        ("What does France say about oil?", None, "What about gas?", "What does France say about gas?"),
        ("What was in the report on dams?", None, "Who wrote it?", "Who wrote the report on dams?"),
        ("Has the ferry been raised?", None, "By whom?", "By whom has the ferry been raised?"),
        ("Is the school open?", None, "Which ones?", "Is the school open, and which ones?"),
        ("Which states signed the pact?", None, "What about India?", "Did India sign the pact?"),
        ("Who praised the new airport?", None, "And the old one?", "Who praised the old airport?"),
        ("Did Sweden join the pact?", None, "Was it legal?", "Did Sweden join the pact, and was it legal?"),
        (
            "Who owns the dam?",
            None,
            "What is its age and who built it?",
            "What is the dam's age and who built the dam?",
        ),
        ("Who voted on the new mine?", None, "Who abstained?", "Who abstained (the new mine)?"),
        ("What were the talks about?", None, "What was the result?", "What was the result of the talks?"),
        ("When did the farm bill pass?", None, "Who sponsored the bill?", "Who sponsored the farm bill?"),
        ("Whose idea was the ferry?", "Tora Vik's", "When did it reopen?", "When did the ferry reopen?"),
        (
            "What did the council build in Osk?",
            "a new pier",
            "How much did that cost?",
            "How much did the new pier cost?",
        ),
        (
            "Which one did they fix?",
            "the North Bridge",
            "How much did that cost?",
            "How much did the North Bridge cost?",
        ),
        ("Who rebuilt the pier?", "Tora Vik", "How much did that cost?", "How much did the pier cost?"),
        ("How many homes lost power in the storm?", "About 5,000", "When did it hit?", "When did the storm hit?"),
        ("How long is the North Pier?", "300 m", "When did it reopen?", "When did the North Pier reopen?"),
        ("What is Tesla?", None, "Where is it based?", "Where is Tesla based?"),
        ("How much did the new pier cost?", "12 million", "Who wrote it?", "Who wrote this article?"),
        ("Where is the new pier?", "Osk", "When was it published?", "When was this article published?"),
        ("How many copies did the novel sell?", "300", "Who wrote it?", "Who wrote the novel?"),
        ("What is Cassidy about?", None, "Who wrote it?", "Who wrote Cassidy?"),
        ("Who proposed free school meals?", "Otto Lie", "Who criticised it?", "Who criticised free school meals?"),
        (
            "What did Tora Vik say about the court?",
            None,
            "And when was that?",
            "When did Tora Vik say something about the court?",
        ),
        ("What is “The Old Pier” about?", None, "Who wrote it?", "Who wrote The Old Pier?"),
    ],
)
def test_a_follow_up_is_completed(earlier: str, answer: str | None, question: str, completed: str) -> None:
    found = complete(question, [Exchange(earlier, answer)])
    assert found.question == completed
    assert found.changed


@pytest.mark.parametrize(
    "question",
    [
        "Who is the mayor of Lancaster?",
        "Is it true that the talks failed?",
        "How long will it take to rebuild Gaza?",
        "Are there any survivors in Derna?",
        "How many people are there in Tuvalu?",
        "Did Trump meet his advisers?",
        "What happened to the ship when it was hit?",
        "Who said that talks failed?",
        "Which company said it would close its mine?",
        "What will happen this week?",
        "And why did Iran refuse the offer?",
        "nuclear talks Oman",
        "Who won the cup and when did they last win it?",
        "WHO MEDIATED THE TALKS?",
    ],
)
def test_a_question_that_stands_alone_is_not_touched(question: str) -> None:
    found = complete(question, [Exchange("Who opened the old bridge over the Lune?", "Ruth Hale")])
    assert found.question == question
    assert not found.changed


@pytest.mark.parametrize(
    ("earlier", "quote", "question"),
    [
        ("Did Tora Vik resign?", "", "When did it reopen?"),
        ("Tell me about Tora Vik", "Mayor Tora Vik spoke.", "When did it reopen?"),
        ("Tell me about Tora Vik", "Tora Vik, 54, spoke.", "How much did it cost?"),
        ("Tell me about Tora Vik", "Tora Vik, who lives in Mell, spoke.", "Where is it?"),
        ("When was Tora Vik born?", "", "How much did that cost?"),
        ("Who is the mayor of Osk?", "", "How much did that cost?"),
        ("Tell me about Tora Vik", "", "How much did that cost?"),
    ],
)
def test_it_and_that_stand_for_no_person(earlier: str, quote: str, question: str) -> None:
    assert complete(question, [Exchange(earlier, None, (quote,))]).question == question


def test_a_number_that_was_the_answer_is_nobody() -> None:
    past = Exchange("How many sirens failed?", "Four", ("Four sirens failed, Mrs Lund said.",))
    assert complete("What did she say about that?", [past]).question.startswith("What did Mrs Lund say")


def test_it_stands_for_a_thing_before_a_name_that_a_person_may_have() -> None:
    past = Exchange("What did Tora Vik say about the old museum?")
    assert "the old museum" in complete("When did it reopen?", [past]).question


def test_a_person_in_the_quotes_of_a_question_about_nothing_is_not_talked_about() -> None:
    history = [
        Exchange("What did Tora Vik find?", "a crack"),
        Exchange("How big was it?", None, ("Mrs Lund, who left, was paid 9 crowns.",)),
    ]
    assert complete("Whom did she tell?", history).question == "Whom did Tora Vik tell?"


def test_the_first_question_is_not_touched() -> None:
    assert complete("Why?", []).question == "Why?"


def test_a_pronoun_takes_what_agrees_with_it() -> None:
    history = [
        Exchange("Who leads the opposition in Venezuela?", "María Corina Machado"),
        Exchange("What does Nicolás Maduro say about the election?"),
    ]
    assert complete("Where is she?", history).question == "Where is María Corina Machado?"
    assert complete("Where is he?", history).question == "Where is Nicolás Maduro?"
    assert complete("When was it?", history).question == "When was the election (Nicolás Maduro)?"


def test_what_was_put_in_is_told() -> None:
    found = complete("When was it built?", [Exchange("Where is the bridge over the Lune?")])
    assert found.put_in == ("the bridge over the Lune",)


@pytest.mark.parametrize("conversation", CONVERSATIONS[::2], ids=lambda conversation: conversation["id"])
def test_in_the_half_that_was_tuned_on_no_question_that_stands_alone_is_touched(conversation: dict[str, Any]) -> None:
    history: list[Exchange] = []
    for turn in conversation["turns"]:
        found = complete(turn["question"], history)
        if turn.get("completed") == turn["question"]:
            assert found.question == turn["question"]
        history.append(Exchange(found.question, turn.get("answer")))


def test_there_are_sixty_conversations_each_with_follow_ups_and_with_questions_that_stand_alone() -> None:
    assert [conversation["id"] for conversation in CONVERSATIONS] == list(range(1, 61))
    for conversation in CONVERSATIONS:
        alone = [turn.get("completed") == turn["question"] for turn in conversation["turns"]]
        assert alone[0]
        assert not all(alone)


@given(st.lists(any_text(12), min_size=1, max_size=4), any_text(12))
def test_any_text_is_survived(earlier: list[str], question: str) -> None:
    assert isinstance(complete(question, [Exchange(past, past) for past in earlier]).question, str)
