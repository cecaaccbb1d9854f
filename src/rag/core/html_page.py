"""The frame of an HTML file that is whole by itself: it loads nothing, runs nothing and links to nothing."""

from __future__ import annotations

import html

from rag.core.plain_text import visible_lines

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""The content security policy: a browser may load only the inline style and the empty icon."""


def html_page(title: str, style: str, body: str) -> str:
    """Returns an HTML file.

    Args:
        title: The title, as plain text.
        style: The style sheet.
        body: The content of its body, as HTML.
    """
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escaped(title)}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><meta name="referrer" content="no-referrer">'
        '<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
        f"<style>{style}</style></head><body>{body}</body></html>\n"
    )


def escaped(text: str) -> str:
    """Escapes text for HTML and makes control characters visible."""
    return html.escape(visible_lines(text))
