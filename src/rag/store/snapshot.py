"""A library at one generation, held still: what the derived indexes are made from and caught up by."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from rag.core.article import Article
from rag.core.ports import Ids, Vectors, as_ids
from rag.store.database import Database, Row
from rag.store.file_format import visible
from rag.store.rows import (
    PASSAGE,
    VECTOR,
    Generation,
    columns,
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
_REMOVED = (
    "passage.added_generation <= :since AND passage.removed_generation > :since"
    " AND passage.removed_generation <= :generation"
)


class Snapshot:
    """One generation held still, whatever is committed meanwhile. Made by `Store.snapshot`; for one thread.

    The scans take `since`, the number of an older generation, and give what is there and was not there then; since 0
    means everything, for generation 0 is the empty library.
    """

    def __init__(self, database: Database, generation: Generation) -> None:
        self._database = database
        self.generation = generation
        self.fingerprint = read_fingerprint(database)

    @classmethod
    def of_newest(cls, database: Database) -> Snapshot:
        """The newest generation as of now; keeps a read transaction on the connection."""
        database.run("BEGIN")
        return cls(database, newest_generation(database))

    def at(self, number: int, token: str) -> Snapshot | None:
        """An older generation, or this one, in the same transaction.

        None where it is not in this library's past, or was embedded with another model. The vectors of passages that
        were removed long ago are gone (`store_write.KEPT_GENERATIONS`).
        """
        known = read_generation(self._database, number) if number <= self.generation.number else None
        if known is None or known.token != token or number < read_embedded_since(self._database):
            return None
        return Snapshot(self._database, known)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has; 0 as long as there are no vectors."""
        return self.fingerprint.dimension if self.fingerprint else 0

    def count_changes(self, since: int) -> int:
        """How many passages were added or removed since."""
        sql = f"SELECT (SELECT count(*) FROM passage WHERE {_ADDED}) + (SELECT count(*) FROM passage WHERE {_REMOVED})"
        row = self._database.row(sql, self._parameters(since))
        return int(row[0]) if row else 0

    def ids(self) -> Ids:
        """Ids of all passages, ascending, shape (n,)."""
        sql = f"SELECT id FROM passage WHERE {visible('passage')} ORDER BY id"
        return as_ids([row[0] for row in self._database.rows(sql, self._parameters(0))])

    def removed(self, since: int) -> Ids:
        """Ids of the passages that were there at `since` and are gone, shape (n,)."""
        # Whole rows, to be checked: a wrong one taken for removed and a right one kept would not show in the count.
        sql = f"SELECT {columns('passage', PASSAGE)} FROM passage WHERE {_REMOVED} ORDER BY id"
        rows = [self._database.intact(row, "a passage") for row in self._database.rows(sql, self._parameters(since))]
        if not all(added <= since < (ended or 0) <= self.generation.number for *_, added, ended in rows):
            raise self._database.damaged("an index of passages")
        return as_ids([row[0] for row in rows])

    def vectors(self, since: int, every: int = 1) -> Iterator[tuple[Ids, Vectors]]:
        """Ids, ascending, of shape (n,) and vectors of shape (n, dimension), batch by batch; of every so manieth id."""
        sql = (
            f"SELECT {columns('vector', VECTOR)} FROM passage JOIN vector ON vector.passage_id = passage.id"
            f" WHERE {_ADDED} AND passage.id % {every} = 0 ORDER BY passage.id"
        )
        for ids, batch in self._batches(sql, since):
            yield ids, read_vectors(self._database, batch, self.dimension)

    def texts(self, since: int) -> Iterator[tuple[Ids, list[str]]]:
        """Ids, ascending, of shape (n,) and each passage's text after its article's title, batch by batch."""
        sql = f"SELECT {columns('passage', PASSAGE)} FROM passage WHERE {_ADDED} ORDER BY passage.id"
        article: Article | None = None
        version_id = 0
        for ids, batch in self._batches(sql, since):
            texts = []
            for row in batch:
                values = self._database.intact(row, f"passage {row[0]}")
                if article is None or values[1] != version_id:
                    version_id = values[1]
                    article = read_article(self._database, version_id, path="")
                texts.append(f"{article.title}\n{read_passage(values, article).text}")
            yield ids, texts

    def _batches(self, sql: str, since: int) -> Iterator[tuple[Ids, list[Row]]]:
        """Rows that begin with a passage's id, and the ids. Raises IndexDamagedError where they don't ascend."""
        last = 0
        for batch in self._database.batches(sql, self._parameters(since), _BATCH):
            ids = as_ids([row[0] for row in batch])
            if (np.diff(ids, prepend=last) <= 0).any():
                raise self._database.damaged("an index of passages")
            last = ids[-1]
            yield ids, batch

    def _parameters(self, since: int) -> dict[str, int]:
        return {"since": since, "generation": self.generation.number}
