"""Creates `library.sqlite`, and opens it.

Nothing that a citation depends on is overwritten. One generation adds a row and a later one retires it. Generation N
sees the rows with `added_generation <= N` that are not retired, or were after N. So an open reader answers from N while
N+1 is committed, and a citation of an older version still finds its text.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from rag.core.atomic_files import is_writable, sync_folder
from rag.core.errors import IndexDamagedError, IndexFormatError, IndexNotWritableError
from rag.core.index_layout import store_path
from rag.core.place import Place
from rag.core.remedies import Remedy
from rag.store.backend import missing
from rag.store.columns import GENERATION
from rag.store.database import checksum
from rag.store.rows import first_generation
from rag.store.sqlite.connection import SqliteConnection
from rag.store.sqlite.tables import SCHEMA

APPLICATION_ID = 0x52414731
"""Marks the file as a library in SQLite's own header: "RAG1" in ASCII."""
FORMAT = 7
"""Number of this format, in SQLite's header as `user_version`. It rises if older releases can't read the file."""


def create_file(folder: Path) -> None:
    """Creates an empty library in the folder if there is none.

    Raises:
        IndexNotWritableError: If the folder or the file can't be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)
    except OSError as error:
        raise IndexNotWritableError(
            f"The index folder {folder} can't be created ({error.strerror})",
            remedy=Remedy(action="choose_index"),
            path=str(folder),
        ) from error
    database = SqliteConnection(store_path(folder), "mode=rwc")
    try:
        if _is_blank(database):
            database.run("PRAGMA journal_mode = WAL")
            _create_tables(database)
    finally:
        database.close()


def open_reader(path: Path) -> SqliteConnection:
    """Opens a connection for reading.

    If the file or its folder can't be written, SQLite can't keep the index of its log there. The file can still be
    opened as one that nobody changes, if no log is left. If its owner changes it, the checksums of the rows show it.

    Args:
        path: The SQLite file.

    Raises:
        IndexMissingError: If the file is empty.
        IndexFormatError: If another release wrote the file in a format that this one can't read.
        IndexDamagedError: If the file is not a library, or is damaged.
        IndexNotWritableError: If the file can't be opened, or a log is left that can't be read.
    """
    database = open_any(path)
    try:
        _check_format(database)
    except BaseException:
        database.close()
        raise
    return database


def is_older(path: Path) -> bool:
    """Whether this release has to bring the file's format up to date. It raises the errors of `open_reader`."""
    with closing(open_any(path)) as database:
        return not _is_blank(database) and 0 < _written_format(database) < FORMAT


def open_remains(path: Path) -> SqliteConnection | None:
    """Opens what is left of a damaged library, without checking it.

    Returns:
        The connection; None if SQLite can't read the file at all.

    Raises:
        IndexFormatError: If a newer release wrote the file.
        IndexDamagedError: If the file belongs to another program.
    """
    try:
        database = SqliteConnection(path)
        blank = _is_blank(database)
    except IndexDamagedError:
        return None
    if not blank:
        _written_format(database)
    return database


def open_any(path: Path) -> SqliteConnection:
    """Opens a file that is large enough to have a schema, writable or not; its format may be any."""
    try:
        return _open_readable(path, "mode=rw")
    except IndexNotWritableError:
        log = path.with_name(f"{path.name}-wal")
        # Where both can be written, opening fails for the moment only: such a connection would never see an update.
        if (log.exists() and log.stat().st_size > 0) or (is_writable(path) and is_writable(path.parent)):
            raise
        return _open_readable(path, "mode=ro&immutable=1")


def _open_readable(path: Path, options: str) -> SqliteConnection:
    database = SqliteConnection(path, options)
    try:
        _is_blank(database)  # reads the first page, which fails if the file can't be read in this way
    except BaseException:
        database.close()
        raise
    return database


def _check_format(database: SqliteConnection) -> None:
    """Raises IndexMissingError, IndexFormatError or IndexDamagedError if the file is not a library of this format."""
    if _is_blank(database):
        raise missing(Place(database.path.parent))
    written = _written_format(database)
    if written < 1:
        raise database.damaged(f"unknown format {written}")
    if written < FORMAT:
        raise IndexFormatError(
            f"The index in {database.path.parent} has format {written}, of an older release; the next update brings it"
            " up to date",
            remedy=Remedy(action="update"),
            path=str(database.path.parent),
        )


def _written_format(database: SqliteConnection) -> int:
    """The file's format. Raises IndexFormatError for a newer format, IndexDamagedError for another program's file."""
    if _pragma(database, "application_id") != APPLICATION_ID:
        raise IndexDamagedError(
            f"{database.path} is not a library",
            remedy=Remedy("move this file elsewhere, or", "choose_index"),
            path=str(database.path),
        )
    written = _pragma(database, "user_version")
    if written > FORMAT:
        raise IndexFormatError(
            f"The index in {database.path.parent} has format {written}, and this release reads up to {FORMAT}",
            remedy=Remedy("install a newer release, or", "choose_index"),
            path=str(database.path.parent),
        )
    return written


def _is_blank(database: SqliteConnection) -> bool:
    """Whether nothing was ever written to the file: it is new, or its creation was interrupted."""
    return database.row("SELECT 1 FROM sqlite_schema LIMIT 1") is None and _pragma(database, "application_id") == 0


def _pragma(database: SqliteConnection, name: str) -> int:
    row = database.row(f"PRAGMA {name}")
    return int(row[0]) if row else 0


def _create_tables(database: SqliteConnection) -> None:
    # One transaction; if another process was quicker, nothing changes.
    first = first_generation()
    values = ", ".join(map(repr, (*first, checksum(*first))))
    database.script(
        f"BEGIN IMMEDIATE; {SCHEMA}"
        f"INSERT OR IGNORE INTO generation ({', '.join(GENERATION)}, checksum) VALUES ({values});"
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}; COMMIT;"
    )
