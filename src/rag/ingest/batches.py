"""Splits an update into generations: a short update is one, a long one is committed in batches that serve at once.

Left out: batches for another embedder's vectors and for a rebuilt library, which are useful only as a whole.
"""

from __future__ import annotations

import time
from contextlib import ExitStack
from types import TracebackType

from rag.indexes.derive import refresh_files
from rag.ingest.shared_staging import AnyStaging
from rag.store.change import Change
from rag.store.store import Store

BATCH_SECONDS = 120.0
"""Seconds after which a batch is committed, even if it has few passages, so that a slow machine's update serves too."""


class Batches:
    """Holds the change in progress and begins the next one. The caller must hold the update lock.

    It is a context manager. If the block ends without `commit`, the batch in progress is dropped, and earlier batches
    stay.

    Args:
        store: The store.
        staging: The vectors of the update; emptied after each batch.
        most: Number of new passages at which a batch is committed; None makes one batch of all.

    Attributes:
        change: The change in progress.
        moved: The `Change.moved` of all committed changes together.
    """

    def __init__(self, store: Store, staging: AnyStaging, most: int | None) -> None:
        self._store = store
        self._staging = staging
        self._most = most
        self._open = ExitStack()
        self.moved: dict[str, str] = {}
        self.change = self._begin()

    def checkpoint(self, change: Change) -> Change:
        """Commits the change if it is due.

        Args:
            change: The change in progress.

        Returns:
            The change to continue with: the same one or, after a commit, a new one.
        """
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
