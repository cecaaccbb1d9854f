"""Saves the conversation as a file: a menu with the kinds of files."""

from __future__ import annotations

import base64
import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import gradio as gr

from rag_ui.chat import kept_conversation
from rag_ui.chat.conversation import Turns
from rag_ui.html.escaping import escape
from rag_ui.language.strings import Strings
from rag_ui.web import server
from rag_ui.web.audit import note

SCRIPT = Path(__file__).with_name("saving.js")

_NAME = "conversation"
"""The name of the saved file, without its suffix."""

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

SAVE = """(...file) => document.dispatchEvent(new CustomEvent("save-file", { detail: file }))"""


def template(strings: Strings) -> str:
    """Renders the menu. Its buttons are named by the kinds of files."""
    words = strings.words.conversations
    buttons = "".join(
        f'<button type="button" data-kind="{kind}">{escape(name)}</button>' for kind, name in words.saves.items()
    )
    return f'<details class="menu saves"><summary>{escape(words.save)}</summary><div>{buttons}</div></details>'


def write(kind: object, turns: Turns, strings: Strings) -> tuple[str, str, str] | None:
    """Writes the conversation as a kind of file.

    Args:
        kind: The kind of the file, as the browser sends it.
        turns: The conversation.
        strings: The language.

    Returns:
        The file's bytes in base64, its name and its type; None if there is no such kind.
    """
    kinds: Mapping[str, tuple[Callable[[], bytes], str, str]] = {
        "word": (lambda: kept_conversation.as_word(turns, strings), "docx", WORD_TYPE),
        "markdown": (
            lambda: kept_conversation.as_markdown(turns, datetime.date.today(), strings).encode(),
            "md",
            "text/markdown",
        ),
        "json": (lambda: kept_conversation.as_json(turns).encode(), "json", "application/json"),
    }
    if not isinstance(kind, str) or kind not in kinds:
        return None
    make, suffix, type_of_file = kinds[kind]
    return base64.b64encode(make()).decode(), f"{_NAME}.{suffix}", type_of_file


def wire(menu: gr.HTML, turns: gr.State, strings: Strings) -> None:
    """Makes the menu save the conversation as the kind of file that is chosen."""

    def save(so_far: Turns, event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        file = write(event._data, so_far, strings)
        note(request, "export", status=200 if file else 422)
        return file or (gr.skip(),) * 3

    file = [gr.Textbox(visible=False) for _ in range(3)]
    saved = menu.download(save, [turns], file, **server.PRIVATE)
    saved.success(None, file, None, js=SAVE, **server.PRIVATE)
