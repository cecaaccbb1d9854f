"""A completed follow-up is shown in its completed form, and can be asked again as it was written."""

from __future__ import annotations

from rag.core.schema import Answer
from rag_ui import conversation
from rag_ui.card import Cards
from rag_ui.strings import ENGLISH
from tests.fake_library import FakeLibrary

CARDS = Cards(ENGLISH)

FIRST = Answer(question="Who mediated?", status="no_answer", reason="nothing_about_it", generation=1)
WHOLE = FIRST.model_copy(update={"question": "Who else mediated?"})


def test_a_completed_question_can_be_asked_as_it_was_written() -> None:
    library = FakeLibrary([], {"Who mediated?": FIRST, "Who mediated? Who else?": WHOLE})
    turns = conversation.settle(library, conversation.begin((), "Who mediated?"), ENGLISH)
    assert conversation.begin_exactly(turns) is turns
    turns = conversation.settle(library, conversation.begin(turns, "Who else?"), ENGLISH)
    assert turns[-1].completed
    assert "Who else mediated?" in conversation.markup(turns[-1], 1, CARDS)[1]
    turns = conversation.settle(library, conversation.begin_exactly(turns), ENGLISH)
    assert [turn.question for turn in turns] == ["Who mediated?", "Who else?"]
    assert not turns[-1].completed


def test_nothing_is_undone_before_the_first_question() -> None:
    assert conversation.begin_exactly(()) == ()
