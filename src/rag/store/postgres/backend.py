"""A library in a schema of a PostgreSQL database. Implements `rag.store.backend.Backend`.

The library is the truth that several servers share; each has its own search indexes in a folder of its machine. A
snapshot is a transaction REPEATABLE READ, READ ONLY. One process at a time updates: it holds an advisory lock, which
ends with its connection. A standby answers from the newest generation that it has.
"""

from __future__ import annotations

import contextlib
import shutil
import uuid
from collections.abc import Hashable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event

from rag.core.errors import (
    DatabaseUnreachableError,
    IndexBusyError,
    IndexDamagedError,
    IndexNotWritableError,
    RagError,
)
from rag.core.index_layout import COPY
from rag.core.place import Place
from rag.store.backend import Backend
from rag.store.copy_rows import clear_rows, copy_rows
from rag.store.database import Database
from rag.store.postgres import schema
from rag.store.postgres.connection import LOOK_SECONDS, PostgresConnection, PostgresReader, connect
from rag.store.postgres.embedding_queue import PostgresQueue
from rag.store.postgres.locks import (
    CHANGES,
    REGISTER,
    VECTORS,
    acquire,
    describe_holder,
    key_of,
    name_holder,
    read_holder,
)
from rag.store.postgres.near_vectors import NearVectors
from rag.store.postgres.tables import FORMAT, TABLES
from rag.store.rows import Generation, put_meta
from rag.store.sqlite.backend import SqliteBackend
from rag.store.update_lock import update_lock

_WAIT = "5s"
"""Time for which a change waits for another one to end, as in SQLite's busy timeout."""


