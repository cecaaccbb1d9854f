"""Brings the derived indexes up to the store's newest generation: loads, catches up or rebuilds them.

The store is the truth. `dense/` and `lexical/` are caches that may be missing, damaged, or behind after a crash. The
dense files lag on purpose: later changes are applied in memory, and are written only when they reach `WRITE_AT`. The
tantivy files are caught up on disk by one process at a time; meanwhile other processes answer from the generation
before. In a read-only folder, an index that can't be loaded is built in memory.

The dense files are checked as they are used. A search that finds damage raises IndexDamagedError and leaves its index
`damaged`; `derive` makes a new one then.
"""

from __future__ import annotations

import contextlib
import logging
import time
from dataclasses import dataclass
from pathlib import Path

from rag.core.errors import IndexBusyError, IndexDamagedError, IndexNotWritableError
from rag.core.index_layout import DENSE, LEXICAL
from rag.core.ports import Fingerprint, VectorSearch
from rag.core.remedies import Remedy
from rag.indexes.dense import DenseIndex
from rag.indexes.derive_dense import build_dense, discard_damaged, follow_dense, load_dense, refresh_dense
from rag.indexes.derived_files import opened, report_loss
from rag.indexes.lexical import TantivyIndex, discard_index
from rag.store.snapshot import Snapshot
from rag.store.store import Store
from rag.store.update_lock import update_lock

REBUILD_AT = 0.2
"""Share of removed passages at which the lexical index is rebuilt. Their words still count in its statistics."""

_PAUSE = 0.02
"""Seconds between two attempts to load files that another process is writing."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Derived:
    """The indexes of a generation. Its questions must be embedded by the embedder of `fingerprint`."""

    generation: int
    token: str
    fingerprint: Fingerprint | None
    dense: VectorSearch
    lexical: TantivyIndex


def derive(store: Store, before: Derived | None = None, *, wait: float = 5.0) -> Derived:
    """Loads the indexes of the store's newest generation, and repairs their files if needed.

    Takes the update lock if a file is missing, damaged or behind, so it must not be called from within an update. While
    another process holds the lock and no file is usable, it retries and finally builds the indexes in memory.

    Args:
        store: The store.
        before: The indexes that were used last. They stay usable, and what they have in memory is not loaded again. If
            their dense index is damaged, it is made anew.
        wait: Seconds to retry.

    Returns:
        The indexes; those of the generation before while another process is writing the newest ones.

    Raises:
        IndexDamagedError: If the store is damaged.
    """
    deadline = time.monotonic() + wait
    while True:
        derived = _load(store, before)
        if derived is not None and derived.generation == store.generation:
            return derived
        try:
            with update_lock(store.folder, 0):
                return _repair(store, before)
        except IndexBusyError:
            if derived is not None:
                return derived
        except IndexNotWritableError as error:
            _log.info("%s", error)
            if before is not None and _is_behind(store):
                return before
            return _build_in_memory(store)
        if time.monotonic() > deadline:
            return _build_in_memory(store)
        time.sleep(_PAUSE)


def refresh(store: Store) -> None:
    """Brings the files up to the newest generation. The caller must hold the update lock.

    The time depends on what changed, not on the size of the library, except when a file is rewritten.

    Raises:
        IndexNotWritableError: If a file can't be written.
        IndexDamagedError: If the store is damaged.
    """
    with store.snapshot() as snapshot:
        if snapshot.generation.passages:
            _refresh_lexical(store.folder / LEXICAL, snapshot)
            kept = store.backend.kept_vectors()
            if kept is not None:
                kept.refresh(snapshot)
            if store.backend.shared_vectors() is None:
                refresh_dense(store.folder / DENSE, snapshot)


def refresh_files(store: Store) -> None:
    """Calls `refresh` and logs its errors, because a committed update stays valid whatever happens to the files."""
    try:
        refresh(store)
    except (IndexNotWritableError, IndexDamagedError) as error:
        _log.warning("%s", error)


def rebuild(store: Store, *, timeout: float = 10.0) -> None:
    """Deletes the files and writes them again from the store.

    Open readers go on with the indexes they have. A reader that opens meanwhile builds in memory what is missing.

    Args:
        store: The store.
        timeout: Seconds to wait for the update lock.

    Raises:
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If a file can't be written.
        IndexDamagedError: If the store is damaged.
    """
    with update_lock(store.folder, timeout):
        refresh_anew(store)


def refresh_anew(store: Store) -> None:
    """Deletes the files and writes them again. The caller must hold the update lock. It raises as `rebuild` does."""
    _discard(store.folder)
    refresh(store)


def _discard(folder: Path) -> None:
    for name in (DENSE, LEXICAL):
        with contextlib.suppress(OSError):
            discard_index(folder / name)


def _repair(store: Store, before: Derived | None) -> Derived:
    """Repairs the files and loads the indexes. The caller must hold the update lock."""
    if before is not None and isinstance(before.dense, DenseIndex) and before.dense.damaged:
        discard_damaged(store.folder / DENSE, before.dense)
    refresh(store)
    derived = _load(store, report=True)
    if derived is None:
        # A file has the right stamp but damaged content.
        _discard(store.folder)
        refresh(store)
        derived = _load(store, report=True)
    return derived or _build_in_memory(store)


def _load(store: Store, before: Derived | None = None, *, report: bool = False) -> Derived | None:
    """Loads the indexes of the lexical files' generation; None if files are not usable. `report` logs damaged files."""
    with store.snapshot() as newest:
        if newest.generation.passages == 0:
            empty, lexical = DenseIndex(newest.dimension), TantivyIndex.in_memory()
            return Derived(newest.generation.number, newest.generation.token, newest.fingerprint, empty, lexical)
        written = opened(TantivyIndex.open, store.folder / LEXICAL, report=report)
        snapshot = newest.at(written.generation, written.token) if written is not None else None
        if written is None or snapshot is None or len(written) != snapshot.generation.passages:
            return None
        loaded = _load_dense(store, snapshot, before, report=report)
        if loaded is None:
            return None
        return Derived(snapshot.generation.number, snapshot.generation.token, snapshot.fingerprint, loaded, written)


