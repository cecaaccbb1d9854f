"""Escapes text for the page's HTML, and marks words in a quote."""

from __future__ import annotations

import html
import re
from collections.abc import Collection

from rag.text.terms import terms

_LIVE = str.maketrans({"$": "&#36;", "{": "&#123;", "}": "&#125;", "`": "&#96;", "\r": "&#13;"})
_BLANK_LINES = re.compile(r"(?:\n|&#13;)[^\S\n]*\n\s*")
_WORD = re.compile(r"[^\W_]+")


def escape(text: str) -> str:
    """Escapes text for an element or a quoted attribute of HTML.

    It also escapes the characters with a meaning in Gradio's templates, and the carriage return, which an HTML parser
    would turn into a line feed.
    """
    return html.escape(text).translate(_LIVE)


def close_gaps(quote: str) -> str:
    """Wraps the blank lines of an escaped quote, which `card.css` draws narrow. Without tags the HTML is the same."""
    return _BLANK_LINES.sub(r'<span class="gap">\g<0></span>', quote)


def highlight(quote: str, start: int, end: int) -> str:
    """Escapes a quote and emphasises `[start, end)`. Without tags and unescaped, the HTML is the quote again."""
    return f"{escape(quote[:start])}<strong>{escape(quote[start:end])}</strong>{escape(quote[end:])}"


def mark_words(quote: str, asked: Collection[str]) -> str:
    """Escapes a quote and marks the words of a question. Without tags and unescaped, the HTML is the quote again.

    Args:
        quote: The quote.
        asked: The question's terms (see `rag.text.terms`). A word is marked if its term is among them.
    """
    marked, done = [], 0
    for word in _WORD.finditer(quote):
        if any(term in asked for term in terms(word.group())):
            marked += [escape(quote[done : word.start()]), f"<strong>{escape(word.group())}</strong>"]
            done = word.end()
    return "".join([*marked, escape(quote[done:])])
