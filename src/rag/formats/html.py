"""Reads web pages: trafilatura finds the article and reads JSON-LD and meta tags. Runs in the worker."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.fields import clean_byline, clean_language, clean_line, clean_url
from rag.text.dates import parse_date
from rag.text.decode import decode

_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
"""The encoding that a page declares."""
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_LANGUAGE = re.compile(r"""<html[^>]{0,2000}?\slang\s*=\s*["']?([\w-]{2,20})""", re.I)
_HEAD = 4096
"""Number of bytes at the start of a page in which its encoding is declared."""
_LINE_ENDS = re.compile(r"\s*\n\s*")
_KEPT_BY_PRECISION = 0.25
"""Least share of the text that the precise extraction must keep. If it keeps less, it has lost the article itself."""
_SEPARATORS = "-–—|·:"
"""Characters that separate a title from the site's name."""


def extract(data: bytes) -> list[Extracted]:
    """Reads the article of a web page.

    Args:
        data: The bytes of the page.

    Returns:
        One article.

    Raises:
        ArticleError: If no article is found.
    """
    page = decode_page(data)
    article = find_article(page)
    if article is None or not article.text.strip():
        raise ArticleError(
            "No article was found in the page", "no_article", remedy="save it as plain text, or remove it"
        )
    language = _LANGUAGE.search(page)
    source = clean_line(article.sitename or "")
    return [
        Extracted(
            text=_LINE_ENDS.sub("\n\n", article.text.strip()),
            title=_without_site(clean_line(article.title or ""), source),
            published=parse_date(article.date or ""),
            source=source,
            url=clean_url(article.url or ""),
            byline=clean_byline((article.author or "").replace("; ", ", ")),
            language=clean_language(language[1]) if language else None,
        )
    ]


def find_article(page: str) -> Any:
    """Finds the article with trafilatura. Doubtful text is left out, unless too little would remain.

    Args:
        page: The page's markup.

    Returns:
        trafilatura's document; None if there is no article.
    """
    from trafilatura import bare_extraction

    page = _join_parts(page)
    options = {"include_comments": False, "with_metadata": True, "date_extraction_params": _DATES}
    everything = bare_extraction(page, **options)
    if everything is None:
        return None
    sure = bare_extraction(page, favor_precision=True, include_comments=False)
    if sure is not None and len(sure.text or "") >= _KEPT_BY_PRECISION * len(everything.text or ""):
        everything.text = sure.text
    return everything


_DATES = {"extensive_search": False, "original_date": True}
"""Only stated dates are read. No date is guessed from digits in the page."""


def _join_parts(page: str) -> str:
    """Joins an article that advertising split into several elements of one class; returns the page.

    trafilatura would treat the first of these elements as the whole article.
    """
    from lxml.html import tostring
    from trafilatura import load_html

    tree = load_html(page)
    parts: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    for element in tree.iter("div", "section") if tree is not None else ():
        name = element.get("class") or ""
        if "article" in name.lower() and sum(map(_is_running_text, element.iterchildren("p"))) >= _PART:
            parts[element.tag, name].append(element)
    cut = [elements for elements in parts.values() if len(elements) > 1]
    for first, *others in cut:
        for other in others:
            first.extend(list(other))
    return tostring(tree, encoding="unicode") if cut else page


def _is_running_text(paragraph: Any) -> bool:
    return len(paragraph.text_content().split()) >= _WORDS


_PART, _WORDS = 2, 15
"""A part of an article has at least `_PART` paragraphs of at least `_WORDS` words. A teaser has fewer."""


def decode_page(data: bytes) -> str:
    """Decodes a page by its byte order mark, as UTF-8, or by the encoding that it declares.

    Raises:
        ArticleError: If it can't be decoded.
    """
    declared = _DECLARED.search(data, 0, _HEAD)
    page = decode(data, declared[1].decode("ascii") if declared else None)
    return _XML_DECLARATION.sub("", page).replace("\0", "")


def _without_site(title: str | None, site: str | None) -> str | None:
    """The title without the site's name that follows a dash at its end."""
    if title and site and title.lower().endswith(site.lower()):
        rest = title[: -len(site)].rstrip()
        if rest and rest[-1] in _SEPARATORS and len(rest.rstrip(_SEPARATORS).split()) > 1:
            return rest.rstrip(_SEPARATORS).rstrip()
    return title
