"""Reads web pages: trafilatura finds the article and reads JSON-LD and meta tags. Runs in the worker."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Any

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.fields import clean_byline, clean_language, clean_line, clean_section, clean_url
from rag.formats.structured_data import Stated, read_stated
from rag.formats.tables import flatten_tables
from rag.text.dates import find_dates, parse_date
from rag.text.decode import decode
from rag.text.english.datelines import PUBLISHED

_DECLARED = re.compile(
    rb"""<(?:meta[^>]{0,200}?charset|\?xml[^>]{0,100}?encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.I
)
"""The encoding that a page declares."""
_XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_LANGUAGE = re.compile(r"""<html[^>]{0,2000}?\slang\s*=\s*["']?([\w-]{2,20})""", re.I)
_HEAD = 4096
"""Number of bytes at the start of a page in which its encoding is declared."""
_MOST_OPEN = 200
"""Most elements of a kind that a page leaves open. The parser cuts off what is over 255 elements deep."""
_INLINE = re.compile(r"</?(?P<name>font|span|a|b|i|u|em|strong|small|big|center|tt)\b[^<>]*>", re.IGNORECASE)
_DIVISION = re.compile(r"<(?P<end>/?)(?P<name>div)\b[^<>]*>", re.IGNORECASE)
_LINE_ENDS = re.compile(r"\s*\n\s*")
_KEPT_BY_PRECISION = 0.25
"""Least share of the text that the precise extraction must keep. If it keeps less, it has lost the article itself."""
_MORE = 1.5
"""How many times longer the text in JSON-LD must be to replace the page's text, where the page is free."""
_END = 60
"""Characters at the end of the text in JSON-LD that the page shows if it shows all."""
_PUBLISHED = re.compile(PUBLISHED, re.IGNORECASE)
_LONGEST_LINE = 160
"""Most characters of a line that shows the date."""
_PARTS = 8
"""Most elements in such a line."""
_CAPTION_WORDS = 4
"""Least words of a caption that is read. Shorter ones are credits."""
_CREDIT = re.compile(r"(?<=[.!?)])\s+(?=(?:Photograph|Photo|Picture|Image|Illustration|Credit|Foto|©)\b|©)")
"""The place between a caption and the credit behind it."""
_ROW = re.compile(r"^\| (.*) \|[ \t]*$", re.MULTILINE)
"""A row of a table, as trafilatura writes it."""
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
    from trafilatura import load_html

    page = _without_open(decode_page(data))
    tree = load_html(page)
    stated = read_stated(tree)
    article = find_article(page)
    text = _LINE_ENDS.sub("\n\n", (article.text if article else "").strip())
    text = _write_rows(stated.body if _is_cut(text, stated) else text)
    if not text:
        raise ArticleError(
            "No article was found in the page", "no_article", remedy="save it as plain text, or remove it"
        )
    language = _LANGUAGE.search(page)
    source = clean_line((article.sitename if article else "") or "")
    return [
        Extracted(
            text=text,
            title=_without_site(_choose_title(article, stated, tree), source),
            published=_choose_date(article, stated, tree, page),
            source=source,
            url=clean_url((article.url if article else "") or ""),
            byline=clean_byline(((article.author if article else "") or "").replace("; ", ", ")),
            language=clean_language(language[1]) if language else None,
            section=clean_section(stated.section),
        )
    ]


def _without_open(page: str) -> str:
    """The page without the tags that it opens hundreds of times and never closes, as old pages do with `<font>`."""
    opened = Counter[str]()
    for tag in (*_INLINE.finditer(page), *_DIVISION.finditer(page)):
        opened[tag["name"].lower()] += -1 if tag[0].startswith("</") else 1
    if max(opened.values(), default=0) <= _MOST_OPEN:
        return page
    if opened["div"] > _MOST_OPEN:  # a paragraph ends where the next one begins
        page = _DIVISION.sub(lambda tag: "" if tag["end"] else "<p>", page)
    return _INLINE.sub(lambda tag: "" if opened[tag["name"].lower()] > _MOST_OPEN else tag[0], page)


