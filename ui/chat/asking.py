"""The ways to ask on the page. Each shows the question at once, and then the answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.components.chatbot import ComponentMessage

from rag.core.schema import Scope
from rag_ui.chat import conversation, conversations, kept_conversation, link
from rag_ui.chat.card import Cards
from rag_ui.chat.conversation import Meanwhile, Turns
from rag_ui.language.strings import Strings
from rag_ui.web import server
from rag_ui.web.audit import note

if TYPE_CHECKING:
    from rag.library import Library

SCRIPT = Path(__file__).with_name("ask.js")

SHOW_KEYS = "() => document.dispatchEvent(new Event('show-keys'))"

_BEGIN_ANEW = """() => {
    document.dispatchEvent(new Event("new-conversation"));
    document.querySelector("#question textarea").focus();
}"""

_TELL_ENDED = """(told) => {{
    const detail = {{ ended: "{name}", answers: told.answers ?? 0 }};
    document.dispatchEvent(new CustomEvent("answered", {{ detail }}));
}}"""
"""An event tells its name, because the page's own load and an edit that is taken back end no wait for an answer."""

_TELL_CHANGED = "() => document.dispatchEvent(new Event('chat-changed'))"

_READ_LINK = """(_, turns, meanwhile) => {
    const link = location.hash;
    if (link) {
        history.replaceState(history.state, "", location.pathname + location.search);
        document.dispatchEvent(new CustomEvent("answer-awaited", { detail: "link" }));
    }
    return [link, turns, meanwhile];
}"""
"""The link is removed from the address, so that a reload shows the answer and does not ask again."""


_TAKE_QUESTION = """(question, turns, scope, meanwhile) => {
    const edited = document.body.dataset.edited ?? "";
    const told = { question };
    document.dispatchEvent(new CustomEvent("question-taken", { detail: told }));
    return [told.question, turns, scope, meanwhile, edited];
}"""
"""The box is emptied when its text is taken, and not when the server has it: what is typed meanwhile stays."""

_ASK_EXACTLY = """(turns, meanwhile) => {
    document.dispatchEvent(new CustomEvent("answer-awaited", { detail: "exactly" }));
    return [turns, meanwhile];
}"""

_TELL_PLACE = """(turns) => [turns, document.body.dataset.unedited ?? ""]"""

_NOTHING = ((gr.skip(),) * 3,)
"""The updates if nothing is asked. An event that yields nothing would empty its components."""

_DIGITS = 6
"""Most digits of the place of a question."""

_TOGETHER = 10
"""Turns that are joined to one message, when as many turns follow them."""

# Made at import, because Gradio makes an incomplete component inside an event.
_PLAIN_HTML = gr.HTML(js_on_load=None, apply_default_css=False, render=False).get_config()


def template(strings: Strings) -> str:
    """Renders what stands above the question box: what is edited, what is asked next, the way to stop, and the keys."""
    words = strings.words.asking
    keys = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{does}</dd>" for key, does in words.key_names.items())
    return f"""
<div class="asker">
  <p class="asker-edited" hidden><span role="status">{words.editing}</span>
    <button type="button" class="asker-cancel">{words.cancel}</button></p>
  <p class="asker-busy" hidden><button type="button" class="asker-stop">{words.stop}</button></p>
  <section class="asker-next" aria-label="{words.next}" hidden><h2>{words.next}</h2>
    <ul data-remove="{words.take_out}"></ul></section>
  <dialog class="keys" aria-label="{words.keys}"><h2>{words.keys}</h2><dl>{keys}</dl>
    <form method="dialog"><button class="keys-close">{strings.words.close}</button></form></dialog>
</div>
"""


@dataclass(frozen=True, slots=True)
class Desk:
    """The components that asking reads and writes."""

    page: gr.Blocks
    turns: gr.State
    meanwhile: gr.State
    scope: gr.State
    chat: gr.Chatbot
    box: gr.Textbox
    asker: gr.HTML
    anew: gr.Button
    memory: gr.HTML
    """The list of conversations; its value tells the browser what to keep."""


