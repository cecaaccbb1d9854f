"""The shape of `library.sqlite`, how it is made, and how it is opened.

Nothing that a citation rests on is ever overwritten: a row is added by one generation and retired by a later one, and
generation N sees exactly the rows with `added_generation <= N` that are not retired, or were retired after N. So an
open reader keeps answering from N while N+1 is committed, and a citation of an older version still finds its text.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from pathlib import Path

from rag.core.atomic_files import sync_folder
from rag.core.errors import IndexDamagedError, IndexFormatError, IndexMissingError, IndexNotWritableError
from rag.core.index_layout import store_path
from rag.core.remedies import Remedy
from rag.store.database import Database
from rag.store.rows import GENERATION

APPLICATION_ID = 0x52414731
"""Says in SQLite's own header that the file is a library: "RAG1"."""
FORMAT = 3
"""The number of this shape, kept in SQLite's header as `user_version`; raised when older releases can't read it."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    checksum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The folders and files that updates were given, absolute: what an update without paths goes through.
CREATE TABLE IF NOT EXISTS root (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- What files of many articles were told by when they were last read in full (see contents).
CREATE TABLE IF NOT EXISTS file (path TEXT PRIMARY KEY, signature TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- One row per update that changed anything. The token is random: a derived file that bears it was made from this very
-- generation, not from one of the same number in another library or in a backup's other future.
CREATE TABLE IF NOT EXISTS generation (
    number INTEGER PRIMARY KEY,
    token TEXT NOT NULL,
    created TEXT NOT NULL,
    articles INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;

-- Where an article has lain: a rename retires a row and adds another with the same id.
CREATE TABLE IF NOT EXISTS article (
    id TEXT NOT NULL,
    path TEXT NOT NULL,
    added_generation INTEGER NOT NULL,
    removed_generation INTEGER,
    checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS article_by_id ON article (id);
CREATE UNIQUE INDEX IF NOT EXISTS article_alive_by_path ON article (path) WHERE removed_generation IS NULL;

-- What an article said. `sentences` is packed (see store_rows); `content_hash` is the checksum of `text`.
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
    derived TEXT NOT NULL,
    sentences BLOB NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS version_by_article ON version (article_id);
CREATE UNIQUE INDEX IF NOT EXISTS version_alive_by_article ON version (article_id) WHERE removed_generation IS NULL;

-- Copies of one text are a group (`rag.text.near_duplicates`); a version that is nobody's copy is one by itself.
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

-- Where an update looks for copies: versions that share a key may be such. Whether they are, their texts tell.
CREATE TABLE IF NOT EXISTS band (
    key INTEGER NOT NULL,
    version_id INTEGER NOT NULL,
    PRIMARY KEY (key, version_id)
) STRICT, WITHOUT ROWID;

-- `[first_sentence, last_sentence)` are indices into the version's sentences. Ids are never given twice.
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

-- Apart from passage, so that scans of passages stay small. float32, little-endian; `text_hash` is of the text that
-- was embedded, so that no text is embedded twice.
CREATE TABLE IF NOT EXISTS vector (
    passage_id INTEGER PRIMARY KEY REFERENCES passage (id),
    text_hash BLOB NOT NULL,
    vector BLOB NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS vector_by_text ON vector (text_hash);
"""
ADDRESSES = "CREATE INDEX IF NOT EXISTS version_by_url ON version (url) WHERE url IS NOT NULL"
"""Made by the first update, as libraries of this format that older releases made have none; they do without."""

ROOTS = "SELECT CAST(path AS TEXT) FROM root ORDER BY path"
"""The paths; a flipped bit may have made one a blob of the same bytes."""


def visible(table: str) -> str:
    """The SQL condition that generation `:generation` sees a row of this table."""
    return (
        f"{table}.added_generation <= :generation"
        f" AND ({table}.removed_generation IS NULL OR {table}.removed_generation > :generation)"
    )


def create_file(folder: Path) -> None:
    """Makes an empty library in the folder, unless there is one. Raises IndexNotWritableError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)
    except OSError as error:
        raise IndexNotWritableError(
            f"The index folder {folder} can't be made ({error.strerror})",
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
    """A connection for reading.

    Where neither the file nor its folder can be written to, SQLite can't keep its log's index there; if no log is
    left behind, the file can still be read as one that nobody changes. Should its owner update it meanwhile, the
    rows' checksums tell.
    """
    try:
        return _open_sound(path, "mode=rw")
    except IndexNotWritableError:
        log = path.with_name(f"{path.name}-wal")
        if log.exists() and log.stat().st_size > 0:
            raise
        return _open_sound(path, "mode=ro&immutable=1")


def open_remains(path: Path) -> Database | None:
    """A connection to what is left of a library, unchecked; None where SQLite can't make it out at all.

    Raises IndexFormatError where a newer release wrote the file, IndexDamagedError where it is another program's.
    """
    try:
        database = Database(path)
        blank = _is_blank(database)
    except IndexDamagedError:
        return None
    if not blank:
        _written_format(database)
    return database


def _open_sound(path: Path, options: str) -> Database:
    database = Database(path, options)
    try:
        _check_format(database)
    except BaseException:
        database.close()
        raise
    return database


def _check_format(database: Database) -> None:
    """Raises IndexMissingError, IndexFormatError or IndexDamagedError unless the file is a library of this format."""
    if _is_blank(database):
        raise missing(database.path.parent)
    written = _written_format(database)
    if written < 1:
        raise database.damaged(f"format {written} never was")
    if written < FORMAT:
        raise IndexFormatError(
            f"The index in {database.path.parent} has format {written}, of an older release",
            remedy=Remedy(action="rebuild_from_articles"),
            path=str(database.path.parent),
        )


def _written_format(database: Database) -> int:
    """Raises IndexFormatError where a newer release wrote the file, IndexDamagedError where it is another program's."""
    if _pragma(database, "application_id") != APPLICATION_ID:
        raise IndexDamagedError(
            f"{database.path} is no library", remedy=Remedy("delete it, or", "choose_index"), path=str(database.path)
        )
    written = _pragma(database, "user_version")
    if written > FORMAT:
        raise IndexFormatError(
            f"The index in {database.path.parent} has format {written}, and this release reads up to {FORMAT}",
            remedy=Remedy("install a newer release, or delete the folder and", "build"),
            path=str(database.path.parent),
        )
    return written


def missing(folder: Path) -> IndexMissingError:
    """The error to raise where there is no library."""
    return IndexMissingError(f"There is no index in {folder}", remedy=Remedy(action="build"), path=str(folder))


def _is_blank(database: Database) -> bool:
    """Whether nothing was ever written to the file: it is new, or its making was cut short."""
    return database.row("SELECT 1 FROM sqlite_schema LIMIT 1") is None and _pragma(database, "application_id") == 0


def _pragma(database: Database, name: str) -> int:
    row = database.row(f"PRAGMA {name}")
    return int(row[0]) if row else 0


def _create_tables(database: Database) -> None:
    # One transaction, and no harm where another process was quicker.
    created = datetime.now(UTC).isoformat(timespec="seconds")
    first = f"0, '{secrets.token_hex(8)}', '{created}', 0, 0"
    database.script(
        f"BEGIN IMMEDIATE; {SCHEMA}"
        f"INSERT OR IGNORE INTO generation ({', '.join(GENERATION)}, checksum) VALUES ({first}, checksum({first}));"
        f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}; COMMIT;"
    )
