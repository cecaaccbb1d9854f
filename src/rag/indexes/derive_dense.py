"""Brings the dense index up to a generation of the store: loads and catches up its files, writes them, or builds it."""

from __future__ import annotations

import contextlib
import logging
from functools import partial
from pathlib import Path

import numpy as np

from rag.core.errors import IndexDamagedError
from rag.core.index_layout import FORMER_DENSE
from rag.core.ports import VectorIndex
from rag.indexes.dense import EXACT_LIMIT, DenseIndex
from rag.indexes.dense_approximate import sample_step
from rag.indexes.dense_manifest import Stamp, read_stamp
from rag.indexes.derived_files import not_writable, opened, report_loss
from rag.indexes.lexical import discard_index
from rag.store.snapshot import Snapshot

WRITE_AT = 500
"""Number of passages changed since the dense files were written beyond which the changes are written."""

_log = logging.getLogger(__name__)


def follow_dense(before: DenseIndex, since: Snapshot, path: Path, snapshot: Snapshot) -> DenseIndex | None:
    """Catches up the dense index of an older generation in memory.

    Args:
        before: The index of that generation.
        since: That generation.
        path: The folder of the dense index.
        snapshot: The generation to catch up to.

    Returns:
        The index; None if the files were replaced since, or the index is damaged or does not fit the store.
    """
    if before.damaged or before.stamp != read_stamp(path):
        return None
    return _caught_up(before.fork(), snapshot, since.generation.number)


def load_dense(
    path: Path, snapshot: Snapshot, before: DenseIndex | None = None, *, report: bool = False, whole: bool = False
) -> DenseIndex | None:
    """Loads the dense index and catches it up.

    Args:
        path: The folder of the dense index.
        snapshot: The generation to catch up to.
        before: An index that was loaded earlier; see `DenseIndex.load`.
        report: Whether damage is logged.
        whole: Whether the files are checked as a whole, and not as they are used.

    Returns:
        The index; None if the files are not usable.
    """
    dense = opened(partial(DenseIndex.load, before=before), path, report=report)
    if dense is None or dense.damaged or not _is_past(dense.stamp, snapshot):
        return None
    return _caught_up(dense, snapshot, dense.stamp.generation, whole=whole)


def refresh_dense(path: Path, snapshot: Snapshot) -> None:
    """Writes what changed, if it is much. The caller must hold the update lock.

    Raises:
        IndexNotWritableError: If a file can't be written.
        IndexDamagedError: If the store is damaged.
    """
    stamp = read_stamp(path)
    known = stamp is not None and _is_past(stamp, snapshot)
    if stamp and not known:
        report_loss(path, stamp.generation, snapshot)
    if stamp and known and snapshot.count_changes(stamp.generation) <= WRITE_AT:
        return
    dense = load_dense(path, snapshot, report=True) if known or stamp is None else None
    if dense is None or dense.outgrown or not _is_saved(dense, path, snapshot):
        dense = None  # frees its memory before the new one is built
        _is_saved(build_dense(snapshot), path, snapshot)


def discard_damaged(path: Path, dense: DenseIndex) -> None:
    """Deletes the dense files if they are those in which damage was found.

    Args:
        path: The folder of the dense index.
        dense: The index that found damage.

    Raises:
        IndexNotWritableError: If the files can't be deleted.
    """
    found = opened(partial(DenseIndex.load, before=dense), path, report=False)
    if found is not None and found.damaged:
        _log.warning("%s is damaged and is made again", path)
        try:
            discard_index(path)
        except OSError as error:
            raise not_writable(path, error) from error


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


def catch_up_dense(dense: VectorIndex, snapshot: Snapshot, since: int) -> None:
    """Applies all changes after generation `since` to the index.

    Raises:
        ValueError: If the index holds a passage that it could not have had at that generation.
    """
    dense.remove(snapshot.removed(since))
    for ids, vectors in snapshot.vectors(since):
        dense.add(ids, vectors)


def _caught_up(dense: DenseIndex, snapshot: Snapshot, since: int, *, whole: bool = False) -> DenseIndex | None:
    """Applies the changes after generation `since`; None if the index is damaged or does not fit the snapshot then."""
    try:
        if whole:
            dense.check()
        catch_up_dense(dense, snapshot, since)
    except ValueError:
        return None  # It holds a passage that it should not hold.
    except IndexDamagedError:
        if not dense.damaged:
            raise  # The store is.
        return None
    return dense if len(dense) == snapshot.generation.passages else None


def _is_saved(dense: DenseIndex, path: Path, snapshot: Snapshot) -> bool:
    """Writes the index. Returns whether it could: False if a file that has to be written again is damaged."""
    _log.info("writing %s: %d passages", path, len(dense))
    try:
        dense.save(path, snapshot.generation.number, snapshot.generation.token)
    except OSError as error:
        raise not_writable(path, error) from error
    except IndexDamagedError as error:
        _log.warning("%s", error)
        return False
    with contextlib.suppress(OSError):
        path.with_name(FORMER_DENSE).unlink()
    return True


def _is_past(stamp: Stamp, snapshot: Snapshot) -> bool:
    """Whether files with this stamp can be caught up to the snapshot."""
    return stamp.dimension == snapshot.dimension and snapshot.at(stamp.generation, stamp.token) is not None
