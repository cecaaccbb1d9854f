"""A connection to one SQLite file that raises this library's errors."""

from __future__ import annotations

import sqlite3
import threading
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rag.core.errors import IndexBusyError, IndexDamagedError, IndexNotWritableError, RagError
from rag.core.remedies import Remedy

Row = tuple[Any, ...]
"""The values of one row."""
Parameters = Sequence[Any] | Mapping[str, Any]
"""The parameters of a statement, by position or by name."""

# In bytes. A page of 8 KiB holds five vectors of 384 floats and wastes 6 %; SQLite's 4 KiB hold two and waste 25 %.
_PAGE_SIZE = 8192
# In bytes. The write-ahead log shrinks to this size after an update that needed more.
_LOG_LIMIT = 64 * 2**20
# SQLite's message if `checksum` fails, which raises nothing of its own: it is Ctrl-C, and not damage.
_IN_FUNCTION = "user-defined function raised exception"
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_UNWRITABLE = {
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
}


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


class Database:
    """A connection in autocommit mode, with `checksum` as an SQL function.

    Threads may share a connection: one statement runs at a time. A statement may raise IndexBusyError,
    IndexNotWritableError or IndexDamagedError.

    Args:
        path: The SQLite file.
        options: The query part of SQLite's file URI.
    """

    def __init__(self, path: Path, options: str = "mode=rw") -> None:
        self.path = path
        self._lock = threading.Lock()
        with self._typed_errors():
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?{options}", uri=True, isolation_level=None, check_same_thread=False
            )
        self._connection.create_function("checksum", -1, checksum, deterministic=True)
        try:
            self.script(
                f"PRAGMA page_size = {_PAGE_SIZE}; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                "PRAGMA busy_timeout = 5000; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                f"PRAGMA journal_size_limit = {_LOG_LIMIT};"
            )
        except BaseException:
            self.close()
            raise

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """The first row of the result, or None."""
        with self._lock, self._typed_errors():
            found: Row | None = self._connection.execute(sql, parameters).fetchone()
            return found

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """All rows of the result."""
        with self._lock, self._typed_errors():
            return self._connection.execute(sql, parameters).fetchall()

    def batches(self, sql: str, parameters: Parameters, size: int) -> Iterator[list[Row]]:
        """Yields all rows in lists of at most `size`; only for a connection that no other thread uses."""
        with self._typed_errors():
            cursor = self._connection.execute(sql, parameters)
            while batch := cursor.fetchmany(size):
                yield batch

    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """Executes one statement; returns the number of rows it changed."""
        with self._lock, self._typed_errors():
            return self._connection.execute(sql, parameters).rowcount

    def script(self, sql: str) -> None:
        """Executes several statements."""
        with self._lock, self._typed_errors():
            self._connection.executescript(sql)

    def copy_to(self, target: Database) -> None:
        """Replaces the content of the other file by the content of this file, in one transaction."""
        with self._lock, self._typed_errors():
            self._connection.backup(target._connection)

    def close(self) -> None:
        """Closes the connection; an open transaction is rolled back."""
        self._connection.close()

    def damaged(self, what: str) -> IndexDamagedError:
        """The error to raise if the file is not what was written."""
        return IndexDamagedError(
            f"{self.path} is damaged ({what})", remedy=Remedy(action="rebuild_from_articles"), path=str(self.path)
        )

    def intact(self, row: Row, what: str) -> Row:
        """Checks a row whose last value is the checksum of the others.

        Args:
            row: The row with its checksum.
            what: What the row is, for the error's message.

        Returns:
            The row without the checksum.

        Raises:
            IndexDamagedError: If the checksum differs.
        """
        if checksum(*row[:-1]) != row[-1]:
            raise self.damaged(f"checksum of {what}")
        return row[:-1]

    @contextmanager
    def _typed_errors(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.ProgrammingError, sqlite3.NotSupportedError):
            raise  # A wrong use of SQLite is a bug in this code and must stay visible.
        except UnicodeDecodeError as error:
            raise self.damaged("a name is not text") from error  # SQLite's own message quotes what it found.
        except sqlite3.DatabaseError as error:
            if str(error) == _IN_FUNCTION:
                raise KeyboardInterrupt from error
            raise self._typed(error) from error

    def _typed(self, error: sqlite3.DatabaseError) -> RagError:
        """Chooses this library's error for an error of SQLite."""
        # The low byte is the error's class, the rest its detail. An error about text that is not UTF-8 has no code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in _BUSY:
            return IndexBusyError(
                f"Another program is writing to {self.path}", remedy="wait for it to end and try again"
            )
        if code in _UNWRITABLE:
            return IndexNotWritableError(
                f"{self.path} can't be read and written ({error})",
                remedy="check permissions and free space, then try again",
                path=str(self.path),
            )
        return self.damaged(str(error))
