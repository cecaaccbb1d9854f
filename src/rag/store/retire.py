"""Ends rows of the store: what a generation removes or replaces is retired, never deleted.

Which rows these are, an index says, and a flipped bit in one is seen by no checksum. So what it names is looked at: the
rows are those that were asked for, and none of them is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rag.store.database import Database, Row
from rag.store.rows import GROUP, PASSAGE, PLACE, VERSION, columns, retire, unpack_sentences, version_values

_NAMES = {"article": PLACE, "version": VERSION, "text_group": GROUP, "passage": PASSAGE}


def alive_version(database: Database, article_id: str) -> dict[str, Any] | None:
    """The values of VERSION by name of the version that an article has now."""
    where = "article_id = ? AND removed_generation IS NULL"
    row = database.row(f"SELECT {columns('version', VERSION)} FROM version WHERE {where}", (article_id,))
    return None if row is None else version_values(database, row)


def retire_rows(database: Database, generation: int, table: str, key: str, value: str | int) -> list[Row]:
    """Ends the rows alive of this key; returns them. Raises IndexDamagedError where one is damaged, or another's."""
    names, where = _NAMES[table], f"{key} = :key"
    # Checked first: the row's new checksum would make a damaged one good for ever.
    sql = f"SELECT {columns(table, names)} FROM {table} WHERE removed_generation IS NULL AND {where}"
    rows = [database.intact(row, f"a row of {table}") for row in database.rows(sql, {"key": value})]
    expected = (value, None)
    found = {(row[names.index(key)], row[names.index("removed_generation")]) for row in rows}
    ended = database.run(retire(table, names, where), {"key": value, "generation": generation})
    if found - {expected} or ended != len(rows):
        raise database.damaged(f"an index of {table}")
    return rows


def retire_passages(database: Database, generation: int, version: Mapping[str, Any]) -> int:
    """Ends the passages of a version; returns how many. Raises IndexDamagedError where an index leaves one out.

    They were given consecutive ids: one that is left out makes a gap, or is beside the others.
    """
    ids = [row[0] for row in retire_rows(database, generation, "passage", "version_id", version["id"])]
    beside = database.row(
        "SELECT 1 FROM passage NOT INDEXED WHERE id IN (?, ?) AND version_id = ? AND removed_generation IS NULL",
        (min(ids, default=0) - 1, max(ids, default=0) + 1, version["id"]),
    )
    has_some = any(sentence.kind != "boilerplate" for sentence in unpack_sentences(version["sentences"]))
    if beside or bool(ids) != has_some or (ids and max(ids) - min(ids) != len(ids) - 1):
        raise database.damaged(f"the passages of version {version['id']}")
    return len(ids)
