"""The vectors in PostgreSQL, searched there by pgvector (HNSW): for machines whose memory can't hold them.

They are a copy in half precision of those in the table `vector`, which follows the generations as the files of the
other search indexes do, but for all machines at once. Rows are only added and deleted. The best of a search are ranked
again by the vectors in full precision, so scores are exact.

The source of the method: Malkov and Yashunin, "Efficient and robust approximate nearest neighbor search using
Hierarchical Navigable Small World graphs", 2018.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Any, NamedTuple

import numpy as np
from psycopg import sql

from rag.core.errors import IndexNotWritableError
from rag.core.place import Place
from rag.core.ports import Ids, PassageSet, Scores, Vectors, as_ids
from rag.store.change import KEPT_GENERATIONS
from rag.store.columns import visible
from rag.store.database import Database
from rag.store.postgres.connection import PostgresConnection, PostgresReader, connect
from rag.store.rows import Generation, read_vectors, vector_rows
from rag.store.scope_query import WITH_VERSION, ScopedPassages
from rag.store.snapshot import Snapshot

EXACT_UP_TO = 20_000
"""Number of passages in a scope up to which all of them are compared."""
_EXPLORED = 1000
"""Vectors that a search keeps in view (`hnsw.ef_search`); it takes some milliseconds, and fewer miss more."""
_GRAPH = "m = 32, ef_construction = 128"
"""Neighbours of a vector in the graph, and candidates for them. With pgvector's defaults, 16 and 64, which build 2.5
times faster, clusters of very similar passages come apart, and no wider search finds what lies in another part."""
_MOST_SCANNED = 200_000
"""Vectors after which a search in a scope gives up, though it found too few."""
_DEEPER = 2
"""So many times the wanted passages are ranked again by their vectors in full precision."""
_BUILD_MEMORY = "2GB"
"""Memory of the server for building the index; what does not fit there makes it slow."""
_SEARCHING = (
    f"SET hnsw.ef_search = {_EXPLORED}",
    "SET hnsw.iterative_scan = relaxed_order",
    f"SET hnsw.max_scan_tuples = {_MOST_SCANNED}",
)


class _State(NamedTuple):
    """What the copy has: the vectors of the passages of this generation, each with as many numbers."""

    generation: int
    token: str
    dimension: int


class NearVectors:
    """The copy of the vectors that pgvector searches. Threads may share it.

    Args:
        place: The library's place.
        key: The advisory lock of those who write the copy.
    """

    def __init__(self, place: Place, key: int) -> None:
        self._place = place
        self._key = key
        self._reader: PostgresReader | None = None

    def at(self, generation: Generation) -> NearSearch | None:
        """The vectors of a generation; None if the copy has not all of them yet."""
        if self._reader is None or self._reader.is_closed:
            self._reader = PostgresReader(self._place, _SEARCHING)
        state = _read_state(self._reader)
        if state is None or state.generation < generation.number:
            return None
        return NearSearch(self._reader, generation, state.dimension)

    def refresh(self, snapshot: Snapshot) -> None:
        """Brings the copy up to a generation. One process at a time does so; another waits for it.

        Raises:
            IndexNotWritableError: If the server has no pgvector, or this user may not write.
            DatabaseUnreachableError: If the connection is lost. Then the copy is as it was.
        """
        try:
            self._refresh(snapshot)
        except IndexNotWritableError as error:
            raise IndexNotWritableError(
                f"The vectors of generation {snapshot.generation.number} can't be searched in {self._place} yet"
                f" ({error.message})",
                remedy="update the library, or open it once, as a user who may write and with vectors=database",
                path=self._place.name,
            ) from error

    def _refresh(self, snapshot: Snapshot) -> None:
        with self._writing() as database:
            state = _read_state(database)
            known = state is not None and snapshot.at(state.generation, state.token) is not None
            since = state.generation if state is not None and known else 0
            newest = snapshot.generation
            if known and since >= newest.number:
                return
            schema = _vector_schema(database, self._place)
            if not known or state is None or state.dimension != snapshot.dimension:
                since = 0
                _make_table(database, schema, snapshot.dimension)
            for ids, vectors in snapshot.vectors(since):
                rows = zip(ids.tolist(), map(_written, vectors.tolist()), strict=True)
                database.add_rows("near", ("passage_id", "embedding"), rows)
            if since == 0:
                database.run(f"SET LOCAL maintenance_work_mem = '{_BUILD_MEMORY}'")
                method = f"hnsw (embedding {schema}.halfvec_ip_ops) WITH ({_GRAPH})"
                database.run(f"CREATE INDEX near_by_embedding ON near USING {method}")
            _drop_forgotten(database, since - KEPT_GENERATIONS, newest.number - KEPT_GENERATIONS)
            database.run("DELETE FROM near_state")
            row = (newest.number, newest.token, snapshot.dimension)
            database.run("INSERT INTO near_state (generation, token, dimension) VALUES (?, ?, ?)", row)
            database.commit()

    @contextmanager
    def _writing(self) -> Iterator[PostgresConnection]:
        with closing(PostgresConnection(self._place, connect(self._place))) as database:
            database.begin()
            database.run("SELECT pg_advisory_xact_lock(?)", (self._key,))
            yield database


class NearSearch:
    """Searches the vectors of one generation. Implements `rag.core.ports.VectorSearch`.

    Args:
        database: Connections for reading.
        generation: The generation.
        dimension: Numbers per vector.
    """

    damaged = False

    def __init__(self, database: PostgresReader, generation: Generation, dimension: int) -> None:
        self._database = database
        self._generation = generation
        self._dimension = dimension
        self._schema = _vector_schema(database, None)

    def __len__(self) -> int:
        return self._generation.passages

    def search(self, vector: Vectors, k: int, within: PassageSet | None = None) -> tuple[Ids, Scores]:
        """See `rag.core.ports.VectorSearch.search`."""
        if k < 1 or not len(self) or not np.isfinite(vector).all():
            return as_ids([]), np.zeros(0, np.float32)
        statement, parameters = self._statement(within)
        given = {**parameters, "vector": _written(vector.tolist()), "generation": self._generation.number}
        rows = self._database.rows(f"{statement} LIMIT {_DEEPER * k}", given)
        return self._ranked(as_ids([row[0] for row in rows]), vector, k)

    def _statement(self, within: PassageSet | None) -> tuple[str, Mapping[str, Any]]:
        """The SQL that selects the nearest passages, and its parameters but for the vector and the generation."""
        # A query of its own, so that the text is read once and not for every row.
        question = f"(SELECT CAST(CAST(:vector AS text) AS {self._schema}.halfvec({self._dimension})))"
        distance = f"near.embedding OPERATOR({self._schema}.<#>) {question}"
        if within is None:
            seen = visible("passage")
            found = "SELECT near.passage_id FROM near JOIN passage ON passage.id = near.passage_id"
            return f"{found} WHERE {seen} ORDER BY {distance}", {}
        # With "+ 0" the index can't give the order, so each vector inside is compared.
        exact = f"JOIN near ON near.passage_id = inside.id ORDER BY ({distance}) + 0"
        if not isinstance(within, ScopedPassages):
            listed = f"(SELECT value AS id FROM {self._database.listed('inside')} AS listed) AS inside"
            return f"SELECT near.passage_id FROM {listed} {exact}", {"inside": within.ids.tolist()}
        condition = within.condition
        if within.count(EXACT_UP_TO + 1) <= EXACT_UP_TO:
            inside = f"WITH inside AS MATERIALIZED (SELECT passage.id FROM {WITH_VERSION} WHERE {condition.sql})"
            return f"{inside} SELECT near.passage_id FROM inside {exact}", condition.parameters
        found = f"SELECT near.passage_id FROM near JOIN {WITH_VERSION} ON passage.id = near.passage_id"
        return f"{found} WHERE {condition.sql} ORDER BY {distance}", condition.parameters

    def _ranked(self, ids: Ids, vector: Vectors, k: int) -> tuple[Ids, Scores]:
        """The k best of these passages by their vectors in full precision."""
        if not len(ids):
            return ids, np.zeros(0, np.float32)
        rows = vector_rows(self._database, ids)
        found = as_ids([row[0] for row in rows])
        scores: Scores = read_vectors(self._database, rows, self._dimension) @ vector
        order = np.lexsort((found, -scores))[:k]
        return found[order], scores[order]


def _read_state(database: Database) -> _State | None:
    """What the copy has; None if there is none, or it was made from other content that has been replaced."""
    if not database.columns_of("near_state"):
        return None
    row = database.row(
        "SELECT near_state.generation, near_state.token, dimension FROM near_state JOIN generation"
        " ON generation.number = near_state.generation AND generation.token = near_state.token"
    )
    return _State(*row) if row else None


def _make_table(database: Database, schema: str, dimension: int) -> None:
    """Makes the tables of the copy anew. The table `vector` of this library hides the type of the same name."""
    database.run("DROP TABLE IF EXISTS near, near_state")
    database.run(f"CREATE TABLE near (passage_id BIGINT PRIMARY KEY, embedding {schema}.halfvec({dimension}) NOT NULL)")
    database.run("CREATE TABLE near_state (generation BIGINT NOT NULL, token TEXT NOT NULL, dimension INT NOT NULL)")


def _drop_forgotten(database: Database, after: int, until: int) -> None:
    """Deletes the vectors of passages that a generation after one and up to another removed: none is kept any more."""
    removed = "SELECT id FROM passage WHERE removed_generation > ? AND removed_generation <= ?"
    database.run(f"DELETE FROM near WHERE passage_id IN ({removed})", (after, until))


def _vector_schema(database: Database, place: Place | None) -> str:
    """The quoted schema of pgvector's types, which is created if it is missing and a place is given."""
    row = database.row(
        "SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'vector'"
    )
    if row is None and place is not None:
        available = database.row("SELECT 1 FROM pg_available_extensions WHERE name = 'vector'")
        if available is None:
            raise IndexNotWritableError(
                f"The server of {place} has no pgvector, which vectors=database needs",
                remedy="install its package there, or leave vectors=database out of the address",
                path=place.name,
            )
        database.run("CREATE EXTENSION IF NOT EXISTS vector SCHEMA public")
        return "public"
    return sql.Identifier(str(row[0])).as_string() if row else "public"


def _written(vector: list[float]) -> str:
    """A vector as pgvector reads it. Half precision has fewer than five digits."""
    return f"[{','.join([f'{number:.5g}' for number in vector])}]"
