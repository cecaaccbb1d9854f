"""The shape of `library.sqlite`, and the checksums that its rows carry.

Nothing that a citation rests on is ever overwritten: a row is added by one generation and retired by a later one, and
generation N sees exactly the rows with `added_generation <= N` that are not retired, or were retired after N. So an
open reader keeps answering from N while N+1 is committed, and a citation of an older version still finds its text.
"""

from __future__ import annotations

import zlib

APPLICATION_ID = 0x52414731
"""Says in SQLite's own header that the file is a library: "RAG1"."""
FORMAT = 1
"""The number of this shape, kept in SQLite's header as `user_version`; raised when older releases can't read it."""

SCHEMA = """
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    checksum INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The folders and files that updates were given, absolute: what an update without paths goes through.
CREATE TABLE root (path TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- One row per update that changed anything. The token is random: a derived file that bears it was made from this very
-- generation, not from one of the same number in another library or in a backup's other future.
CREATE TABLE generation (
    number INTEGER PRIMARY KEY,
    token TEXT NOT NULL,
    created TEXT NOT NULL,
    articles INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;

-- Where an article has lain: a rename retires a row and adds another with the same id.
CREATE TABLE article (
    id TEXT NOT NULL,
    path TEXT NOT NULL,
    added_generation INTEGER NOT NULL,
    removed_generation INTEGER,
    checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX article_by_id ON article (id);
CREATE UNIQUE INDEX article_alive_by_path ON article (path) WHERE removed_generation IS NULL;

-- What an article said. `sentences` is packed (see store_rows); `content_hash` is the checksum of `text`.
CREATE TABLE version (
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
    derived TEXT NOT NULL,
    sentences BLOB NOT NULL,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX version_by_article ON version (article_id);
CREATE UNIQUE INDEX version_alive_by_article ON version (article_id) WHERE removed_generation IS NULL;

-- `[first_sentence, last_sentence)` are indices into the version's sentences. Ids are never given twice.
CREATE TABLE passage (
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
CREATE INDEX passage_by_version ON passage (version_id);
CREATE INDEX passage_by_added ON passage (added_generation);
CREATE INDEX passage_by_removed ON passage (removed_generation) WHERE removed_generation IS NOT NULL;

-- Apart from passage, so that scans of passages stay small. float32, little-endian; `text_hash` is of the text that
-- was embedded, so that no text is embedded twice.
CREATE TABLE vector (
    passage_id INTEGER PRIMARY KEY REFERENCES passage (id),
    text_hash BLOB NOT NULL,
    vector BLOB NOT NULL,
    checksum INTEGER NOT NULL
) STRICT;
CREATE INDEX vector_by_text ON vector (text_hash);
"""


def checksum(*values: bytes | str | int | None) -> int:
    """CRC-32 of a row's values in their order: finds every flipped bit, is no defence against forgery."""
    crc = 0
    for value in values:
        data = b"\0" if value is None else value if isinstance(value, bytes) else str(value).encode()
        crc = zlib.crc32(data, zlib.crc32(b"%d:" % len(data), crc))
    return crc


def visible(table: str) -> str:
    """The SQL condition that generation `:generation` sees a row of this table."""
    return (
        f"{table}.added_generation <= :generation"
        f" AND ({table}.removed_generation IS NULL OR {table}.removed_generation > :generation)"
    )
