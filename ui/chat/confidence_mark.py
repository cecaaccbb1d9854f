"""Renders a confidence in one of three levels; opened, as a number with its meaning."""

from __future__ import annotations

from rag_ui.html.escaping import escape
from rag_ui.language.strings import Strings


def confidence_mark(probability: float, strings: Strings) -> str:
    """Renders a calibrated confidence in [0, 1]."""
    words, level = strings.confidence(probability), strings.level(probability)
    meaning = escape(strings.confidence_meaning(probability))
    return (
        f'<details class="confidence" data-level="{level}"><summary>'
        f'<span class="level" aria-hidden="true"><i></i><i></i><i></i></span>{escape(words)}</summary>'
        f'<p><span class="percent">{escape(strings.percent(probability))}</span> {meaning}</p></details>'
    )
