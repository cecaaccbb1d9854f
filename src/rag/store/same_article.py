"""Which web address tells that two files are one article, of which the later is the newer edition.

The rule: a file is its article for as long as it is there. When it is gone, the next file that comes and states the
same address is the same article. Files side by side are articles of their own whatever they state, as nothing tells
which is the newer (a feed's summary may come after the page); where their texts are copies, they count as one voice.
An address that more than one article has stated is a site's, not an article's, and tells nothing.
"""

from __future__ import annotations

from collections.abc import Container
from urllib.parse import urlsplit

STATED_HERE = "url = ? AND instr(derived, '\"url\"') = 0"
"""The SQL condition that a version states this address, rather than that it was found in its first lines."""


def naming_address(url: str | None, derived: Container[str]) -> str | None:
    """The address, where it is stated and may be one article's: a site's front page names none."""
    if url is None or "url" in derived:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.path.strip("/") or parts.query else None
