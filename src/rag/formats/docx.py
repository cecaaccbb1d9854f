"""Word files: python-docx, behind a check of what the archive unpacks to; runs in the worker.

Left out: headers, footers, notes and comments; text that a tracked change removed, while what it added is read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.fields import clean_byline, clean_language, clean_line
from rag.formats.file_types import MEBIBYTE

MAX_XML = 32 * MEBIBYTE
"""The most that the XML parts of a file may unpack to, in bytes: read, they take thirty times as much memory."""
MAX_UNPACKED = 256 * MEBIBYTE
"""The most that all of it may unpack to, pictures included."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RUNS = {f"{_WORD}t": "", f"{_WORD}tab": " ", f"{_WORD}br": " ", f"{_WORD}p": " ", f"{_WORD}noBreakHyphen": "-"}
"""The parts of a run that are text, and what stands for those that have none of their own."""
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_NO_AUTHORS = ("python-docx", "microsoft office user", "windows user", "user", "admin", "administrator", "unknown")


def extract(data: bytes) -> list[Extracted]:
    """The text of a Word file, a paragraph or table row a line. Raises ArticleError where there is none."""
    try:
        _check_size(data)
        import docx

        file = docx.Document(io.BytesIO(data))
    except (KeyError, NotImplementedError, ValueError, zipfile.BadZipFile) as error:
        raise ArticleError(
            "This is no Word file, or a damaged one", "damaged", remedy="save it again, or as plain text"
        ) from error
    text = "\n\n".join(line for line in _lines(file.element.body) if line)
    if not text:
        raise ArticleError(
            "The Word file has no text", "no_text", remedy="put the article's text into it or take it away"
        )
    about = file.core_properties
    author = about.author or ""
    return [
        Extracted(
            text=text,
            title=clean_line(about.title or ""),
            byline=None if author.strip().lower() in _NO_AUTHORS else clean_byline(author),
            language=clean_language(about.language or ""),
        )
    ]


def _check_size(data: bytes) -> None:
    """Raises ArticleError where the archive's parts would fill the memory, and what zipfile does where it is none.

    The sizes that the archive states can be believed: zipfile unpacks no more of a part than it states.
    """
    if data.startswith(_OLD_OFFICE):
        raise ArticleError(
            "The Word file is encrypted, or of the old kind", "encrypted", remedy="save it as .docx without a password"
        )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sizes = {part.filename: part.file_size for part in archive.infolist()}
    xml = sum(size for name, size in sizes.items() if name.lower().endswith((".xml", ".rels")))
    if xml > MAX_XML or sum(sizes.values()) > MAX_UNPACKED:
        raise ArticleError(
            f"The Word file unpacks to more than {MAX_XML // MEBIBYTE} MB of text",
            "too_large",
            remedy="split it",
            most=MAX_XML // MEBIBYTE,
        )


def _lines(body: Any) -> Iterator[str]:
    """The text of each paragraph and each row of a table, in order, each on one line."""
    for block in body:
        if block.tag == f"{_WORD}tbl":
            for row in block.iterchildren(f"{_WORD}tr"):
                cells = (" ".join("".join(_words(cell)).split()) for cell in row.iterchildren(f"{_WORD}tc"))
                yield " | ".join(filter(None, cells))
        else:
            for paragraph in block.iter(f"{_WORD}p"):
                yield " ".join("".join(_words(paragraph)).split())


def _words(element: Any) -> Iterator[str]:
    """The text of the runs below an element, tabs and line breaks as spaces."""
    for part in element.iter(*_RUNS):
        if next(part.iterancestors(_FALLBACK), None) is None:
            yield (part.text or "") if part.tag == f"{_WORD}t" else _RUNS[part.tag]
