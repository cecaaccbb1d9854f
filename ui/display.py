"""The menu for the page's theme and text size. The browser keeps the choice, and `head.js` applies it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from rag_ui.html.escaping import escape
from rag_ui.language.strings import Strings

SCRIPT = Path(__file__).with_name("display.js")


def template(strings: Strings) -> str:
    """Renders the menu. The first choice of each is the one before anything was chosen."""
    words = strings.words.display
    choices = _choices("theme", words.theme, words.themes) + _choices("size", words.size, words.sizes)
    return f'<details class="menu display"><summary>{escape(words.display)}</summary><div>{choices}</div></details>'


def _choices(name: str, heading: str, choices: Mapping[str, str]) -> str:
    options = "".join(
        f'<label><input type="radio" name="display-{name}" value="{value}"> {escape(words)}</label>'
        for value, words in choices.items()
    )
    return f"<fieldset><legend>{escape(heading)}</legend>{options}</fieldset>"
