"""Reads EPUB files with lxml: each entry of the table of contents is an article.

An e-paper has an article in each chapter, and a book is cited by its chapters too. Left out: the table of contents
itself, marks of notes and pages, and what a reading program does not show.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urldefrag

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted, neat_key
from rag.formats.fields import clean_byline, clean_language, clean_line
from rag.formats.markup import read_markup
from rag.formats.office.archive import DAMAGES, damaged, open_archive, read_xml, without_text
from rag.text.dates import parse_date

_NAME = "EPUB file"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_NO_TEXT_TYPES = ("noteref", "pagebreak", "toc", "landmarks", "page-list")
_HEADINGS = ("h1", "h2", "h3")
_MAKERS = ("calibre",)
"""Names of programs that stand where a publisher or an author should."""


def extract(data: bytes) -> list[Extracted]:
    """Reads the articles of an EPUB file.

    Args:
        data: The bytes of the file.

    Returns:
        The articles in reading order. The source is the publication's title.

    Raises:
        ArticleError: If the file is damaged, encrypted, too large, or has no text.
    """
    try:
        with open_archive(data, _NAME) as archive:
            if "META-INF/encryption.xml" in archive.namelist() and "META-INF/rights.xml" in archive.namelist():
                raise ArticleError(f"The {_NAME} is encrypted", "encrypted", remedy="save it without copy protection")
            package = read_xml(archive, "META-INF/container.xml").find(".//{*}rootfile").get("full-path")
            articles = list(_read_articles(archive, package))
    except (AttributeError, *DAMAGES) as error:
        raise damaged(_NAME) from error
    if not articles:
        raise without_text(_NAME)
    return articles


def _read_articles(archive: zipfile.ZipFile, package: str) -> Iterator[Extracted]:
    root = read_xml(archive, package)
    about = {name: _state(root, name) for name in ("title", "creator", "language", "date")}
    parts = {item.get("id"): item for item in root.iterfind("{*}manifest/{*}item")}
    contents = _read_contents(archive, root, package)
    chapters: list[tuple[str, str | None, list[str]]] = []
    for reference in root.iterfind("{*}spine/{*}itemref"):
        item = parts.get(reference.get("idref"))
        if item is None or "nav" in (item.get("properties") or "").split() or reference.get("linear") == "no":
            continue
        name = _resolve(package, item.get("href", ""))
        heading, text = _read_page(archive.read(name)) if name in archive.namelist() else (None, "")
        if not text:
            continue
        if contents and chapters and name not in contents:
            chapters[-1][2].append(text)  # a chapter of several files
        else:
            chapters.append((name, contents.get(name) or heading, [text]))
    for name, title, texts in chapters:
        yield Extracted(
            text="\n\n".join(texts),
            title=clean_line(title or ""),
            published=parse_date(about["date"]),
            source=clean_line(about["title"]),
            byline=None if about["creator"].lower() in _MAKERS else clean_byline(about["creator"]),
            language=clean_language(about["language"]),
            key=neat_key(name),
        )


def _state(root: Any, name: str) -> str:
    """What the publication states under a name of Dublin Core; several creators are joined."""
    values = [
        element.text or "" for element in root.iterfind(f"{{*}}metadata/{{http://purl.org/dc/elements/1.1/}}{name}")
    ]
    return ", ".join(filter(None, values)) if name == "creator" else next(iter(values), "")


def _read_contents(archive: zipfile.ZipFile, root: Any, package: str) -> dict[str, str]:
    """The titles in the table of contents by the file that they lead to: the first title of each file."""
    titles: dict[str, str] = {}
    for item in root.iterfind("{*}manifest/{*}item"):
        name = _resolve(package, item.get("href", ""))
        if name not in archive.namelist():
            continue
        if "nav" in (item.get("properties") or "").split():
            entries = [
                (link.get("href", ""), "".join(link.itertext()))
                for part in read_xml(archive, name).iter("{*}nav")
                if part.get(_TYPE, "toc") == "toc"
                for link in part.iter("{*}a")
            ]
        elif item.get("media-type") == "application/x-dtbncx+xml":
            points = read_xml(archive, name).iter("{*}navPoint")
            entries = [(p.find("{*}content").get("src", ""), p.findtext("{*}navLabel/{*}text") or "") for p in points]
        else:
            continue
        for target, title in entries:
            titles.setdefault(_resolve(name, target), " ".join(title.split()))
    return titles


def _read_page(data: bytes) -> tuple[str | None, str]:
    """The first heading of a page, and its text."""
    from lxml import etree, html

    page = html.document_fromstring(data, parser=html.HTMLParser(encoding=_encoding_of(data)))
    body = page.find("body")
    if body is None:
        return None, ""
    for element in [*body.iter(etree.Element)]:
        if not _is_shown(element) and element.getparent() is not None:
            element.drop_tree()
    heading = next((" ".join(element.text_content().split()) for element in body.iter(*_HEADINGS)), None)
    return heading, read_markup(etree.tostring(body, encoding="unicode", method="html"))


def _encoding_of(data: bytes) -> str:
    """The encoding of a page: UTF-16 with its mark, otherwise UTF-8, as the standard says."""
    return "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"


def _is_shown(element: Any) -> bool:
    """Whether a reading program shows an element as text of the article, by its own attributes."""
    types = (element.get("epub:type") or "").split()
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = element.get("hidden") is not None or "display:none" in style or "visibility:hidden" in style
    return not hidden and not any(kind in _NO_TEXT_TYPES for kind in types)


def _resolve(base: str, target: str) -> str:
    """The name in the archive of what a link in the part `base` leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), unquote(urldefrag(target).url)))
