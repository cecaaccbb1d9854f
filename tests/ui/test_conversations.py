"""A conversation is left and opened, and is saved as a file: what the browser is told and what it may ask."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from rag.core.schema import Answer
from rag.formats.office.docx import extract
from rag_ui.chat import conversations, kept_conversation, saving
from rag_ui.chat.asking import Asking
from rag_ui.chat.conversation import Meanwhile, Turn, Turns
from rag_ui.language.strings import ENGLISH
from tests.fake_library import FakeLibrary
from tests.ui.answers import ARTICLE, QUOTE, Markup, answered

NOT_SAID = Answer(question="Who?", status="no_answer", reason="not_said", generation=1)
TURNS = (Turn("Who mediated?", answered()), Turn("Who?", NOT_SAID))
KEPT = kept_conversation.keep(TURNS)
WORDS = ENGLISH.words.conversations


def asking() -> Asking:
    return Asking(FakeLibrary([ARTICLE], {}), ENGLISH)


def told(update: tuple[Any, ...]) -> dict[str, Any]:
    """What the browser is told by an event, without the number that makes each of them another."""
    value = update[2]["value"]
    return {name: value[name] for name in value if name != "number"}


def test_what_is_opened_is_told_with_what_is_left_so_that_both_are_kept() -> None:
    left, meanwhile = TURNS[:1], Meanwhile()
    opened = asking().reopen(KEPT, left, meanwhile)
    assert opened[0] == TURNS and meanwhile.number == 1
    assert told(opened) == {"kept": kept_conversation.keep(left), "opened": KEPT, "answers": 2, "whole": True}


def test_what_is_opened_behind_a_new_conversation_is_not_shown() -> None:
    meanwhile = Meanwhile()

    class Left(FakeLibrary):
        """A library in front of which a new conversation is begun while it compares the quotes."""

        def verify(self, answer: Answer) -> None:
            meanwhile.number += 1

    shown = Asking(Left([ARTICLE], {}), ENGLISH).reopen(KEPT, TURNS[:1], meanwhile)
    assert not any("value" in update for update in shown)


def test_a_new_conversation_is_told_with_what_is_left() -> None:
    assert told(asking().begin_anew(TURNS, Meanwhile())) == {"kept": KEPT, "opened": "[]", "answers": 0}


def test_a_page_without_a_conversation_shows_none_and_keeps_none() -> None:
    assert told(asking().load("[]")) == {"kept": "[]", "opened": "[]", "answers": 0, "whole": True}


@pytest.mark.parametrize("forged", ["", "{", "[7]", KEPT.replace("messages", "weapons").replace("no_answer", "x")])
def test_what_can_not_be_shown_leaves_the_conversation_so_far(forged: str) -> None:
    so_far: Turns = TURNS[:1]
    with pytest.warns(UserWarning, match=WORDS.all_lost):
        shown = asking().reopen(forged, so_far, Meanwhile())
    assert shown[0] == so_far
    assert "opened" not in told(shown)


def test_what_is_left_out_is_told_and_counted() -> None:
    rows = json.dumps([{"question": "?"}, 7, *json.loads(KEPT)])
    with pytest.warns(UserWarning, match=ENGLISH.count(2, WORDS.lost)):
        shown = asking().reopen(rows, (), Meanwhile())
    assert shown[0] == TURNS
    assert told(shown) == {"kept": "[]", "opened": KEPT, "answers": 2, "whole": False}


@pytest.mark.parametrize("data", [None, 7, "[]", {}, {"kept": 7}, {"kept": KEPT, "name": "x"}, [KEPT]])
def test_an_event_that_the_page_does_not_send_opens_nothing(data: object) -> None:
    assert conversations.sent(data) == kept_conversation.NOTHING
    shown = asking().reopen(conversations.sent(data), TURNS, Meanwhile())
    assert shown[0] == TURNS


def test_the_same_told_twice_is_told_anew() -> None:
    assert conversations.keep(TURNS)["value"] != conversations.keep(TURNS)["value"]


def test_the_list_has_its_words_and_a_place_of_its_own_for_each_archive() -> None:
    first, second = (FakeLibrary([ARTICLE], {}) for _ in range(2))
    second.status = lambda: first.status().model_copy(update={"place": "elsewhere"})  # type: ignore[method-assign]
    assert conversations.place(first) != conversations.place(second)
    markup = Markup(conversations.template(first, ENGLISH))
    assert WORDS.where.format(most=conversations.MOST) in markup.text
    assert json.loads(dict(markup.attributes)["data-limits"] or "")["place"] == conversations.place(first)
    assert markup.tags.count("dialog") == 1


@pytest.mark.parametrize(("kind", "name"), [("word", "docx"), ("markdown", "md"), ("json", "json")])
def test_a_conversation_is_saved_as_each_kind_of_file(kind: str, name: str) -> None:
    written = saving.write(kind, TURNS, ENGLISH)
    assert written is not None
    content, file, _ = written
    assert file == f"conversation.{name}"
    data = base64.b64decode(content)
    text = extract(data)[0].text if kind == "word" else data.decode()
    assert QUOTE in text and "Who mediated?" in text


@pytest.mark.parametrize("kind", ["", "pdf", None, 7, ["word"], {"word": 1}])
def test_another_kind_of_file_is_none(kind: object) -> None:
    assert saving.write(kind, TURNS, ENGLISH) is None


def test_the_menu_offers_every_kind_that_there_is() -> None:
    markup = Markup(saving.template(ENGLISH))
    kinds = [value for name, value in markup.attributes if name == "data-kind"]
    assert kinds == list(WORDS.saves)
    assert all(saving.write(kind, TURNS, ENGLISH) for kind in kinds)
