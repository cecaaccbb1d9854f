"""Fetches one page, or one feed, into a file of a folder, which is then added as any other file.

A page's address fetches that page alone: no picture, script or link of it. What came is told by its content and by what
the server states, and read once, so that what is no article is an error here.
"""

from __future__ import annotations

import codecs
import json
import logging
import re
from contextlib import suppress
from pathlib import Path

from rag.core.errors import FetchError
from rag.core.ip_addresses import is_public
from rag.core.settings import DEFAULTS, FileSettings
from rag.formats.extracted import Extracted
from rag.formats.file_types import FEED, FILE_TYPES, SIDE_FILE, max_bytes_of
from rag.formats.sandbox import Sandbox
from rag.ingest.fetching.feeds import FEED_SUFFIX
from rag.ingest.fetching.fetch import IsAllowed, Limits, Reply, fetch, file_name

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rss+xml": FEED_SUFFIX,
    "application/atom+xml": FEED_SUFFIX,
    "application/rdf+xml": FEED_SUFFIX,
    "application/xml": FEED_SUFFIX,
    "text/xml": FEED_SUFFIX,
    "": ".html",
}
"""The suffix of a file by the kind of content that the server states."""
_BEGINNINGS = (
    (re.compile(rb"\s*%PDF-"), ".pdf"),
    (re.compile(rb"(?:\xef\xbb\xbf)?(?:\s|<\?[^>]*>|<!--[^>]*-->)*<(?:rss|feed|rdf:rdf)\b", re.I), FEED_SUFFIX),
)
"""The suffix of a file by its beginning. Many feeds are sent as text/html."""
_IN_CHARACTERS = frozenset({".html", ".txt", ".md"})
"""Kinds of files that are text in the encoding that the server states."""
_log = logging.getLogger(__name__)


def fetch_page(
    url: str,
    folder: Path,
    *,
    is_allowed: IsAllowed = is_public,
    seconds: float = DEFAULTS.updates.feed_seconds,
    files: FileSettings = DEFAULTS.files,
) -> Path:
    """Fetches a page or a feed.

    If a page does not state its address, a file beside it does (`rag.formats.file_types.SIDE_FILE`).

    Args:
        url: The address.
        folder: The folder to write into.
        is_allowed: Says whether an IP address may be connected to.
        seconds: Seconds that it may take, redirects included.
        files: What reading one file may cost.

    Returns:
        The file, which is named by the host and the hash of the address, so that a newer state has the same name.

    Raises:
        FetchError: If it can't be fetched, or is neither a page nor a feed.
        ArticleError: If there is no article in it.
        OSError: If the folder can't be written.
    """
    reply = fetch(url, {}, Limits(is_allowed, seconds, max_bytes_of(FEED, files)))
    suffix = _suffix_of(reply)
    _log.info("%s: %s, %d bytes, taken as %s", url, reply.media_type or "no stated kind", len(reply.body), suffix)
    if suffix is None:
        advice = "download it, and add it as a file"
        what = f"{url} is neither a page nor a feed ({reply.media_type})"
        raise FetchError(what, "no_page", remedy=advice, address=url, kind=reply.media_type)
    file, content = folder / file_name(url, suffix), _in_utf8(reply, suffix)
    articles = _read(content, suffix, files)
    file.write_bytes(content)
    if suffix != FEED_SUFFIX and not any(article.url for article in articles):
        file.with_name(file.name + SIDE_FILE).write_text(json.dumps({"url": reply.url}), encoding="utf-8")
    return file


def _suffix_of(reply: Reply) -> str | None:
    found = (suffix for beginning, suffix in _BEGINNINGS if beginning.match(reply.body))
    return next(found, None) or _SUFFIXES.get(reply.media_type)


def _in_utf8(reply: Reply, suffix: str) -> bytes:
    """The content, in UTF-8 if the server states another encoding in which it can be read: the page itself may not."""
    with suppress(LookupError, ValueError):
        if suffix in _IN_CHARACTERS and reply.charset and codecs.lookup(reply.charset).name != "utf-8":
            return reply.body.decode(reply.charset).encode()
    return reply.body


def _read(content: bytes, suffix: str, files: FileSettings) -> list[Extracted]:
    """Reads the articles of a file; none of one that is read without a worker. Raises ArticleError."""
    file_type = FILE_TYPES[suffix]
    if file_type.reader is None:
        return []
    with Sandbox(files) as sandbox:
        return sandbox.extract(file_type, content)
