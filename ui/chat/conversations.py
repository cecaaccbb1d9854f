"""The list of conversations that the browser keeps, and what the browser is told to keep.

The list, with the names of the conversations, stays in the browser: `conversations.js` writes, reads and shows it. The
server gets a conversation only when it is opened, and `kept_conversation` checks it.
"""

from __future__ import annotations

import hashlib
import json
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr
from pydantic import BaseModel, ConfigDict, ValidationError

from rag_ui.chat import kept_conversation
from rag_ui.chat.conversation import Turns
from rag_ui.html.escaping import escape
from rag_ui.language.strings import Strings

if TYPE_CHECKING:
    from rag.library import Library

SCRIPTS = tuple(Path(__file__).with_name(name) for name in ("kept.js", "conversations.js"))
"""The script of the list: first what keeps the conversations, then what shows them. The second uses the first."""

MOST = 100
"""Most conversations that the browser keeps."""

MOST_CHARACTERS = 4_000_000
"""Most characters of all of them. Browsers have room for about five million in all."""

SHOW = "() => document.dispatchEvent(new Event('show-conversations'))"

_told = count(1)


class Opened(BaseModel):
    """The data of the event that opens a conversation, as the browser sends it. It is validated."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    kept: str


def place(library: Library) -> str:
    """Returns the beginning of the names in the browser's storage. Each archive has its own place there."""
    return f"conversations-{hashlib.sha256(library.status().place.encode()).hexdigest()[:16]}"


def template(library: Library, strings: Strings) -> str:
    """Renders the list, which is hidden until it is opened, and the line that tells what left the list."""
    words, told = strings.words.conversations, strings.words
    limits = {"place": place(library), "most": MOST, "mostCharacters": MOST_CHARACTERS}
    return f"""
<div class="kept" data-words="{escape(json.dumps(_said(strings)))}" data-limits="{escape(json.dumps(limits))}">
  <p class="kept-told" hidden><span role="status"></span>
    <button type="button" class="kept-save">{escape(words.save_it)}</button>
    <button type="button" class="kept-dismiss">{escape(told.close)}</button></p>
  <dialog class="kept-list" aria-label="{escape(words.list)}"><h2>{escape(words.list)}</h2>
    <input type="search" aria-label="{escape(words.search)}" placeholder="{escape(words.search)}">
    <p class="kept-found" role="status"></p>
    <div class="kept-scroll"><section class="kept-pins" aria-label="{escape(strings.words.marks.pinned)}">
      <h3>{escape(strings.words.marks.pinned)}</h3><ul></ul></section><ul class="kept-items"></ul></div>
    <p class="kept-where">{escape(words.where.format(most=MOST))}</p>
    <form method="dialog"><button class="kept-close">{escape(told.close)}</button></form></dialog>
</div>
"""


def _said(strings: Strings) -> dict[str, object]:
    """The words that the script fills in, by the names that it has for them."""
    words, told = strings.words.conversations, strings.words
    return {
        "found": words.found,
        "noneFound": words.none_found,
        "questions": words.count_questions,
        "rename": words.rename,
        "renameThis": words.rename_this,
        "delete": words.delete,
        "deleteThis": words.delete_this,
        "deleted": words.deleted,
        "undo": told.undo,
        "name": words.name,
        "save": words.save,
        "cancel": told.asking.cancel,
        "pushedOut": words.pushed_out,
        "notKept": words.not_kept,
        "day": told.day_of_month,
        "months": told.months,
    }


def read_on_load(library: Library) -> str:
    """Returns the script that reads the conversation of a page that is loaded.

    A page that is reloaded shows its own conversation. A new page shows the one that was shown last.
    """
    return f"""() => {{
        const place = {json.dumps(place(library))};
        try {{
            const id = sessionStorage.getItem(place) ?? localStorage.getItem(place);
            return JSON.parse(localStorage.getItem(`${{place}}-${{id}}`))?.kept ?? "{kept_conversation.NOTHING}";
        }} catch {{
            return "{kept_conversation.NOTHING}";
        }}
    }}"""


def keep(turns: Turns) -> Any:
    """Tells the browser to keep these turns in the conversation that is shown."""
    return _tell(kept=kept_conversation.keep(turns), answers=_answers(turns))


def leave(turns: Turns) -> Any:
    """Tells the browser that the conversation with these turns is shown no more, and none in its place."""
    return _tell(kept=kept_conversation.keep(turns), answers=0, opened=kept_conversation.NOTHING)


def open_in_place(left: Turns, opened: kept_conversation.TakenBack) -> Any:
    """Tells the browser that the conversation that it sent is shown now, in place of the one with the turns `left`."""
    return _tell(
        kept=kept_conversation.keep(left),
        answers=_answers(opened.turns),
        opened=kept_conversation.keep(opened.turns),
        whole=opened.lost == 0,
    )


def sent(data: object) -> str:
    """Returns the conversation that an event has; an empty one if the page does not send such an event."""
    try:
        return Opened.model_validate(data).kept
    except ValidationError:
        return kept_conversation.NOTHING


def _answers(turns: Turns) -> int:
    return sum(turn.answer is not None for turn in turns)


def _tell(**value: object) -> Any:
    # An update, for the reason that `asking` gives, and numbered, because the same value tells the browser nothing.
    return gr.update(value={**value, "number": next(_told)})
