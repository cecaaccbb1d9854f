"""The tables of `library.sqlite`, and how the file is created and opened.

Nothing that a citation depends on is overwritten. One generation adds a row and a later one retires it. Generation N
sees the rows with `added_generation <= N` that are not retired, or were after N. So an open reader answers from N while
N+1 is committed, and a citation of an older version still finds its text.
"""

from __future__ import annotations

import secrets
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from rag.core.atomic_files import is_writable, sync_folder
from rag.core.errors import IndexDamagedError, IndexFormatError, IndexMissingError, IndexNotWritableError
from rag.core.index_layout import store_path
from rag.core.remedies import Remedy
from rag.store.database import Database
from rag.store.rows import GENERATION

APPLICATION_ID = 0x52414731
"""Marks the file as a library in SQLite's own header: "RAG1" in ASCII."""
FORMAT = 5
"""Number of this format, in SQLite's header as `user_version`. It rises if older releases can't read the file."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (
    key TEXT PRIMARY KEY, value TEXT NOT NULL, checksum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Absolute paths of the folders and files that updates were given. An update without paths reads these.
CREATE TABLE IF NOT EXISTS root (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- Signature of each file of many articles when it was last read in full (see `rag.ingest.records`).
CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, signature TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Articles that a person withdrew: a row for each path and hash that an article had since (`rag.store.known_files`).
CREATE TABLE IF NOT EXISTS withdrawn (
    article_id TEXT NOT NULL, path TEXT NOT NULL, file_hash TEXT NOT NULL, title TEXT NOT NULL, time TEXT NOT NULL,
    checksum INTEGER NOT NULL, PRIMARY KEY (path, file_hash)
) STRICT;

-- One row per update that changed anything. The token is random: a derived file with this token was made from this
-- generation, not from one with the same number in another library or after a restored backup.
CREATE TABLE IF NOT EXISTS generation (
    number INTEGER PRIMARY KEY,
    token TEXT NOT NULL,
    created TEXT NOT NULL,
    articles INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;

-- The paths of an article. A rename retires a row and adds another with the same id.
CREATE TABLE IF NOT EXISTS article (
    id TEXT NOT NULL,
    path TEXT NOT NULL,
    added_generation INTEGER NOT NULL,
    removed_generation INTEGER,
    checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS article_by_id ON article (id);
CREATE UNIQUE INDEX IF NOT EXISTS article_alive_by_path ON article (path) WHERE removed_generation IS NULL;

-- The texts of an article. `sentences` is packed and `fields` is JSON (see `rag.store.rows`); `content_hash` is the
-- sha256 of `text`.
CREATE TABLE IF NOT EXISTS version (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL,
    added_generation INTEGER NOT NULL,
    removed_generation INTEGER,
    checksum INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    file_hash TEXT NOT NULL,
    title TEXT NOT NULL,
    published TEXT,
    source TEXT,
    url TEXT,
    byline TEXT,
    language TEXT,
    section TEXT,
    fields TEXT,
    derived TEXT NOT NULL,
    sentences BLOB NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS version_by_article ON version (article_id);
CREATE UNIQUE INDEX IF NOT EXISTS version_alive_by_article ON version (article_id) WHERE removed_generation IS NULL;

-- Copies of one text form a group (`rag.text.near_duplicates`). A version without a copy has a group of its own.
CREATE TABLE IF NOT EXISTS text_group (
    version_id INTEGER NOT NULL REFERENCES version (id),
    group_id INTEGER NOT NULL,
    added_generation INTEGER NOT NULL,
    removed_generation INTEGER,
    checksum INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX IF NOT EXISTS text_group_alive ON text_group (version_id) WHERE removed_generation IS NULL;
CREATE INDEX IF NOT EXISTS text_group_by_version ON text_group (version_id);
CREATE INDEX IF NOT EXISTS text_group_alive_by_group ON text_group (group_id) WHERE removed_generation IS NULL;

-- Keys that an update uses to find copies: versions that share a key may be copies. Their texts decide.
CREATE TABLE IF NOT EXISTS band (
    key INTEGER NOT NULL, version_id INTEGER NOT NULL, PRIMARY KEY (key, version_id)
) STRICT, WITHOUT ROWID;

-- `[first_sentence, last_sentence)` are indices into the version's sentences. An id is never used twice.
CREATE TABLE IF NOT EXISTS passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version_id INTEGER NOT NULL REFERENCES version (id),
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    first_sentence INTEGER NOT NULL,
    last_sentence INTEGER NOT NULL,
    added_generation INTEGER NOT NULL,
    removed_generation INTEGER,
    checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS passage_by_version ON passage (version_id);
CREATE INDEX IF NOT EXISTS passage_by_added ON passage (added_generation);
CREATE INDEX IF NOT EXISTS passage_by_removed ON passage (removed_generation) WHERE removed_generation IS NOT NULL;

-- A table of its own, so that scans of passages read less. float32, little-endian. `text_hash` is the hash of the text
-- that was embedded, so that no text is embedded twice.
CREATE TABLE IF NOT EXISTS vector (
    passage_id INTEGER PRIMARY KEY REFERENCES passage (id),
    text_hash BLOB NOT NULL,
    vector BLOB NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS vector_by_text ON vector (text_hash);
"""
ADDRESSES = "CREATE INDEX IF NOT EXISTS version_by_url ON version (url) WHERE url IS NOT NULL"
"""Creates the index of addresses. The first update runs it, because a file of an older release has no such index."""


