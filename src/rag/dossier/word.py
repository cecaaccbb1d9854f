"""Writes a dossier as a Word file, with the place of each quote in a footnote."""

from __future__ import annotations

from collections.abc import Iterator

from rag.core.plain_text import visible, visible_lines
from rag.dossier.results import Dossier, Heading, Line, Part, footnote, parts_of, speaker_of
from rag.formats.office.write_docx import Paragraph, Run, Style, make_docx, paragraph

_HEADINGS: dict[int, Style] = {1: "Heading 1", 2: "Heading 2", 3: "Heading 3"}


def render_word(dossier: Dossier) -> bytes:
    """Writes a dossier as a Word file, and returns its bytes."""
    return make_docx(written for part in parts_of(dossier) for written in _in_word(part))


def _in_word(part: Part) -> Iterator[Paragraph]:
    if isinstance(part, Heading):
        yield paragraph(visible(part.text), _HEADINGS[part.level])
    elif isinstance(part, Line):
        runs = (Run(f"{visible(part.before)} "), Run(visible(part.strong), is_bold=True))
        note = visible(footnote(part.cited)) if part.cited else ""
        yield Paragraph(tuple(run for run in runs if run.text), note=note)
    else:
        yield paragraph(visible_lines(part.quote), "Quote", visible(footnote(part)))
        if speaker := speaker_of(part):
            yield paragraph(f"— {visible(speaker)}")
