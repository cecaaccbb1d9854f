"""The derived indexes, brought up to the store's newest generation: loaded, caught up, or made anew.

The store is the truth; `dense.faiss` and `lexical/` are caches that may be missing, damaged, or behind after a crash.
The dense file is let lag on purpose: what changed since is applied in memory, and the file is written again only when
that has grown to a tenth. tantivy is caught up on disk, by one process at a time. Who can't write (a read-only folder,
another process busy) makes in memory what can't be loaded, and serves just the same.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rag.dense import DenseIndex, Stamp
from rag.errors import IndexBusyError, IndexDamagedError, IndexNotWritableError
from rag.files import DENSE, LEXICAL
from rag.lexical import TantivyIndex
from rag.lock import update_lock
from rag.store import Store
from rag.store_scan import Snapshot

REWRITE_AT = 0.1
"""The share of passages changed since the dense file was written at which it is written again."""
REBUILD_AT = 0.2
"""The share of passages removed from the lexical index, whose words still weigh in its statistics, to rebuild it."""

_log = logging.getLogger(__name__)
_Index = TypeVar("_Index")


@dataclass(frozen=True, slots=True)
class Derived:
    """What one generation is searched by."""

    generation: int
    dense: DenseIndex
    lexical: TantivyIndex


def derive(store: Store, *, wait: float = 5.0) -> Derived:
    """The indexes of the store's newest generation. Raises IndexDamagedError where the store itself is damaged.

    Takes the update lock only if a file is missing, damaged or behind, so not from within an update. `wait` is how
    many seconds to wait for it: an update that has committed to the store is about to catch up the files.
    """
    derived = _load(store)
    if derived is not None:
        return derived
    try:
        with update_lock(store.folder, wait):
            refresh(store)
            derived = _load(store)
            if derived is None:
                # A file is stamped as it should be and yet is not what was written.
                (store.folder / DENSE).unlink(missing_ok=True)
                shutil.rmtree(store.folder / LEXICAL, ignore_errors=True)
                refresh(store)
                derived = _load(store)
    except (IndexBusyError, IndexNotWritableError) as error:
        _log.info("The index is searched from memory: %s", error)
    return derived or _build_in_memory(store)


def refresh(store: Store) -> None:
    """Brings the files up to the newest generation; for whoever holds the update lock. Raises IndexNotWritableError.

    Takes time for what has changed, not for what is there, but for the seldom rewriting of a file.
    """
    with store.snapshot() as snapshot:
        if snapshot.generation.passages:
            _refresh_lexical(store.folder / LEXICAL, snapshot)
            _refresh_dense(store.folder / DENSE, snapshot)


def _load(store: Store) -> Derived | None:
    """The indexes from their files; None where one should be written before."""
    with store.snapshot() as snapshot:
        number, token, _, _, passages = snapshot.generation
        if passages == 0:
            return Derived(number, DenseIndex(snapshot.dimension), TantivyIndex.in_memory())
        lexical = _load_file(TantivyIndex.open, store.folder / LEXICAL)
        if lexical is None or (lexical.generation, lexical.token, len(lexical)) != (number, token, passages):
            return None
        dense = _load_dense(store.folder / DENSE, snapshot)
        return None if dense is None else Derived(number, dense, lexical)


def _build_in_memory(store: Store) -> Derived:
    with store.snapshot() as snapshot:
        dense = _load_dense(store.folder / DENSE, snapshot)
        if dense is None:
            dense = DenseIndex(snapshot.dimension)
            _catch_up_dense(dense, snapshot, since=0)
        lexical = TantivyIndex.in_memory()
        _catch_up_lexical(lexical, snapshot)
        lexical.commit(snapshot.generation.number, snapshot.generation.token)
        if len(dense) != snapshot.generation.passages or len(lexical) != snapshot.generation.passages:
            raise IndexDamagedError(
                f"{store.folder} lacks some of its passages; delete the folder and run: rag update PATH"
            )
        return Derived(snapshot.generation.number, dense, lexical)


def _load_dense(path: Path, snapshot: Snapshot) -> DenseIndex | None:
    """The dense index from its file and caught up; None where the file is no use."""
    dense = _load_file(DenseIndex.load, path)
    if dense is None or not _is_past(dense.stamp, snapshot):
        return None
    try:
        _catch_up_dense(dense, snapshot, dense.stamp.generation)
    except ValueError:
        return None  # It holds a passage that it should not.
    return dense if len(dense) == snapshot.generation.passages else None


def _load_file(load: Callable[[Path], _Index], path: Path) -> _Index | None:
    try:
        return load(path)
    except IndexDamagedError as error:
        if path.exists():
            _log.warning("%s", error)
        return None


def _refresh_lexical(path: Path, snapshot: Snapshot) -> None:
    number, token, _, _, _ = snapshot.generation
    lexical = _load_file(TantivyIndex.open, path)
    if lexical is not None and (lexical.generation, lexical.token) == (number, token):
        return
    if (
        lexical is None
        or not snapshot.has(lexical.generation, lexical.token)
        or lexical.removed > REBUILD_AT * len(lexical)
    ):
        lexical = TantivyIndex.create(path)
    _catch_up_lexical(lexical, snapshot)
    lexical.commit(number, token)


def _refresh_dense(path: Path, snapshot: Snapshot) -> None:
    stamp = DenseIndex.read_stamp(path)
    known = stamp is not None and _is_past(stamp, snapshot)
    if stamp and known and snapshot.count_changes(stamp.generation) <= REWRITE_AT * stamp.vectors:
        return
    dense = _load_dense(path, snapshot) if known else None
    if dense is None:
        dense = DenseIndex(snapshot.dimension)
        _catch_up_dense(dense, snapshot, since=0)
    try:
        dense.save(path, snapshot.generation.number, snapshot.generation.token)
    except OSError as error:
        raise IndexNotWritableError(
            f"{path} can't be written ({error.strerror}); check permissions and free space, then run: rag update"
        ) from error


def _is_past(stamp: Stamp, snapshot: Snapshot) -> bool:
    """Whether a file with this stamp can be caught up to the snapshot."""
    return stamp.dimension == snapshot.dimension and snapshot.has(stamp.generation, stamp.token)


def _catch_up_dense(dense: DenseIndex, snapshot: Snapshot, since: int) -> None:
    dense.remove(snapshot.removed(since))
    for ids, vectors in snapshot.vectors(since):
        dense.add(ids, vectors)


def _catch_up_lexical(lexical: TantivyIndex, snapshot: Snapshot) -> None:
    """All that changed since the generation that was committed; visible after `commit`."""
    lexical.remove(snapshot.removed(lexical.generation))
    for ids, texts in snapshot.texts(lexical.generation):
        lexical.add(ids, texts)