def _build_in_memory(store: Store) -> Derived:
    with store.snapshot() as snapshot:
        number, token, _, _, passages = snapshot.generation
        dense = _dense_in_memory(store, snapshot)
        lexical = TantivyIndex.in_memory()
        _catch_up_lexical(lexical, snapshot)
        lexical.commit(number, token)
        if not len(dense) == len(lexical) == passages:
            what, remedy = f"Some passages of {store.folder} are missing", Remedy(action="rebuild_from_articles")
            raise IndexDamagedError(what, remedy=remedy, path=str(store.folder))
        return Derived(number, token, snapshot.fingerprint, dense, lexical)


def _is_behind(store: Store) -> bool:
    """Whether the vectors in the database lag, as on a standby between an update's commit and the copy after it."""
    shared = store.backend.shared_vectors()
    return shared is not None and shared.at(store.newest) is None


def _dense_in_memory(store: Store, snapshot: Snapshot) -> VectorSearch:
    """The dense index without files of this machine that have all of it."""
    shared = store.backend.shared_vectors()
    if shared is None:
        return load_dense(store.folder / DENSE, snapshot, whole=True) or build_dense(snapshot)
    there = shared.at(snapshot.generation)
    if there is None:
        shared.refresh(snapshot)
        there = shared.at(snapshot.generation)
    return there or build_dense(snapshot)


def _load_dense(store: Store, snapshot: Snapshot, before: Derived | None, *, report: bool) -> VectorSearch | None:
    """Catches up the dense index that was used last, or loads the files; None if they are not usable."""
    shared, path = store.backend.shared_vectors(), store.folder / DENSE
    if shared is not None:
        return shared.at(snapshot.generation)
    if before is None or not isinstance(before.dense, DenseIndex):
        return load_dense(path, snapshot, report=report)
    since = snapshot.at(before.generation, before.token)
    followed = follow_dense(before.dense, since, path, snapshot) if since is not None else None
    return followed or load_dense(path, snapshot, before.dense, report=report)


def _refresh_lexical(path: Path, snapshot: Snapshot) -> None:
    lexical = opened(TantivyIndex.open, path, report=True)
    if lexical is not None and snapshot.at(lexical.generation, lexical.token) is None:
        report_loss(path, lexical.generation, snapshot)
        lexical = None
    if lexical is not None and lexical.generation == snapshot.generation.number:
        return
    if lexical is None or lexical.removed > REBUILD_AT * len(lexical):
        lexical = TantivyIndex.create(path)
    _log.info("writing %s: from generation %d to %d", path, lexical.generation, snapshot.generation.number)
    _catch_up_lexical(lexical, snapshot)
    lexical.commit(snapshot.generation.number, snapshot.generation.token)


def _catch_up_lexical(lexical: TantivyIndex, snapshot: Snapshot) -> None:
    """Applies all changes after the last committed generation; visible after `commit`."""
    lexical.remove(snapshot.removed(lexical.generation))
    for ids, texts in snapshot.texts(lexical.generation):
        lexical.add(ids, texts)
