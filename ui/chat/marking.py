"""What the person adds to an answer on the page: a rating, a pin, and notes beside its quotes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import gradio as gr
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag_ui.chat import conversation, conversations, feedback, link, notes
from rag_ui.chat.asking import Asking, Desk
from rag_ui.chat.conversation import Meanwhile, Turn, Turns
from rag_ui.chat.feedback import Feedback
from rag_ui.language.strings import Strings
from rag_ui.web import server

SCRIPTS = tuple(Path(__file__).with_name(name) for name in ("chat.js", "marks.js"))
"""The scripts of the chat: first what its buttons do, then what writes notes. The second uses the first."""
_log = logging.getLogger(__name__)


class Pinned(BaseModel):
    """Whether an answer is pinned, as the browser sends it. It is validated."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    answer: str = Field(max_length=64)
    pinned: bool


def template(strings: Strings) -> str:
    """Renders the dialog in which a note is written."""
    words, told = strings.words.marks, strings.words
    return f"""
<dialog class="note-dialog" aria-label="{words.your_note}">
  <form method="dialog"><h2>{words.your_note}</h2><blockquote dir="auto"></blockquote>
    <textarea aria-label="{words.your_note}" aria-describedby="note-where" maxlength="{notes.MOST}" rows="4" dir="auto"
    ></textarea><p id="note-where">{words.where}</p>
    <div><button type="button" class="note-delete">{told.conversations.delete}</button>
      <button type="button" class="note-cancel">{told.asking.cancel}</button>
      <button class="note-save">{told.conversations.save}</button></div></form>
</dialog>
"""


class Marking:
    """Rates, pins and annotates answers of a conversation. Each method returns updates of turns, memory and chat."""

    def __init__(self, asking: Asking) -> None:
        self._asking = asking
        folder = Path(asking.library.status().folder).absolute()
        self._feedback = Feedback(folder.with_name(feedback.FILE))

    def rate(self, turns: Turns, meanwhile: Meanwhile, event: gr.EventData) -> tuple[Any, ...]:
        """Stores a rating beside the index and in the conversation. Only answers of this conversation can be rated."""
        try:
            sent = feedback.Rated.model_validate(event._data)
        except ValidationError:
            return _nothing()
        answers = [turn.answer for turn in turns if turn.answer and link.fingerprint(turn.answer) == sent.answer]
        for answer in answers[:1]:
            try:
                self._feedback.keep(answer, sent.rating)
            except OSError as error:
                words = self._asking.strings.words
                gr.Warning(words.not_rated.format(why=error.strerror), title=words.not_kept)
                return gr.skip(), gr.skip(), self._asking.messages(turns)
        return self._mark(turns, meanwhile, sent.answer, lambda turn: replace(turn, rating=sent.rating))

    def pin(self, turns: Turns, meanwhile: Meanwhile, event: gr.EventData) -> tuple[Any, ...]:
        """Pins an answer, or takes the pin away."""
        try:
            sent = Pinned.model_validate(event._data)
        except ValidationError:
            return _nothing()
        return self._mark(turns, meanwhile, sent.answer, lambda turn: replace(turn, pinned=sent.pinned))

    def write(self, turns: Turns, meanwhile: Meanwhile, event: gr.EventData) -> tuple[Any, ...]:
        """Writes, changes or deletes a note beside a quote of an answer."""
        try:
            sent = notes.Written.model_validate(event._data)
        except ValidationError:
            return _nothing()

        def noted(turn: Turn) -> Turn:
            beside = sent.beside(turn.notes)
            return replace(turn, notes=notes.held(beside, turn.answer) if turn.answer else ())

        return self._mark(turns, meanwhile, sent.answer, noted)

    def _mark(self, turns: Turns, meanwhile: Meanwhile, told: str, change: Callable[[Turn], Turn]) -> tuple[Any, ...]:
        """Changes the turns whose answer has this fingerprint, and lets the browser keep that."""
        marked = conversation.change_answers(conversation.with_marks(turns, meanwhile.marks), told, change)
        meanwhile.marks |= conversation.marks_of(marked)
        # While an answer is awaited, what brings it brings the marks too. A mark that came after it would take it away.
        waits = any(turn.waits for turn in turns)
        return gr.skip() if waits else marked, conversations.keep(marked), gr.skip()


def wire(marking: Marking, desk: Desk, script: gr.HTML) -> None:
    """Connects the buttons in the chat, whose events the script sends."""
    given, shown = [desk.turns, desk.meanwhile], [desk.turns, desk.memory, desk.chat]
    at_once = {"queue": False, "trigger_mode": "multiple", **server.PRIVATE}
    script.like(marking.rate, given, shown, **at_once)
    script.select(marking.pin, given, shown, **at_once)
    script.edit(marking.write, given, shown, **at_once)


def _nothing() -> tuple[Any, ...]:
    return (gr.skip(),) * 3
