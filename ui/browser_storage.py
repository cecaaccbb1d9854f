"""Keeps a conversation in the browser and saves it as a file; `kept_conversation` writes and reads its text."""

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
"""The name of the saved file, without its suffix."""

_SAVE = """(text, name, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
}"""


def browser_memory(library: Library, name: str) -> gr.BrowserState:
    """Makes the place in the browser's storage for a conversation. Each archive has its own place."""
    archive = hashlib.sha256(library.status().folder.encode()).hexdigest()[:16]
    # The value needs no encryption: who reads the browser's storage can read the page. What comes back is checked.
    return gr.BrowserState(kept_conversation.NOTHING, storage_key=f"{name}-{archive}", secret=_FILE)


def take_back_on_load(
    page: gr.Blocks, library: Library, memory: gr.BrowserState, show: Callable[[Turns], Any], shown: list[Any]
) -> Any:
    """Shows the kept conversation when the page is loaded.

    A page that is reloaded shows its own conversation. A new page shows the conversation that was kept last.

    Args:
        page: The page.
        library: Checks what the browser sends.
        memory: The place in the browser's storage.
        show: Turns into the values of `shown`.
        shown: The components to update.

    Returns:
        The event of loading.
    """

    def take_back(kept_there: str) -> tuple[Any, ...]:
        turns = kept_conversation.take_back(library, kept_there)
        return *show(turns), kept_conversation.keep(turns) if turns else gr.skip()

    own = f"(kept) => [sessionStorage.getItem({json.dumps(memory.storage_key)}) ?? kept]"
    return page.load(take_back, memory, [*shown, memory], js=own, **server.PRIVATE)


def keep_for_page(memory: gr.BrowserState, *events: Any) -> None:
    """Keeps the conversation also for this page alone, after each of these events."""
    key = json.dumps(memory.storage_key)
    for event in events:
        # Not on each change: the value also changes while the page loads, before its own conversation is read.
        event.then(None, memory, None, js=f"(kept) => sessionStorage.setItem({key}, kept)", **server.PRIVATE)


def save_on_click(turns: gr.State, buttons: Sequence[gr.Button], strings: Strings) -> None:
    """Makes the two buttons save the conversation as a file, as Markdown and as JSON."""

    def as_markdown(so_far: Turns) -> tuple[str, str, str]:
        return kept_conversation.as_markdown(so_far, datetime.date.today(), strings), f"{_FILE}.md", "text/markdown"

    def as_json(so_far: Turns) -> tuple[str, str, str]:
        return kept_conversation.as_json(so_far), f"{_FILE}.json", "application/json"

    file = [gr.Textbox(visible=False) for _ in range(3)]
    for button, write in zip(buttons, (as_markdown, as_json), strict=True):
        button.click(write, [turns], file, **server.PRIVATE).then(None, file, None, js=_SAVE, **server.PRIVATE)
