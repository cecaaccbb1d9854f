"""Stores which field of a JSON file holds what."""

from __future__ import annotations

from collections.abc import Mapping

from rag.core.settings import DEFAULTS
from rag.store.store import Store


def set_fields(store: Store, fields: Mapping[str, str], timeout: float = DEFAULTS.updates.wait_seconds) -> None:
    """Stores which field of a JSON file holds what (see `FileReader`), for the next updates.

    Raises:
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If the folder can't be written.
    """
    with store.lock(timeout), store.begin_update() as change:
        change.set_fields(fields)
        change.commit()
