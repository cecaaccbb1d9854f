"""The texts that an update wants embedded, in the database: any number of machines take some of them at a time.

A machine holds the rows that it works on by locks of its transaction (`FOR UPDATE SKIP LOCKED`), so the texts of one
that is killed are free again at once, and no text is embedded twice. Vectors stay until the update that wants them has
stored them, also if it is interrupted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import numpy as np

from rag.core.place import Place
from rag.core.ports import Fingerprint, Vectors
from rag.store.database import Database, Row, checksum
from rag.store.postgres.connection import PostgresConnection, connect
from rag.store.rows import vector_bytes


@dataclass(slots=True)
class PostgresClaim:
    """Implements `rag.store.backend.Claim`."""

    texts: Mapping[bytes, str]
    vectors: dict[bytes, Vectors] = field(default_factory=dict)


class PostgresQueue:
    """The queue of a library. Implements `rag.store.backend.EmbeddingQueue`. One thread at a time uses it.

    Args:
        place: The library's place.
    """

    def __init__(self, place: Place) -> None:
        self._place = place
        self._connection: PostgresConnection | None = None

    def add(self, embedder: Fingerprint, texts: Mapping[bytes, str]) -> None:
        """Adds texts by the hash of their embedder and text. Those that are there already stay as they are."""
        told = embedder.model_dump_json()
        rows = [(text_hash, told, text.encode()) for text_hash, text in texts.items()]
        database = self._opened()
        database.run_many(
            "INSERT INTO embedding_job (text_hash, embedder, text) VALUES (?, ?, ?) ON CONFLICT (text_hash) DO NOTHING",
            rows,
        )

    def wanted(self) -> list[Fingerprint]:
        """The embedders of the texts that wait."""
        rows = self._opened().rows(f"SELECT DISTINCT embedder FROM embedding_job WHERE {_WAITS}")
        return [Fingerprint.model_validate_json(row[0]) for row in rows]

    @contextmanager
    def claim(self, embedder: Fingerprint, most: int) -> Iterator[PostgresClaim]:
        """Takes texts that wait for this embedder, and stores their vectors at the end of the block.

        If the block raises, or the process dies, the texts wait again.
        """
        database = self._opened()
        database.begin()
        try:
            database.run(f"SET LOCAL idle_in_transaction_session_timeout = '{_LONGEST}'")
            sql = (
                f"SELECT text_hash, text FROM embedding_job WHERE {_WAITS} AND embedder = ?"
                f" ORDER BY number LIMIT {most} FOR UPDATE SKIP LOCKED"
            )
            claim = PostgresClaim(
                {bytes(row[0]): row[1].decode() for row in database.rows(sql, (embedder.model_dump_json(),))}
            )
            yield claim
            _finish(database, claim)
            database.commit()
        except BaseException:
            self.close()
            raise

    def vectors(self, text_hashes: Iterable[bytes]) -> dict[bytes, Vectors]:
        """Reads the vectors that were made of some texts, each of shape (dimension,), by hash."""
        found = {}
        for text_hash, vector, stored in self._read(text_hashes, "vector IS NOT NULL"):
            if checksum(text_hash, vector) == stored:
                found[bytes(text_hash)] = np.frombuffer(vector, "<f4").astype(np.float32)
        return found

    def failed(self, text_hashes: Iterable[bytes]) -> set[bytes]:
        """The hashes of those texts of which a machine could make no vector."""
        return {bytes(text_hash) for text_hash, _, _ in self._read(text_hashes, "failed")}

    def clear(self) -> None:
        """Deletes all texts and vectors."""
        self._opened().run("DELETE FROM embedding_job")

    def close(self) -> None:
        """Closes the connection; what this machine holds waits again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _read(self, text_hashes: Iterable[bytes], condition: str) -> list[Row]:
        database = self._opened()
        listed = database.listed("hashes", "bytea")
        sql = (
            f"SELECT text_hash, vector, checksum FROM {listed} AS asked"
            f" JOIN embedding_job ON text_hash = asked.value WHERE {condition}"
        )
        return database.rows(sql, {"hashes": list(text_hashes)})

    def _opened(self) -> PostgresConnection:
        if self._connection is None:
            self._connection = PostgresConnection(self._place, connect(self._place))
        return self._connection


_LONGEST = "2min"
"""Time after which the server takes the texts of a machine that has stopped, or left the network, from it."""
_WAITS = "vector IS NULL AND NOT failed"
"""The SQL condition that a text waits."""


def _finish(database: Database, claim: PostgresClaim) -> None:
    """Stores what was made of the texts of a claim."""
    rows = []
    for text_hash, vector in claim.vectors.items():
        packed = vector_bytes(vector)
        rows.append((packed, checksum(text_hash, packed), text_hash))
    database.run_many("UPDATE embedding_job SET vector = ?, checksum = ? WHERE text_hash = ?", rows)
    failed = [(text_hash,) for text_hash in claim.texts if text_hash not in claim.vectors]
    database.run_many("UPDATE embedding_job SET failed = TRUE WHERE text_hash = ?", failed)
