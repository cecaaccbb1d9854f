"""Brings the derived indexes up to the store's newest generation: loads, catches up or rebuilds them.

The store is the truth. `dense.faiss` and `lexical/` are caches that may be missing, damaged, or behind after a crash.
The dense file lags on purpose: later changes are applied in memory, and the file is written again only when they reach
a tenth of it. The tantivy files are caught up on disk by one process at a time; meanwhile other processes answer from
the generation before. In a read-only folder, an index that can't be loaded is built in memory.
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from rag.core.errors import IndexBusyError, IndexDamagedError, IndexNotWritableError
from rag.core.index_layout import DENSE, LEXICAL
from rag.core.ports import Fingerprint, VectorIndex
from rag.core.remedies import Remedy
from rag.indexes.dense import EXACT_LIMIT, DenseIndex, Stamp
from rag.indexes.dense_segments import sample_step
from rag.indexes.lexical import TantivyIndex, discard_index
from rag.store.snapshot import Snapshot
from rag.store.store import Store
from rag.store.update_lock import update_lock

REWRITE_AT = 0.1
"""Share of passages changed since the dense file was written at which the file is written again."""
REBUILD_AT = 0.2
"""Share of removed passages at which the lexical index is rebuilt. Their words still count in its statistics."""

_PAUSE = 0.02
"""Seconds between two attempts to load files that another process is writing."""

_log = logging.getLogger(__name__)
_Index = TypeVar("_Index")


@dataclass(frozen=True, slots=True)
class Derived:
    """The indexes of a generation. Its questions must be embedded by the embedder of `fingerprint`."""

    generation: int
    token: str
    fingerprint: Fingerprint | None
    dense: DenseIndex
    lexical: TantivyIndex


def derive(store: Store, before: Derived | None = None, *, wait: float = 5.0) -> Derived:
    """Loads the indexes of the store's newest generation, and repairs their files if needed.

    Takes the update lock if a file is missing, damaged or behind, so it must not be called from within an update. While
    another process holds the lock and no file is usable, it retries and finally builds the indexes in memory.

    Args:
        store: The store.
        before: The indexes of an older generation. They stay usable, and what they have in memory is not loaded again.
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
                return _repair(store)
        except IndexBusyError:
            if derived is not None:
                return derived
        except IndexNotWritableError as error:
            _log.info("%s", error)
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
            _refresh_dense(store.folder / DENSE, snapshot)


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
    with contextlib.suppress(OSError):
        (folder / DENSE).unlink()
    with contextlib.suppress(OSError):
        discard_index(folder / LEXICAL)


def _repair(store: Store) -> Derived:
    """Repairs the files and loads the indexes. The caller must hold the update lock."""
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
            dense, lexical = DenseIndex(newest.dimension), TantivyIndex.in_memory()
            return Derived(newest.generation.number, newest.generation.token, newest.fingerprint, dense, lexical)
        written = _open(TantivyIndex.open, store.folder / LEXICAL, report=report)
        snapshot = newest.at(written.generation, written.token) if written is not None else None
        if written is None or snapshot is None or len(written) != snapshot.generation.passages:
            return None
        path = store.folder / DENSE
        loaded = _follow_dense(before, path, snapshot) or _load_dense(path, snapshot, report=report)
        if loaded is None:
            return None
        return Derived(snapshot.generation.number, snapshot.generation.token, snapshot.fingerprint, loaded, written)


def _build_in_memory(store: Store) -> Derived:
    with store.snapshot() as snapshot:
        number, token, _, _, passages = snapshot.generation
        dense = _load_dense(store.folder / DENSE, snapshot) or build_dense(snapshot)
        lexical = TantivyIndex.in_memory()
        _catch_up_lexical(lexical, snapshot)
        lexical.commit(number, token)
        if not len(dense) == len(lexical) == passages:
            what, remedy = f"Some passages of {store.folder} are missing", Remedy(action="rebuild_from_articles")
            raise IndexDamagedError(what, remedy=remedy, path=str(store.folder))
        return Derived(number, token, snapshot.fingerprint, dense, lexical)


def _follow_dense(before: Derived | None, path: Path, snapshot: Snapshot) -> DenseIndex | None:
    """Catches up the dense index of an older generation in memory; None if its file was replaced since."""
    if before is None or before.dense.stamp != DenseIndex.read_stamp(path):
        return None
    if snapshot.at(before.generation, before.token) is None:
        return None
    return _caught_up(before.dense.fork(), snapshot, before.generation)


