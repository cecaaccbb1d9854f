"""Copies the rows of one library into another, whatever their databases are. No article is read or embedded again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rag.store.columns import GENERATION, GROUP, META, PASSAGE, PLACE, SPEECH, VECTOR, VERSION, WITHDRAWN
from rag.store.database import Database, Row, is_intact

_BATCH = 2048
"""Rows held in memory at a time."""


class _Table(NamedTuple):
    """A table whose rows are copied.

    Attributes:
        name: Its name.
        order: The columns that rows are read by, so that those without ids keep their order.
        checked: The columns that the checksum covers; none if the rows have no checksum.
        more: Further columns.
        where: The SQL condition of the rows that are a library's own.
    """

    name: str
    order: str
    checked: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    where: str = "TRUE"

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns, in the order in which rows are read and added."""
        return (*self.more, *self.checked, *(("checksum",) if self.checked else ()))


_TABLES = (
    _Table("meta", "key", META, ("key",), where="key <> 'format'"),
    _Table("root", "path", more=("path",)),
    _Table("file", "path", more=("path", "signature")),
    _Table("withdrawn", "rowid", WITHDRAWN),
    _Table("generation", "number", GENERATION),
    _Table("article", "rowid", PLACE),
    _Table("version", "id", VERSION, ("text",)),
    _Table("text_group", "version_id, added_generation", GROUP),
    _Table("band", "key, version_id", more=("key", "version_id")),
    _Table("passage", "id", PASSAGE),
    _Table("vector", "passage_id", VECTOR),
    _Table("speech", "version_id", SPEECH),
    _Table("speaker", "word, passage_id", more=("word", "passage_id")),
)
"""All tables, each after those that it refers to. How the tables are made (`format`) is the database's own matter."""


_REGISTER = (
    _Table("register", "uuid", more=("uuid",)),
    _Table(
        "question",
        "rowid",
        more=("id", "question", "scope", "added", "asked", "changed", "answer", "known", "trace"),
    ),
    _Table("change", "number", more=("number", "question_id", "change")),
    _Table("unsent", "number, channel", more=("number", "channel")),
)
"""The tables of the followed questions, which are outside of the generations."""


def clear_rows(database: Database) -> None:
    """Deletes all rows of a library, inside a transaction."""
    for table in reversed(_TABLES):
        database.run(f"DELETE FROM {table.name} WHERE {table.where}")


def copy_rows(source: Database, target: Database) -> None:
    """Copies all rows of a library into an empty one. Ids, generations and their tokens stay the same.

    Args:
        source: A connection that sees one committed state.
        target: A connection in a transaction that may write.

    Raises:
        IndexDamagedError: If a row is not what was stored.
    """
    for table in _TABLES:
        for rows in _read(table, source, target):
            target.add_rows(table.name, table.columns, rows)
    for name in ("version", "passage"):
        target.keep_last_id(name, source.next_id(name) - 1)


def copy_register(source: Database, target: Database) -> None:
    """Copies the followed questions, and what changed in their answers, in the place of those of the target.

    Args:
        source: A connection to the register of a library (`Backend.register`).
        target: One to the register of another library.
    """
    target.begin()
    for table in reversed(_REGISTER):
        target.run(f"DELETE FROM {table.name}")
    for table in _REGISTER:
        for rows in _read(table, source, target):
            target.add_rows(table.name, table.columns, rows)
    target.keep_last_id("change", source.next_id("change") - 1)
    target.commit()


def _read(table: _Table, source: Database, target: Database) -> Iterator[list[Row]]:
    """Yields a table's rows as the target stores them."""
    sql = f"SELECT {', '.join(table.columns)} FROM {table.name} WHERE {table.where} ORDER BY {table.order}"
    width = len(table.more)
    for batch in source.batches(sql, (), _BATCH):
        for row in batch if table.checked else ():
            if not is_intact(row[width:], table.checked):
                raise source.damaged(f"a row of {table.name}")
        yield [_with_text(row, source, target) for row in batch] if table.name == "version" else batch


def _with_text(row: Row, source: Database, target: Database) -> Row:
    """A version's row with its text, which comes first, as the target stores it. Its content hash is compared later."""
    text = source.unpack_text(row[0])
    if text is None:
        raise source.damaged("the text of a version")
    return (target.pack_text(text), *row[1:])
