"""Reads the XML of news agencies: NewsML-G2 and NITF. Runs in the worker and uses no network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from rag.formats.extracted import Extracted, neat_key
from rag.formats.fields import clean_byline, clean_language, clean_line, clean_section
from rag.formats.markup import read_markup
from rag.formats.publication import NO_ARTICLE, read_status
from rag.text.dates import parse_date

ROOTS = ("nitf", "newsItem", "newsMessage")
"""Names of the outermost elements of these files."""
_BEGIN = re.compile(rb"<(?:\w+:)?(?:nitf|newsItem|newsMessage)\b")
_HEAD = 8192
"""Bytes at the start of a file in which its outermost element begins."""
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_TEXT = "media-metadata media-producer media-reference"
"""Elements of NITF whose text is not the article's."""
_HEADINGS = ("hl1", "hl2")


def read_items(data: bytes) -> list[Extracted] | None:
    """Reads the articles of an agency's file.

    Args:
        data: The bytes of the file.

    Returns:
        The articles; one without text has the text "". None if the file is of another kind.
    """
    from lxml import etree

    if not _BEGIN.search(data, 0, _HEAD):
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    root = etree.fromstring(data, parser)
    if root is None:
        return None
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    if root.tag not in ROOTS:
        return None
    if root.tag == "nitf":
        return [_read_nitf(root)]
    return list(map(_read_item, [root] if root.tag == "newsItem" else root.iter("newsItem")))


def _read_item(item: Any) -> Extracted:
    """The article of a NewsML-G2 item. An item of pictures is no article."""
    inline = next(iter([*item.iter("inlineXML"), *item.iter("inlineData")]), None)
    nitf = inline.find("nitf") if inline is not None else None
    article = _read_nitf(nitf) if nitf is not None else Extracted(_read_text(inline))
    state = next((part.get("qcode") for part in item.iter("pubStatus")), None)
    provider = _first(item, "itemMeta/provider/name") or next((p.get("literal") for p in item.iter("provider")), "")
    language = next((part.get("tag") for part in item.iter("language")), item.get(_LANGUAGE))
    kind = next((part.get("qcode") for part in item.iter("itemClass")), "") or ""
    stated = Extracted(
        text=article.text,
        title=clean_line(_first(item, ".//headline") or _first(item, "itemMeta/title")) or article.title,
        published=article.published
        or parse_date(_first(item, ".//contentCreated") or _first(item, ".//versionCreated")),
        source=clean_line(provider or "") or article.source,
        byline=clean_byline(_first(item, ".//byline") or _first(item, ".//by")) or article.byline,
        language=clean_language(language or ""),
        section=clean_section(", ".join(_subjects(item))) or article.section,
        status=read_status({"pubstatus": state} if state else {}) or (NO_ARTICLE if "picture" in kind else None),
    )
    name = item.get("guid") or stated.content_key()
    return Extracted(**stated.as_dict() | {"key": neat_key(name)})


def _subjects(item: Any) -> list[str]:
    """The names of the subjects of a NewsML-G2 item, each once."""
    named = (_first(subject, "name") for subject in item.iter("subject"))
    return list(dict.fromkeys(filter(None, named)))


def _read_nitf(root: Any) -> Extracted:
    dates = (
        part.get("norm") or part.get("date.publication") or ""
        for name in ("date.issue", "date.release", "story.date", "pubdata")
        for part in root.iter(name)
    )
    article = Extracted(
        text=_read_text(next(root.iter("body.content"), None)),
        title=clean_line(_first(root, ".//hl1") or _first(root, "head/title")),
        published=parse_date(next(filter(None, dates), "")),
        source=clean_line(
            next((part.get("name") or "" for part in root.iter("pubdata")), "") or _first(root, ".//distributor")
        ),
        byline=clean_byline(_first(root, ".//byline/person") or _first(root, ".//byline")),
        language=clean_language(root.get(_LANGUAGE) or ""),
        section=clean_section(next((part.get("position.section") or "" for part in root.iter("pubdata")), "")),
        status=read_status({"status": next((part.get("management-status") for part in root.iter("docdata")), None)}),
    )
    name = next((part.get("id-string") for part in root.iter("doc-id")), None) or article.content_key()
    return Extracted(**article.as_dict() | {"key": neat_key(name)})


def _first(element: Any, path: str) -> str:
    """The text of the first element of a path; "" if there is none."""
    found = element.find(path)
    return " ".join("".join(found.itertext()).split()) if found is not None else ""


def _read_text(element: Any) -> str:
    from lxml.etree import tostring

    if element is None:
        return ""
    return read_markup("".join([element.text or "", *(tostring(part, encoding="unicode") for part in _shown(element))]))


def _shown(element: Any) -> Iterator[Any]:
    """The parts of a text, with headings that HTML knows."""
    for part in list(element.iter(*_NO_TEXT.split())):
        part.getparent().remove(part)
    for part in element.iter(*_HEADINGS):
        part.tag = "h2"
    for part in element.iter("media-caption"):
        part.tag = "p"
    yield from element
