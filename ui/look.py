"""The look of the page: Gradio's plain theme with system fonts, and the style sheets.

The sheets are put into the page's head. Gradio's `css` would add a prefix to every rule inside `@media`, and rules for
the page's frame would never match.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import gradio as gr

from rag_ui.language.strings import ENGLISH, Strings

_SHEETS = (
    "chat/card",
    "chat/marks",
    "views/standing",
    "views/person",
    "views/draft",
    "pane",
    "articles/articles",
    "reading/reading",
    "adding/adding",
    "chat/conversations",
    "start",
    "page",
)
STYLE_SHEETS = tuple(Path(__file__).parent / f"{name}.css" for name in _SHEETS)

ICON = (
    "data:image/svg+xml,"
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='6' "
    "fill='%238a1f1b'/%3E%3Ctext x='16' y='35' text-anchor='middle' font-family='Georgia,serif' font-size='38' "
    "fill='white'%3E%E2%80%9C%3C/text%3E%3C/svg%3E"
)
"""The icon of the browser's tab: a quotation mark."""

SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace")


_SCRIPT = Path(__file__).with_name("head.js")


def look(strings: Strings = ENGLISH) -> dict[str, Any]:
    """Returns the arguments of `Blocks.launch` for theme, styles and scripts."""
    told = {"drop-files": strings.words.drop_files, "new": strings.words.new_short}
    words = " ".join(f"--{name}: {json.dumps(word, ensure_ascii=False)};" for name, word in told.items())
    style = f":root {{ {words} }}" + "".join(sheet.read_text("utf-8") for sheet in STYLE_SHEETS)
    return {
        "theme": gr.themes.Base(font=SANS, font_mono=MONO),
        "head": f'<link rel="icon" href="{ICON}"><style>{style}</style><script>{_script(strings)}</script>',
    }


def _script(strings: Strings) -> str:
    """The scripts of the page's head, with the labels for Gradio's components."""
    names = {
        "#chat [role=log]": strings.words.conversation,
        "#files button": strings.words.drop_files,
        "#files input[type=file]": strings.words.add_files,
    }
    refusals = {0: strings.words.offline, 503: strings.words.busy}
    given = json.dumps([strings.words.language, names, refusals], ensure_ascii=False)
    return f"((language, names, refusals) => {{\n{_SCRIPT.read_text('utf-8')}}})(...{given})"
