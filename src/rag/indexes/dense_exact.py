"""Vectors in full precision, searched exactly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from rag.core.ports import Scores, Vectors, as_ids
from rag.indexes.checked_file import CheckedFile
from rag.indexes.dense_segment import Rows, Segment
from rag.indexes.id_column import IdColumn


class ExactSegment(Segment):
    """Vectors in full precision. Each question is compared with all of them."""

    def __init__(self, ids: IdColumn, vectors: Vectors, file: CheckedFile | None = None) -> None:
        super().__init__(ids, file)
        # In several parts after additions, so that they do not copy what is there.
        self._parts = [vectors]

    @classmethod
    def empty(cls, dimension: int) -> ExactSegment:
        """Makes a segment without vectors."""
        return cls(IdColumn(as_ids([])), np.zeros((0, dimension), np.float32))

    @classmethod
    def mapped(cls, file: CheckedFile, ids: IdColumn, dimension: int) -> ExactSegment:
        """Makes a segment of a file that begins with what `write_vectors` wrote."""
        vectors = file.array("<f4", 0, len(ids) * dimension).reshape(len(ids), dimension)
        return cls(ids, vectors, file)

    @property
    def dimension(self) -> int:
        """See `Segment.dimension`."""
        return int(self._parts[0].shape[1])

    def vectors(self, rows: Rows) -> Vectors:
        """See `Segment.vectors`."""
        joined = self._joined()
        if self.file is not None:
            width = self.dimension * joined.itemsize
            self.file.check(rows * width, (rows + 1) * width)
        vectors: Vectors = joined[rows]
        return vectors

    def agree(self, rows: Rows, vectors: Vectors) -> NDArray[np.bool_]:
        """See `Segment.agree`."""
        same: NDArray[np.bool_] = (self.vectors(rows) == vectors).all(axis=1)
        return same

    def write_vectors(self, write: Callable[[Any], object]) -> None:
        """See `Segment.write_vectors`."""
        for part in filter(len, self._parts):
            write(np.ascontiguousarray(part, "<f4"))

    def _add(self, vectors: Vectors, rows: Rows) -> None:
        self._parts = [*self._parts, vectors]
        if (np.diff(rows) < 0).any():
            joined = self._joined()
            self._parts = [np.empty_like(joined)]
            self._parts[0][rows] = joined

    def _keep(self, rows: Rows) -> None:
        self._parts = [self._joined()[rows]]

    def _search(self, question: Vectors, depth: int, selector: Any, *, everywhere: bool) -> tuple[Scores, Rows]:
        joined = self._joined()
        if self.file is not None:
            self.file.check(np.array([0]), np.array([joined.nbytes]))
        scores, rows = np.empty(depth, np.float32), np.empty(depth, np.int64)
        # What IndexFlatIP does with vectors of its own.
        faiss.knn_inner_product(
            faiss.swig_ptr(question), faiss.swig_ptr(joined), self.dimension, 1, len(joined), depth,
            faiss.swig_ptr(scores), faiss.swig_ptr(rows), selector,
        )  # fmt: skip
        return scores, rows

    def _joined(self) -> Vectors:
        parts = self._parts
        if len(parts) > 1:
            parts = self._parts = [np.concatenate(parts)]
        return parts[0]
