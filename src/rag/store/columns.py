"""The tables' columns that checksums cover, and the SQL that reads and adds rows with their checksums."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rag.store.database import Database, Row, checksum

GENERATION = ("number", "token", "created", "articles", "passages")
"""Columns of `generation` that its checksum covers."""
PLACE = ("id", "path", "added_generation", "removed_generation")
"""Columns of `article` that its checksum covers."""
VERSION = (
    "id",
    "article_id",
    "added_generation",
    "removed_generation",
    "content_hash",
    "file_hash",
    "title",
    "published",
    "source",
    "url",
    "byline",
    "language",
    "section",
    "fields",
    "derived",
    "sentences",
    "original",
)
"""Columns that a version's checksum covers: all but the text, which its content hash covers."""
PASSAGE = (
    "id",
    "version_id",
    "start_offset",
    "end_offset",
    "first_sentence",
    "last_sentence",
    "added_generation",
    "removed_generation",
)
"""Columns of `passage` that its checksum covers."""
GROUP = ("version_id", "group_id", "added_generation", "removed_generation")
"""Columns of `text_group` that its checksum covers."""
VECTOR = ("passage_id", "text_hash", "vector")
"""Columns of `vector` that its checksum covers."""
SPEECH = ("version_id", "packed")
"""Columns of `speech` that its checksum covers."""
META = ("value",)
"""Columns of `meta` that its checksum covers."""
WITHDRAWN = ("article_id", "path", "file_hash", "title", "time")
"""Columns of `withdrawn` that its checksum covers."""


def visible(table: str, generation: str = "generation") -> str:
    """The SQL condition that a generation, the value of the parameter of this name, sees a row of this table."""
    return (
        f"{table}.added_generation <= :{generation}"
        f" AND ({table}.removed_generation IS NULL OR {table}.removed_generation > :{generation})"
    )


def seen(table: str, generation: int | None) -> str:
    """The SQL condition that a generation sees a row, or that the row is current if the generation is None."""
    return f"{table}.removed_generation IS NULL" if generation is None else visible(table)


def columns(table: str, names: Sequence[str]) -> str:
    """Builds the SQL list of these columns and the checksum, in the form that `Database.intact` takes."""
    return ", ".join(f"{table}.{name}" for name in (*names, "checksum"))


def insert(
    database: Database, table: str, names: Sequence[str], row: Row, unchecked: Mapping[str, Any] | None = None
) -> None:
    """Adds a row with its checksum.

    Args:
        database: The connection, inside a transaction.
        table: The table.
        names: Columns that the checksum covers.
        row: Their values.
        unchecked: Values of further columns by name.
    """
    more = unchecked or {}
    database.add_rows(table, (*names, "checksum", *more), [(*row, checksum(*row), *more.values())])


def insert_many(database: Database, table: str, names: Sequence[str], rows: Iterable[Row]) -> None:
    """Adds rows with their checksums, as `insert` does."""
    database.add_rows(table, (*names, "checksum"), [(*row, checksum(*row)) for row in rows])
