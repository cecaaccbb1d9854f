"""What the store needs of a connection to a database: rows, batches of rows, statements, and what differs between them.

All SQL above this port is what both SQLite and PostgreSQL understand. Parameters are written `?` or `:name`, and a list
of numbers or texts can be one (`listed`). What only one of them has (pragmas, checks of pages) stays below the port.
Every implementation passes the contract suite in `tests/contracts/`.
"""

from __future__ import annotations

import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rag.core.errors import IndexDamagedError
from rag.core.remedies import Remedy

Row = tuple[Any, ...]
"""The values of one row."""
Parameters = Sequence[Any] | Mapping[str, Any]
"""The parameters of a statement, by position or by name."""
BLOBS = frozenset({"sentences", "text_hash", "vector", "packed"})
"""The columns of bytes. All others hold texts or numbers."""


def checksum(*values: bytes | str | int | None) -> int:
    """Computes the CRC-32 of a row's values, in their order.

    It detects accidental damage such as flipped bits. It does not protect against forgery.

    Args:
        values: The values of a row without its checksum. None differs from an empty text.

    Returns:
        The checksum, an unsigned 32-bit number.
    """
    crc = 0
    for value in values:
        data = b"\0" if value is None else value if isinstance(value, bytes) else str(value).encode()
        crc = zlib.crc32(data, zlib.crc32(b"%d:" % len(data), crc))
    return crc


def is_intact(row: Row, names: Sequence[str]) -> bool:
    """Whether a row is what was stored.

    Args:
        row: The values of the columns, and their checksum. A flipped bit may turn a text into bytes and the other way
            round; the checksum would be the same.
        names: The columns.
    """
    *values, stored = row
    kinds = all(isinstance(value, bytes) == (name in BLOBS) for name, value in zip(names, values, strict=True))
    return kinds and checksum(*values) == stored


def damaged(name: str, what: str) -> IndexDamagedError:
    """The error to raise if the library of this name is not what was written."""
    return IndexDamagedError(f"{name} is damaged ({what})", remedy=Remedy(action="rebuild_from_articles"), path=name)


class Database(ABC):
    """A connection to a database. Threads may share it: one statement runs at a time.

    A statement may raise IndexBusyError, IndexNotWritableError or IndexDamagedError.

    Attributes:
        name: The name of the library's place, for messages.
    """

    name: str

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """The first row of the result, or None."""
        return next(iter(self.rows(sql, parameters)), None)

    @abstractmethod
    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows of the result."""

    @abstractmethod
    def batches(self, sql: str, parameters: Parameters, size: int) -> Iterator[list[Row]]:
        """Yields all rows in lists of at most `size`; only for a connection that no other thread uses.

        Other statements may run in between.
        """

    @abstractmethod
    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """Executes one statement; returns the number of rows it changed."""

    @abstractmethod
    def run_many(self, sql: str, parameters: Iterable[Row]) -> int:
        """Executes a statement once for each of these parameters; returns the number of rows changed by all."""

    @abstractmethod
    def add_rows(self, table: str, names: Sequence[str], rows: Iterable[Row]) -> None:
        """Adds rows to a table, all at once.

        Args:
            table: The table.
            names: The columns, in the order of the values.
            rows: The rows.
        """

    @abstractmethod
    def begin(self) -> None:
        """Begins a transaction that may write, on a connection that is in none."""

    @abstractmethod
    def commit(self) -> None:
        """Ends the transaction, and makes what it changed durable and visible."""

    @abstractmethod
    def close(self) -> None:
        """Closes the connection; an open transaction is rolled back."""

    @abstractmethod
    def listed(self, name: str, kind: str = "bigint") -> str:
        """The SQL of a table with the column `value`, which has a row for each item of the list `:name`.

        Args:
            name: The parameter's name. Its value is a list of numbers or texts.
            kind: The SQL type of an item: "bigint" or "text".
        """

    @abstractmethod
    def between(self, column: str, first: str, end: str) -> str:
        """The SQL condition that a text is `:first` or after it, and before `:end`, byte by byte.

        Args:
            column: The column; `article.path` has an index that finds these rows.
            first: The name of the parameter with the first text.
            end: The name of the parameter with the text after the last one.
        """

    @abstractmethod
    def sound(self, table: str, names: Sequence[str]) -> str:
        """The SQL condition that a row is what was stored, for reads of few of its columns."""

    @abstractmethod
    def columns_of(self, table: str) -> set[str]:
        """The names of a table's columns; an older format has fewer."""

    @abstractmethod
    def next_id(self, table: str) -> int:
        """The next id of a table whose ids are never used twice."""

    @abstractmethod
    def keep_last_id(self, table: str, last: int) -> None:
        """Remembers the last id that a table had, also if its row is deleted afterwards."""

    @abstractmethod
    def pack_text(self, text: str) -> str | bytes:
        """The value of a column for a text that may have any character."""

    @abstractmethod
    def unpack_text(self, value: object) -> str | None:
        """The text of such a column; None if it is damaged."""

    @abstractmethod
    def broken_pages(self) -> Iterator[tuple[str, object]]:
        """Yields each kind of damage that the database itself finds in its pages, with the place."""

    def damaged(self, what: str) -> IndexDamagedError:
        """The error to raise if the library is not what was written."""
        return damaged(self.name, what)

    def intact(self, row: Row, names: Sequence[str], what: str) -> Row:
        """Checks a row whose last value is the checksum of the others.

        Args:
            row: The row with its checksum.
            names: The columns without the checksum.
            what: What the row is, for the error's message.

        Returns:
            The row without the checksum.

        Raises:
            IndexDamagedError: If the row is not what was stored.
        """
        if not is_intact(row, names):
            raise self.damaged(f"checksum of {what}")
        return row[:-1]
