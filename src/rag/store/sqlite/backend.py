"""A library in an SQLite file, `library.sqlite` in the index folder. Implements `rag.store.backend.Backend`."""

from __future__ import annotations

import shutil
from collections.abc import Hashable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from threading import Event

from rag.core.atomic_files import replace_file
from rag.core.errors import IndexNotWritableError
from rag.core.index_layout import COPY, standing_path, store_path
from rag.core.place import Place
from rag.store.backend import Backend, missing
from rag.store.copy_rows import clear_rows, copy_rows
from rag.store.database import Database
from rag.store.rows import Generation
from rag.store.sqlite.backup import exchange_library, write_backup
from rag.store.sqlite.connection import SqliteConnection
from rag.store.sqlite.file_format import create_file, is_older, open_reader, open_remains
from rag.store.sqlite.register import is_there, open_register
from rag.store.sqlite.tables import ADDRESSES
from rag.store.sqlite.upgrade import upgrade_if_older
from rag.store.update_lock import held_since, is_unfinished, standing_lock, update_lock

_LOOK_SECONDS = 2.0
"""Seconds between two looks whether another process committed something."""


class SqliteBackend(Backend):
    """The database of a library in a folder."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.path = store_path(place.folder)

    def exists(self) -> bool:
        """See `Backend.exists`."""
        return self.path.is_file() and self.path.stat().st_size > 0

    def create(self) -> None:
        """See `Backend.create`."""
        create_file(self.place.folder)

    def remove(self) -> None:
        """Deletes the folder with all that is in it: only for a library that was made by `beside`."""
        shutil.rmtree(self.place.folder, ignore_errors=True)

    def bring_up_to_date(self) -> None:
        """See `Backend.bring_up_to_date`."""
        if not self.exists():
            raise missing(self.place)
        upgrade_if_older(self.place.folder)

    def is_older(self) -> bool:
        """See `Backend.is_older`."""
        return is_older(self.path)

    def open(self) -> Database:
        """See `Backend.open`."""
        return open_reader(self.path)

    @contextmanager
    def snapshot(self) -> Iterator[Database]:
        """See `Backend.snapshot`."""
        with closing(open_reader(self.path)) as database:
            database.run("BEGIN")
            yield database

    @contextmanager
    def change(self) -> Iterator[Database]:
        """See `Backend.change`."""
        with closing(SqliteConnection(self.path)) as database:
            database.begin()
            database.run(ADDRESSES)
            yield database

    def lock(self, timeout: float) -> AbstractContextManager[None]:
        """See `Backend.lock`."""
        return update_lock(self.place.folder, timeout)

    def held_since(self) -> str | None:
        """See `Backend.held_since`."""
        return held_since(self.place.folder)

    def is_unfinished(self) -> bool:
        """See `Backend.is_unfinished`."""
        return is_unfinished(self.place.folder)

    def commits(self, stop: Event) -> Iterator[None]:
        """See `Backend.commits`. SQLite tells nobody, so it is time to look every few seconds."""
        while not stop.wait(_LOOK_SECONDS):
            yield

    def identity(self) -> Hashable | None:
        """Device and inode of the file; None if it is missing, as while a folder is exchanged."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def backup(self, file: Path) -> Generation:
        """See `Backend.backup`."""
        return write_backup(self.path, file)

    def remains(self) -> Database | None:
        """See `Backend.remains`."""
        return open_remains(self.path) if self.path.exists() else None

    def describe_file(self, name: str) -> str:
        """See `Backend.describe_file`."""
        return str(self.place.folder / name)

    def read_file(self, name: str) -> bytes | None:
        """See `Backend.read_file`. It is a file of the index folder, which a person may edit."""
        try:
            return (self.place.folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def has_file(self, name: str) -> bool:
        """See `Backend.has_file`."""
        return (self.place.folder / name).exists()

    def write_file(self, name: str, content: bytes) -> None:
        """See `Backend.write_file`."""
        path = self.place.folder / name
        try:
            replace_file(path, [content])
        except OSError as error:
            raise IndexNotWritableError(
                f"{path} can't be written ({error.strerror})",
                remedy="check the permissions and the free space",
                path=str(path),
            ) from error

    def has_register(self) -> bool:
        """See `Backend.has_register`."""
        return is_there(standing_path(self.place.folder))

    def register(self, *, create: bool = False) -> AbstractContextManager[Database]:
        """See `Backend.register`."""
        return open_register(standing_path(self.place.folder), create)

    def register_lock(self, timeout: float) -> AbstractContextManager[None]:
        """See `Backend.register_lock`."""
        return standing_lock(self.place.folder, timeout)

    def register_state(self) -> Hashable:
        """See `Backend.register_state`."""
        try:
            status = standing_path(self.place.folder).stat()
        except OSError:
            return ()
        return status.st_ino, status.st_mtime_ns, status.st_size

    def beside(self, name: str) -> SqliteBackend:
        """See `Backend.beside`."""
        return SqliteBackend(self.place.beside(name))

    def replace(self, fresh: Backend) -> None:
        """See `Backend.replace`."""
        if isinstance(fresh, SqliteBackend):
            exchange_library(fresh.path, self.path)
            return
        copied = self.beside(COPY)
        copied.remove()
        try:
            copied.create()
            with fresh.snapshot() as source, copied.change() as target:
                clear_rows(target)
                copy_rows(source, target)
                target.commit()
            exchange_library(copied.path, self.path)
        finally:
            copied.remove()
