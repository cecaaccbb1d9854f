"""The derived indexes, brought up to the store's newest generation: loaded, caught up, or made anew.

The store is the truth; `dense.faiss` and `lexical/` are caches that may be missing, damaged, or behind after a crash.
The dense file is let lag on purpose: what changed since is applied in memory, and the file is written again only when
that has grown to a tenth. tantivy is caught up on disk, by one process at a time; while it is at it, others go on with
the generation before. Who can't write, as the folder is read-only, makes in memory what can't be loaded.
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
"""The share of passages changed since the dense file was written at which it is written again."""
REBUILD_AT = 0.2
"""The share of passages removed from the lexical index, whose words still weigh in its statistics, to rebuild it."""

_PAUSE = 0.02
"""Seconds between two looks at files that another process is writing."""

_log = logging.getLogger(__name__)
_Index = TypeVar("_Index")


@dataclass(frozen=True, slots=True)
class Derived:
    """What one generation is searched by; its questions are to be embedded as the fingerprint says."""

    generation: int
    fingerprint: Fingerprint | None
    dense: DenseIndex
    lexical: TantivyIndex


def derive(store: Store, before: Derived | None = None, *, wait: float = 5.0) -> Derived:
    """The indexes of the store's newest generation; of the one before while another process is writing theirs.

    Those of an older one, given as `before`, go on serving, and what they have in memory is not loaded again.
    Takes the update lock if a file is missing, damaged or behind, so not from within an update. Where another process
    has it and the files are no use either, they are tried again for `wait` seconds, then done without. Raises
    IndexDamagedError where the store itself is damaged.
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
    """Brings the files up to the newest generation; for whoever holds the update lock. Raises IndexNotWritableError.

    Takes time for what has changed, not for what is there, but for the seldom rewriting of a file.
    """
    with store.snapshot() as snapshot:
        if snapshot.generation.passages:
            _refresh_lexical(store.folder / LEXICAL, snapshot)
            _refresh_dense(store.folder / DENSE, snapshot)


def refresh_files(store: Store) -> None:
    """As `refresh`, as far as that can be done: what was committed stays so, whatever becomes of the files.

    Whoever opens the library makes in memory what is not on disk, or is told.
    """
    try:
        refresh(store)
    except (IndexNotWritableError, IndexDamagedError) as error:
        _log.warning("%s", error)


def rebuild(store: Store, *, timeout: float = 10.0) -> None:
    """Makes the files anew, whatever they are. Raises IndexBusyError, IndexNotWritableError or IndexDamagedError.

    Whoever has them open goes on with what it has; whoever opens meanwhile makes in memory what is not there yet.
    """
    with update_lock(store.folder, timeout):
        _discard(store.folder)
        refresh(store)


def _discard(folder: Path) -> None:
    with contextlib.suppress(OSError):
        (folder / DENSE).unlink()
    with contextlib.suppress(OSError):
        discard_index(folder / LEXICAL)


def _repair(store: Store) -> Derived:
    """The indexes from files that were made good where they were not; for whoever holds the update lock."""
    refresh(store)
    derived = _load(store, report=True)
    if derived is None:
        # A file is stamped as it should be and yet is not what was written.
        _discard(store.folder)
        refresh(store)
        derived = _load(store, report=True)
    return derived or _build_in_memory(store)


def _load(store: Store, before: Derived | None = None, *, report: bool = False) -> Derived | None:
    """The indexes from their files, of the generation that the lexical one has; None where the files are no use.

    `report` says that no other process is writing to them, so that a damaged file is one.
    """
    with store.snapshot() as newest:
        if newest.generation.passages == 0:
            dense, lexical = DenseIndex(newest.dimension), TantivyIndex.in_memory()
            return Derived(newest.generation.number, newest.fingerprint, dense, lexical)
        written = _open(TantivyIndex.open, store.folder / LEXICAL, report=report)
        snapshot = newest.at(written.generation, written.token) if written is not None else None
        if written is None or snapshot is None or len(written) != snapshot.generation.passages:
            return None
        path = store.folder / DENSE
        loaded = _follow_dense(before, path, snapshot) or _load_dense(path, snapshot, report=report)
        if loaded is None:
            return None
        return Derived(snapshot.generation.number, snapshot.fingerprint, loaded, written)