def _load_dense(path: Path, snapshot: Snapshot, *, report: bool = False) -> DenseIndex | None:
    """Loads the dense index and catches it up; None if the file is not usable."""
    dense = _open(DenseIndex.load, path, report=report)
    if dense is None or not _is_past(dense.stamp, snapshot):
        return None
    return _caught_up(dense, snapshot, dense.stamp.generation)


def _caught_up(dense: DenseIndex, snapshot: Snapshot, since: int) -> DenseIndex | None:
    """Applies the changes after generation `since`; None if the index does not fit the snapshot then."""
    try:
        catch_up_dense(dense, snapshot, since)
    except ValueError:
        return None  # It holds a passage that it should not hold.
    return dense if len(dense) == snapshot.generation.passages else None


def build_dense(snapshot: Snapshot, exact_limit: int = EXACT_LIMIT) -> DenseIndex:
    """Builds the dense index from the store alone; beyond `exact_limit` passages it is approximate."""
    count = snapshot.generation.passages
    dense = DenseIndex(snapshot.dimension, exact_limit=exact_limit)
    if count > exact_limit:
        sample = [vectors for _, vectors in snapshot.vectors(since=0, every=sample_step(count))]
        if sample:
            dense = DenseIndex.for_many(np.concatenate(sample), count, exact_limit=exact_limit)
    catch_up_dense(dense, snapshot, since=0)
    return dense


def _open(load: Callable[[Path], _Index], path: Path, *, report: bool) -> _Index | None:
    try:
        return load(path)
    except IndexDamagedError as error:
        if report and path.exists():
            _log.warning("%s", error)
        return None


def _refresh_lexical(path: Path, snapshot: Snapshot) -> None:
    lexical = _open(TantivyIndex.open, path, report=True)
    if lexical is not None and snapshot.at(lexical.generation, lexical.token) is None:
        _report_loss(path, lexical.generation, snapshot)
        lexical = None
    if lexical is not None and lexical.generation == snapshot.generation.number:
        return
    if lexical is None or lexical.removed > REBUILD_AT * len(lexical):
        lexical = TantivyIndex.create(path)
    _log.info("writing %s: from generation %d to %d", path, lexical.generation, snapshot.generation.number)
    _catch_up_lexical(lexical, snapshot)
    lexical.commit(snapshot.generation.number, snapshot.generation.token)


def _refresh_dense(path: Path, snapshot: Snapshot) -> None:
    stamp = DenseIndex.read_stamp(path)
    known = stamp is not None and _is_past(stamp, snapshot)
    if stamp and not known:
        _report_loss(path, stamp.generation, snapshot)
    if stamp and known and snapshot.count_changes(stamp.generation) <= REWRITE_AT * stamp.vectors:
        return
    dense = _load_dense(path, snapshot, report=True) if known else None
    if dense is None or dense.outgrown:
        dense = None  # frees its memory before the new one is built
        dense = build_dense(snapshot)
    _log.info("writing %s: %d passages", path, len(dense))
    try:
        dense.save(path, snapshot.generation.number, snapshot.generation.token)
    except OSError as error:
        what, remedy = f"{path} can't be written ({error.strerror})", "check permissions and free space, then"
        raise IndexNotWritableError(what, remedy=Remedy(remedy, "update"), path=str(path)) from error


def _report_loss(path: Path, generation: int, snapshot: Snapshot) -> None:
    """Warns if a derived file is newer than the store: the store's log was lost, or a backup was restored."""
    newest = snapshot.generation.number
    if generation > newest:
        _log.warning(
            "%s is of generation %d, but the library has only %d: later updates are lost; %s",
            path,
            generation,
            newest,
            Remedy(action="update"),
        )


def _is_past(stamp: Stamp, snapshot: Snapshot) -> bool:
    """Whether a file with this stamp can be caught up to the snapshot."""
    return stamp.dimension == snapshot.dimension and snapshot.at(stamp.generation, stamp.token) is not None


def catch_up_dense(dense: VectorIndex, snapshot: Snapshot, since: int) -> None:
    """Applies all changes after generation `since` to the index.

    Raises:
        ValueError: If the index holds a passage that it could not have had at that generation.
    """
    dense.remove(snapshot.removed(since))
    for ids, vectors in snapshot.vectors(since):
        dense.add(ids, vectors)


def _catch_up_lexical(lexical: TantivyIndex, snapshot: Snapshot) -> None:
    """Applies all changes after the last committed generation; visible after `commit`."""
    lexical.remove(snapshot.removed(lexical.generation))
    for ids, texts in snapshot.texts(lexical.generation):
        lexical.add(ids, texts)
