"""Brings a library of an older format up to date in place. No article is read or embedded again.

The steps follow from what the file lacks and not from its number, because two lines of development once used the same
number. All of them are one transaction: after a crash the file has the older format.
"""

from __future__ import annotations

import logging
from contextlib import closing
from pathlib import Path

from rag.core.errors import IndexFormatError, IndexNotWritableError
from rag.core.index_layout import store_path
from rag.core.remedies import Remedy
from rag.store.columns import VERSION, columns
from rag.store.duplicate_groups import Groups
from rag.store.rows import newest_generation, read_article
from rag.store.sqlite.connection import SqliteConnection
from rag.store.sqlite.file_format import FORMAT, is_older
from rag.store.sqlite.tables import SCHEMA
from rag.store.update_lock import update_lock
from rag.text.near_duplicates import shingle

_PATIENCE = 60.0
"""Seconds to wait for another process that is bringing the same library up to date."""
_BATCH = 256
"""Rows held in memory at a time."""
_log = logging.getLogger(__name__)


def upgrade_if_older(folder: Path) -> None:
    """Brings the library in a folder up to date if an older release wrote it.

    Args:
        folder: The index folder, with a library.

    Raises:
        IndexFormatError: If a newer release wrote it, or it is older and can't be written.
        IndexDamagedError: If it is damaged.
        IndexBusyError: If another process is updating it.
    """
    path = store_path(folder)
    if not is_older(path):
        return
    try:
        with update_lock(folder, _PATIENCE):
            if is_older(path):  # it may have been brought up to date while this process waited
                _log.warning("%s is of an older release and is being brought up to date; this takes a while", folder)
                upgrade_file(path)
    except IndexNotWritableError as error:
        raise IndexFormatError(
            f"The index in {folder} is of an older release, and it can't be written to bring it up to date",
            remedy=Remedy("let this user write there, or copy it elsewhere and", "choose_index"),
            path=str(folder),
        ) from error


def upgrade_file(path: Path) -> None:
    """Brings a library's file up to date. No other process may be writing to it.

    Raises:
        IndexDamagedError: If the file is damaged.
        IndexNotWritableError: If it can't be written.
    """
    with closing(SqliteConnection(path)) as database:
        database.run("BEGIN IMMEDIATE")
        has_groups = database.row("SELECT 1 FROM sqlite_schema WHERE name = 'text_group'") is not None
        _add_columns(database)
        for statement in SCHEMA.split(";\n"):
            database.run(statement)
        if not has_groups:
            _group_copies(database)
        database.run(f"PRAGMA user_version = {FORMAT}")
        database.run("COMMIT")
    _log.info("%s was brought up to format %d", path, FORMAT)


def _add_columns(database: SqliteConnection) -> None:
    """Adds the columns of `version` that are missing, and computes the checksums with them."""
    there = database.columns_of("version")
    missing = [name for name in VERSION if name not in there]
    if not missing:
        return
    before = [name for name in VERSION if name in there]
    # Checked first, because the new checksum would hide damage for ever.
    for batch in database.batches(f"SELECT {columns('version', before)} FROM version", (), _BATCH):
        for row in batch:
            database.intact(row, before, f"version {row[0]}")
    for name in missing:
        database.run(f"ALTER TABLE version ADD COLUMN {name} TEXT")
    database.run(f"UPDATE version SET checksum = checksum({', '.join(VERSION)})")


def _group_copies(database: SqliteConnection) -> None:
    """Groups the copies among the current versions, as the updates that stored them would have."""
    groups = Groups(database, newest_generation(database).number)
    alive = database.rows("SELECT id FROM version WHERE removed_generation IS NULL ORDER BY id")
    for (version_id,) in alive:
        groups.place(version_id, shingle(read_article(database, version_id, path="")))
