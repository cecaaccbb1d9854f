"""The generations of one update: a small one is one, a long one is committed batch by batch, and each batch serves.

Left out: batches of another embedder's vectors, and of a truth made anew. Those are of use only when they are whole.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from types import TracebackType

from rag.indexes.derive import refresh_files
from rag.ingest.staged_vectors import Staging
from rag.store.change import Change
from rag.store.store import Store

BATCH_SECONDS = 120.0
"""Seconds after which a batch is committed, however few passages it has: a slow machine's update serves too."""


class Batches:
    """Holds the change that is in the making, and puts the next in its place; for whoever holds the update lock.

    A context: left without `commit`, the batch in the making never was, and those before it stay. `most` is how many
    new passages a batch has at least; None makes one batch of all. `moved` is that of all the changes together.
    """

    def __init__(self, store: Store, staging: Staging, most: int | None) -> None:
        self._store = store
        self._staging = staging
        self._most = most
        self._open = ExitStack()
        self.moved: dict[str, str] = {}
        self.change = self._begin()

    def checkpoint(self, change: Change) -> Change:
        """The change to go on with: this one, or, where it was due and is committed now, another one."""
        is_due = self._most is not None and (
            change.added_passages >= self._most or time.monotonic() - self._begun > BATCH_SECONDS
        )
        if is_due and change.added_passages:
            self.commit()
            self._staging.discard()
            refresh_files(self._store)
            self.change = self._begin()
        return self.change

    def commit(self) -> int:
        """Makes the change durable; returns the generation that serves from now on."""
        self.moved |= self.change.moved
        generation = self.change.commit()
        self._open.close()
        return generation

    def __enter__(self) -> Batches:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def _begin(self) -> Change:
        self._begun = time.monotonic()
        return self._open.enter_context(self._store.begin_update())
