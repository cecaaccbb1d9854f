"""What a library knows about files beside their articles: its roots, signatures, and what a person withdrew.

These are the tables `root`, `file` and `withdrawn`.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rag.core.reports import WithdrawnArticle
from rag.store.columns import WITHDRAWN, columns, insert
from rag.store.database import Database, checksum

_ROOTS = "SELECT CAST(path AS TEXT) FROM root ORDER BY path"
"""The cast is needed because a flipped bit may turn a text into a blob of the same bytes."""


class Withdrawal(NamedTuple):
    """A place and a content of an article that a person withdrew. An article has one for each that was seen since.

    Attributes:
        article_id: The id that the article had. Its byte-identical copies have the same here.
        path: The path of the article, which comes first, or of a copy.
        file_hash: The hash of the file or record, in hexadecimal digits.
        title: The title that the article had.
        time: When it was withdrawn, ISO 8601 in UTC.
    """

    article_id: str
    path: str
    file_hash: str
    title: str
    time: str


def read_roots(database: Database) -> list[Path]:
    """Reads the absolute paths of all roots, sorted."""
    return [Path(row[0]) for row in database.rows(_ROOTS)]


def read_signatures(database: Database) -> dict[str, str]:
    """Reads the signature of each file of many articles, by path."""
    return dict(database.rows("SELECT CAST(path AS TEXT), CAST(signature AS TEXT) FROM file"))


def read_withdrawals(database: Database) -> list[Withdrawal]:
    """Reads all withdrawals, the earliest first.

    Raises:
        IndexDamagedError: If a row is damaged.
    """
    return _withdrawals(database, "TRUE", ())


def _withdrawals(database: Database, condition: str, parameters: Sequence[str]) -> list[Withdrawal]:
    sql = f"SELECT {columns('withdrawn', WITHDRAWN)} FROM withdrawn WHERE {condition} ORDER BY rowid"
    rows = database.rows(sql, parameters)
    return [Withdrawal(*database.intact(row, WITHDRAWN, "a withdrawn article")) for row in rows]


def by_article(withdrawals: Iterable[Withdrawal]) -> list[WithdrawnArticle]:
    """Makes one entry of all withdrawals of an article, in the order in which the articles were withdrawn."""
    rows: dict[str, list[Withdrawal]] = {}
    for withdrawal in withdrawals:
        rows.setdefault(withdrawal.article_id, []).append(withdrawal)
    return [_withdrawn_article(entries) for entries in rows.values()]


def _withdrawn_article(withdrawals: Sequence[Withdrawal]) -> WithdrawnArticle:
    first, *copies = dict.fromkeys(withdrawal.path for withdrawal in withdrawals)
    article_id, _, _, title, time = withdrawals[0]
    return WithdrawnArticle(id=article_id, title=title, path=first, copies=tuple(copies), withdrawn=time)


class KnownFiles:
    """Changes these tables, in the transaction of a `rag.store.change.Change`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add_roots(self, paths: Iterable[Path], keep: Container[Path] = ()) -> None:
        """Remembers absolute paths of files and folders, for updates that are given no path.

        A path inside another remembered folder is not kept, unless it is a root in `keep`.
        """
        before = set(read_roots(self._database))
        roots = before | set(paths)
        outermost = {root for root in roots if root in keep or not any(parent in roots for parent in root.parents)}
        self.drop_roots(before - outermost)
        for root in outermost - before:
            self._database.run("INSERT INTO root (path) VALUES (?)", (str(root),))

    def drop_roots(self, paths: Iterable[Path]) -> None:
        """Forgets roots, but not their articles. Unknown ones are ignored."""
        for root in paths:
            self._database.run("DELETE FROM root WHERE path = ?", (str(root),))

    def set_signatures(self, signatures: Mapping[str, str]) -> None:
        """Stores the signatures of files whose articles are all stored, by the file's path."""
        for path, signature in signatures.items():
            self._database.run("DELETE FROM file WHERE path = ?", (path,))
            self._database.run("INSERT INTO file (path, signature) VALUES (?, ?)", (path, signature))

    def forget_signatures(self, files: Iterable[str]) -> None:
        """Deletes the signatures of these files of many articles."""
        for path in files:
            self._database.run("DELETE FROM file WHERE path = ?", (path,))

    def move_signatures(self, moved: Iterable[tuple[str, str]]) -> None:
        """Changes the paths of files of many articles, given as pairs of the old and the new path."""
        for old, new in moved:
            if old != new and self._database.row("SELECT 1 FROM file WHERE path = ?", (old,)) is not None:
                self._database.run("DELETE FROM file WHERE path = ?", (new,))
                self._database.run("UPDATE file SET path = ? WHERE path = ?", (new, old))

    def withdraw(self, withdrawals: Iterable[Withdrawal]) -> None:
        """Remembers withdrawals. What is known of the same path and hash is replaced."""
        for withdrawal in withdrawals:
            self._forget(withdrawal)
            insert(self._database, "withdrawn", WITHDRAWN, withdrawal)

    def move_withdrawals(self, moved: Iterable[tuple[str, str]]) -> None:
        """Changes the paths of withdrawn articles, given as pairs of the old and the new path."""
        for old, new in moved:
            for before in _withdrawals(self._database, "path = ?", (old,)) if old != new else ():
                after = before._replace(path=new)
                self._forget(after)
                sql = "UPDATE withdrawn SET path = ?, checksum = ? WHERE path = ? AND file_hash = ?"
                self._database.run(sql, (new, checksum(*after), old, before.file_hash))

    def take_back(self, article_ids: Iterable[str]) -> None:
        """Forgets all withdrawals of these articles."""
        for article_id in article_ids:
            self._database.run("DELETE FROM withdrawn WHERE article_id = ?", (article_id,))

    def _forget(self, withdrawal: Withdrawal) -> None:
        """Forgets what is known of the path and hash of a withdrawal."""
        sql = "DELETE FROM withdrawn WHERE path = ? AND file_hash = ?"
        self._database.run(sql, (withdrawal.path, withdrawal.file_hash))
