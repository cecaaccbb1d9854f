"""Finds generations that the rows name and that have no row of their own. Their numbers would be used again."""

from __future__ import annotations

from rag.store.database import Database

_NAMED = (
    "SELECT max(added_generation) FROM passage",
    "SELECT max(removed_generation) FROM passage WHERE removed_generation IS NOT NULL",
    "SELECT max(added_generation) FROM article",
)
"""The highest generation that rows name. Each query uses an index or reads a small table."""
_ALL_NAMED = tuple(
    f"SELECT {column}_generation FROM {table} WHERE {column}_generation IS NOT NULL"
    for table in ("article", "version", "text_group", "passage")
    for column in ("added", "removed")
)


def require_newest(database: Database, newest: int) -> None:
    """Checks that no row names a generation after the newest.

    Raises:
        IndexDamagedError: If a row does.
    """
    for sql in _NAMED:
        row = database.row(sql)
        if row and (row[0] or 0) > newest:
            raise database.damaged(f"generation {row[0]} is missing")


def missing_generations(database: Database) -> list[int]:
    """The numbers of all generations that are missing: those that rows name, and gaps in the sequence, ascending.

    It reads whole tables.
    """
    known = {row[0] for row in database.rows("SELECT number FROM generation")}
    named = {row[0] for row in database.rows(" UNION ".join(_ALL_NAMED))}
    return sorted((named | set(range(max(known, default=0)))) - known)
