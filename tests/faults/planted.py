"""Bugs for a child process's copy of the library. The tests must find each of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from pathlib import Path

import numpy as np

from rag.core import atomic_files
from rag.core.article import Article
from rag.core.errors import IndexNotWritableError
from rag.core.ports import Ids, Vectors
from rag.indexes.dense import DenseIndex
from rag.indexes.lexical import TantivyIndex
from rag.store.change import Change, NewPassage
from rag.store.columns import GENERATION, insert
from rag.store.database import Database, Parameters
from rag.store.sqlite.connection import SqliteConnection


def plant(bug: str | None) -> None:
    """Plants the bug of this name into this process; nothing for None."""
    if bug is not None:
        BUGS[bug]()


def _truth_is_not_synced() -> None:
    opened = SqliteConnection.__init__

    def open_hastily(self: SqliteConnection, path: Path, options: str = "mode=rw") -> None:
        opened(self, path, options)
        self.script("PRAGMA synchronous = OFF")

    SqliteConnection.__init__ = open_hastily  # type: ignore[method-assign]


def _derived_files_are_not_synced() -> None:
    os.fsync = lambda fd: None


def _names_are_not_synced() -> None:
    atomic_files.sync_folder = lambda folder: None


def _generation_is_committed_before_its_articles() -> None:
    begun = Change.__init__

    def begin(self: Change, database: Database) -> None:
        begun(self, database)
        before = self._before
        insert(database, "generation", GENERATION, (self._number, "early", "", before.articles, before.passages))
        database.run("COMMIT")
        database.run("BEGIN IMMEDIATE")
        database.run("DELETE FROM generation WHERE number = ?", (self._number,))

    Change.__init__ = begin  # type: ignore[method-assign]


def _articles_are_committed_one_by_one() -> None:
    put = Change.put_article

    def put_and_commit(self: Change, article: Article, file_hash: str, passages: Sequence[NewPassage]) -> None:
        put(self, article, file_hash, passages)
        self._database.run("COMMIT")
        self._database.run("BEGIN IMMEDIATE")

    Change.put_article = put_and_commit  # type: ignore[method-assign]


def _failed_commit_is_passed_over() -> None:
    run = SqliteConnection.run

    def run_on(self: SqliteConnection, sql: str, parameters: Parameters = ()) -> int:
        with suppress(IndexNotWritableError) if sql == "COMMIT" else nullcontext():
            return run(self, sql, parameters)
        return 0

    SqliteConnection.run = run_on  # type: ignore[method-assign]


def _words_are_stale() -> None:
    add = TantivyIndex.add

    def add_stale(self: TantivyIndex, ids: Ids, texts: Sequence[str]) -> None:
        add(self, ids, texts if self.generation == 0 else ["What stood here before."] * len(texts))

    TantivyIndex.add = add_stale  # type: ignore[method-assign]


def _vectors_are_stale() -> None:
    add = DenseIndex.add

    def add_stale(self: DenseIndex, ids: Ids, vectors: Vectors) -> None:
        add(self, ids, vectors if len(self) == 0 else np.roll(vectors, 1, axis=0))

    DenseIndex.add = add_stale  # type: ignore[method-assign]


def _checksums_are_not_looked_at() -> None:
    Database.intact = lambda self, row, names, what: row[:-1]  # type: ignore[method-assign]


BUGS: dict[str, Callable[[], None]] = {
    "the truth is not synced": _truth_is_not_synced,
    "derived files are not synced": _derived_files_are_not_synced,
    "names are not synced": _names_are_not_synced,
    "the generation is committed before its articles": _generation_is_committed_before_its_articles,
    "articles are committed one by one": _articles_are_committed_one_by_one,
    "a failed commit is passed over": _failed_commit_is_passed_over,
    "the words found are stale": _words_are_stale,
    "the vectors found are stale": _vectors_are_stale,
    "checksums are not looked at": _checksums_are_not_looked_at,
}
"""The bugs by name. A name says what is wrong."""
