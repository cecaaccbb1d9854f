"""Reads what a page states about its article for machines: JSON-LD and meta tags."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rag.formats.markup import read_value

_ARTICLES = (
    *("NewsArticle", "Article", "LiveBlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle"),
    *("BackgroundNewsArticle", "ReviewNewsArticle", "AskPublicNewsArticle", "BlogPosting", "Report"),
)
"""The types of JSON-LD that are articles."""
_AROUND = ("@graph", "mainEntity", "mainEntityOfPage")
"""Fields of JSON-LD that hold the article of a page."""
_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "datepublished", "article:published", "pubdate"),
    *(
        "publishdate",
        "publish-date",
        "published_time",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dc.date",
    ),
    *(
        "dcterms.date",
        "dcterms.issued",
        "date",
        "article.published",
        "cxenseparse:recs:publishtime",
        "originalpublicationdate",
    ),
)
"""Names of meta tags that state when the article was published."""

_SECTION = (
    "article:section",
    "og:article:section",
    "section",
    "parsely-section",
    "sailthru.section",
    "dcterms.subject",
)
"""Names of meta tags that state the section."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page states about its article.

    Attributes:
        headline: The article's own headline, not that of an update of a live blog.
        published: The date of publication, as it is written.
        body: The text; "" if it is not stated.
        section: The section; several are separated by commas.
        is_free: Whether everybody may read the article.
    """

    headline: str | None = None
    published: str | None = None
    body: str = ""
    section: str = ""
    is_free: bool = True


def read_stated(tree: Any) -> Stated:
    """Reads what a page states.

    Args:
        tree: The page, as lxml reads it; None if it can't be read.
    """
    if tree is None:
        return Stated()
    article = next(_find_articles(tree), {})
    headline, body, published = (article.get(name) for name in ("headline", "articleBody", "datePublished"))
    return Stated(
        headline=headline if isinstance(headline, str) and headline.strip() else None,
        published=published if isinstance(published, str) else _find_in_tags(tree, _PUBLISHED),
        section=_join(article.get("articleSection")) or _find_in_tags(tree, _SECTION) or "",
        body=read_value(body).strip() if isinstance(body, str) else "",
        is_free=str(article.get("isAccessibleForFree", True)).rpartition("/")[2].lower() not in ("false", "no", "0"),
    )


def _find_articles(tree: Any) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                yield from _articles_in(json.loads(script.text or "", strict=False))
            except (ValueError, RecursionError):
                continue


def _articles_in(value: Any) -> Iterator[dict[str, Any]]:
    """The articles of a piece of JSON-LD. The updates of a live blog are parts of one."""
    if isinstance(value, list):
        for part in value:
            yield from _articles_in(part)
    elif isinstance(value, dict):
        types = value.get("@type")
        if any(name in _ARTICLES for name in (types if isinstance(types, list) else [types])):
            yield value
            return
        for name in _AROUND:
            yield from _articles_in(value.get(name))


def _join(value: Any) -> str:
    """The texts of a value, separated by commas."""
    return ", ".join(part for part in (value if isinstance(value, list) else [value]) if isinstance(part, str))


def _find_in_tags(tree: Any, names_wanted: Sequence[str]) -> str | None:
    """What a meta tag, or a `time` element that is marked as the time of publication, states under these names."""
    stated: dict[str, str] = {}
    for tag in tree.iter("meta", "time"):
        names = [tag.get(name) or "" for name in ("property", "name", "itemprop")] + ["pubdate"] * (
            "pubdate" in tag.attrib
        )
        for name in names:
            stated.setdefault(name.lower(), tag.get("content") or tag.get("datetime") or "")
    return next((stated[name] for name in names_wanted if stated.get(name)), None)
