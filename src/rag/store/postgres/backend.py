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
    IndexFormatError,
    IndexNotWritableError,
    PlaceError,
    RagError,
)
from rag.core.index_layout import COPY
from rag.core.place import Place
from rag.core.remedies import Remedy
from rag.store.backend import Backend, missing
from rag.store.columns import GENERATION, insert
from rag.store.copy_rows import clear_rows, copy_rows
from rag.store.database import Database
from rag.store.postgres.connection import LOOK_SECONDS, PostgresConnection, PostgresReader, connect
from rag.store.postgres.embedding_queue import PostgresQueue
from rag.store.postgres.locks import acquire, describe_holder, key_of, name_holder, read_holder
from rag.store.postgres.near_vectors import NearVectors
from rag.store.postgres.tables import FORMAT, SCHEMA, TABLES
from rag.store.rows import Generation, first_generation, put_meta, read_meta
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
        self._near = NearVectors(place, self._key + 3) if place.vectors_there else None

    def exists(self) -> bool:
        """See `Backend.exists`."""
        with self._reading() as database:
            return _exists(database)

    def create(self) -> None:
        """See `Backend.create`."""
        self._make_folder()
        with self._in_transaction() as database:
            database.run("SELECT pg_advisory_xact_lock(?)", (self._key + 1,))
            if not _exists(database):
                self._require_own(database)
                self._create_tables(database)
                insert(database, "generation", GENERATION, first_generation())
                put_meta(database, "format", str(FORMAT))
            database.commit()

    def remove(self) -> None:
        """Deletes the schema with all that is in it, and the folder: only for a library made by `beside`."""
        with contextlib.suppress(RagError), self._in_transaction() as database:
            self._require_own(database)
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
            self._check_format(database)
        self._make_folder()
        self._reader = PostgresReader(self.place)
        return self._reader

    @contextmanager
    def snapshot(self) -> Iterator[Database]:
        """See `Backend.snapshot`."""
        with self._connected() as database:
            self._check_format(database)
            database.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield database

    @contextmanager
    def change(self) -> Iterator[Database]:
        """See `Backend.change`. With the connection that held the update lock, the right to change is lost."""
        for holder in tuple(self._locked):
            holder.row("SELECT 1")
        with self._in_transaction() as database:
            database.run(f"SET LOCAL lock_timeout = '{_WAIT}'")
            database.run("SELECT pg_advisory_xact_lock(?)", (self._key + 1,))
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
            if _exists(database):
                self._require_own(database)
                with contextlib.suppress(IndexDamagedError):
                    self._check_format(database)
                return database
        except BaseException:
            database.close()
            raise
        database.close()
        return None

    def read_file(self, name: str) -> bytes | None:
        """See `Backend.read_file`. It is a row, so that all machines have the same."""
        with self._reading() as database:
            row = database.row("SELECT content FROM side_file WHERE name = ?", (name,))
        return bytes(row[0]) if row else None

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
            if not acquire(database, self._key + 2, timeout):
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
            self._require_own(target)
            if not all(map(target.columns_of, TABLES)):  # there is none yet, or it is damaged
                self._create_tables(target)
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
            database.run("BEGIN")
            yield database

    def _create_tables(self, database: Database) -> None:
        schema = self.place.schema
        for (encoding,) in database.rows("SHOW server_encoding"):
            if encoding != "UTF8":
                raise PlaceError(
                    f"The database of {self.place} can't hold every character (its encoding is {encoding})",
                    remedy="name a database with the encoding UTF8",
                )
        if database.row("SELECT 1 FROM pg_namespace WHERE nspname = ?", (schema,)) is None:
            database.run(f'CREATE SCHEMA "{schema}"')
        for statement in filter(str.strip, SCHEMA.split(";\n")):
            database.run(statement)

    def _check_format(self, database: Database) -> None:
        """Raises IndexMissingError or IndexFormatError if the schema is not a library of this format."""
        if not _exists(database):
            raise missing(self.place)
        self._require_own(database)
        written = int(read_meta(database, "format") or 0)
        if written > FORMAT:
            raise IndexFormatError(
                f"The library in {self.place} has format {written}, and this release reads up to {FORMAT}",
                remedy=Remedy("install a newer release, or", "choose_index"),
                path=self.place.name,
            )
        if written < 1:
            raise database.damaged(f"unknown format {written}")

    def _require_own(self, database: Database) -> None:
        """Raises IndexDamagedError if the schema has another program's tables of the same names."""
        if any(map(database.columns_of, TABLES)) and not database.columns_of("meta") >= {"key", "value", "checksum"}:
            raise IndexDamagedError(
                f"{self.place} has tables of another program",
                remedy=Remedy("name another schema, or", "choose_index"),
                path=self.place.name,
            )

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


def _exists(database: Database) -> bool:
    row = database.row("SELECT to_regclass('generation') IS NOT NULL")
    return bool(row and row[0])
