"""A conversation that a browser stored: it is restored if it is still valid, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from rag.core.schema import Answer
from rag.library import Library
from rag_ui.chat import kept_conversation
from rag_ui.chat.conversation import Turn, Turns
from rag_ui.chat.kept_conversation import TakenBack
from rag_ui.language.strings import ENGLISH
from tests.any_text import any_text
from tests.fake_library import cite, make_article

GAS, FOOTBALL = "How much liquefied natural gas passes the choke point?", "Who won the football match?"


@pytest.fixture(scope="module")
def turns(seed_library: Library) -> Turns:
    answers = [seed_library.answer(question).model_copy(update={"timings": {}}) for question in (GAS, FOOTBALL)]
    return tuple(Turn(answer.question, answer) for answer in answers)


def test_a_conversation_comes_back_as_it_was(seed_library: Library, turns: Turns) -> None:
    unfinished = (*turns, Turn("Why?", problem="A fault."), Turn("Who?"))
    assert kept_conversation.take_back(seed_library, kept_conversation.keep(unfinished)) == TakenBack(turns)


@pytest.mark.parametrize("row", [None, 7, {}, {"question": 1}, {"question": "Who?", "is_new": True}, [[[]]]])
def test_a_turn_that_is_none_costs_no_other_turn(seed_library: Library, turns: Turns, row: object) -> None:
    rows = [row, *json.loads(kept_conversation.keep(turns))]
    assert kept_conversation.take_back(seed_library, json.dumps(rows)) == TakenBack(turns, lost=1)


def _forge(kept_turns: str, change: Callable[[dict[str, Any]], object]) -> str:
    rows = json.loads(kept_turns)
    change(rows[0]["answer"])
    return json.dumps(rows)


@pytest.mark.parametrize(
    "change",
    [
        lambda answer: answer["citations"][0].update(quote="All of it passes."),
        lambda answer: answer["citations"][0].update(start=answer["citations"][0]["start"] + 1),
        lambda answer: answer["citations"][0].update(article_id="another"),
        lambda answer: answer.update(text="All of it."),
        lambda answer: answer.update(short_answer="90%"),
        lambda answer: answer.update(timeline=[99]),
        lambda answer: answer.update(
            other_answers=[{"short_answer": "90%", "confidence": 0.9, "citations": answer["citations"]}]
        ),
    ],
)
def test_what_the_articles_do_not_say_is_not_taken_back(
    seed_library: Library, turns: Turns, change: Callable[[dict[str, Any]], object]
) -> None:
    assert kept_conversation.take_back(seed_library, _forge(kept_conversation.keep(turns), change)) == TakenBack(
        turns[1:], lost=1
    )


@pytest.mark.parametrize("kept_by_browser", ["", "null", "[{}]", '[{"question": 1}]', "{", None, 7, [], {"a": 1}])
def test_whatever_else_a_browser_sends_is_nothing(seed_library: Library, kept_by_browser: Any) -> None:
    assert kept_conversation.take_back(seed_library, kept_by_browser).turns == ()


@given(any_text())
def test_any_text_is_nothing(text: str) -> None:
    assert kept_conversation.take_back(None, text).turns == ()  # type: ignore[arg-type]


def test_of_a_long_conversation_the_latest_turns_are_kept() -> None:
    def turn(number: int) -> Turn:
        answer = Answer(question="q" * 2000, status="no_answer", reason="not_said", generation=1)
        return Turn(str(number), answer)

    many = kept_conversation.keep(tuple(turn(number) for number in range(400)))
    assert len(many) <= kept_conversation.MOST
    numbers = [int(row["question"]) for row in json.loads(many)]
    assert numbers == list(range(numbers[0], 400))
    assert len(numbers) > 100


def test_the_saved_json_has_every_citation(turns: Turns) -> None:
    rows = json.loads(kept_conversation.as_json(turns))
    assert [Answer.model_validate(row["answer"]) for row in rows] == [turn.answer for turn in turns]


def test_the_saved_markdown_has_quotes_with_full_references(turns: Turns) -> None:
    text = kept_conversation.as_markdown(turns, date(2025, 5, 1), ENGLISH)
    answer = turns[0].answer
    assert answer is not None
    (citation,) = answer.citations
    assert f"## {GAS}" in text and f"> {citation.quote}" in text
    assert f"characters {citation.start}–{citation.end}, sha256 {citation.content_hash}" in text
    assert "2025-04" in text and citation.title in text
    assert "The articles don’t say" in text


def test_markdown_in_articles_stays_text() -> None:
    article = make_article("# *Not* a [link](http://x) <b>nor</b>\n> this", "A_title_")
    citation = cite(article, article.text)
    answer = Answer(question="`q`", status="answered", text=citation.quote, citations=(citation,), generation=1)
    text = kept_conversation.as_markdown((Turn("`q`", answer),), date(2025, 5, 1), ENGLISH)
    assert "## \\`q\\`" in text
    assert "> \\# \\*Not\\* a \\[link\\](http://x) \\<b\\>nor\\</b\\>\n> \\> this" in text
    assert "A\\_title\\_" in text


def test_a_count_of_articles_is_not_taken_back_because_no_quote_holds_it(seed_library: Library, turns: Turns) -> None:
    forged = _forge(
        kept_conversation.keep(turns), lambda answer: answer.update(count={"words": "Anything", "articles": 7})
    )
    assert kept_conversation.take_back(seed_library, forged) == TakenBack(turns)
