"""A library at one generation, held still: what the derived indexes are made from and caught up by."""

from __future__ import annotations

from collections.abc import Iterator

from rag.article import Article
from rag.database import Database
from rag.ports import Ids, Vectors, as_ids
from rag.store_rows import (
    PASSAGE,
    VECTOR,
    columns,
    newest_generation,
    read_article,
    read_fingerprint,
    read_generation,
    read_passage,
    read_vectors,
)

_BATCH = 4096
"""Passages held in memory at a time."""
_ADDED = "passage.removed_generation IS NULL AND passage.added_generation > ?1"
_REMOVED = "passage.removed_generation > ?1 AND passage.added_generation <= ?1"


class Snapshot:
    """The newest generation as of now, whatever is committed meanwhile. Made by `Store.snapshot`; for one thread.

    The scans take `since`, the number of an older generation, and give what is alive now and was not there then;
    since 0 means everything, for generation 0 is the empty library.
    """

    def __init__(self, database: Database) -> None:
        database.run("BEGIN")
        self._database = database
        self.generation = newest_generation(database)
        self.fingerprint = read_fingerprint(database)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has; 0 as long as there are no vectors."""
        return self.fingerprint.dimension if self.fingerprint else 0

    def has(self, number: int, token: str) -> bool:
        """Whether this generation is in the library's own past, or is its present."""
        known = read_generation(self._database, number)
        return known is not None and known.token == token

    def count_changes(self, since: int) -> int:
        """How many passages were added or removed since."""
        sql = f"SELECT (SELECT count(*) FROM passage WHERE {_ADDED}) + (SELECT count(*) FROM passage WHERE {_REMOVED})"
        row = self._database.row(sql, (since,))
        return int(row[0]) if row else 0

    def removed(self, since: int) -> Ids:
        """Ids of the passages that were there at `since` and are gone, shape (n,)."""
        sql = f"SELECT id FROM passage WHERE {_REMOVED} ORDER BY id"
        return as_ids([row[0] for row in self._database.rows(sql, (since,))])

    def vectors(self, since: int) -> Iterator[tuple[Ids, Vectors]]:
        """Ids, ascending, of shape (n,) and vectors of shape (n, dimension), batch by batch."""
        sql = (
            f"SELECT {columns('vector', VECTOR)} FROM passage JOIN vector ON vector.passage_id = passage.id"
            f" WHERE {_ADDED} ORDER BY passage.id"
        )
        for batch in self._database.batches(sql, (since,), _BATCH):
            yield as_ids([row[0] for row in batch]), read_vectors(self._database, batch, self.dimension)

    def texts(self, since: int) -> Iterator[tuple[Ids, list[str]]]:
        """Ids, ascending, of shape (n,) and each passage's text after its article's title, batch by batch."""
        sql = f"SELECT {columns('passage', PASSAGE)} FROM passage WHERE {_ADDED} ORDER BY passage.id"
        article: Article | None = None
        version_id = 0
        for batch in self._database.batches(sql, (since,), _BATCH):
            texts = []
            for row in batch:
                values = self._database.intact(row, f"passage {row[0]}")
                if article is None or values[1] != version_id:
                    version_id = values[1]
                    article = read_article(self._database, version_id, path="")
                texts.append(f"{article.title}\n{read_passage(values, article).text}")
            yield as_ids([row[0] for row in batch]), texts
