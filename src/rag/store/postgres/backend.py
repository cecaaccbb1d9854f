"""A library in a schema of a PostgreSQL database. Implements `rag.store.backend.Backend`.

The library is the truth that several servers share; each has its own search indexes in a folder of its machine. A
snapshot is a transaction REPEATABLE READ, READ ONLY. One process at a time updates: it holds an advisory lock, which
ends with its connection. A standby answers from the newest generation that it has.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import socket
import time
from collections.abc import Hashable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from rag.core.errors import (
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
from rag.store.postgres.connection import PostgresConnection, PostgresReader, connect
from rag.store.postgres.tables import FORMAT, SCHEMA, TABLES
from rag.store.rows import Generation, first_generation, put_meta, read_meta
from rag.store.sqlite.backend import SqliteBackend
from rag.store.update_lock import update_lock

_PAUSE = 0.05
"""Seconds between two tries to get the update lock."""
_WAIT = "5s"
"""Time for which a change waits for another one to end, as in SQLite's busy timeout."""
_HOLDER = "rag update "
"""The beginning of the name by which the connection that holds the update lock is known in `pg_stat_activity`."""
_HELD = """
SELECT activity.application_name FROM pg_locks JOIN pg_stat_activity AS activity USING (pid)
WHERE pg_locks.locktype = 'advisory' AND pg_locks.granted AND pg_locks.objsubid = 1
AND pg_locks.database = (SELECT oid FROM pg_database WHERE datname = current_database())
AND (CAST(pg_locks.classid AS bigint) << 32) | CAST(pg_locks.objid AS bigint) = ?
"""


class PostgresBackend(Backend):
    """The database of a library that several machines share."""

    def __init__(self, place: Place) -> None:
        self.place = place
        # The locks of a database are numbers. Two more follow from this one: that of changes, and that of the queue.
        self._key = int.from_bytes(hashlib.sha256(f"rag {place.schema}".encode()).digest()[:8], signed=True) & ~3
        self.channel = f"rag_{place.schema}"
        self._locked: list[Database] = []
        """The connection that holds the update lock for this object, if it holds it."""

    def exists(self) -> bool:
        """See `Backend.exists`."""
        with self._connected() as database:
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
        return PostgresReader(self.place)

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
            self._acquire(database, timeout)
            with update_lock(self.place.folder, timeout):
                started = datetime.now().astimezone().isoformat(timespec="seconds")
                name = f"{_HOLDER}{started} {os.getpid()} {socket.gethostname()}"
                database.run("SELECT set_config('application_name', ?, false)", (name[:63],))
                self._locked.append(database)
                try:
                    yield
                finally:
                    self._locked.remove(database)

    def held_since(self) -> str | None:
        """See `Backend.held_since`."""
        with self._connected() as database:
            holder = self._holder(database)
        return holder[0] if holder else None

    def is_unfinished(self) -> bool:
        """See `Backend.is_unfinished`."""
        return self.held_since() is not None

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

    def beside(self, name: str) -> PostgresBackend:
        """See `Backend.beside`. No address can name its schema, so it is never another library's."""
        return PostgresBackend(Place(self.place.folder / name, self.place.database, f"{self.place.schema}-{name}"))

    def replace(self, fresh: Backend) -> None:
        """See `Backend.replace`. It is one transaction, so open readers see the content before or after it."""
        with fresh.snapshot() as source, self.change() as target:
            self._require_own(target)
            if not all(map(target.columns_of, TABLES)):  # there is none yet, or it is damaged
                self._create_tables(target)
            clear_rows(target)
            copy_rows(source, target)
            put_meta(target, "format", str(FORMAT))
            target.commit()

    @contextmanager
    def _connected(self) -> Iterator[PostgresConnection]:
        with closing(PostgresConnection(self.place, connect(self.place))) as database:
            yield database

    @contextmanager
    def _in_transaction(self) -> Iterator[PostgresConnection]:
        with closing(PostgresConnection(self.place, connect(self.place), self.channel)) as database:
            database.run("BEGIN")
            yield database

    def _acquire(self, database: Database, timeout: float) -> None:
        """Gets the update lock for the rest of a connection. Raises IndexBusyError."""
        deadline = time.monotonic() + timeout
        while True:
            row = database.row("SELECT pg_try_advisory_lock(?)", (self._key,))
            if row is not None and row[0]:
                return
            if time.monotonic() >= deadline:
                raise IndexBusyError(self._describe_holder(database), remedy="wait for it to end, then try again")
            time.sleep(_PAUSE)

    def _holder(self, database: Database) -> tuple[str, str, str] | None:
        """Start, process id and machine of the running update; None if none runs, or it is not known here.

        A standby does not know it, nor does another user of the server who may not see all connections.
        """
        row = database.row(_HELD, (self._key,))
        name = str(row[0] or "") if row else ""
        if not name.startswith(_HOLDER):
            return None
        started, process, machine = f"{name}  ".removeprefix(_HOLDER).split(" ", 2)
        return started, process, machine.strip()

    def _describe_holder(self, database: Database) -> str:
        holder = self._holder(database)
        if holder is None:
            return f"Another process is updating {self.place}"
        started, process, machine = holder
        return f"Process {process} on {machine} has been updating {self.place} since {started}"

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
