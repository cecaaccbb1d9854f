"""Prepares text for a terminal, a log or a file to read: control characters become visible, and dates get an age."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from rag.core.dates import age

_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN = re.compile(r"[\\`*_\[\]<>#|&~]")
"""Characters with a meaning in Markdown, anywhere in a line."""
_JOINERS = "\u200c\u200d"
"""They join or part letters, as Persian and Hindi need. A terminal does not obey them."""


def dated(published: str | None, today: date) -> str | None:
    """Adds its age to an article's date: `2025-04 (3 months ago)`. None stays None."""
    old = age(published, today) if published else None
    return f"{published} ({old})" if old else published


def counted(number: int, noun: str) -> str:
    """Names a number of things: `1 article`, `12 articles`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def visible(text: str) -> str:
    """Puts a text on one line and makes control characters visible, because a terminal would obey them.

    Characters that change the direction of writing and lone surrogates count as control characters.
    """
    return _escape(" ".join(text.split()), keep="")


def in_markdown(text: str) -> str:
    """Writes a text on one line of Markdown: `visible`, and characters with a meaning in Markdown are escaped."""
    return _MARKDOWN.sub(r"\\\g<0>", visible(text))


def visible_lines(text: str) -> str:
    """Keeps line breaks and tabs, turns page ends into line breaks, and makes other control characters visible."""
    return _escape(text.replace("\r\n", "\n").replace("\f", "\n"), keep="\n\t")


def visible_json(written: str) -> str:
    """Escapes the control characters that JSON allows in a string. The JSON still means the same.

    Args:
        written: JSON.

    Returns:
        JSON without control characters other than line breaks between its values.
    """
    return re.sub(r"[^ -~\n]", lambda found: found[0] if _is_shown(found[0]) else _json_escape(found[0]), written)


def one_line(text: str) -> str:
    """Returns the text without control characters and lone surrogates, with single spaces and without outer ones."""
    kept = (" " if unicodedata.category(character) in ("Cc", "Cs") else character for character in text)
    return " ".join("".join(kept).split())


def without_surrogates(text: str) -> str:
    """Replaces lone surrogates, which no file and no database can hold, by the replacement character."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def printable(text: str) -> str:
    """Replaces the characters that no XML file can hold, and so no Excel or Word file."""
    return _NO_XML.sub("\ufffd", text)


def _escape(text: str, keep: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c in keep or _is_shown(c) else f"\\x{ord(c):02x}" for c in text)


def _is_shown(character: str) -> bool:
    return character.isprintable() or character in _JOINERS or unicodedata.category(character) == "Zs"


def _json_escape(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
