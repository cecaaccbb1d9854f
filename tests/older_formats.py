"""Makes an index of an older format out of one of the present format."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rag.core.index_layout import store_path
from rag.store.columns import VERSION
from rag.store.sqlite.connection import SqliteConnection

_CORRECTED = ("original",)
_ADDED_AFTER_010 = ("section", "fields", *_CORRECTED)
"""Columns of `version` that release 0.1.0 did not have."""
_WITHOUT_GROUPS = "DROP TABLE text_group; DROP TABLE band;"
_NO_SPEECHES = "DROP TABLE IF EXISTS speech; DROP TABLE IF EXISTS speaker;"
_NOTHING_WITHDRAWN = "DROP TABLE IF EXISTS withdrawn;"
OLDER = {
    "6, without corrections": (_CORRECTED, "PRAGMA user_version = 6;"),
    "5, without speeches": (_CORRECTED, "PRAGMA user_version = 5;"),
    "4, without withdrawn articles": (_CORRECTED, f"{_NOTHING_WITHDRAWN} PRAGMA user_version = 4;"),
    "3, release 0.1.0": (_ADDED_AFTER_010, "PRAGMA user_version = 3;"),
    "2, without fields of records": ((*_ADDED_AFTER_010, "language"), "DROP TABLE file; PRAGMA user_version = 2;"),
    "2, without groups of copies": (_ADDED_AFTER_010, f"{_WITHOUT_GROUPS} PRAGMA user_version = 2;"),
    "1": ((*_ADDED_AFTER_010, "language"), f"DROP TABLE file; {_WITHOUT_GROUPS} PRAGMA user_version = 1;"),
}
"""What an older format lacks: columns of `version`, and as SQL all else."""


def make_older(folder: Path, name: str = "1") -> None:
    """Gives the index in a folder the older format of this name."""
    lacking, script = OLDER[name]
    with closing(SqliteConnection(store_path(folder))) as database:
        there = {row[0] for row in database.rows("SELECT name FROM pragma_table_info('version')")}
        kept = ", ".join(column for column in VERSION if column in there and column not in lacking)
        database.run(f"UPDATE version SET checksum = checksum({kept})")
        database.run("DROP INDEX IF EXISTS version_corrected")
        for column in lacking:
            if column in there:
                database.run(f"ALTER TABLE version DROP COLUMN {column}")
        dropped = {"6": "", "5": _NO_SPEECHES}.get(name[0], f"{_NO_SPEECHES} {_NOTHING_WITHDRAWN}")
        database.script(f"{dropped} {script}")
