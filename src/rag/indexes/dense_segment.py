"""A part of the dense index: vectors under their ids.

The vectors of a segment have rows in the order of their ids. A removed vector keeps its row until the segment is
written again; searches skip it. A segment is in memory, or it is a file that is mapped and never changes. What a search
or a look-up uses of a file is checked before FAISS gets it, because FAISS files have no checksum and a flipped bit can
make FAISS answer wrongly or not return.
"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from rag.core.ports import Ids, Scores, Vectors, as_ids
from rag.indexes.checked_file import CheckedFile
from rag.indexes.dense_manifest import Bits
from rag.indexes.id_column import IdColumn

Rows = NDArray[np.int64]
"""Rows of a segment, shape (n,)."""


class Segment(ABC):
    """Vectors by row, their ids, and which of them are alive.

    Attributes:
        ids: The id of each row, removed ones included.
        file: The segment's file; None if it is in memory.
        alive: The rows that are not removed; None if no row is removed.
        count: Number of vectors alive.
    """

    def __init__(self, ids: IdColumn, file: CheckedFile | None = None) -> None:
        self.ids = ids
        self.file = file
        self.alive: Bits | None = None
        self.count = len(ids)

    def fork(self) -> Self:
        """Copies the segment, so that a change of one does not affect the other. Vectors are not copied."""
        return copy.copy(self)

    def with_alive(self, alive: Bits | None) -> Self:
        """Returns the segment with these rows alive; None is all."""
        other = copy.copy(self)
        other.alive = alive
        other.count = len(self.ids) if alive is None else int(np.bitwise_count(alive).sum())
        return other

    def find(self, ids: Ids) -> Rows:
        """Returns the row of each id, shape (n,); -1 for an id that is not stored or not alive."""
        rows = self.ids.rows(ids)
        if self.alive is not None:
            rows = np.where(self.alive[rows >> 3] >> (rows & 7) & 1, rows, -1)
        return rows

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Adds vectors of shape (n, dimension) under ids of shape (n,), none of which is alive here.

        A segment that is a file can't be added to.
        """
        self.compact()
        joined = np.concatenate([self.ids.all(), ids])
        order = np.argsort(joined, kind="stable")
        rows = np.empty_like(order)
        rows[order] = np.arange(len(order))
        self._add(np.ascontiguousarray(vectors, dtype=np.float32), rows)
        self.ids, self.count = IdColumn(joined[order]), len(joined)

    def compact(self) -> None:
        """Drops the removed vectors. A segment that is a file can't be compacted."""
        if self.alive is not None:
            rows = self.living()
            kept = self.ids.at(rows)
            self._keep(rows)
            self.ids, self.alive = IdColumn(kept), None

    def remove(self, ids: Ids) -> None:
        """Removes these ids; unknown ids are ignored."""
        rows = self.find(ids)
        rows = rows[rows >= 0]
        if len(rows):
            rows = np.unique(rows)  # only now: its first call takes 20 ms, because it imports numpy.ma
            alive = _bits(np.arange(len(self.ids)), len(self.ids)) if self.alive is None else self.alive
            self.alive = alive & ~_bits(rows, len(self.ids))
            self.count -= len(rows)

    def living(self) -> Rows:
        """The rows that are not removed, ascending."""
        if self.alive is None:
            return np.arange(len(self.ids))
        return np.flatnonzero(np.unpackbits(self.alive, count=len(self.ids), bitorder="little"))

    def search(self, question: Vectors, k: int, within: Ids | None = None) -> tuple[Ids, Scores]:
        """Finds the k best vectors and all that tie with the k-th.

        Args:
            question: The question's vector, shape (1, dimension).
            k: Number of vectors wanted.
            within: Ids to search among; None searches all.

        Returns:
            Ids and scores, in any order.

        Raises:
            IndexDamagedError: If the part of the file that is searched is not what was written.
        """
        count, chosen = self.count, self.alive
        if within is not None:
            rows = self.find(within)
            chosen = _bits(rows[rows >= 0], len(self.ids))
            count = int(np.bitwise_count(chosen).sum())
        depth = min(k + 1, count)
        selector = None if chosen is None else faiss.IDSelectorBitmap(chosen)
        while depth:
            scores, found = self._search(question, depth, selector, everywhere=within is not None)
            # FAISS pads a short result with -1: a question with NaN finds nothing.
            there = found >= 0
            if depth == count or not there.all() or scores[-1] < scores[k - 1]:
                return self.ids.at(found[there]), scores[there]
            # FAISS orders ties its own way, so the search goes deeper until a score is below the k-th.
            depth = min(2 * depth, count)
        return as_ids([]), np.zeros(0, np.float32)

    @property
    @abstractmethod
    def dimension(self) -> int:
        """Numbers per vector."""

    @abstractmethod
    def vectors(self, rows: Rows) -> Vectors:
        """Reads the vectors of rows, in their order, shape (n, dimension)."""

    @abstractmethod
    def agree(self, rows: Rows, vectors: Vectors) -> NDArray[np.bool_]:
        """Returns whether each row has this vector, as precisely as the segment keeps it, shape (n,)."""

    @abstractmethod
    def write_vectors(self, write: Callable[[Any], object]) -> None:
        """Writes the vectors in the form in which the class maps them."""

    @abstractmethod
    def _add(self, vectors: Vectors, rows: Rows) -> None:
        """Adds vectors; `rows` has the new row of each vector that was there, and then of each added one."""

    @abstractmethod
    def _keep(self, rows: Rows) -> None:
        """Drops all vectors but those of these rows, ascending, which become the rows from 0 on."""

    @abstractmethod
    def _search(self, question: Vectors, depth: int, selector: Any, *, everywhere: bool) -> tuple[Scores, Rows]:
        """Finds the best rows that the selector lets pass, best first, each of shape (depth,), padded with -1.

        `everywhere`: Whether no row may be left out, because the selector lets few pass.
        """


def _bits(rows: Rows, count: int) -> Bits:
    """These of `count` rows as bits."""
    chosen = np.zeros(count, np.bool_)
    chosen[rows] = True
    return np.packbits(chosen, bitorder="little")
