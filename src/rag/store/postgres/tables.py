"""The tables of a library in PostgreSQL: those of `rag.store.sqlite.tables`, with what differs.

- Texts are compared byte by byte (`COLLATE "C"`), as SQLite compares them, so both give the same order.
- A PostgreSQL text can't hold NUL, and an article's text can: it is stored as bytes in UTF-8.
- A path or an address may be longer than a B-tree takes (2.7 KB), so both have hash indexes. The update lock keeps them
  unique.
- A vector may be larger than a page: it is stored beside its row only then, and never compressed.
- `rowid` is the order of adding, which SQLite's tables have by themselves.
"""

from __future__ import annotations

import re

FORMAT = 1
"""Number of this format, in `meta`. It rises if older releases can't read the tables."""

INDEXED_START = 500
"""Number of characters of a path that an index compares: at most 2,000 bytes."""
_ORDER = "rowid BIGINT GENERATED ALWAYS AS IDENTITY"
_TEXT = 'TEXT COLLATE "C"'

SCHEMA = f"""
CREATE TABLE IF NOT EXISTS meta (key {_TEXT} PRIMARY KEY, value {_TEXT} NOT NULL, checksum BIGINT NOT NULL);
CREATE TABLE IF NOT EXISTS root (path {_TEXT} NOT NULL);
CREATE TABLE IF NOT EXISTS file (path {_TEXT} NOT NULL, signature {_TEXT} NOT NULL);
CREATE INDEX IF NOT EXISTS file_by_path ON file USING hash (path);
CREATE TABLE IF NOT EXISTS withdrawn (
    {_ORDER}, article_id {_TEXT} NOT NULL, path {_TEXT} NOT NULL, file_hash {_TEXT} NOT NULL, title {_TEXT} NOT NULL,
    time {_TEXT} NOT NULL, checksum BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS generation (
    number BIGINT PRIMARY KEY, token {_TEXT} NOT NULL, created {_TEXT} NOT NULL, articles BIGINT NOT NULL,
    passages BIGINT NOT NULL, checksum BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS article (
    {_ORDER}, id {_TEXT} NOT NULL, path {_TEXT} NOT NULL, added_generation BIGINT NOT NULL, removed_generation BIGINT,
    checksum BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS article_by_id ON article (id);
CREATE INDEX IF NOT EXISTS article_by_path ON article USING hash (path);
CREATE INDEX IF NOT EXISTS article_alive_by_start ON article (left(path, {INDEXED_START}))
    WHERE removed_generation IS NULL;
CREATE UNIQUE INDEX IF NOT EXISTS article_alive ON article (id) WHERE removed_generation IS NULL;
CREATE TABLE IF NOT EXISTS version (
    id BIGINT PRIMARY KEY, article_id {_TEXT} NOT NULL, added_generation BIGINT NOT NULL, removed_generation BIGINT,
    checksum BIGINT NOT NULL, content_hash {_TEXT} NOT NULL, file_hash {_TEXT} NOT NULL, title {_TEXT} NOT NULL,
    published {_TEXT}, source {_TEXT}, url {_TEXT}, byline {_TEXT}, language {_TEXT}, section {_TEXT}, fields {_TEXT},
    derived {_TEXT} NOT NULL, sentences BYTEA NOT NULL, original {_TEXT}, text BYTEA NOT NULL
);
CREATE INDEX IF NOT EXISTS version_by_article ON version (article_id);
CREATE INDEX IF NOT EXISTS version_by_url ON version USING hash (url);
CREATE INDEX IF NOT EXISTS version_corrected ON version (article_id) WHERE original IS NOT NULL;
CREATE UNIQUE INDEX IF NOT EXISTS version_alive_by_article ON version (article_id) WHERE removed_generation IS NULL;
CREATE TABLE IF NOT EXISTS text_group (
    version_id BIGINT NOT NULL REFERENCES version (id), group_id BIGINT NOT NULL, added_generation BIGINT NOT NULL,
    removed_generation BIGINT, checksum BIGINT NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS text_group_alive ON text_group (version_id) WHERE removed_generation IS NULL;
CREATE INDEX IF NOT EXISTS text_group_by_version ON text_group (version_id);
CREATE INDEX IF NOT EXISTS text_group_alive_by_group ON text_group (group_id) WHERE removed_generation IS NULL;
CREATE TABLE IF NOT EXISTS band (key BIGINT NOT NULL, version_id BIGINT NOT NULL, PRIMARY KEY (key, version_id));
CREATE TABLE IF NOT EXISTS passage (
    id BIGINT PRIMARY KEY, version_id BIGINT NOT NULL REFERENCES version (id), start_offset BIGINT NOT NULL,
    end_offset BIGINT NOT NULL, first_sentence BIGINT NOT NULL, last_sentence BIGINT NOT NULL,
    added_generation BIGINT NOT NULL, removed_generation BIGINT, checksum BIGINT NOT NULL
);
CREATE INDEX IF NOT EXISTS passage_by_version ON passage (version_id);
CREATE INDEX IF NOT EXISTS passage_by_added ON passage (added_generation);
CREATE INDEX IF NOT EXISTS passage_by_removed ON passage (removed_generation) WHERE removed_generation IS NOT NULL;
CREATE TABLE IF NOT EXISTS vector (
    passage_id BIGINT PRIMARY KEY REFERENCES passage (id), text_hash BYTEA NOT NULL, vector BYTEA NOT NULL,
    checksum BIGINT NOT NULL
);
ALTER TABLE vector ALTER COLUMN vector SET STORAGE EXTERNAL;
ALTER TABLE vector SET (toast_tuple_target = 8160);
CREATE INDEX IF NOT EXISTS vector_by_text ON vector (text_hash);
CREATE TABLE IF NOT EXISTS speech (
    version_id BIGINT PRIMARY KEY REFERENCES version (id), packed BYTEA NOT NULL, checksum BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS speaker (word {_TEXT} NOT NULL, passage_id BIGINT NOT NULL);
CREATE INDEX IF NOT EXISTS speaker_by_word ON speaker USING hash (word);
CREATE TABLE IF NOT EXISTS side_file (name {_TEXT} PRIMARY KEY, content BYTEA NOT NULL);
CREATE TABLE IF NOT EXISTS register (uuid {_TEXT} NOT NULL);
CREATE TABLE IF NOT EXISTS question (
    {_ORDER}, id {_TEXT} PRIMARY KEY, question {_TEXT} NOT NULL, scope {_TEXT}, added {_TEXT} NOT NULL,
    asked {_TEXT} NOT NULL, changed {_TEXT}, answer {_TEXT} NOT NULL, known {_TEXT} NOT NULL, trace {_TEXT} NOT NULL
);
CREATE TABLE IF NOT EXISTS change (number BIGINT PRIMARY KEY, question_id {_TEXT} NOT NULL, change {_TEXT} NOT NULL);
CREATE TABLE IF NOT EXISTS unsent (number BIGINT NOT NULL, channel {_TEXT} NOT NULL, PRIMARY KEY (number, channel));
CREATE TABLE IF NOT EXISTS embedding_job (
    number BIGINT GENERATED ALWAYS AS IDENTITY, text_hash BYTEA PRIMARY KEY, embedder {_TEXT} NOT NULL,
    text BYTEA NOT NULL, vector BYTEA, checksum BIGINT, failed BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX IF NOT EXISTS embedding_job_waits ON embedding_job (number) WHERE vector IS NULL AND NOT failed;
CREATE TABLE IF NOT EXISTS last_id (name {_TEXT} PRIMARY KEY, id BIGINT NOT NULL);
"""
TABLES = tuple(re.findall(r"CREATE TABLE IF NOT EXISTS (\w+)", SCHEMA))
"""The names of all tables."""
