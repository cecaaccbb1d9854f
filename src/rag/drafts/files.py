"""Reads a draft from a file, and writes it as a Word file with what was found of each statement as a footnote."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from rag.core.atomic_files import replace_file
from rag.core.citation import Citation
from rag.core.errors import ArticleError
from rag.core.settings import DEFAULTS
from rag.drafts.results import CheckedStatement, DraftCheck, Verdict, note_of
from rag.formats.office.write_docx import Highlight, Paragraph, Run, keywords_of, make_docx
from rag.ingest.file_reader import FileReader
from rag.text.decode import decode

MARK = "a draft checked by newsroom-rag"
"""Stands among the file's properties, so that no other file is overwritten."""
MOST_READ = 1 << 20
"""Most bytes of a draft that are read from standard input."""
_COLOURS: dict[Verdict, Highlight] = {
    "stated": "green",
    "stated_otherwise": "red",
    "partly": "yellow",
    "not_found": "gray",
}
_LINE = re.compile(r"[^\n]+")


def read_draft(file: Path) -> str:
    """Reads the text of a draft. All offsets of a check refer to this text.

    Args:
        file: A file with one text, such as .md, .docx and .txt; `-` for standard input.

    Raises:
        ArticleError: If it can't be read.
    """
    if str(file) == "-":
        return decode(sys.stdin.buffer.read(MOST_READ))
    limits = DEFAULTS.files.model_copy(update={"unpublished": True})  # it is a draft, whatever it says of itself
    with FileReader(limits=limits) as reader:
        try:
            return reader.read_article(file).text
        except ArticleError as error:
            remedy = "check the path" if error.reason == "not_there" else error.remedy
            raise ArticleError(f"{file}: {error.message}", error.reason, remedy=remedy, **error.facts) from error


def write_checked(checked: DraftCheck, target: Path) -> None:
    """Writes a checked draft as a Word file. Each statement is coloured by its verdict and has a footnote.

    Args:
        checked: The check.
        target: The file. An older checked draft there is replaced.

    Raises:
        ArticleError: If the file can't be written, or is something else than a checked draft.
    """
    advice = "name another file"
    try:
        if target.exists() and (not target.is_file() or keywords_of(target.read_bytes()) != MARK):
            raise ArticleError(f"{target} is there, and is no checked draft", remedy=advice)
        replace_file(target.resolve(), [make_document(checked)])
    except OSError as error:
        raise ArticleError(f"Can't write {target} ({error.strerror})", remedy=advice) from error


def make_document(checked: DraftCheck, note: Callable[[CheckedStatement], str] | None = None) -> bytes:
    """Makes a Word file of a checked draft.

    Args:
        checked: The check.
        note: Writes the footnote of a statement; None for English ones.

    Returns:
        The file's bytes.
    """
    lines = _LINE.finditer(checked.draft)
    return make_docx((Paragraph(tuple(_runs(checked, *line.span(), note or _note))) for line in lines), MARK)


def _runs(checked: DraftCheck, start: int, end: int, note: Callable[[CheckedStatement], str]) -> Iterator[Run]:
    """The stretches of a paragraph: statements with their footnotes, and what stands between them."""
    at = start
    for one in checked.statements:
        if one.end <= start or end <= one.start:
            continue
        begun, ended = max(one.start, start), min(one.end, end)
        if at < begun:
            yield Run(checked.draft[at:begun])
        is_last = one.end <= end
        yield Run(checked.draft[begun:ended], highlight=_COLOURS[one.verdict], note=note(one) if is_last else "")
        at = ended
    if at < end:
        yield Run(checked.draft[at:end])


def _note(one: CheckedStatement) -> str:
    return " ".join([note_of(one), *map(_cited, one.citations)])


def _cited(citation: Citation) -> str:
    about = ", ".join(filter(None, (citation.title, citation.source, citation.published)))
    speaker = citation.said_by.name if citation.said_by and not citation.said_by.guessed else None
    says = f" ({speaker})" if speaker else ""
    return f"“{citation.quote}”{says} {about} [{citation.article_id}, characters {citation.start}–{citation.end}]."
