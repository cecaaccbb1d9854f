"""Writes a dossier as one HTML file without scripts, outside links and pictures."""

from __future__ import annotations

from importlib import resources

from rag.core.html_page import escaped, html_page
from rag.dossier.results import Dossier, Heading, Line, Part, footnote, parts_of, speaker_of


def render_html(dossier: Dossier) -> str:
    """Writes a dossier as HTML. Every text in it is escaped."""
    style = resources.files("rag.dossier").joinpath("page.css").read_text("utf-8")
    body = "\n".join(map(_in_html, parts_of(dossier)))
    notes = "\n".join(f'<li id="note-{one.number}">{escaped(footnote(one))}</li>' for one in dossier.citations)
    return html_page(dossier.subject, style, f"{body}\n<ol>\n{notes}\n</ol>\n")


def _in_html(part: Part) -> str:
    if isinstance(part, Heading):
        return f'<h{part.level} dir="auto">{escaped(part.text)}</h{part.level}>'
    if isinstance(part, Line):
        strong = f"<strong>{escaped(part.strong)}</strong>" if part.strong else ""
        return f'<p dir="auto">{escaped(part.before)}{strong}{_number(part.cited.number) if part.cited else ""}</p>'
    speaker = speaker_of(part)
    said = f"<footer>— {escaped(speaker)}</footer>" if speaker else ""
    return f'<blockquote dir="auto"><p>{escaped(part.quote)}{_number(part.number)}</p>{said}</blockquote>'


def _number(number: int) -> str:
    return f'<sup><a href="#note-{number}">{number}</a></sup>'
