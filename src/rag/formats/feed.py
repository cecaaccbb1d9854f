"""Reads RSS and Atom files: each entry is an article. Runs in the worker and uses no network."""

from __future__ import annotations

import io
from typing import Any

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted, neat_key
from rag.formats.fields import clean_byline, clean_language, clean_line, clean_url
from rag.formats.markup import read_markup
from rag.text.dates import parse_date


def extract(data: bytes) -> list[Extracted]:
    """Reads the articles of a feed.

    Args:
        data: The bytes of the file.

    Returns:
        The articles in the order of the feed. An entry without text has the text "".

    Raises:
        ArticleError: If the file is not a feed, or has no entries.
    """
    import feedparser

    feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False) if data.strip() else {}
    if not feed.get("version") or not feed.get("entries"):
        raise ArticleError(
            "This is not an RSS or Atom feed with articles",
            "no_article",
            remedy="save its articles as files, or remove it",
        )
    return [_read_entry(entry, feed["feed"]) for entry in feed["entries"]]


def _read_entry(entry: Any, feed: Any) -> Extracted:
    url = clean_url(entry.get("link", ""))
    text = _read_text(entry)
    article = Extracted(
        text=text,
        title=clean_line(read_markup(entry.get("title", ""))),
        published=parse_date(entry.get("published") or entry.get("updated") or ""),
        source=clean_line(read_markup((entry.get("source") or feed).get("title", ""))),
        url=url,
        byline=clean_byline(", ".join(author.get("name", "") for author in entry.get("authors", []))),
        language=clean_language(feed.get("language", "")),
    )
    name = entry.get("id") or url or article.fingerprint()[:16]
    return Extracted(**article.as_dict() | {"key": neat_key(name)})


def _read_text(entry: Any) -> str:
    """The longest text of the entry: one of its contents or its summary."""
    parts = [*entry.get("content", []), {"value": entry.get("summary", "")}]
    return max((read_markup(part.get("value") or "") for part in parts), key=len)
