"""Reads Word files with python-docx, after a check of the archive's unpacked size. Runs in the worker.

Left out: headers, footers, notes and comments, and text that a tracked change deleted. Inserted text is read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from rag.core.errors import ArticleError
from rag.core.settings import MEBIBYTE
from rag.formats.extracted import Extracted
from rag.formats.fields import clean_byline, clean_language, clean_line

MAX_XML = 32 * MEBIBYTE
"""Most bytes that the XML parts of a file may unpack to. Parsing takes about thirty times as much memory."""
MAX_UNPACKED = 256 * MEBIBYTE
"""Most bytes that the whole file may unpack to, pictures included. A malicious archive unpacks to gigabytes."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""The first bytes of an encrypted or pre-2007 Word file."""
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RUNS = {f"{_WORD}t": "", f"{_WORD}tab": " ", f"{_WORD}br": " ", f"{_WORD}p": " ", f"{_WORD}noBreakHyphen": "-"}
"""The parts of a run that are text, and the text for parts that have none of their own."""
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The element that repeats a text for older programs."""
_NO_AUTHORS = ("python-docx", "microsoft office user", "windows user", "user", "admin", "administrator", "unknown")
"""Author names that programs write; they are not bylines."""


def extract(data: bytes) -> list[Extracted]:
    """Reads the text of a Word file; each paragraph and each table row becomes one line.

    Args:
        data: The bytes of the file.

    Returns:
        One article.

    Raises:
        ArticleError: If the file is damaged, encrypted, too large, or has no text.
    """
    try:
        _check_size(data)
        import docx

        file = docx.Document(io.BytesIO(data))
    except (KeyError, NotImplementedError, ValueError, zipfile.BadZipFile) as error:
        raise ArticleError(
            "This is not a Word file, or it is damaged", "damaged", remedy="save it again, or as plain text"
        ) from error
    text = "\n\n".join(line for line in _lines(file.element.body) if line)
    if not text:
        raise ArticleError("The Word file has no text", "no_text", remedy="add the article's text, or remove the file")
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
    """Raises ArticleError if the archive would unpack to too much, and BadZipFile if it is not an archive.

    The sizes that the archive states are reliable, because zipfile unpacks no more of a part than its stated size.
    """
    if data.startswith(_OLD_OFFICE):
        raise ArticleError(
            "The Word file is encrypted, or has the old format",
            "encrypted",
            remedy="save it as .docx without a password",
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
    """The text of each paragraph and each table row, in order, each on one line."""
    for block in body:
        if block.tag == f"{_WORD}tbl":
            for row in block.iterchildren(f"{_WORD}tr"):
                cells = (" ".join("".join(_words(cell)).split()) for cell in row.iterchildren(f"{_WORD}tc"))
                yield " | ".join(filter(None, cells))
        else:
            for paragraph in block.iter(f"{_WORD}p"):
                yield " ".join("".join(_words(paragraph)).split())


def _words(element: Any) -> Iterator[str]:
    """The text of the runs below an element, with tabs and line breaks as spaces."""
    for part in element.iter(*_RUNS):
        if next(part.iterancestors(_FALLBACK), None) is None:
            yield (part.text or "") if part.tag == f"{_WORD}t" else _RUNS[part.tag]