class PostgresBackend(Backend):
    """The database of a library that several machines share."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self._key = key_of(place.schema)
        self.channel = f"rag_{place.schema}"
        self._locked: list[Database] = []
        """The connection that holds the update lock for this object, if it holds it."""
        self._reader: PostgresReader | None = None
        self._near = NearVectors(place, self._key + VECTORS) if place.vectors_there else None

    def exists(self) -> bool:
        """See `Backend.exists`."""
        with self._reading() as database:
            return schema.is_there(database)

    def create(self) -> None:
        """See `Backend.create`."""
        self._make_folder()
        with self._in_transaction() as database:
            database.run("SELECT pg_advisory_xact_lock(?)", (self._key + CHANGES,))
            schema.create(database, self.place)
            database.commit()

    def remove(self) -> None:
        """Deletes the schema with all that is in it, and the folder: only for a library made by `beside`."""
        with contextlib.suppress(RagError), self._in_transaction() as database:
            schema.require_own(database, self.place)
            database.run(f'DROP SCHEMA IF EXISTS "{self.place.schema}" CASCADE')
            database.commit()
        shutil.rmtree(self.place.folder, ignore_errors=True)

    def bring_up_to_date(self) -> None:
        """There is one format so far; a newer one is refused by `open`."""

    def is_older(self) -> bool:
        """See `Backend.is_older`."""
        return False

    def open(self) -> Database:
        """See `Backend.open`."""
        with self._connected() as database:
            schema.check_format(database, self.place)
        self._make_folder()
        self._reader = PostgresReader(self.place)
        return self._reader

    @contextmanager
    def snapshot(self) -> Iterator[Database]:
        """See `Backend.snapshot`."""
        with self._connected() as database:
            schema.check_format(database, self.place)
            database.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield database

    @contextmanager
    def change(self) -> Iterator[Database]:
        """See `Backend.change`. With the connection that held the update lock, the right to change is lost."""
        for holder in tuple(self._locked):
            holder.row("SELECT 1")
        with self._in_transaction() as database:
            database.run(f"SET LOCAL lock_timeout = '{_WAIT}'")
            database.run("SELECT pg_advisory_xact_lock(?)", (self._key + CHANGES,))
            yield database

    @contextmanager
    def lock(self, timeout: float) -> Iterator[None]:
        """See `Backend.lock`. It also holds the lock of this machine's folder, as long as the block runs."""
        self._make_folder()
        with self._connected() as database:
            if not acquire(database, self._key, timeout):
                raise IndexBusyError(describe_holder(database, self._key), remedy="wait for it to end, then try again")
            with update_lock(self.place.folder, timeout):
                name_holder(database)
                self._locked.append(database)
                try:
                    yield
                finally:
                    self._locked.remove(database)

    def held_since(self) -> str | None:
        """See `Backend.held_since`."""
        with self._reading() as database:
            holder = read_holder(database, self._key)
        return holder.started if holder else None

    def is_unfinished(self) -> bool:
        """See `Backend.is_unfinished`."""
        return self.held_since() is not None

    def embedding_queue(self) -> PostgresQueue:
        """See `Backend.embedding_queue`."""
        return PostgresQueue(self.place)

    def shared_vectors(self) -> NearVectors | None:
        """See `Backend.shared_vectors`."""
        return self._near

    def kept_vectors(self) -> NearVectors | None:
        """See `Backend.kept_vectors`."""
        if self._near is not None:
            return self._near
        with self._reading() as database:
            is_kept = bool(database.columns_of("near_state"))
        return NearVectors(self.place, self._key + VECTORS) if is_kept else None

    def commits(self, stop: Event) -> Iterator[None]:
        """See `Backend.commits`. A standby can't be listened to, so there it is time to look every few seconds."""
        while not stop.is_set():
            with contextlib.suppress(DatabaseUnreachableError), self._connected() as database:
                yield from database.notices(self.channel, stop)
            stop.wait(LOOK_SECONDS)
            yield

    def identity(self) -> Hashable | None:
        """Other content takes the library's place in the same tables, so this stays the same."""
        return self.place.name

    def backup(self, file: Path) -> Generation:
        """See `Backend.backup`. The file is that of a library in a folder."""
        fresh = SqliteBackend(Place(self.place.folder / COPY))
        fresh.remove()
        try:
            fresh.create()
            fresh.replace(self)
            return fresh.backup(file)
        finally:
            fresh.remove()

    def remains(self) -> Database | None:
        """See `Backend.remains`."""
        database = PostgresConnection(self.place, connect(self.place))
        try:
            if schema.is_there(database):
                schema.require_own(database, self.place)
                with contextlib.suppress(IndexDamagedError):
                    schema.check_format(database, self.place)
                return database
        except BaseException:
            database.close()
            raise
        database.close()
        return None

    def describe_file(self, name: str) -> str:
        """See `Backend.describe_file`."""
        return f"{name} of {self.place}"

    def read_file(self, name: str) -> bytes | None:
        """See `Backend.read_file`. It is a row, so that all machines have the same."""
        with self._reading() as database:
            row = database.row("SELECT content FROM side_file WHERE name = ?", (name,))
        return bytes(row[0]) if row else None

    def has_file(self, name: str) -> bool:
        """See `Backend.has_file`."""
        return self.read_file(name) is not None

    def write_file(self, name: str, content: bytes) -> None:
        """See `Backend.write_file`."""
        with self._in_transaction() as database:
            database.run("DELETE FROM side_file WHERE name = ?", (name,))
            database.run("INSERT INTO side_file (name, content) VALUES (?, ?)", (name, content))
            database.commit()

    def has_register(self) -> bool:
        """See `Backend.has_register`."""
        with self._reading() as database:
            return database.row("SELECT 1 FROM register") is not None

    @contextmanager
    def register(self, *, create: bool = False) -> Iterator[Database]:
        """See `Backend.register`."""
        with self._connected() as database:
            if create:
                new = "INSERT INTO register (uuid) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM register)"
                database.run(new, (str(uuid.uuid4()),))
            yield database

    @contextmanager
    def register_lock(self, timeout: float) -> Iterator[None]:
        """See `Backend.register_lock`."""
        with self._connected() as database:
            if not acquire(database, self._key + REGISTER, timeout):
                raise IndexBusyError(
                    "Another process is asking the followed questions", remedy="wait for it to end, then check again"
                )
            yield

    def register_state(self) -> Hashable:
        """See `Backend.register_state`."""
        with self._reading() as database:
            sql = "SELECT (SELECT max(number) FROM change), (SELECT count(*) FROM question), max(asked) FROM question"
            return database.row(sql)

    def beside(self, name: str) -> PostgresBackend:
        """See `Backend.beside`. No address can name its schema, so it is never another library's."""
        return PostgresBackend(self.place.beside(name))

    def replace(self, fresh: Backend) -> None:
        """See `Backend.replace`. It is one transaction, so open readers see the content before or after it."""
        with fresh.snapshot() as source, self.change() as target:
            schema.require_own(target, self.place)
            if not all(map(target.columns_of, TABLES)):  # there is none yet, or it is damaged
                schema.complete(target, self.place)
            clear_rows(target)
            copy_rows(source, target)
            put_meta(target, "format", str(FORMAT))
            target.run(f"ANALYZE {', '.join(TABLES)}")  # so that the first questions after it are planned well
            target.commit()

    @contextmanager
    def _reading(self) -> Iterator[Database]:
        """Connections for reading: those of `open`, if there are some."""
        if self._reader is not None and not self._reader.is_closed:
            yield self._reader
            return
        with self._connected() as database:
            yield database

    @contextmanager
    def _connected(self) -> Iterator[PostgresConnection]:
        with closing(PostgresConnection(self.place, connect(self.place))) as database:
            yield database

    @contextmanager
    def _in_transaction(self) -> Iterator[PostgresConnection]:
        with closing(PostgresConnection(self.place, connect(self.place), self.channel)) as database:
            database.begin()
            yield database

    def _make_folder(self) -> None:
        try:
            self.place.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexNotWritableError(
                f"The folder {self.place.folder}, for this machine's search indexes, can't be created"
                f" ({error.strerror})",
                remedy="name another one in the address: folder=…",
                path=str(self.place.folder),
            ) from error