def visible(table: str) -> str:
    """The SQL condition that generation `:generation` sees a row of this table."""
    return (
        f"{table}.added_generation <= :generation"
        f" AND ({table}.removed_generation IS NULL OR {table}.removed_generation > :generation)"
    )


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
    database = Database(store_path(folder), "mode=rwc")
    try:
        if _is_blank(database):
            database.run("PRAGMA journal_mode = WAL")
            _create_tables(database)
    finally:
        database.close()


def open_reader(path: Path) -> Database:
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


def open_remains(path: Path) -> Database | None:
    """Opens what is left of a damaged library, without checking it.

    Returns:
        The connection; None if SQLite can't read the file at all.

    Raises:
        IndexFormatError: If a newer release wrote the file.
        IndexDamagedError: If the file belongs to another program.
    """
    try:
        database = Database(path)
        blank = _is_blank(database)
    except IndexDamagedError:
        return None
    if not blank:
        _written_format(database)
    return database


def open_any(path: Path) -> Database:
    """Opens a file that is large enough to have a schema, writable or not; its format may be any."""
    try:
        return _open_readable(path, "mode=rw")
    except IndexNotWritableError:
        log = path.with_name(f"{path.name}-wal")
        # Where both can be written, opening fails for the moment only: such a connection would never see an update.
        if (log.exists() and log.stat().st_size > 0) or (is_writable(path) and is_writable(path.parent)):
            raise
        return _open_readable(path, "mode=ro&immutable=1")


def _open_readable(path: Path, options: str) -> Database:
    database = Database(path, options)
    try:
        _is_blank(database)  # reads the first page, which fails if the file can't be read in this way
    except BaseException:
        database.close()
        raise
    return database


def _check_format(database: Database) -> None:
    """Raises IndexMissingError, IndexFormatError or IndexDamagedError if the file is not a library of this format."""
    if _is_blank(database):
        raise missing(database.path.parent)
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


def _written_format(database: Database) -> int:
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


def missing(folder: Path) -> IndexMissingError:
    """The error to raise if there is no library in the folder."""
    return IndexMissingError(f"There is no index in {folder}", remedy=Remedy(action="build"), path=str(folder))


def _is_blank(database: Database) -> bool:
    """Whether nothing was ever written to the file: it is new, or its creation was interrupted."""
    return database.row("SELECT 1 FROM sqlite_schema LIMIT 1") is None and _pragma(database, "application_id") == 0


def _pragma(database: Database, name: str) -> int:
    row = database.row(f"PRAGMA {name}")
    return int(row[0]) if row else 0


def _create_tables(database: Database) -> None:
    # One transaction; if another process was quicker, nothing changes.
    created = datetime.now(UTC).isoformat(timespec="seconds")
    first = f"0, '{secrets.token_hex(8)}', '{created}', 0, 0"
    database.script(
        f"BEGIN IMMEDIATE; {SCHEMA}"
        f"INSERT OR IGNORE INTO generation ({', '.join(GENERATION)}, checksum) VALUES ({first}, checksum({first}));"
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}; COMMIT;"
    )
