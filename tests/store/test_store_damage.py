"""Damage that no row's checksum shows: an index that names wrong rows, a text that became a blob."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from rag.core.errors import IndexDamagedError, RagError
from rag.core.index_layout import store_path
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.libraries import ids, story, write
from tests.remedies import raises_mended_by

A, B = story("The bridge over the Lune reopened on Monday."), story("A fire destroyed the Halton mill on Sunday.")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    write(tmp_path / "news" / "a.txt", A)
    write(tmp_path / "news" / "b.txt", B)
    return tmp_path / "news"


@pytest.fixture
def store(tmp_path: Path, news: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "index") as store:
        update_library(store, [news], HashingEmbedder())
        yield store


def run(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(store_path(folder))) as database, database:
        database.execute(sql)


def tamper_with_index(folder: Path, index: str, wrong: str, right: str) -> None:
    """Makes index and table disagree: the index has the state after the first statement, the table that after both."""
    run(folder, wrong)
    with closing(sqlite3.connect(store_path(folder))) as database, database:
        row = database.execute("SELECT * FROM sqlite_schema WHERE name = ?", (index,)).fetchone()
        database.execute("PRAGMA writable_schema = ON")
        database.execute("DELETE FROM sqlite_schema WHERE name = ?", (index,))
    run(folder, right)
    with closing(sqlite3.connect(store_path(folder))) as database, database:
        database.execute("PRAGMA writable_schema = ON")
        database.execute("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", row)


def tamper_with_types(folder: Path, table: str, sql: str) -> None:
    """Runs SQL while the table does not enforce its column types."""
    with closing(sqlite3.connect(store_path(folder))) as database:
        (strict,) = database.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    for schema, then in ((strict.replace("STRICT, ", "").replace("STRICT", ""), sql), (strict, "SELECT 1")):
        with closing(sqlite3.connect(store_path(folder))) as database, database:
            database.execute("PRAGMA writable_schema = ON")
            database.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (schema, table))
        run(folder, then)


def change(store: Store, news: Path) -> object:
    write(news / "a.txt", A.replace("Monday", "Friday"))
    return update_library(store, [news], HashingEmbedder())


def change_alone(store: Store, news: Path) -> object:
    """Names the changed file, so that only its article is looked up."""
    write(news / "a.txt", A.replace("Monday", "Friday"))
    return update_library(store, [news / "a.txt"], HashingEmbedder())


def remove(store: Store, news: Path) -> object:
    (news / "a.txt").unlink()
    return update_library(store, [news], HashingEmbedder())


def rename(store: Store, news: Path) -> object:
    (news / "a.txt").rename(news / "c.txt")
    return update_library(store, [news], HashingEmbedder())


def look(store: Store, news: Path) -> object:
    return store.articles(), [store.article(article_id) for article_id in ids(store).values()]


# Each pair has a statement with wrong rows for the index, and one with the right rows for the table. Article, version,
# passage and group have the same ids.
PASSAGES = ("UPDATE passage SET version_id = 2 WHERE id = 1", "UPDATE passage SET version_id = id")
VERSIONS = (
    "UPDATE version SET article_id = 'x' WHERE id = 1",
    "UPDATE version SET article_id = (SELECT id FROM article WHERE article.rowid = version.id)",
)
ARTICLES = (
    "UPDATE article SET id = 'x' WHERE rowid = 1",
    "UPDATE article SET id = (SELECT article_id FROM version WHERE version.id = article.rowid)",
)
PATHS = ("UPDATE article SET path = path || 'x' WHERE rowid = 1", "UPDATE article SET path = rtrim(path, 'x')")
GROUPS = ("UPDATE text_group SET version_id = 9 WHERE rowid = 1", "UPDATE text_group SET version_id = rowid")


@pytest.mark.parametrize(
    ("index", "sql", "act"),
    [
        ("passage_by_version", PASSAGES, change),
        ("passage_by_version", PASSAGES, remove),
        ("passage_by_version", PASSAGES, look),
        ("version_alive_by_article", VERSIONS, change),
        ("version_alive_by_article", VERSIONS, remove),
        ("version_by_article", VERSIONS, look),
        ("article_by_id", ARTICLES, rename),
        ("article_by_id", ARTICLES, change),
        ("article_alive_by_path", PATHS, change),
        ("article_alive_by_path", PATHS, remove),
        ("article_alive_by_path", PATHS, change_alone),
        ("version_alive_by_article", VERSIONS, change_alone),
        ("text_group_by_version", GROUPS, look),
        ("text_group_alive", GROUPS, change),
    ],
)
def test_an_index_that_names_other_rows_is_damage(
    store: Store, news: Path, index: str, sql: tuple[str, str], act: Callable[[Store, Path], object]
) -> None:
    store.close()
    tamper_with_index(store.folder, index, *sql)
    with Store.open(store.folder) as damaged, raises_mended_by("rebuild_from_articles", IndexDamagedError):
        act(damaged, news)


@pytest.mark.parametrize(
    ("table", "sql"),
    [
        ("version", "UPDATE version SET title = CAST(title AS BLOB) WHERE id = 1"),
        ("version", "UPDATE version SET text = CAST(text AS BLOB) WHERE id = 1"),
        ("article", "UPDATE article SET path = CAST(path AS BLOB) WHERE rowid = 1"),
        ("article", "UPDATE article SET id = CAST(id AS BLOB) WHERE rowid = 1"),
        ("meta", "UPDATE meta SET value = CAST(value AS BLOB) WHERE key = 'fingerprint'"),
    ],
)
def test_a_text_that_became_a_blob_is_damage(store: Store, news: Path, table: str, sql: str) -> None:
    store.close()
    tamper_with_types(store.folder, table, sql)
    with Store.open(store.folder) as damaged, raises_mended_by("rebuild_from_articles", RagError):
        look(damaged, news)
        change(damaged, news)


def test_roots_and_signatures_that_became_blobs_do_no_harm(store: Store, news: Path) -> None:
    store.close()
    tamper_with_types(store.folder, "root", "UPDATE root SET path = CAST(path AS BLOB)")
    with Store.open(store.folder) as damaged:
        assert damaged.roots() == [news]


def test_a_generation_that_is_missing_is_not_made_again(store: Store, news: Path) -> None:
    change(store, news)
    store.close()
    run(store.folder, "DELETE FROM generation WHERE number = 2")
    write(news / "b.txt", B.replace("Sunday", "Friday"))
    with Store.open(store.folder) as damaged, raises_mended_by("rebuild_from_articles", IndexDamagedError):
        update_library(damaged, [news], HashingEmbedder())


def test_vectors_of_an_embedder_that_is_not_told_are_not_mixed_with_others(store: Store, news: Path) -> None:
    store.close()
    run(store.folder, "DELETE FROM meta WHERE key = 'fingerprint'")
    with Store.open(store.folder) as damaged, pytest.raises(IndexDamagedError, match="embedder"):
        change(damaged, news)
