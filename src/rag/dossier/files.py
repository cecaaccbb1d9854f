"""Writes a dossier in the format of a file's ending."""

from __future__ import annotations

from rag.dossier.html import render_html
from rag.dossier.results import Dossier, render_markdown
from rag.dossier.word import render_word

ENDINGS = (".md", ".html", ".docx")
"""The endings of files that a dossier can be written as."""


def content_of(dossier: Dossier, ending: str) -> bytes:
    """Returns the bytes of a file with a dossier.

    Args:
        dossier: The dossier.
        ending: The file's ending, one of ENDINGS.
    """
    if ending == ".docx":
        return render_word(dossier)
    text = render_html(dossier) if ending == ".html" else render_markdown(dossier)
    return text.encode("utf-8", "replace")
