"""The SQLite file of the followed questions, beside the index and outside of its generations."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from rag.core.errors import StandingError
from rag.store.sqlite.connection import SqliteConnection

_FORMAT = 1
"""The format of the file. A file of another one is refused."""
_TABLES = f"""
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS register (uuid TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS question (
    id TEXT PRIMARY KEY, question TEXT NOT NULL, scope TEXT, added TEXT NOT NULL, asked TEXT NOT NULL,
    changed TEXT, answer TEXT NOT NULL, known TEXT NOT NULL, trace TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS change (
    number INTEGER PRIMARY KEY AUTOINCREMENT, question_id TEXT NOT NULL, change TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS unsent (
    number INTEGER NOT NULL, channel TEXT NOT NULL, PRIMARY KEY (number, channel)
);
INSERT INTO register SELECT :uuid WHERE NOT EXISTS (SELECT * FROM register);
PRAGMA user_version = {_FORMAT};
COMMIT;
"""


def is_there(path: Path) -> bool:
    """Whether a question was ever followed."""
    return path.exists() and path.stat().st_size > 0


@contextmanager
def open_register(path: Path, create: bool) -> Iterator[SqliteConnection]:
    """Opens the file for some statements.

    Args:
        path: The file.
        create: Whether to make it if it is missing.

    Raises:
        StandingError: If it has the format of another release.
    """
    with closing(SqliteConnection(path, "mode=rwc" if create else "mode=rw")) as database:
        row = database.row("PRAGMA user_version")
        found = row[0] if row else 0
        if found != _FORMAT:
            if found or not create:
                raise StandingError(
                    f"{path} has the format {found}, which this release can't read",
                    remedy="use the release that wrote it",
                )
            database.script(_TABLES.replace(":uuid", f"'{uuid.uuid4()}'"))
        yield database