class Asking:
    """The ways to ask, as event handlers. Each yields updates of turns, chat and memory."""

    def __init__(self, library: Library, strings: Strings) -> None:
        self.library = library
        self.strings = strings
        self._cards = Cards(strings)

    def ask(
        self,
        question: str,
        so_far: Turns,
        scope: Scope | None,
        meanwhile: Meanwhile,
        at: str,
        request: gr.Request | None = None,
    ) -> Iterator[tuple[Any, ...]]:
        """Asks the question in the box: a new one, or one that was edited and stands at this place."""
        place = _place(at, so_far)
        yield from self._search(
            conversation.begin(so_far, question, scope)
            if place is None
            else conversation.begin_again(so_far, place, question, scope),
            meanwhile,
            request,
        )

    def stop(self, so_far: Turns, meanwhile: Meanwhile) -> tuple[Any, ...]:
        """Ends the wait for an answer. Returns updates of turns, chat and memory."""
        meanwhile.number += 1
        stopped = conversation.stop(conversation.with_marks(so_far, meanwhile.marks), self.strings)
        return stopped, self.messages(stopped), conversations.keep(stopped)

    def take_back_edit(self, so_far: Turns, at: str) -> tuple[Any, ...]:
        """Puts the question back that was edited. Returns updates of turns, chat and memory."""
        place = _place(at, so_far)
        turns = so_far if place is None else conversation.take_back_edit(so_far, place)
        return turns, self.messages(turns), conversations.keep(turns)

    def ask_exactly(
        self, so_far: Turns, meanwhile: Meanwhile, request: gr.Request | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Asks the last question again as it was written, without completing it."""
        searching = conversation.begin_exactly(so_far)
        yield from self._search(searching, meanwhile, request) if searching is not so_far else _NOTHING

    def ask_linked(
        self, opened: str | None, so_far: Turns, meanwhile: Meanwhile, request: gr.Request | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Asks the question of the link that the page was opened with, if any."""
        asked = link.read(opened or "")
        yield from self._search(conversation.begin_linked(so_far, asked), meanwhile, request) if asked else _NOTHING

    def begin_anew(self, turns: Turns, meanwhile: Meanwhile) -> tuple[Any, ...]:
        """Starts a new conversation; the list keeps the one with these turns. Returns updates as `stop` does."""
        left = self._leave(turns, meanwhile)
        return (), [], conversations.leave(left)

    def reopen(self, kept: str, so_far: Turns, meanwhile: Meanwhile) -> tuple[Any, ...]:
        """Shows a conversation that the browser kept, in place of the one so far. Returns updates as `stop` does."""
        left = self._leave(so_far, meanwhile)
        number = meanwhile.number
        opened = self._take_back(kept)
        if meanwhile.number != number:  # another conversation was begun or opened meanwhile
            return (gr.skip(),) * 3
        if not opened.turns:
            return self.stop(left, meanwhile)
        return opened.turns, self.messages(opened.turns), conversations.open_in_place(left, opened)

    def load(self, kept: str) -> tuple[Any, ...]:
        """Shows the conversation of a page that is loaded. Returns updates as `stop` does."""
        opened = self._take_back(kept)
        shown = self.messages(opened.turns) if opened.turns else gr.skip()
        return opened.turns, shown, conversations.open_in_place((), opened)

    def _leave(self, turns: Turns, meanwhile: Meanwhile) -> Turns:
        """Ends the wait for an answer. Returns the turns with all marks, which another conversation does not get."""
        meanwhile.number += 1
        left = conversation.with_marks(turns, meanwhile.marks)
        meanwhile.marks.clear()
        return left

    def _take_back(self, kept: str) -> kept_conversation.TakenBack:
        """Reads a conversation that the browser kept, and tells the person if not all of it can be shown."""
        words = self.strings.words.conversations
        opened = kept_conversation.take_back(self.library, kept)
        if opened.lost and opened.turns:
            gr.Warning(self.strings.count(opened.lost, words.lost), title=words.list)
        elif not opened.turns and kept != kept_conversation.NOTHING:
            gr.Warning(words.all_lost, title=words.list)
        return opened

    def _search(self, searching: Turns, meanwhile: Meanwhile, request: gr.Request | None) -> Iterator[tuple[Any, ...]]:
        """Answers the question that waits. The audit log has it, also if the wait was ended."""
        at = next(place for place, turn in enumerate(searching) if turn.waits)
        ended = searching[at]
        try:
            for turns, *others in self._settle(searching, at, meanwhile):
                ended = turns[at]
                yield turns, *others
        finally:
            status = 499 if ended.waits else 422 if ended.answer is None else 200
            note(request, "ask", status=status, question=ended.question)

    def _settle(self, searching: Turns, at: int, meanwhile: Meanwhile) -> Iterator[tuple[Any, ...]]:
        number = meanwhile.number
        meanwhile.marks.clear()
        # Updates instead of values: after a skip, Gradio would keep the whole component of a value in memory.
        yield searching, self.messages(searching), gr.skip()
        for settled in conversation.settle(self.library, searching, self.strings):
            if meanwhile.number != number:
                return
            turns = conversation.with_marks(settled, meanwhile.marks, but=at)
            is_settled = not any(turn.waits for turn in turns)
            # The answer is kept together with what shows it, so that no reload comes between them.
            memory = conversations.keep(turns) if is_settled else gr.skip()
            yield turns, self.messages(turns), memory

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


def _place(at: object, turns: Turns) -> int | None:
    """The place of a question as the browser sends it; None if it is none, or a question there waits for its answer."""
    if not isinstance(at, str) or not at.isascii() or not at.isdecimal() or len(at) > _DIGITS or int(at) >= len(turns):
        return None
    return None if turns[int(at)].waits else int(at)


def wire(asking: Asking, desk: Desk) -> None:
    """Connects the ways to ask with the page, and shows the kept conversation when the page is loaded."""
    turns, chat, shown = desk.turns, desk.chat, [desk.turns, desk.chat, desk.memory]
    so_far = [desk.turns, desk.meanwhile]
    kept, opened, at = (gr.Textbox(visible=False) for _ in range(3))
    read = conversations.read_on_load(asking.library)
    loaded = desk.page.load(asking.load, kept, shown, js=read, **server.PRIVATE)
    asked = [desk.box, turns, desk.scope, desk.meanwhile, at]
    events = {
        "box": desk.box.submit(asking.ask, asked, shown, js=_TAKE_QUESTION, trigger_mode="multiple", **server.PRIVATE),
        "exactly": chat.option_select(asking.ask_exactly, so_far, shown, js=_ASK_EXACTLY, **server.PRIVATE),
        "link": loaded.then(asking.ask_linked, [opened, *so_far], shown, js=_READ_LINK, **server.PRIVATE),
    }
    unedited = desk.asker.undo(asking.take_back_edit, [turns, at], shown, js=_TELL_PLACE, **server.PRIVATE)
    stopped = desk.asker.stop(asking.stop, so_far, shown, cancels=[*events.values()], **server.PRIVATE)
    reopened = _wire_conversations(asking, desk, [*events.values()])
    _tell_ended(desk, {**events, "edit": unedited, "stop": stopped, "load": loaded, "reopened": reopened})
    chat.change(None, None, None, js=_TELL_CHANGED, **server.PRIVATE)


def _wire_conversations(asking: Asking, desk: Desk, asked: list[Any]) -> Any:
    """Connects what leaves a conversation, which cancels what is asked. Returns the event that opens another one."""
    shown, so_far = [desk.turns, desk.chat, desk.memory], [desk.turns, desk.meanwhile]

    def reopen(turns: Turns, meanwhile: Meanwhile, event: gr.EventData) -> tuple[Any, ...]:
        return asking.reopen(conversations.sent(event._data), turns, meanwhile)

    def begin_after_deleting(meanwhile: Meanwhile) -> tuple[Any, ...]:
        return asking.begin_anew((), meanwhile)

    desk.anew.click(asking.begin_anew, so_far, shown, cancels=asked, **server.PRIVATE)
    desk.anew.click(None, None, None, js=_BEGIN_ANEW, **server.PRIVATE)
    desk.memory.delete(begin_after_deleting, desk.meanwhile, shown, cancels=asked, **server.PRIVATE)
    return desk.memory.select(reopen, so_far, shown, cancels=asked, **server.PRIVATE)


def _tell_ended(desk: Desk, events: dict[str, Any]) -> None:
    """Tells the page, after each event that changes the conversation, which it was and how many answers there are."""
    for name, event in events.items():
        event.then(None, [desk.memory], None, js=_TELL_ENDED.format(name=name), **server.PRIVATE)


def _message(role: str, markup: str) -> dict[str, Any]:
    # What Gradio makes of a component; it makes two for each message whenever anything is said, each in a millisecond.
    content = ComponentMessage(component="html", value=markup, constructor_args={}, props=_PLAIN_HTML)
    return {"role": role, "content": content}
