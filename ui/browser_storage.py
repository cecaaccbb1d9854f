"""How the page keeps a conversation in the browser and saves it as a file; `kept` says what is kept and taken back."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from . import kept_conversation, server
from .conversation import Turns
from .strings import Strings

if TYPE_CHECKING:
    from rag.library import Library

_FILE = "conversation"

_SAVE = """(text, name, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
}"""


def browser_memory(library: Library, name: str) -> gr.BrowserState:
    """What the browser keeps of a conversation under this name, for each archive its own."""
    archive = hashlib.sha256(library.status().folder.encode()).hexdigest()[:16]
    # No secret: whoever can read the browser's storage can read this page, and what comes back is checked.
    return gr.BrowserState(kept_conversation.NOTHING, storage_key=f"{name}-{archive}", secret=_FILE)


def take_back_on_load(
    page: gr.Blocks, library: Library, memory: gr.BrowserState, show: Callable[[Turns], Any], shown: list[Any]
) -> Any:
    """Has an opened page show what the browser kept: `show` gives the values of `shown`. Returns the event.

    A page that is loaded anew goes on with its own conversation, another with what was kept last of any.
    """

    def take_back(kept_there: str) -> tuple[Any, ...]:
        turns = kept_conversation.take_back(library, kept_there)
        return *show(turns), kept_conversation.keep(turns) if turns else gr.skip()

    own = f"(kept) => [sessionStorage.getItem({json.dumps(memory.storage_key)}) ?? kept]"
    return page.load(take_back, memory, [*shown, memory], js=own, **server.PRIVATE)


def keep_for_page(memory: gr.BrowserState, *events: Any) -> None:
    """Has what these events leave in the memory kept as this page's own."""
    key = json.dumps(memory.storage_key)
    for event in events:
        # At its changes it could not be: it changes while the page is loaded, before its own is taken back.
        event.then(None, memory, None, js=f"(kept) => sessionStorage.setItem({key}, kept)", **server.PRIVATE)


def save_on_click(turns: gr.State, buttons: Sequence[gr.Button], strings: Strings) -> None:
    """Each button, for Markdown and for JSON, has the conversation written on the server and saved by the browser."""

    def as_markdown(so_far: Turns) -> tuple[str, str, str]:
        return kept_conversation.as_markdown(so_far, datetime.date.today(), strings), f"{_FILE}.md", "text/markdown"

    def as_json(so_far: Turns) -> tuple[str, str, str]:
        return kept_conversation.as_json(so_far), f"{_FILE}.json", "application/json"

    file = [gr.Textbox(visible=False) for _ in range(3)]
    for button, write in zip(buttons, (as_markdown, as_json), strict=True):
        button.click(write, [turns], file, **server.PRIVATE).then(None, file, None, js=_SAVE, **server.PRIVATE)
