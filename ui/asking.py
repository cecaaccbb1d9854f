"""The ways to ask on the page. Each shows the question at once, and then the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.components.chatbot import ComponentMessage
from pydantic import ValidationError

from rag.core.schema import Scope

from . import browser_storage, conversation, feedback, kept_conversation, link, server
from .card import Cards
from .conversation import Turns
from .feedback import Feedback
from .strings import Strings

if TYPE_CHECKING:
    from rag.library import Library

_BEGIN_ANEW = """() => {
    document.dispatchEvent(new Event("new-conversation"));
    document.querySelector("#question textarea").focus();
}"""

_TELL_ANSWERED = """(kept) =>
    document.dispatchEvent(new CustomEvent("answered", { detail: JSON.parse(kept).length }))"""

_TELL_CHANGED = "() => document.dispatchEvent(new Event('chat-changed'))"

_READ_LINK = """(_, turns) => {
    const link = location.hash;
    if (link) history.replaceState(history.state, "", location.pathname + location.search);
    return [link, turns];
}"""
"""The link is removed from the address, so that a reload shows the answer and does not ask again."""


_NOTHING = ((gr.skip(),) * 4,)
"""The updates if nothing is asked. An event that yields nothing would empty its components."""

_TOGETHER = 10
"""Turns that are joined to one message, when as many turns follow them."""

# Made at import, because Gradio makes an incomplete component inside an event.
_PLAIN_HTML = gr.HTML(js_on_load=None, apply_default_css=False, render=False).get_config()


@dataclass(frozen=True, slots=True)
class Desk:
    """The components that asking reads and writes."""

    page: gr.Blocks
    turns: gr.State
    scope: gr.State
    chat: gr.Chatbot
    box: gr.Textbox
    anew: gr.Button
    back: gr.Button
    memory: gr.BrowserState
    earlier: gr.BrowserState


class Asking:
    """The ways to ask, as event handlers. Each yields updates of turns, chat, box and memory."""

    def __init__(self, library: Library, strings: Strings) -> None:
        self.library = library
        self.strings = strings
        self._cards = Cards(strings)

    def ask(self, question: str, so_far: Turns, scope: Scope | None) -> Iterator[tuple[Any, ...]]:
        """Asks the question in the box."""
        yield from self._search(conversation.begin(so_far, question, scope), gr.update(value=""))

    def ask_exactly(self, so_far: Turns) -> Iterator[tuple[Any, ...]]:
        """Asks the last question again as it was written, without completing it."""
        searching = conversation.begin_exactly(so_far)
        yield from self._search(searching, gr.skip()) if searching is not so_far else _NOTHING

    def ask_linked(self, opened: str | None, so_far: Turns) -> Iterator[tuple[Any, ...]]:
        """Asks the question of the link that the page was opened with, if any."""
        asked = link.read(opened or "")
        yield from self._search(conversation.begin_linked(so_far, asked), gr.skip()) if asked else _NOTHING

    def show(self, turns: Turns) -> tuple[Turns, Any]:
        """Shows a kept conversation. Returns updates of turns and chat."""
        return turns, self.messages(turns) if turns else gr.skip()

    def begin_anew(self, turns: Turns) -> tuple[Any, ...]:
        """Starts a new conversation and keeps the last one. Returns updates of turns, chat, memory and the way back."""
        earlier = kept_conversation.keep(turns)
        leads_back = (
            (earlier, gr.Button(visible=True)) if earlier != kept_conversation.NOTHING else (gr.skip(), gr.skip())
        )
        return (), [], kept_conversation.NOTHING, *leads_back

    def go_back(self, earlier: str) -> tuple[Any, ...]:
        """Shows the last conversation again. Returns updates as `begin_anew` does."""
        return (
            *self.show(kept_conversation.take_back(self.library, earlier)),
            earlier,
            kept_conversation.NOTHING,
            gr.Button(visible=False),
        )

    def _search(self, searching: Turns, box_says: Any) -> Iterator[tuple[Any, ...]]:
        # Updates instead of values: after a skip, Gradio would keep the whole component of a value in memory.
        yield searching, self.messages(searching), box_says, gr.skip()
        settled = conversation.settle(self.library, searching, self.strings)
        # The box is not changed at the end, so text typed meanwhile stays.
        yield settled, self.messages(settled), gr.skip(), gr.update(value=kept_conversation.keep(settled))

    def messages(self, turns: Turns) -> list[dict[str, Any]]:
        """Renders the conversation for the chat. Older turns are joined by tens, because each message costs time."""
        articles = self.library.status().articles
        early = max(0, len(turns) // _TOGETHER - 1) * _TOGETHER
        shown = [_message("assistant", self._early(turns[at : at + _TOGETHER])) for at in range(0, early, _TOGETHER)]
        for turn in turns[early:]:
            asked, said = conversation.markup(turn, articles, self._cards)
            shown += [_message("user", asked), _message("assistant", said)]
        if turns and turns[-1].completed:
            shown[-1]["options"] = [{"value": self.strings.words.ask_exactly}]
        return shown

    def _early(self, turns: Turns) -> str:
        shown = ("".join(conversation.markup(turn, 0, self._cards)) for turn in turns)
        return "".join(f'<div class="turn">{turn}</div>' for turn in shown)


def wire(asking: Asking, desk: Desk) -> None:
    """Connects the ways to ask with the page, and shows the kept conversation when the page is loaded."""
    turns, chat, shown = desk.turns, desk.chat, [desk.turns, desk.chat, desk.box, desk.memory]
    taken_back = browser_storage.take_back_on_load(desk.page, asking.library, desk.memory, asking.show, [turns, chat])
    opened = gr.Textbox(visible=False)
    events = [
        desk.box.submit(asking.ask, [desk.box, turns, desk.scope], shown, **server.PRIVATE),
        chat.option_select(asking.ask_exactly, [turns], shown, **server.PRIVATE),
        taken_back.then(asking.ask_linked, [opened, turns], shown, js=_READ_LINK, **server.PRIVATE),
    ]
    _wire_conversations(asking, desk, events)
    chat.change(None, None, None, js=_TELL_CHANGED, **server.PRIVATE)


def _wire_conversations(asking: Asking, desk: Desk, events: list[Any]) -> None:
    """Connects the buttons for a new conversation, which cancels these events, and for the last one."""
    conversations = [desk.turns, desk.chat, desk.memory, desk.earlier, desk.back]
    anew = desk.anew.click(asking.begin_anew, [desk.turns], conversations, cancels=events, **server.PRIVATE)
    desk.anew.click(None, None, None, js=_BEGIN_ANEW, **server.PRIVATE)
    back = desk.back.click(asking.go_back, [desk.earlier], conversations, **server.PRIVATE)
    for event in (*events, back):
        event.then(None, [desk.memory], None, js=_TELL_ANSWERED, **server.PRIVATE)
    browser_storage.keep_for_page(desk.memory, *events, anew, back)
    desk.page.load(
        lambda earlier: gr.Button(visible=earlier != kept_conversation.NOTHING),
        desk.earlier,
        desk.back,
        **server.PRIVATE,
    )


def wire_ratings(asking: Asking, desk: Desk, thumbs: gr.HTML) -> None:
    """Stores ratings beside the index and in the conversation. Only answers of this conversation can be rated."""
    beside = Feedback(Path(asking.library.status().folder).absolute().with_name(feedback.FILE))

    def rate(turns: Turns, event: gr.EventData) -> tuple[Any, ...]:
        try:
            sent = feedback.Rated.model_validate(event._data)
        except ValidationError:
            return turns, gr.skip(), gr.skip()
        answers = [turn.answer for turn in turns if turn.answer and link.fingerprint(turn.answer) == sent.answer]
        for answer in answers[:1]:
            try:
                beside.keep(answer, sent.rating)
            except OSError as error:
                words = asking.strings.words
                gr.Warning(words.not_rated.format(why=error.strerror), title=words.not_kept)
                return turns, gr.skip(), asking.messages(turns)
        rated = conversation.rate(turns, sent.answer, sent.rating)
        return rated, gr.update(value=kept_conversation.keep(rated)), gr.skip()

    shown = [desk.turns, desk.memory, desk.chat]
    rated = thumbs.like(rate, desk.turns, shown, queue=False, trigger_mode="multiple", **server.PRIVATE)
    browser_storage.keep_for_page(desk.memory, rated)


def _message(role: str, markup: str) -> dict[str, Any]:
    # What Gradio makes of a component; it makes two for each message whenever anything is said, each in a millisecond.
    content = ComponentMessage(component="html", value=markup, constructor_args={}, props=_PLAIN_HTML)
    return {"role": role, "content": content}
