"""The folders and files that updates were given: the table `root`, and the signatures in the table `file`."""

from __future__ import annotations

from collections.abc import Container, Iterable
from pathlib import Path

from rag.store.database import Database

_ROOTS = "SELECT CAST(path AS TEXT) FROM root ORDER BY path"
"""The cast is needed because a flipped bit may turn a text into a blob of the same bytes."""


def read_roots(database: Database) -> list[Path]:
    """Reads the absolute paths of all roots, sorted."""
    return [Path(row[0]) for row in database.rows(_ROOTS)]


def read_signatures(database: Database) -> dict[str, str]:
    """Reads the signature of each file of many articles, by path."""
    return dict(database.rows("SELECT CAST(path AS TEXT), CAST(signature AS TEXT) FROM file"))


def add_roots(database: Database, paths: Iterable[Path], keep: Container[Path] = ()) -> None:
    """Adds absolute paths. A path inside another root is not kept, unless it is a root in `keep`."""
    before = set(read_roots(database))
    roots = before | set(paths)
    outermost = {root for root in roots if root in keep or not any(parent in roots for parent in root.parents)}
    drop_roots(database, before - outermost)
    for root in outermost - before:
        database.run("INSERT INTO root VALUES (?)", (str(root),))


def drop_roots(database: Database, paths: Iterable[Path]) -> None:
    """Drops these paths. Unknown ones are ignored."""
    for root in paths:
        database.run("DELETE FROM root WHERE path = ?", (str(root),))


def move_signatures(database: Database, moved: Iterable[tuple[str, str]]) -> None:
    """Changes the paths of files of many articles, given as pairs of the old and the new path."""
    for old, new in moved:
        database.run("UPDATE OR REPLACE file SET path = ? WHERE path = ?", (new, old))
