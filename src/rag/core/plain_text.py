"""Text as a terminal or a log may show it: control characters visible, dates with their age."""

from __future__ import annotations

from datetime import date

from rag.core.dates import age


def dated(published: str | None, today: date) -> str | None:
    """An article's date with its age: `2025-04 (3 months ago)`."""
    old = age(published, today) if published else None
    return f"{published} ({old})" if old else published


def visible(text: str) -> str:
    """The text on one line, with control characters, which a terminal would obey, made visible."""
    return _escape(" ".join(text.split()), keep="")


def visible_lines(text: str) -> str:
    """The text with its line breaks, page ends and tabs, all other control characters made visible."""
    return _escape(text.replace("\f", "\n"), keep="\n\t")


def _escape(text: str, keep: str) -> str:
    return "".join(c if c.isprintable() or c in keep else f"\\x{ord(c):02x}" for c in text)