def _is_cut(text: str, stated: Stated) -> bool:
    """Whether the page shows less of the article than its JSON-LD states: the rest is behind a paywall or a script."""
    body = " ".join(stated.body.split())
    end = body[-_END:]
    if not body or end in " ".join(text.split()) or end.endswith(("…", "...")):
        return False
    return not stated.is_free or len(body) > _MORE * len(text)


def _choose_title(article: Any, stated: Stated, tree: Any) -> str | None:
    """trafilatura's title if the page shows it as its own; else the one that its JSON-LD states."""
    title = clean_line((article.title if article else "") or "")
    shown = [clean_line(" ".join(part.itertext())) for part in tree.iter("h1", "title")] if tree is not None else []
    if stated.headline is None or (title and any(title in line for line in shown if line)):
        return title
    return clean_line(stated.headline)


def _choose_date(article: Any, stated: Stated, tree: Any, page: str) -> str | None:
    """The date of publication that the page states, else the one that it shows, else one that trafilatura finds.

    trafilatura gives the first day of the month for a day that does not exist, such as 30 February.
    """
    date = parse_date(stated.published or "") or _find_shown_date(tree)
    found = date or parse_date((article.date if article else "") or "")
    if date or found is None or not found.endswith("-01") or found in page:
        return found
    return found if any(day == found for _, day in find_dates(page)) else found[: len("2025-02")]


def _find_shown_date(tree: Any) -> str | None:
    """The date behind "Published" in a short line of the page."""
    for element in tree.iter() if tree is not None else ():
        line = " ".join(element.itertext()) if isinstance(element.tag, str) and len(element) <= _PARTS else ""
        label = _PUBLISHED.search(line) if len(line) <= _LONGEST_LINE else None
        if label is not None:
            dates = sorted(found for found in find_dates(line) if found[0] >= label.start())
            if dates:
                return dates[0][1]
    return None


def _write_rows(text: str) -> str:
    """The text with the rows of tables as lines of their own, without trafilatura's marks."""
    return _ROW.sub(lambda row: row[1].replace("\\|", "|").strip(), text)


def find_article(page: str) -> Any:
    """Finds the article with trafilatura. Doubtful text is left out, unless too little would remain.

    Args:
        page: The page's markup.

    Returns:
        trafilatura's document; None if there is no article.
    """
    from lxml.html import tostring
    from trafilatura import bare_extraction, load_html

    tree = load_html(page)
    if tree is not None:
        _join_parts(tree)
        _show_captions(tree)
        flatten_tables(tree)
        page = tostring(tree, encoding="unicode")
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


def _join_parts(tree: Any) -> None:
    """Joins an article that advertising split into several elements of one class.

    trafilatura would treat the first of these elements as the whole article.
    """
    parts: defaultdict[tuple[str, str], list[Any]] = defaultdict(list)
    for element in tree.iter("div", "section"):
        name = element.get("class") or ""
        if "article" in name.lower() and sum(map(_is_running_text, element.iterchildren("p"))) >= _PART:
            parts[element.tag, name].append(element)
    for first, *others in parts.values():
        for other in others:
            first.extend(list(other))


def _show_captions(tree: Any) -> None:
    """Makes paragraphs of the captions in the article, which trafilatura leaves out, and drops what was struck out."""
    from lxml.html import builder

    for struck in list(tree.iter("del", "s", "strike")):
        struck.drop_tree()
    for figure in list(tree.iter("figure")):
        captions = [" ".join(" ".join(part.itertext()).split()) for part in figure.iter("figcaption")]
        around = {parent.tag for parent in figure.iterancestors()}
        if around & {"article", "main"} and not around & {"a", "aside", "nav", "footer"}:
            parts = [
                part for caption in captions for part in _CREDIT.split(caption) if len(part.split()) >= _CAPTION_WORDS
            ]
            for part in reversed(parts):
                figure.addnext(builder.P(part.strip()))


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
