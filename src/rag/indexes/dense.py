"""The dense index: inner product of unit vectors by FAISS. It is exact up to `EXACT_LIMIT` passages.

An index has segments: those of its files, and one in memory for the vectors added since. So neither opening an index
nor adding a passage depends on its size. The files are mapped, and a block of them is checked when it is first used.
Saving writes a new segment, into which it merges those that are not many times larger. So each vector is written again
about as often as the library grows tenfold, times ten. Beyond `EXACT_LIMIT` passages a segment is approximate.

The files are a cache of the store. A save replaces the index as a whole or not at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from rag.core.atomic_files import sync_folder
from rag.core.ports import Ids, PassageSet, Scores, Vectors, as_ids
from rag.indexes.dense_approximate import ApproximateSegment
from rag.indexes.dense_exact import ExactSegment
from rag.indexes.dense_files import merge, open_segment, write_segment
from rag.indexes.dense_manifest import MANIFEST, Entry, Stamp, read_manifest, read_stamp, write_manifest
from rag.indexes.dense_segment import Rows, Segment

EXACT_LIMIT = 300_000
"""Number of passages up to which the search is exact. It takes 20 ms on one thread at this size, and more beyond."""
_MERGE_AT = 0.1
"""A segment is written again once the changes, its removed vectors and those of smaller segments, are this share."""


class DenseIndex:
    """Nearest passages by cosine. Implements `rag.core.ports.VectorIndex`.

    Several threads may search at the same time, but not during `add`, `remove` or `save`. If a method finds that a file
    is not what was written, it raises IndexDamagedError.

    Args:
        dimension: Numbers per vector.
        exact_limit: Number of passages beyond which saving makes the index approximate.

    Attributes:
        stamp: What the index stated about itself when it was loaded or saved.
    """

    @classmethod
    def for_many(cls, sample: Vectors, count: int, *, exact_limit: int = EXACT_LIMIT) -> DenseIndex:
        """Makes an empty approximate index for a large number of vectors.

        It stores each vector at once, where an exact index would hold all of them in memory until it is saved.

        Args:
            sample: A fair sample of the vectors, shape (n, dimension), used for training.
            count: Number of vectors expected.
            exact_limit: Number of passages beyond which saving keeps the index approximate.
        """
        index = cls(sample.shape[1], exact_limit=exact_limit)
        index._segments = [ApproximateSegment.trained(sample, count)]
        return index

    def __init__(self, dimension: int, *, exact_limit: int = EXACT_LIMIT) -> None:
        self.dimension = dimension
        self._exact_limit = exact_limit
        self.stamp = Stamp(dimension, generation=0, vectors=0, token="")
        self._segments: list[Segment] = [ExactSegment.empty(dimension)]

    def fork(self) -> DenseIndex:
        """Copies the index, so that the copy can change while this one is searched. Shared vectors are not copied."""
        forked = DenseIndex(self.dimension, exact_limit=self._exact_limit)
        forked.stamp = self.stamp
        forked._segments = [segment.fork() for segment in self._segments]
        if isinstance(forked._segments[-1], ApproximateSegment):
            forked._segments.append(ExactSegment.empty(self.dimension))
        return forked

    def __len__(self) -> int:
        return sum(segment.count for segment in self._segments)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Adds vectors.

        Args:
            ids: Ids of passages, shape (n,).
            vectors: Unit vectors, shape (n, dimension).

        Raises:
            ValueError: If the shapes do not fit, or an id is repeated or already stored.
        """
        if vectors.shape != (len(ids), self.dimension):
            raise ValueError(
                f"{len(ids)} ids want vectors of shape ({len(ids)}, {self.dimension}), not {vectors.shape}"
            )
        if len(np.unique(ids)) < len(ids) or self.holds(ids).any():
            raise ValueError(f"some of the ids are given twice, or are there already: {ids.tolist()}")
        self._segments[-1].add(ids, vectors)

    def remove(self, ids: Ids) -> None:
        """Removes these ids; unknown ids are ignored."""
        for segment in self._segments:
            segment.remove(ids)

    def holds(self, ids: Ids) -> NDArray[np.bool_]:
        """Returns whether each of the ids is stored, shape (n,)."""
        held: NDArray[np.bool_] = np.logical_or.reduce([segment.find(ids) >= 0 for segment in self._segments])
        return held

    def agree(self, ids: Ids, vectors: Vectors) -> NDArray[np.bool_]:
        """Compares stored vectors with the given ones. A vector kept in eight bits may differ slightly.

        Args:
            ids: Ids that are all stored, shape (n,).
            vectors: The expected vectors, shape (n, dimension).

        Returns:
            Whether each stored vector equals the expected one, shape (n,).
        """
        agreed = np.zeros(len(ids), np.bool_)
        for segment, held, rows in self._places(ids):
            agreed[held] = segment.agree(rows, vectors[held])
        return agreed

    @property
    def outgrown(self) -> bool:
        """Whether the index should be rebuilt, because it was made for far fewer or far more vectors than it has."""
        made = max(self._segments, key=lambda segment: segment.count)
        if not isinstance(made, ApproximateSegment):
            return len(self) > self._exact_limit
        return not min(self._exact_limit, made.made_for) / 2 <= len(self) <= 4 * made.made_for

    def search(self, vector: Vectors, k: int, within: PassageSet | None = None) -> tuple[Ids, Scores]:
        """Finds the nearest passages.

        Args:
            vector: The question's unit vector, shape (dimension,).
            k: Number of passages wanted.
            within: The passages to search among; None searches all.

        Returns:
            At most k ids and their cosines, best first; equal cosines by ascending id.

        Raises:
            ValueError: If the vector has another shape.
        """
        if k < 1 or not len(self):
            return as_ids([]), np.zeros(0, np.float32)
        if vector.shape != (self.dimension,):
            raise ValueError(f"the question's vector has shape {vector.shape}, not ({self.dimension},)")
        # Set in the thread that searches, because OpenMP keeps the number per thread.
        faiss.omp_set_num_threads(1)
        question = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        inside = None if within is None else within.ids
        found = [segment.search(question, k, inside) for segment in self._segments]
        ids, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
        order = np.lexsort((ids, -scores))[:k]
        return ids[order], scores[order]

    def vectors(self, ids: Ids) -> Vectors:
        """Reads stored vectors in the order of the ids, shape (n, dimension).

        Raises:
            KeyError: If an id is not stored.
        """
        vectors = np.zeros((len(ids), self.dimension), np.float32)
        missing = np.ones(len(ids), np.bool_)
        for segment, held, rows in self._places(ids):
            vectors[held] = segment.vectors(rows)
            missing &= ~held
        if missing.any():
            raise KeyError(int(ids[missing][0]))
        return vectors

    def _places(self, ids: Ids) -> Iterator[tuple[Segment, NDArray[np.bool_], Rows]]:
        """The segments that hold some of the ids, with which of the ids each holds, and their rows there."""
        for segment in self._segments:
            rows = segment.find(ids)
            held = rows >= 0
            if held.any():
                yield segment, held, rows[held]

    @property
    def damaged(self) -> bool:
        """Whether a file was found not to be what was written. The index is to be made again then."""
        return any(segment.file is not None and segment.file.damaged for segment in self._segments)

    def check(self) -> None:
        """Checks the files as a whole.

        Raises:
            IndexDamagedError: If a file is not what was written.
        """
        for segment in self._segments:
            if segment.file is not None:
                segment.file.check_all()

    def save(self, folder: Path, generation: int, token: str = "") -> None:
        """Writes the changes since the index was loaded, stamped with the generation, or all of it in a new folder.

        Args:
            folder: The folder of the index. It is made if it is missing.
            generation: The store's generation that the index has.
            token: The token of that generation.

        Raises:
            OSError: If the files can't be written. The folder then has the index that it had before.
            IndexDamagedError: If a file that has to be written again is not what was written.
        """
        if not folder.is_dir():
            folder.mkdir()
            sync_folder(folder.parent)
        kept, changed = self._split(folder)
        if changed:
            merged = merge(changed, self._exact_limit)
            if merged.count:
                kept.append(open_segment(write_segment(merged, folder), folder, self.dimension))
        stamp = Stamp(self.dimension, generation, sum(segment.count for segment in kept), token)
        write_manifest(folder, stamp, [_entry(segment) for segment in kept])
        self.stamp, self._segments = stamp, [*kept, ExactSegment.empty(self.dimension)]
        _discard_others(folder, kept)

    def _split(self, folder: Path) -> tuple[list[Segment], list[Segment]]:
        """The segments whose files in the folder stay, and those that are to be written as one."""
        files = [segment for segment in self._segments if segment.file and segment.file.path.parent == folder]
        changed = [segment for segment in self._segments if segment not in files and segment.count]
        added = sum(segment.count for segment in changed)
        for segment in sorted(files, key=lambda segment: len(segment.ids)):
            if added + len(segment.ids) - segment.count >= _MERGE_AT * len(segment.ids):
                changed.append(segment)
                added += segment.count
        return [segment for segment in files if segment not in changed], changed

    @classmethod
    def load(cls, folder: Path, before: DenseIndex | None = None, *, exact_limit: int = EXACT_LIMIT) -> DenseIndex:
        """Opens a saved index. The cost hardly depends on its size.

        Args:
            folder: The folder of the index.
            before: An index that was loaded earlier. What was checked of the files that it shares is not checked again.
            exact_limit: Number of passages beyond which saving makes the index approximate.

        Raises:
            IndexDamagedError: If the index is missing, or what is read of it is not what was written.
        """
        stamp, entries = read_manifest(folder)
        known = {segment.file.path: segment for segment in before._segments if segment.file} if before else {}
        index = cls(stamp.dimension, exact_limit=exact_limit)
        segments = [
            known[path].with_alive(entry.alive)
            if (path := folder / entry.name) in known
            else open_segment(entry, folder, stamp.dimension)
            for entry in entries
        ]
        index._segments = [*segments, ExactSegment.empty(stamp.dimension)]
        index.stamp = stamp
        return index

    read_stamp = staticmethod(read_stamp)


def _entry(segment: Segment) -> Entry:
    """How the manifest names a segment that is a file."""
    file = segment.file
    assert file is not None
    return Entry(file.path.name, isinstance(segment, ApproximateSegment), len(segment.ids), file.seal, segment.alive)


def _discard_others(folder: Path, kept: Sequence[Segment]) -> None:
    """Deletes what the manifest no longer names, as far as the system lets it: an open file may be locked."""
    names = {MANIFEST, *(segment.file.path.name for segment in kept if segment.file)}
    for path in folder.iterdir():
        if path.name not in names:
            with contextlib.suppress(OSError):
                path.unlink()
