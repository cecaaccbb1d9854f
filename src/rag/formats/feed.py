"""Reads RSS and Atom files, exports of WordPress and Blogger, and agencies' XML: each entry is an article.

Runs in the worker and uses no network.
"""

from __future__ import annotations

import io
from typing import Any

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted, neat_key
from rag.formats.fields import clean_byline, clean_language, clean_line, clean_section, clean_url
from rag.formats.markup import drop_shortcodes, read_markup
from rag.formats.newsroom.agency import read_items
from rag.formats.publication import NO_ARTICLE, read_status
from rag.text.dates import parse_date

_DATES = ("published", "updated", "wp_post_date_gmt", "wp_post_date")
"""Fields of an entry that state its date, the likeliest first."""
_STATES = {"status": "wp_status", "posttype": "wp_post_type", "postpassword": "wp_post_password", "draft": "app_draft"}
"""Names of `read_status`, and the fields of an entry that hold them."""
_KIND = "schemas.google.com/g/2005#kind"
"""The scheme of the tag by which Blogger tells posts from comments, settings and templates."""


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

    items = read_items(data)
    if items is not None:
        return items
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
    article = Extracted(
        text=_read_text(entry),
        title=clean_line(read_markup(entry.get("title", ""))),
        published=parse_date(next(filter(None, map(entry.get, _DATES)), "")),
        source=clean_line(read_markup((entry.get("source") or feed).get("title", ""))),
        url=url,
        byline=clean_byline(", ".join(author.get("name", "") for author in entry.get("authors", []))),
        language=clean_language(feed.get("language", "")),
        section=clean_section(", ".join(_categories(entry))),
        status=_read_status(entry),
    )
    name = entry.get("id") or url or article.content_key()
    return Extracted(**article.as_dict() | {"key": neat_key(name)})


def _read_text(entry: Any) -> str:
    """The longest text of the entry: one of its contents or its summary. In WordPress, blank lines end paragraphs."""
    parts = [part.get("value") or "" for part in (*entry.get("content", []), {"value": entry.get("summary", "")})]
    if "wp_post_type" in entry:
        return max((read_markup(drop_shortcodes(part), is_loose=True) for part in parts), key=len)
    return max(map(read_markup, parts), key=len)


def _categories(entry: Any) -> list[str]:
    """The names of the entry's categories, each once. WordPress marks them and its tags apart, Blogger its kinds."""
    tags = [tag for tag in entry.get("tags", []) if tag.get("term") and _KIND not in (tag.get("scheme") or "")]
    marked = [tag for tag in tags if tag.get("scheme") == "category"]
    return list(dict.fromkeys(read_markup(tag.get("label") or tag["term"]) for tag in marked or tags))


def _read_status(entry: Any) -> str | None:
    """Why an entry of an export of WordPress or Blogger is not published; None if it is."""
    kinds = [
        tag.get("term", "").partition("#")[2] for tag in entry.get("tags", []) if _KIND in (tag.get("scheme") or "")
    ]
    if kinds and "post" not in kinds and "page" not in kinds:
        return NO_ARTICLE
    return read_status({name: entry[key] for name, key in _STATES.items() if key in entry})
