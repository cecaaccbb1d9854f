"""Connections to a PostgreSQL database. They implement `rag.store.database.Database`, with this library's errors."""

from __future__ import annotations

import threading
import time
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from threading import Event
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg.pq import TransactionStatus

from rag.core.errors import DatabaseUnreachableError, IndexBusyError, PlaceError
from rag.core.place import Place
from rag.store.database import Database, Parameters, Row
from rag.store.postgres.errors import typed_errors
from rag.store.postgres.parameters import translated
from rag.store.postgres.tables import INDEXED_START

PATIENCE = 10
"""Seconds for which a lost connection is tried again, as while a server starts anew or a standby takes over."""
_PAUSE = 0.2
"""Seconds between two tries."""
LOOK_SECONDS = 2.0
"""Seconds between two looks at what can't be listened to."""
_READERS = 8
"""Most connections that the questions of one process use at a time."""
_OPTIONS: dict[str, Any] = {"autocommit": True, "application_name": "rag", "client_encoding": "utf8"}
_WRITTEN = "write special characters of the user and the password as %XX, and options as PostgreSQL's manual names them"
_Connection = psycopg.Connection[Row]


def connect(place: Place) -> _Connection:
    """Opens a connection in autocommit mode to the schema of a library.

    Raises:
        PlaceError: If the address is not possible.
        DatabaseUnreachableError: If the server can't be reached or refuses the connection.
    """
    with typed_errors(place.name):
        try:
            connection = psycopg.connect(_with_timeout(place.database or ""), **_OPTIONS)
        except psycopg.ProgrammingError as error:
            # What the driver says may quote the password.
            why = f" ({error})" if "query parameter" in str(error) else ""
            raise PlaceError(f"The address of the database is not possible{why}", remedy=_WRITTEN) from None
        try:
            _configure(connection, place.schema)
        except BaseException:
            connection.close()
            raise
        return connection


def _with_timeout(address: str) -> str:
    """The address with a limit of the time to connect, because a host that drops packets holds a caller for minutes."""
    return address if "connect_timeout" in address else make_conninfo(address, connect_timeout=PATIENCE)


def _configure(connection: _Connection, schema: str) -> None:
    connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(schema)))


class _PostgresDatabase(Database):
    """What all connections share. They differ in where a statement gets its connection from."""

    name: str

    @abstractmethod
    def _borrow(self) -> AbstractContextManager[_Connection]:
        """A connection for one statement."""

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """See `Database.rows`."""
        with self._borrow() as connection, connection.cursor(binary=True) as cursor:
            return cursor.execute(translated(sql), parameters).fetchall()

    def batches(self, sql: str, parameters: Parameters, size: int) -> Iterator[list[Row]]:
        """See `Database.batches`."""
        # A cursor of the server: its rows come batch by batch, and other statements may run in between. Outside of a
        # transaction it outlives its statement, because the server keeps the whole result.
        with self._borrow() as connection:
            outside = connection.info.transaction_status == TransactionStatus.IDLE
            cursor = connection.cursor(f"batches_{time.monotonic_ns()}", withhold=outside, binary=True)
        try:
            with self._borrow():
                cursor.execute(translated(sql), parameters)
            while True:
                with self._borrow():
                    batch = cursor.fetchmany(size)
                if not batch:
                    return
                yield batch
        finally:
            with self._borrow():
                cursor.close()

    def run(self, sql: str, parameters: Parameters = ()) -> int:
        """See `Database.run`."""
        with self._borrow() as connection:
            return connection.execute(translated(sql), parameters).rowcount

    def run_many(self, sql: str, parameters: Iterable[Row]) -> int:
        """See `Database.run_many`; all statements are sent at once."""
        with self._borrow() as connection, connection.cursor() as cursor:
            cursor.executemany(translated(sql), list(parameters))
            return max(cursor.rowcount, 0)

    def add_rows(self, table: str, names: Sequence[str], rows: Iterable[Row]) -> None:
        """See `Database.add_rows`."""
        statement = f"COPY {table} ({', '.join(names)}) FROM STDIN"
        with self._borrow() as connection, connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def listed(self, name: str, kind: str = "bigint") -> str:
        """See `Database.listed`."""
        return f"(SELECT unnest(CAST(:{name} AS {kind}[])) AS value)"

    def between(self, column: str, first: str, end: str) -> str:
        """See `Database.between`. The index has the beginnings of texts, because a B-tree takes no longer ones."""
        start = f"left({column}, {INDEXED_START})"
        indexed = f"{start} >= left(:{first}, {INDEXED_START}) AND {start} <= left(:{end}, {INDEXED_START})"
        return f"{indexed} AND {column} >= :{first} AND {column} < :{end}"

    def sound(self, table: str, names: Sequence[str]) -> str:
        """See `Database.sound`. The server checks its pages; rows read in full are compared with their checksums."""
        return "TRUE"

    def columns_of(self, table: str) -> set[str]:
        """See `Database.columns_of`."""
        sql = "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped"
        return {str(row[0]) for row in self.rows(sql, (table,))}

    def next_id(self, table: str) -> int:
        """See `Database.next_id`."""
        row = self.row("SELECT id FROM last_id WHERE name = ?", (table,))
        return int(row[0]) + 1 if row else 1

    def keep_last_id(self, table: str, last: int) -> None:
        """See `Database.keep_last_id`."""
        if self.next_id(table) <= last:
            self.run("DELETE FROM last_id WHERE name = ?", (table,))
            self.run("INSERT INTO last_id (name, id) VALUES (?, ?)", (table, last))

    def pack_text(self, text: str) -> str | bytes:
        """See `Database.pack_text`."""
        return text.encode()

    def unpack_text(self, value: object) -> str | None:
        """See `Database.unpack_text`."""
        with suppress(UnicodeDecodeError):
            return value.decode() if isinstance(value, bytes) else None
        return None

    def broken_pages(self) -> Iterator[tuple[str, object]]:
        """See `Database.broken_pages`. The server checks its pages by itself when it reads them."""
        yield from ()


