"""Vectors in eight bits per number, searched approximately."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from rag.core.ports import Scores, Vectors, as_ids
from rag.indexes.checked_file import CheckedFile, damaged
from rag.indexes.dense_segment import Rows, Segment
from rag.indexes.id_column import IdColumn

_ALIKE = 0.99
"""Least cosine of a vector and its form in eight bits."""
_POINTS = 40
"""Training vectors per IVF list; more improve k-means little."""
_ROUNDS = 8
"""Iterations of k-means."""
_PROBED = 4
"""One IVF list in this many is searched. Probing a sixteenth instead of a quarter misses 4 % of the nearest in news."""
_FEWEST = 16
"""Least number of IVF lists searched."""
_ID_BYTES = 8
"""Bytes of a row's number in a list."""
_PIECE = 2**20
"""Bytes that FAISS writes at a time."""


class ApproximateSegment(Segment):
    """Vectors in lists around centroids (IVF-SQ8). Only the nearest lists are searched.

    It takes an eighth of the work and a quarter of the memory, and its scores are right to about 0.001.
    """

    def __init__(self, ids: IdColumn, index: Any, file: CheckedFile | None = None) -> None:
        super().__init__(ids, file)
        self._index = index
        self._shared = False
        self._starts = np.zeros(0, np.int64)
        """Where each list begins in the file, and where the last one ends; empty in memory."""

    @classmethod
    def trained(cls, sample: Vectors, count: int) -> ApproximateSegment:
        """Makes an empty segment.

        Args:
            sample: Vectors to train on, shape (n, dimension).
            count: Number of vectors expected.
        """
        given, dimension = sample.shape
        lists = min(max(int(2 * count**0.5), 1), given)
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimension), dimension, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        index.cp.niter, index.cp.max_points_per_centroid, index.cp.min_points_per_centroid = _ROUNDS, _POINTS, 1
        index.cp.spherical = True
        # Every n-th vector, because neighbours in the library are often about the same thing.
        index.train(np.ascontiguousarray(sample[:: max(given // (_POINTS * lists), 1)]))
        return cls(IdColumn(as_ids([])), index)

    @classmethod
    def mapped(cls, file: CheckedFile, ids: IdColumn, dimension: int, length: int) -> ApproximateSegment:
        """Makes a segment of a file that begins with `length` bytes that `write_vectors` wrote.

        FAISS reads what comes before the lists, and maps the lists.

        Raises:
            IndexDamagedError: If the file is not what was written, or was written by another FAISS.
        """
        start = length - len(ids) * (dimension + _ID_BYTES)
        file.check(np.array([0]), np.array([start]))
        try:
            index = faiss.read_index(str(file.path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise damaged(file.path, "written by another FAISS") from error
        segment = cls(ids, index, file)
        sizes = [index.invlists.list_size(number) for number in range(index.nlist)]
        segment._starts = start + np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)]) * (dimension + _ID_BYTES)
        if segment._starts[-1] != length:
            raise damaged(file.path, "written by another FAISS")
        return segment

    @property
    def dimension(self) -> int:
        """See `Segment.dimension`."""
        return int(self._index.d)

    @property
    def made_for(self) -> int:
        """The number of vectors that the segment was trained for."""
        return int((self._index.nlist / 2) ** 2)

    def fork(self) -> Self:
        """See `Segment.fork`. Vectors in memory are copied when one of the segments changes."""
        self._shared = True
        return super().fork()

    def in_memory(self) -> ApproximateSegment:
        """Returns this segment if it is in memory, and otherwise a copy that is.

        Raises:
            IndexDamagedError: If the file is not what was written.
        """
        if self.file is None:
            return self
        self.file.check_all()
        copied = ApproximateSegment(IdColumn(self.ids.all()), faiss.read_index(str(self.file.path)))
        return copied.with_alive(self.alive)

    def vectors(self, rows: Rows) -> Vectors:
        """See `Segment.vectors`; the vectors are restored from eight bits."""
        if self.file is not None:
            self.file.check_all()
        # Searches do not need this map, so it exists only during the call.
        self._index.set_direct_map_type(faiss.DirectMap.Array)
        try:
            vectors: Vectors = self._index.reconstruct_batch(rows)
        finally:
            self._index.set_direct_map_type(faiss.DirectMap.NoMap)
        return vectors

    def agree(self, rows: Rows, vectors: Vectors) -> NDArray[np.bool_]:
        """See `Segment.agree`."""
        alike: NDArray[np.bool_] = np.einsum("ij,ij->i", self.vectors(rows), vectors) >= _ALIKE
        return alike

    def write_vectors(self, write: Callable[[Any], object]) -> None:
        """See `Segment.write_vectors`."""
        faiss.write_index(self._index, faiss.PyCallbackIOWriter(write, _PIECE))

    def _add(self, vectors: Vectors, rows: Rows) -> None:
        self._own()
        there = len(self.ids)
        if (rows[:there] != np.arange(there)).any():
            self._renumber(rows)
        self._index.add_with_ids(vectors, rows[there:])

    def _keep(self, rows: Rows) -> None:
        self._own()
        numbers = np.full(len(self.ids), -1)
        numbers[rows] = np.arange(len(rows))
        self._index.remove_ids(faiss.IDSelectorBitmap(np.packbits(numbers < 0, bitorder="little")))
        self._renumber(numbers)

    def _renumber(self, numbers: Rows) -> None:
        """Gives each vector the new row that `numbers` has at its old one."""
        lists = self._index.invlists
        for number in range(self._index.nlist):
            if size := lists.list_size(number):
                held = faiss.rev_swig_ptr(lists.get_ids(number), size)
                held[:] = numbers[held]

    def _own(self) -> None:
        """Copies what a fork shares, before a change."""
        if self._shared:
            self._index = faiss.clone_index(self._index)
            self._shared = False

    def _search(self, question: Vectors, depth: int, selector: Any, *, everywhere: bool) -> tuple[Scores, Rows]:
        # The nearest lists may hold none of a few rows.
        lists = self._index.nlist
        probed = lists if everywhere else min(max(lists // _PROBED, _FEWEST), lists)
        nearness, nearest = self._index.quantizer.search(question, probed)
        if self.file is not None:
            searched = nearest[nearest >= 0]
            self.file.check(self._starts[searched], self._starts[searched + 1])
        scores, rows = np.empty(depth, np.float32), np.empty(depth, np.int64)
        parameters = faiss.SearchParametersIVF(nprobe=probed, sel=selector)
        self._index.search_preassigned_c(
            1, faiss.swig_ptr(question), depth, faiss.swig_ptr(nearest), faiss.swig_ptr(nearness),
            faiss.swig_ptr(scores), faiss.swig_ptr(rows), False, parameters,
        )  # fmt: skip
        return scores, rows


def sample_step(count: int) -> int:
    """Returns the step between training vectors: of `count` vectors, one in this many is enough."""
    return max(int(count / (_POINTS * 2 * count**0.5)), 1)
