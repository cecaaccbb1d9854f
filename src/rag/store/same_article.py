"""Decides by web address whether two files are one article, of which the later file is the newer edition.

A file stays its own article while it exists. When it is gone, the next new file that states the same address is the
same article. Two files that exist at the same time are two articles, whatever address they state, because nothing shows
which one is newer (a feed's summary may come after the page). If their texts are copies, they count as one voice. An
address that more than one article has stated belongs to a site, not to an article, and is not used.
"""

from __future__ import annotations

from collections.abc import Container
from urllib.parse import urlsplit

STATED_HERE = "url = ? AND instr(derived, '\"url\"') = 0"
"""The SQL condition that a version states this address itself, instead of having it derived from its first lines."""


def naming_address(url: str | None, derived: Container[str]) -> str | None:
    """Returns the address if the article states it and it can name one article.

    A site's front page, which has neither a path nor a query, names no article.

    Args:
        url: The article's address, if any.
        derived: Names of the fields that were derived from the article's first lines.

    Returns:
        The address, or None.
    """
    if url is None or "url" in derived:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.path.strip("/") or parts.query else None
