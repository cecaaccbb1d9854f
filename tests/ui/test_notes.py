"""Pins and notes: they stay with their answer whatever comes meanwhile, and no note is shown as an article's words."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import gradio as gr
import pytest

from rag.formats.office.docx import extract
from rag_ui.chat import kept_conversation, notes, written
from rag_ui.chat.asking import Asking
from rag_ui.chat.card import Cards
from rag_ui.chat.conversation import Meanwhile, Turn, Turns
from rag_ui.chat.kept_conversation import TakenBack
from rag_ui.chat.link import fingerprint
from rag_ui.chat.marking import Marking
from rag_ui.chat.notes import MOST, Note
from rag_ui.language.strings import ENGLISH, GERMAN
from tests.fake_library import FakeLibrary
from tests.hostile import HOSTILE
from tests.ui.answers import ARTICLE, CITATION, QUOTE, Markup, answered

ANSWER = answered()
PLACE = {"content_hash": CITATION.content_hash, "start": CITATION.start, "end": CITATION.end}
TURNS = (Turn("Who mediated?", ANSWER),)
MINE = Note(**PLACE, text="Ask the ministry.\nIt knows.")  # type: ignore[arg-type]
NOTED = (Turn("Who mediated?", ANSWER, pinned=True, notes=(MINE,)),)
TODAY = date(2025, 5, 1)
SKIPPED = {"__type__": "update"}


@pytest.fixture
def asking(tmp_path: Any) -> Asking:
    return Asking(FakeLibrary([ARTICLE], {"Who mediated?": ANSWER}, held_by=tmp_path / "hold"), ENGLISH)


def event(**data: object) -> gr.EventData:
    return gr.EventData(None, {"answer": fingerprint(ANSWER), **data})


def kept(update: tuple[Any, ...]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(update[1]["value"]["kept"])
    return rows


def test_a_pin_and_a_note_are_put_beside_their_answer_and_kept_and_taken_away(asking: Asking) -> None:
    marking, meanwhile = Marking(asking), Meanwhile()
    pinned = marking.pin(TURNS, meanwhile, event(pinned=True))
    noted = marking.write(pinned[0], meanwhile, event(**PLACE, text=f"  {MINE.text} "))
    assert noted[0] == NOTED and noted[2] == SKIPPED
    assert [(row["pinned"], row["notes"][0]["text"]) for row in kept(noted)] == [(True, MINE.text)]
    changed = marking.write(noted[0], meanwhile, event(**PLACE, text="No."))
    assert [note.text for note in changed[0][0].notes] == ["No."]
    bare = marking.write(changed[0], meanwhile, event(**PLACE, text=" \n "))
    assert marking.pin(bare[0], meanwhile, event(pinned=False))[0] == TURNS


@pytest.mark.parametrize(
    "data",
    [
        None,
        "x",
        {"answer": fingerprint(ANSWER)},
        {"answer": fingerprint(ANSWER), "pinned": 1},
        {"answer": fingerprint(ANSWER), **PLACE, "text": "x" * (MOST + 1)},
        {"answer": fingerprint(ANSWER), **PLACE, "text": "x", "quote": "y"},
    ],
)
def test_what_the_page_does_not_send_marks_nothing(asking: Asking, data: object) -> None:
    sent, marking = gr.EventData(None, data), Marking(asking)
    for mark in (marking.pin, marking.write, marking.rate):
        assert mark(TURNS, Meanwhile(), sent) == (SKIPPED,) * 3


@pytest.mark.parametrize("change", [{"start": 1}, {"end": 5}, {"content_hash": "other"}])
def test_a_note_stands_beside_a_quote_and_nowhere_else(asking: Asking, change: dict[str, Any]) -> None:
    noted = Marking(asking).write(TURNS, Meanwhile(), event(**{**PLACE, **change, "text": "x"}))
    assert noted[0] == TURNS


def test_what_is_marked_while_another_answer_is_awaited_stays(asking: Asking) -> None:
    marking, meanwhile = Marking(asking), Meanwhile()
    shown = asking.ask("Who mediated?", TURNS, None, meanwhile, "")
    waiting: Turns = next(shown)[0]
    for update in (
        marking.pin(waiting, meanwhile, event(pinned=True)),
        marking.write(waiting, meanwhile, event(**PLACE, text=MINE.text)),
    ):
        assert update[0] == SKIPPED, "the turns that wait must not come back behind the answer"
    assert kept(update)[0]["notes"]
    (*_, last) = shown
    assert last[0][0] == NOTED[0]
    assert (last[0][1].answer, last[0][1].pinned) == (ANSWER, False), "the same answer, asked again, is another one"
    assert json.loads(last[2]["value"]["kept"])[0]["pinned"] is True


def test_what_is_marked_before_the_wait_is_ended_stays(asking: Asking) -> None:
    marking = Marking(asking)
    for end in (asking.stop, asking.begin_anew):
        meanwhile = Meanwhile()
        waiting: Turns = next(asking.ask("Who mediated?", TURNS, None, meanwhile, ""))[0]
        marking.pin(waiting, meanwhile, event(pinned=True))
        marking.write(waiting, meanwhile, event(**PLACE, text=MINE.text))
        told = end(waiting, meanwhile)[2]["value"]["kept"]
        assert (json.loads(told)[0]["pinned"], json.loads(told)[0]["notes"][0]["text"]) == (True, MINE.text)
    assert meanwhile.marks == {}, "another conversation may have the same answer"


def test_notes_come_back_from_the_browser_beside_their_quotes_alone() -> None:
    library = FakeLibrary([ARTICLE], {})
    assert kept_conversation.take_back(library, kept_conversation.keep(NOTED)) == TakenBack(NOTED)
    (row,) = json.loads(kept_conversation.keep(NOTED))
    elsewhere = {**row["notes"][0], "start": 3}
    forged = json.dumps([{**row, "notes": [*row["notes"], elsewhere]}])
    assert kept_conversation.take_back(library, forged) == TakenBack(NOTED)
    for bad in ([{**row["notes"][0], "text": ""}], [{**row["notes"][0], "text": "x" * (MOST + 1)}], "x", [7]):
        assert kept_conversation.take_back(library, json.dumps([{**row, "notes": bad}])) == TakenBack(lost=1)


@pytest.mark.parametrize("text", [*HOSTILE, QUOTE])
def test_a_note_is_text_marked_as_the_persons_and_never_a_quote(text: str) -> None:
    note = Note(**PLACE, text=text)  # type: ignore[arg-type]
    card = Cards(ENGLISH).answer_card(ANSWER, TODAY, notes=(note,))
    plain = Cards(ENGLISH).answer_card(ANSWER, TODAY)
    assert Markup(card).tags == Markup(plain).tags
    assert Markup(card).attributes == [pair for pair in Markup(plain).attributes if pair[0] != "hidden"]
    before, _, beside = card.partition('<div class="note" role="note" aria-label="Your note">')
    assert before.count("<blockquote") == before.count("</blockquote>") == plain.count("<blockquote")
    assert " ".join(Markup(beside).text.split()).startswith(" ".join(f"Your note{text}".split()))


def test_a_note_is_saved_behind_its_quote_as_the_readers(asking: Asking) -> None:
    for strings in (ENGLISH, GERMAN):
        label = strings.words.marks.saved_note
        markdown = kept_conversation.as_markdown(NOTED, TODAY, strings)
        quoted = markdown.index(f"> {QUOTE}")
        assert quoted < markdown.index(f"**{label}**:\nAsk the ministry.\nIt knows.")
        (document,) = extract(kept_conversation.as_word(NOTED, strings))
        assert f"{label}: Ask the ministry." in " ".join(document.text.split())
        assert MINE.text not in written.copied(ANSWER, TODAY, strings)
    assert "Ask the ministry." not in kept_conversation.as_markdown(TURNS, TODAY, ENGLISH)
    (row,) = json.loads(kept_conversation.as_json(NOTED))
    assert row["notes"] == [{**PLACE, "text": MINE.text}]
    assert MINE.text not in json.dumps(row["answer"])


def test_a_quote_that_is_shown_twice_has_its_note_once_in_a_file() -> None:
    twice = ANSWER.model_copy(update={"near_misses": (CITATION,), "parts": (ANSWER, ANSWER)})
    assert notes.places_of(twice) == {(CITATION.content_hash, CITATION.start, CITATION.end)}
    turn = (Turn("Who?", twice, notes=(MINE,)),)
    assert kept_conversation.as_markdown(turn, TODAY, ENGLISH).count("Ask the ministry.") == 1