class PostgresConnection(_PostgresDatabase):
    """One connection, in a transaction or in autocommit mode.

    Args:
        place: The library's place.
        connection: The connection; it is closed with this object.
        channel: The channel on which a commit is told; "" for none.
    """

    def __init__(self, place: Place, connection: _Connection, channel: str = "") -> None:
        self.name = place.name
        self._connection = connection
        self._channel = channel
        self._lock = threading.RLock()

    @contextmanager
    def _borrow(self) -> Iterator[_Connection]:
        with self._lock, typed_errors(self.name):
            yield self._connection

    def begin(self) -> None:
        """See `Database.begin`."""
        self.run("BEGIN")

    def commit(self) -> None:
        """See `Database.commit`. It also wakes the servers that listen for new generations."""
        if self._channel:
            self.run("SELECT pg_notify(?, '')", (self._channel,))
        self.run("COMMIT")

    def notices(self, channel: str, stop: Event) -> Iterator[None]:
        """Yields whenever a commit was told on a channel, until `stop` is set; ends at once on a standby.

        Raises:
            DatabaseUnreachableError: If the connection is lost.
        """
        with typed_errors(self.name):
            if self._connection.execute("SELECT pg_is_in_recovery()").fetchone() == (True,):
                return
            self._connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            while not stop.is_set():
                for _ in self._connection.notifies(timeout=LOOK_SECONDS, stop_after=1):
                    yield

    def close(self) -> None:
        """See `Database.close`."""
        self._connection.close()


class PostgresReader(_PostgresDatabase):
    """Connections for reading, each statement with one that is free. A lost connection is tried again.

    Args:
        place: The library's place.
        prepare: Statements that each new connection runs.
    """

    def __init__(self, place: Place, prepare: Sequence[LiteralString] = ()) -> None:
        self.name = place.name
        self.is_closed = False
        """Whether `close` was called."""
        self._place = place
        self._prepare = prepare
        self._idle: list[_Connection] = []
        self._lock = threading.Lock()
        self._turns = threading.BoundedSemaphore(_READERS)

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """See `Database.rows`."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return super().rows(sql, parameters)
            except (DatabaseUnreachableError, IndexBusyError):  # a standby cancels what its recovery waits for
                if self.is_closed or time.monotonic() > deadline:
                    raise
                self._close_idle()  # they were lost together
                time.sleep(_PAUSE)

    @contextmanager
    def _borrow(self) -> Iterator[_Connection]:
        with self._turns, typed_errors(self.name):
            connection = self._take()
            try:
                yield connection
            finally:
                self._give_back(connection)

    def _take(self) -> _Connection:
        with self._lock:
            if self.is_closed:
                raise psycopg.InterfaceError("the connection is closed")
            if self._idle:
                return self._idle.pop()
        connection = connect(self._place)
        try:
            for statement in self._prepare:
                connection.execute(statement)
        except BaseException:
            connection.close()
            raise
        return connection

    def _give_back(self, connection: _Connection) -> None:
        """Keeps a connection for the next statement, if it is not lost."""
        with self._lock:
            if not self.is_closed and connection.info.transaction_status == TransactionStatus.IDLE:
                self._idle.append(connection)
                return
        connection.close()

    def _close_idle(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def begin(self) -> None:
        """Each statement may have another connection, so there are no transactions."""
        raise NotImplementedError

    def commit(self) -> None:
        """See `begin`."""
        raise NotImplementedError

    def close(self) -> None:
        """See `Database.close`. A statement that runs ends first."""
        with self._lock:
            self.is_closed = True
        self._close_idle()

    def __del__(self) -> None:
        """Closes what is left open, as by a search that is used until its library is gone."""
        self._close_idle()
