"""One generation of a library, read in one transaction; the derived indexes are built from it and caught up with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from rag.core.article import Article
from rag.core.ports import Ids, Vectors, as_ids
from rag.core.reports import ArticleSummary
from rag.store.columns import PASSAGE, PLACE, VECTOR, VERSION, columns, visible
from rag.store.database import Database, Row
from rag.store.listing import list_articles
from rag.store.rows import (
    Generation,
    newest_generation,
    read_article,
    read_embedded_since,
    read_fingerprint,
    read_generation,
    read_passage,
    read_vectors,
)

_BATCH = 4096
"""Passages held in memory at a time."""
_ADDED = f"passage.added_generation > :since AND {visible('passage')}"
"""The SQL condition that a passage was added after generation `:since` and is seen by `:generation`."""
_REMOVED = (
    "passage.added_generation <= :since AND passage.removed_generation > :since"
    " AND passage.removed_generation <= :generation"
)
"""The SQL condition that generation `:since` sees a passage and `:generation` does not."""
_FORMER = "removed_generation > :since AND removed_generation <= :generation"
"""The SQL condition that a passage was removed after generation `:since` and is not seen by `:generation`."""


class Former(NamedTuple):
    """An article that changed after an older generation, as that generation had it.

    Attributes:
        id: The article's id.
        article: The article; None if the generation did not have it.
        file_hash: The hash of its file or record; "" if the generation did not have it.
        has_its_text: Whether its text and fields are the same now.
    """

    id: str
    article: Article | None = None
    file_hash: str = ""
    has_its_text: bool = False


class Snapshot:
    """A generation that does not change while it is read, whatever is committed meanwhile.

    Made by `Store.snapshot`; for one thread. The scans take `since`, the number of an older generation, and give what
    was added after it. `since=0` gives everything, because generation 0 is the empty library.

    Attributes:
        generation: The generation that is read.
        fingerprint: The library's embedder; None if there are no vectors yet.
    """

    def __init__(self, database: Database, generation: Generation) -> None:
        self._database = database
        self.generation = generation
        self.fingerprint = read_fingerprint(database)

    @classmethod
    def of_newest(cls, database: Database) -> Snapshot:
        """Reads the newest generation.

        Args:
            database: A connection in a transaction that sees one committed state (`Backend.snapshot`).
        """
        return cls(database, newest_generation(database))

    def at(self, number: int, token: str) -> Snapshot | None:
        """Reads an older generation, or this one, in the same transaction.

        Vectors of passages that were removed long ago are gone (`rag.store.change.KEPT_GENERATIONS`).

        Args:
            number: The generation's number.
            token: The generation's token.

        Returns:
            The snapshot; None if the generation is not in this library's past, or had another embedder.
        """
        known = read_generation(self._database, number) if number <= self.generation.number else None
        if known is None or known.token != token or number < read_embedded_since(self._database):
            return None
        return Snapshot(self._database, known)

    def articles(self, number: int | None = None) -> list[ArticleSummary]:
        """Lists every article of a generation, by title.

        Args:
            number: The generation's number; None is the one that is read.

        Raises:
            IndexDamagedError: If there is no such generation, or a row is damaged.
        """
        known = self.generation if number is None else read_generation(self._database, number)
        if known is None:
            raise self._database.damaged(f"generation {number} is missing")
        return list_articles(self._database, known)

    def corrected(self) -> list[str]:
        """Lists the ids of the articles whose title, date or source a person corrected, sorted."""
        sql = f"SELECT article_id FROM version WHERE original IS NOT NULL AND {visible('version')} ORDER BY article_id"
        return [row[0] for row in self._database.rows(sql, self._parameters(0))]

    def former(self, since: int) -> Iterator[Former]:
        """Yields what generation `since` had of each article that came, changed, moved or went after it.

        Raises:
            IndexDamagedError: If a row is damaged.
        """
        changed = "added_generation > :since OR removed_generation > :since"
        sql = f"SELECT id FROM article WHERE {changed} UNION SELECT article_id FROM version WHERE {changed} ORDER BY 1"
        for (article_id,) in self._database.rows(sql, {"since": since}):
            place = self._row_at(since, "article", PLACE, "id", article_id)
            version = self._row_at(since, "version", VERSION, "article_id", article_id)
            if place is None or version is None:
                yield Former(article_id)
                continue
            article = read_article(self._database, version["id"], place["path"])
            yield Former(article_id, article, version["file_hash"], version["removed_generation"] is None)

    def _row_at(
        self, generation: int, table: str, names: Sequence[str], key: str, article_id: str
    ) -> dict[str, Any] | None:
        """The values of the row of an article that a generation sees in a table; None if it sees none."""
        sql = f"SELECT {columns(table, names)} FROM {table} WHERE {key} = :id AND {visible(table)}"
        row = self._database.row(sql, {"id": article_id, "generation": generation})
        return dict(zip(names, self._database.intact(row, names, f"a row of {table}"), strict=True)) if row else None

    def dates(self, versions: Ids) -> list[tuple[str | None, int]]:
        """Counts versions by their articles' dates.

        Args:
            versions: Ids of versions, each once, shape (n,).

        Returns:
            Dates with their counts, in the order of the dates; None, which comes first, is for versions without one.
        """
        sql = (
            f"SELECT version.published, count(*) FROM {self._database.listed('versions')} AS wanted"
            " JOIN version ON version.id = wanted.value"
            " GROUP BY version.published ORDER BY version.published NULLS FIRST"
        )
        return list(self._database.rows(sql, {"versions": versions.tolist()}))

    @property
    def dimension(self) -> int:
        """Numbers per vector; 0 if there are no vectors yet."""
        return self.fingerprint.dimension if self.fingerprint else 0

    def count_changes(self, since: int) -> int:
        """The number of passages added or removed after generation `since`."""
        sql = f"SELECT (SELECT count(*) FROM passage WHERE {_ADDED}) + (SELECT count(*) FROM passage WHERE {_REMOVED})"
        row = self._database.row(sql, self._parameters(since))
        return int(row[0]) if row else 0

    def ids(self) -> Ids:
        """The ids of all passages, ascending, shape (n,)."""
        sql = f"SELECT id FROM passage WHERE {visible('passage')} ORDER BY id"
        return as_ids([row[0] for row in self._database.rows(sql, self._parameters(0))])

    def removed(self, since: int) -> Ids:
        """Reads which passages generation `since` saw and this one does not.

        Returns:
            The ids, ascending, shape (n,).

        Raises:
            IndexDamagedError: If a row is damaged or the index names a wrong row.
        """
        # Whole rows are checked: a wrong row instead of a right one would leave the number of passages unchanged.
        sql = f"SELECT {columns('passage', PASSAGE)} FROM passage WHERE {_REMOVED} ORDER BY id"
        rows = [
            self._database.intact(row, PASSAGE, "a passage")
            for row in self._database.rows(sql, self._parameters(since))
        ]
        if not all(added <= since < (ended or 0) <= self.generation.number for *_, added, ended in rows):
            raise self._database.damaged("an index of passages")
        return as_ids([row[0] for row in rows])

    def vectors(self, since: int, every: int = 1) -> Iterator[tuple[Ids, Vectors]]:
        """Yields the vectors of passages added after generation `since`, in batches.

        Args:
            since: Number of an older generation.
            every: Only ids that are multiples of this number are read.

        Yields:
            Ids, ascending, of shape (n,), and vectors of shape (n, dimension).
        """
        sql = (
            f"SELECT {columns('vector', VECTOR)} FROM passage JOIN vector ON vector.passage_id = passage.id"
            f" WHERE {_ADDED} AND passage.id % {every} = 0 ORDER BY passage.id"
        )
        for ids, batch in self._batches(sql, since):
            yield ids, read_vectors(self._database, batch, self.dimension)

    def texts(self, since: int) -> Iterator[tuple[Ids, list[str]]]:
        """Yields the texts of passages added after generation `since`, in batches.

        Yields:
            Ids, ascending, of shape (n,), and for each passage its article's title, a line break, and the passage's
            text.
        """
        return self._texts(since, _ADDED)

    def former_texts(self, since: int, most: int) -> Iterator[tuple[Ids, list[str]]]:
        """Yields the texts of passages that were removed after generation `since`, in batches, as `texts` does.

        Args:
            since: Number of an older generation. `since=0` gives all that were ever removed.
            most: Most passages to yield: those that were added last.
        """
        newest = f"SELECT id FROM passage WHERE {_FORMER} ORDER BY id DESC LIMIT {most}"
        return self._texts(since, f"passage.id IN ({newest})")

    def _texts(self, since: int, condition: str) -> Iterator[tuple[Ids, list[str]]]:
        sql = f"SELECT {columns('passage', PASSAGE)} FROM passage WHERE {condition} ORDER BY passage.id"
        article: Article | None = None
        version_id = 0
        for ids, batch in self._batches(sql, since):
            texts = []
            for row in batch:
                values = self._database.intact(row, PASSAGE, f"passage {row[0]}")
                if article is None or values[1] != version_id:
                    version_id = values[1]
                    article = read_article(self._database, version_id, path="")
                texts.append(f"{article.title}\n{read_passage(values, article).text}")
            yield ids, texts

    def _batches(self, sql: str, since: int) -> Iterator[tuple[Ids, list[Row]]]:
        """Yields rows that begin with a passage's id, and the ids. Raises IndexDamagedError if ids do not ascend."""
        last = 0
        for batch in self._database.batches(sql, self._parameters(since), _BATCH):
            ids = as_ids([row[0] for row in batch])
            if (np.diff(ids, prepend=last) <= 0).any():
                raise self._database.damaged("an index of passages")
            last = ids[-1]
            yield ids, batch

    def _parameters(self, since: int) -> dict[str, int]:
        return {"since": since, "generation": self.generation.number}
