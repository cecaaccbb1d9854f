"""The tables of `library.sqlite`."""

from __future__ import annotations

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

-- The texts of an article. `sentences` is packed; `fields` and `original`, which has what the file of a corrected
-- article has, are JSON (see `rag.store.rows`); `content_hash` is the sha256 of `text`.
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
    original TEXT,
    text TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS version_by_article ON version (article_id);
CREATE INDEX IF NOT EXISTS version_corrected ON version (article_id) WHERE original IS NOT NULL;
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

-- Who says what, as the speaker tagger found it in a version's text; packed as `rag.store.rows` says. Versions that an
-- older release stored have no row.
CREATE TABLE IF NOT EXISTS speech (
    version_id INTEGER PRIMARY KEY REFERENCES version (id), packed BLOB NOT NULL, checksum INTEGER NOT NULL
) STRICT;

-- Passages with words of a speaker whose name has this word. They say where to look; the texts decide who speaks.
CREATE TABLE IF NOT EXISTS speaker (
    word TEXT NOT NULL, passage_id INTEGER NOT NULL, PRIMARY KEY (word, passage_id)
) STRICT, WITHOUT ROWID;
"""
ADDRESSES = "CREATE INDEX IF NOT EXISTS version_by_url ON version (url) WHERE url IS NOT NULL"
"""Creates the index of addresses. The first update runs it, because a file of an older release has no such index."""
