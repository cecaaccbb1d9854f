"""Opens the zip archives that Word, OpenDocument and EPUB files are, after a check of their unpacked size."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from rag.core.errors import ArticleError
from rag.core.settings import MEBIBYTE

MAX_XML = 32 * MEBIBYTE
"""Most bytes that the XML parts of a file may unpack to. Parsing takes about thirty times as much memory."""
MAX_UNPACKED = 256 * MEBIBYTE
"""Most bytes that the whole file may unpack to, pictures included. A malicious archive unpacks to gigabytes."""
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""The first bytes of an encrypted or pre-2007 Office file."""
DAMAGES = (KeyError, ValueError, NotImplementedError, zipfile.BadZipFile)
"""What the libraries raise for a damaged archive: a missing part, no XML, an unknown compression, no zip."""
_MARKUP = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx")


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """Opens an archive.

    Args:
        data: The bytes of the file.
        name: What the file is called in messages: `Word file`.

    Raises:
        ArticleError: If the file is no archive, or would unpack to too much.
    """
    if data.startswith(_OLD_OFFICE):
        raise ArticleError(
            f"The {name} is encrypted, or has the old format", "encrypted", remedy="save it anew without a password"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise damaged(name) from error
    # The sizes that the archive states are reliable, because zipfile unpacks no more of a part than its stated size.
    sizes = {part.filename: part.file_size for part in archive.infolist()}
    markup = sum(size for part, size in sizes.items() if part.lower().endswith(_MARKUP))
    if markup > MAX_XML or sum(sizes.values()) > MAX_UNPACKED:
        most = MAX_XML // MEBIBYTE
        raise ArticleError(
            f"The {name} unpacks to more than {most} MB of text", "too_large", remedy="split it", most=most
        )
    return archive


def read_xml(archive: zipfile.ZipFile, part: str) -> Any:
    """Parses a part of an archive; returns its root element.

    Raises:
        KeyError: If there is no such part.
        ValueError: If it is not XML.
        zipfile.BadZipFile: If it is damaged.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(archive.read(part), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"{part} is not XML") from error
    if root is None:
        raise ValueError(f"{part} is empty")
    return root


def damaged(name: str) -> ArticleError:
    """Returns the error of a file that can't be opened."""
    return ArticleError(f"This is not a {name}, or it is damaged", "damaged", remedy="save it again, or as plain text")


def without_text(name: str) -> ArticleError:
    """Returns the error of a file that has no text."""
    return ArticleError(f"The {name} has no text", "no_text", remedy="add the article's text, or remove the file")