def _build_in_memory(store: Store) -> Derived:
    with store.snapshot() as snapshot:
        number, token, _, _, passages = snapshot.generation
        dense = _load_dense(store.folder / DENSE, snapshot) or build_dense(snapshot)
        lexical = TantivyIndex.in_memory()
        _catch_up_lexical(lexical, snapshot)
        lexical.commit(number, token)
        if not len(dense) == len(lexical) == passages:
            raise IndexDamagedError(
                f"{store.folder} lacks some of its passages",
                remedy=Remedy(action="rebuild_from_articles"),
                path=str(store.folder),
            )
        return Derived(number, snapshot.fingerprint, dense, lexical)


def _follow_dense(before: Derived | None, path: Path, snapshot: Snapshot) -> DenseIndex | None:
    """The dense index of an older generation caught up in memory; None where its file is another by now."""
    if before is None or before.dense.stamp != DenseIndex.read_stamp(path):
        return None
    if snapshot.at(before.generation, before.lexical.token) is None:
        return None
    return _caught_up(before.dense.fork(), snapshot, before.generation)


def _load_dense(path: Path, snapshot: Snapshot, *, report: bool = False) -> DenseIndex | None:
    """The dense index from its file and caught up; None where the file is no use."""
    dense = _open(DenseIndex.load, path, report=report)
    if dense is None or not _is_past(dense.stamp, snapshot):
        return None
    return _caught_up(dense, snapshot, dense.stamp.generation)


def _caught_up(dense: DenseIndex, snapshot: Snapshot, since: int) -> DenseIndex | None:
    """The index, made to follow the snapshot from that generation on; None where it is not the snapshot's then."""
    try:
        catch_up_dense(dense, snapshot, since)
    except ValueError:
        return None  # It holds a passage that it should not.
    return dense if len(dense) == snapshot.generation.passages else None


def build_dense(snapshot: Snapshot, exact_limit: int = EXACT_LIMIT) -> DenseIndex:
    """The dense index from the store alone, approximate beyond `exact_limit` passages."""
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
        dense = None  # makes room for the other one
        dense = build_dense(snapshot)
    _log.info("writing %s: %d passages", path, len(dense))
    try:
        dense.save(path, snapshot.generation.number, snapshot.generation.token)
    except OSError as error:
        raise IndexNotWritableError(
            f"{path} can't be written ({error.strerror})",
            remedy=Remedy("check permissions and free space, then", "update"),
            path=str(path),
        ) from error


def _report_loss(path: Path, generation: int, snapshot: Snapshot) -> None:
    """Says that the store is older than a file made from it: its log is damaged or gone, or a backup was put back."""
    newest = snapshot.generation.number
    if generation > newest:
        _log.warning(
            "%s was made from generation %d, and the library has only %d: what came since is lost; %s",
            path,
            generation,
            newest,
            Remedy(action="update"),
        )


def _is_past(stamp: Stamp, snapshot: Snapshot) -> bool:
    """Whether a file with this stamp can be caught up to the snapshot."""
    return stamp.dimension == snapshot.dimension and snapshot.at(stamp.generation, stamp.token) is not None


def catch_up_dense(dense: VectorIndex, snapshot: Snapshot, since: int) -> None:
    """Has the index follow all that changed since that generation. Raises ValueError where it can't have been of it."""
    dense.remove(snapshot.removed(since))
    for ids, vectors in snapshot.vectors(since):
        dense.add(ids, vectors)


def _catch_up_lexical(lexical: TantivyIndex, snapshot: Snapshot) -> None:
    """All that changed since the generation that was committed; visible after `commit`."""
    lexical.remove(snapshot.removed(lexical.generation))
    for ids, texts in snapshot.texts(lexical.generation):
        lexical.add(ids, texts)
