"""A connection to one SQLite file that raises this library's errors."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rag.core.errors import IndexBusyError, IndexNotWritableError, RagError
from rag.store.database import Database, Parameters, Row, checksum

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


class SqliteConnection(Database):
    """A connection in autocommit mode, with `checksum` as an SQL function. Implements `rag.store.database.Database`.

    Args:
        path: The SQLite file.
        options: The query part of SQLite's file URI.
    """

    def __init__(self, path: Path, options: str = "mode=rw") -> None:
        self.path = path
        self.name = str(path)
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
            found: Row | None = self._connection.execute(sql, _bound(parameters)).fetchone()
            return found

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """See `Database.rows`."""
        with self._lock, self._typed_errors():
            return self._connection.execute(sql, _bound(parameters)).fetchall()

    def batches(self, sql: str, parameters: Parameters, size: int) -> Iterator[list[Row]]:
        """See `Database.batches`."""
        with self._typed_errors():
            cursor = self._connection.execute(sql, _bound(parameters))
            while batch := cursor.fetchmany(size):
                yield batch

    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """See `Database.run`."""
        with self._lock, self._typed_errors():
            return self._connection.execute(sql, _bound(parameters)).rowcount

    def run_many(self, sql: str, parameters: Iterable[Row]) -> int:
        """See `Database.run_many`."""
        with self._lock, self._typed_errors():
            return max(self._connection.executemany(sql, parameters).rowcount, 0)  # -1 if there are no parameters

    def add_rows(self, table: str, names: Sequence[str], rows: Iterable[Row]) -> None:
        """See `Database.add_rows`."""
        self.run_many(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)

    def begin(self) -> None:
        """See `Database.begin`."""
        self.run("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """See `Database.commit`."""
        self.run("COMMIT")

    def listed(self, name: str, kind: str = "bigint") -> str:
        """See `Database.listed`; `_bound` makes JSON of a list."""
        return f"json_each(:{name})"

    def between(self, column: str, first: str, end: str) -> str:
        """See `Database.between`."""
        return f"{column} >= :{first} AND {column} < :{end}"

    def sound(self, table: str, names: Sequence[str]) -> str:
        """See `Database.sound`."""
        return f"checksum({', '.join(f'{table}.{name}' for name in names)}) = {table}.checksum"

    def columns_of(self, table: str) -> set[str]:
        """See `Database.columns_of`."""
        return {row[0] for row in self.rows("SELECT name FROM pragma_table_info(?)", (table,))}

    def next_id(self, table: str) -> int:
        """See `Database.next_id`. SQLite itself keeps the last id of a table with AUTOINCREMENT."""
        row = self.row("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        return int(row[0]) + 1 if row else 1

    def keep_last_id(self, table: str, last: int) -> None:
        """See `Database.keep_last_id`."""
        if self.next_id(table) <= last:
            self.run("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
            self.run("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table, last))

    def pack_text(self, text: str) -> str | bytes:
        """See `Database.pack_text`."""
        return text

    def unpack_text(self, value: object) -> str | None:
        """See `Database.unpack_text`. Bytes are damage."""
        return value if isinstance(value, str) else None

    def broken_pages(self) -> Iterator[tuple[str, object]]:
        """See `Database.broken_pages`."""
        for (problem,) in self.rows("PRAGMA integrity_check"):
            if problem != "ok":
                yield "the SQLite file is damaged", problem
        for table, rowid, *_ in self.rows("PRAGMA foreign_key_check"):
            yield f"rows of {table} that belong to nothing", rowid

    def script(self, sql: str) -> None:
        """Executes several statements."""
        with self._lock, self._typed_errors():
            self._connection.executescript(sql)

    def copy_to(self, target: SqliteConnection) -> None:
        """Replaces the content of the other file by the content of this file, in one transaction."""
        with self._lock, self._typed_errors():
            self._connection.backup(target._connection)

    def close(self) -> None:
        """See `Database.close`."""
        self._connection.close()

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


def _bound(parameters: Parameters) -> Parameters:
    """The parameters as SQLite takes them: a list becomes JSON, which `listed` reads."""
    if isinstance(parameters, Mapping):
        return {name: json.dumps(value) if isinstance(value, list) else value for name, value in parameters.items()}
    return parameters
