"""Retires rows of the store: a generation that removes or replaces a row marks it and deletes nothing.

An SQLite index names the rows, and an index has no checksum. So the rows are checked: each must be one that was asked
for, and none may be missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rag.store.columns import GROUP, PASSAGE, PLACE, VERSION, columns
from rag.store.database import Database, Row, checksum
from rag.store.listing import UNINDEXED
from rag.store.rows import unpack_sentences, version_values

_NAMES = {"article": PLACE, "version": VERSION, "text_group": GROUP, "passage": PASSAGE}
"""The columns that each table's checksum covers. The first one names a current row."""


def alive_version(database: Database, article_id: str) -> dict[str, Any] | None:
    """The values of VERSION by name of the version that an article has now; None if it has none."""
    where = "article_id = ? AND removed_generation IS NULL"
    row = database.row(f"SELECT {columns('version', VERSION)} FROM version WHERE {where}", (article_id,))
    return None if row is None else version_values(database, row)


def retire_rows(database: Database, generation: int, table: str, key: str, value: str | int) -> list[Row]:
    """Retires the current rows of a table whose key column has this value.

    Args:
        database: The connection, inside a transaction.
        generation: The generation that retires the rows.
        table: "article", "version", "text_group" or "passage".
        key: The column that is compared.
        value: The value it must have.

    Returns:
        The rows as they were before.

    Raises:
        IndexDamagedError: If a row is damaged or has another value.
    """
    names = _NAMES[table]
    # Checked first, because the new checksum would hide damage for ever.
    sql = f"SELECT {columns(table, names)} FROM {table} WHERE removed_generation IS NULL AND {key} = ?"
    rows = [database.intact(row, names, f"a row of {table}") for row in database.rows(sql, (value,))]
    removed = names.index("removed_generation")
    retired = [(generation, checksum(*row[:removed], generation, *row[removed + 1 :]), row[0]) for row in rows]
    ended = database.run_many(
        f"UPDATE {table} SET removed_generation = ?, checksum = ? WHERE removed_generation IS NULL AND {names[0]} = ?",
        retired,
    )
    if {(row[names.index(key)], row[removed]) for row in rows} - {(value, None)} or ended != len(rows):
        raise database.damaged(f"an index of {table}")
    return rows


def retire_passages(database: Database, generation: int, version: Mapping[str, Any]) -> int:
    """Retires the current passages of a version.

    Passages of one version have consecutive ids. A passage that the index leaves out makes a gap or lies beside the
    others.

    Returns:
        The number of retired passages.

    Raises:
        IndexDamagedError: If the index leaves out a passage.
    """
    ids = [row[0] for row in retire_rows(database, generation, "passage", "version_id", version["id"])]
    beside = database.row(
        f"SELECT 1 FROM passage WHERE id IN (?, ?) AND {UNINDEXED}version_id = ?"
        f" AND {UNINDEXED}removed_generation IS NULL",
        (min(ids, default=0) - 1, max(ids, default=0) + 1, version["id"]),
    )
    has_some = any(sentence.kind != "boilerplate" for sentence in unpack_sentences(version["sentences"]))
    if beside or bool(ids) != has_some or (ids and max(ids) - min(ids) != len(ids) - 1):
        raise database.damaged(f"the passages of version {version['id']}")
    return len(ids)
