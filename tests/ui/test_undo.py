"""A follow-up can be asked as it was written, a question be edited in its place, and an answer be stopped."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from rag.core.schema import Answer
from rag_ui.chat import conversation, kept_conversation
from rag_ui.chat.asking import Asking
from rag_ui.chat.card import Cards
from rag_ui.chat.conversation import Meanwhile, Turn
from rag_ui.language.strings import ENGLISH
from tests.fake_library import FakeLibrary

CARDS = Cards(ENGLISH)

FIRST = Answer(question="Who mediated?", status="no_answer", reason="nothing_about_it", generation=1)
WHOLE = FIRST.model_copy(update={"question": "Who else mediated?"})


def test_a_completed_question_can_be_asked_as_it_was_written() -> None:
    library = FakeLibrary([], {"Who mediated?": FIRST, "Who mediated? Who else?": WHOLE})
    *_, turns = conversation.settle(library, conversation.begin((), "Who mediated?"), ENGLISH)
    assert conversation.begin_exactly(turns) is turns
    *_, turns = conversation.settle(library, conversation.begin(turns, "Who else?"), ENGLISH)
    assert turns[-1].completed
    assert "Who else mediated?" in conversation.markup(turns[-1], 1, CARDS)[1]
    *_, turns = conversation.settle(library, conversation.begin_exactly(turns), ENGLISH)
    assert [turn.question for turn in turns] == ["Who mediated?", "Who else?"]
    assert not turns[-1].completed


def test_nothing_is_undone_before_the_first_question() -> None:
    assert conversation.begin_exactly(()) == ()


def test_an_edited_question_stands_in_its_place_and_is_answered_with_what_was_before_it() -> None:
    library = FakeLibrary([], {"Who mediated?": FIRST, "Who mediated? Who else?": WHOLE})
    turns = (Turn("Who mediated?", FIRST), Turn("Where?", FIRST), Turn("When?", FIRST))
    edited = conversation.begin_again(turns, 1, "Who else?")
    assert [turn.question for turn in edited] == ["Who mediated?", "Who else?", "When?"]
    *_, settled = conversation.settle(library, edited, ENGLISH)
    assert settled[1].completed and settled[2] == turns[2]
    assert conversation.take_back_edit(settled, 1) == turns
    assert conversation.take_back_edit(turns, 1) is turns
    twice = conversation.begin_again(settled, 1, "Why?")
    assert twice[1].before == replace(settled[1], before=None), "one edit is kept, not a chain of them"


def test_what_is_kept_in_the_browser_and_saved_has_no_earlier_question() -> None:
    turns = (replace(Turn("Who?", FIRST), before=Turn("Whose secret?", FIRST)),)
    assert "secret" not in kept_conversation.keep(turns) + kept_conversation.as_json(turns)


def test_a_stopped_question_stays_and_says_so() -> None:
    turns = conversation.stop(conversation.begin((Turn("Who mediated?", FIRST),), "Where?"), ENGLISH)
    assert [turn.problem for turn in turns] == [None, ENGLISH.words.asking.stopped]
    assert conversation.stop(turns, ENGLISH) == turns


def test_each_stage_is_told_as_it_begins() -> None:
    library = FakeLibrary([], {"Who mediated?": FIRST})
    shown = list(conversation.settle(library, conversation.begin((), "Who mediated?"), ENGLISH))
    assert [turns[0].stage for turns in shown[:-1]] == ["checking", "suggesting"]
    assert shown[-1][0].answer == FIRST
    notes = [conversation.markup(turns[0], 3, CARDS)[1] for turns in shown[:-1]]
    assert all(words in note for words, note in zip(list(ENGLISH.words.asking.stages.values())[1:], notes, strict=True))


@pytest.mark.parametrize("at", ["", "1", "-1", "²", "x", None, 0, ["0"], "9" * 5000])
def test_a_place_that_the_page_does_not_send_asks_anew(at: Any) -> None:
    library = FakeLibrary([], {"Who mediated?": FIRST})
    asked = next(Asking(library, ENGLISH).ask("Who mediated?", (Turn("Where?", FIRST),), None, Meanwhile(), at))[0]
    assert [turn.question for turn in asked] == ["Where?", "Who mediated?"]


@pytest.mark.parametrize("interrupt", ["stop", "begin_anew", "reopen", "reopen nothing"])
def test_an_answer_that_comes_behind_the_stop_is_not_shown(interrupt: str) -> None:
    library = FakeLibrary([], {"Who mediated?": FIRST})
    asking, meanwhile = Asking(library, ENGLISH), Meanwhile()
    shown = asking.ask("Who mediated?", (), None, meanwhile, "")
    so_far = next(shown)[0]
    interrupted = {
        "stop": lambda: asking.stop(so_far, meanwhile),
        "begin_anew": lambda: asking.begin_anew(so_far, meanwhile),
        "reopen": lambda: asking.reopen(kept_conversation.keep((Turn("Where?", FIRST),)), so_far, meanwhile),
        "reopen nothing": lambda: asking.reopen(kept_conversation.NOTHING, so_far, meanwhile),
    }[interrupt]()
    assert not any(turn.waits for turn in interrupted[0])
    assert list(shown) == []
    (*_, last) = asking.ask("Who mediated?", interrupted[0], None, meanwhile, "")
    assert last[0][-1].answer == FIRST
