"""RSS and Atom: each entry of a feed's file is an article; runs in the worker and asks no network."""

from __future__ import annotations

import io
from typing import Any

from rag.core.dates import parse_date
from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted, neat_key
from rag.formats.fields import clean_byline, clean_language, clean_line, clean_url
from rag.formats.html import read_markup


def extract(data: bytes) -> list[Extracted]:
    """The articles of a feed, in its order; an entry without text has none (""). Raises ArticleError."""
    import feedparser

    feed = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False) if data.strip() else {}
    if not feed.get("version") or not feed.get("entries"):
        raise ArticleError(
            "This is no RSS or Atom feed with articles in it", "no_article", remedy="save its articles, or take it away"
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
    """The longest of what the entry says: its content, or its summary."""
    parts = [*entry.get("content", []), {"value": entry.get("summary", "")}]
    return max((read_markup(part.get("value") or "") for part in parts), key=len)
