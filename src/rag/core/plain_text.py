"""Prepares text for a terminal or a log: control characters become visible, and dates get an age."""

from __future__ import annotations

from datetime import date

from rag.core.dates import age


def dated(published: str | None, today: date) -> str | None:
    """Adds its age to an article's date: `2025-04 (3 months ago)`. None stays None."""
    old = age(published, today) if published else None
    return f"{published} ({old})" if old else published


def visible(text: str) -> str:
    """Puts a text on one line and makes control characters visible, because a terminal would obey them."""
    return _escape(" ".join(text.split()), keep="")


def visible_lines(text: str) -> str:
    """Keeps line breaks and tabs, turns page ends into line breaks, and makes other control characters visible."""
    return _escape(text.replace("\f", "\n"), keep="\n\t")


def _escape(text: str, keep: str) -> str:
    return "".join(c if c.isprintable() or c in keep else f"\\x{ord(c):02x}" for c in text)
