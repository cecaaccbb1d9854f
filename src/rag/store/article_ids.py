"""Finds the id of an article by its path, or by the web address that it states.

A file stays its own article while it exists. When it is gone, the next new file that states the same address is the
same article, of which it is the newer edition. Two files that exist at the same time are two articles, whatever address
they state, because nothing shows which one is newer (a feed's summary may come after the page). If their texts are
copies, they count as one voice. An address that more than one article has stated belongs to a site, not to an article,
and is not used.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Container
from typing import NamedTuple
from urllib.parse import urlsplit

from rag.store.columns import PLACE, VERSION, columns
from rag.store.database import Database
from rag.store.rows import version_values

STATED_HERE = "url = ? AND derived NOT LIKE '%\"url\"%'"
"""The SQL condition that a version states this address itself, instead of having it derived from its first lines."""


class GoneArticle(NamedTuple):
    """An article whose file is gone, and the last path of that file."""

    id: str
    path: str


def id_at(database: Database, path: str, known: str | None) -> str | None:
    """Reads the id of the current article at a path.

    Args:
        database: The connection to the store.
        path: The article's path.
        known: The id that the caller expects, if any.

    Returns:
        The id; None if no current article lies there.

    Raises:
        IndexDamagedError: If the stored path or id does not fit.
    """
    sql = f"SELECT {columns('article', PLACE)} FROM article WHERE path = ? AND removed_generation IS NULL"
    row = database.row(sql, (path,))
    alive, lies_at, _, _ = database.intact(row, PLACE, f"the article at {path}") if row else (known, path, 0, None)
    if lies_at != path or known not in (None, alive) or (known and not row):
        raise database.damaged(f"the article at {path}")
    return str(alive) if alive else None


def free_id(database: Database, path: str) -> str:
    """Chooses the id of a new article: 12 hexadecimal digits, derived from its path.

    A removed article that returns to its last path gets its old id.

    Raises:
        IndexDamagedError: If an article lies at this path, which the index of paths did not find.
    """
    salted = itertools.chain([path], (f"{path}\0{salt}" for salt in itertools.count(1)))
    candidates = (hashlib.sha256(name.encode()).hexdigest()[:12] for name in salted)
    return next(candidate for candidate in candidates if _is_free(database, candidate, path))


def find_gone(database: Database, address: str, path: str, there: Container[str]) -> GoneArticle | None:
    """Finds the only article that ever stated an address, if its file is gone.

    Args:
        database: The connection to the store.
        address: The web address that a new article states.
        path: The new article's path.
        there: Paths of articles whose files still exist.

    Returns:
        The article; None if there is none, there are several, its file still exists, or a person withdrew it.

    Raises:
        IndexDamagedError: If a version with this address is damaged.
    """
    last = f"SELECT max(id) FROM version WHERE {STATED_HERE} GROUP BY article_id LIMIT 2"
    stated = f"SELECT {columns('version', VERSION)} FROM version WHERE id IN ({last})"
    versions = [version_values(database, row) for row in database.rows(stated, (address,))]
    if any(version["url"] != address for version in versions):
        raise database.damaged(f"the versions of {address}")
    ids = [version["article_id"] for version in versions]
    place = last_place(database, ids[0]) if len(ids) == 1 else None
    if place is None or database.row("SELECT 1 FROM withdrawn WHERE article_id = ?", (ids[0],)) is not None:
        return None
    before, removed = place
    if removed is None or (before != path and before in there):
        return None
    return GoneArticle(str(ids[0]), before)


def last_place(database: Database, article_id: str) -> tuple[str, int | None] | None:
    """Reads the current or last path of an article.

    Returns:
        The path, and the generation that removed the article from there (None: it lies there now); None for an unknown
        id.

    Raises:
        IndexDamagedError: If the row is damaged or another article's.
    """
    sql = f"SELECT {columns('article', PLACE)} FROM article WHERE id = ? ORDER BY rowid DESC LIMIT 1"
    row = database.row(sql, (article_id,))
    if row is None:
        return None
    found, path, _, removed = database.intact(row, PLACE, f"article {article_id}")
    if found != article_id:
        raise database.damaged(f"article {article_id}")
    return path, removed


def _is_free(database: Database, article_id: str, path: str) -> bool:
    """Whether the id is unused, or belongs to a removed article whose last path this is."""
    place = last_place(database, article_id)
    if place == (path, None):
        raise database.damaged(f"the article at {path}")
    return place is None or (place[1] is not None and place[0] == path)


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
