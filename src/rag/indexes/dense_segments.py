"""Parts of the dense index: vectors under their ids, searched exactly or, if there are very many, approximately.

A removed id becomes a tombstone that searches skip. When a tenth of a segment are tombstones, they are cleared.
"""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from rag.core.ports import Ids, Scores, Vectors, as_ids

_COMPACT_AT = 0.1
"""Share of tombstones in a segment at which they are cleared."""
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


class Segment(ABC):
    """A FAISS index, the ids of its vectors, and which of them are alive.

    Attributes:
        index: The FAISS index.
        ids: The id of each vector, tombstones included.
        count: Number of vectors alive.
    """

    def __init__(self, index: Any, ids: Ids) -> None:
        self.index = index
        self.ids = ids
        self._alive: NDArray[np.bool_] = np.ones(len(ids), np.bool_)
        self._shared = False
        self._select()

    def fork(self) -> Self:
        """Copies the segment, so that a change of one does not affect the other.

        Vectors are copied only when one of them changes. During the call, a segment may be searched but not changed.
        """
        self._shared = True
        return copy.copy(self)

    def holds(self, ids: Ids) -> NDArray[np.bool_]:
        """Returns whether each of the ids is stored and alive, shape (n,)."""
        return np.isin(ids, self.ids[self._alive] if self.count < len(self.ids) else self.ids)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Adds vectors of shape (n, dimension) under ids of shape (n,), none of which is alive here."""
        self._own()
        self._add(ids, np.ascontiguousarray(vectors, dtype=np.float32))
        self.ids = np.concatenate([self.ids, ids])
        self._alive = np.concatenate([self._alive, np.ones(len(ids), np.bool_)])
        self._select()

    def remove(self, ids: Ids) -> None:
        """Removes these ids; unknown ids are ignored."""
        gone = np.isin(self.ids, ids) & self._alive
        if gone.any():
            self._alive = self._alive & ~gone
            self._select()
        if self.count < (1 - _COMPACT_AT) * len(self.ids):
            self.compact()

    def compact(self) -> None:
        """Clears the tombstones."""
        if self.count < len(self.ids):
            self._own()
            self._clear()
            self.ids = self.ids[self._alive]
            self._alive = np.ones(len(self.ids), np.bool_)
            self._select()

    def search(self, question: Vectors, k: int, within: Ids | None = None) -> tuple[Ids, Scores]:
        """Finds the k best vectors and all that tie with the k-th.

        Args:
            question: The question's vector, shape (1, dimension).
            k: Number of vectors wanted.
            within: Ids to search among; None searches all.

        Returns:
            Ids and scores, in any order.
        """
        count, parameters = self.count, self._parameters
        if within is not None:
            chosen = self._alive & np.isin(self.ids, within)
            count, parameters = int(np.count_nonzero(chosen)), self._parameters_within(chosen)
        depth = min(k + 1, count)
        while depth:
            scores, found = self.index.search(question, depth, params=parameters)
            # FAISS pads a short result with -1: a question with NaN finds nothing.
            there = found[0] >= 0
            if depth == count or not there.all() or scores[0, -1] < scores[0, k - 1]:
                return self._ids_of(found[0, there]), scores[0, there]
            # FAISS orders ties its own way, so the search goes deeper until a score is below the k-th.
            depth = min(2 * depth, count)
        return as_ids([]), np.zeros(0, np.float32)

    def _own(self) -> None:
        """Copies what a fork shares, before a change."""
        if self._shared:
            self.index = faiss.clone_index(self.index)
            self._shared = False

    def _select(self) -> None:
        """Makes FAISS skip the tombstones, if there are any."""
        self.count = int(np.count_nonzero(self._alive))
        self._parameters = self._search_parameters()

    @abstractmethod
    def vectors(self, ids: Ids) -> Vectors:
        """Reads the vectors of stored ids, in their order, shape (n, dimension)."""

    @abstractmethod
    def agree(self, ids: Ids, vectors: Vectors) -> NDArray[np.bool_]:
        """Returns whether each stored id has this vector, as precisely as the segment keeps it, shape (n,)."""

    @abstractmethod
    def _add(self, ids: Ids, vectors: Vectors) -> None: ...

    @abstractmethod
    def _clear(self) -> None: ...

    @abstractmethod
    def _search_parameters(self) -> Any: ...

    @abstractmethod
    def _parameters_within(self, chosen: NDArray[np.bool_]) -> Any:
        """Makes FAISS search all of the chosen vectors and no others; `chosen` has shape (len(ids),)."""

    @abstractmethod
    def _ids_of(self, found: Ids) -> Ids: ...


class ExactSegment(Segment):
    """Vectors in full precision, in the order of adding. Each question is compared with all of them."""

    @classmethod
    def empty(cls, dimension: int) -> ExactSegment:
        """Makes a segment without vectors."""
        return cls(faiss.IndexFlatIP(dimension), as_ids([]))

    def vectors(self, ids: Ids) -> Vectors:
        """See `Segment.vectors`."""
        rows = np.flatnonzero(np.isin(self.ids, ids) & self._alive)
        rows = rows[np.argsort(self.ids[rows])]
        places = rows[np.searchsorted(self.ids[rows], ids)] if len(ids) else rows
        vectors: Vectors = self.index.reconstruct_batch(places)
        return vectors

    def agree(self, ids: Ids, vectors: Vectors) -> NDArray[np.bool_]:
        """See `Segment.agree`."""
        same: NDArray[np.bool_] = (self.vectors(ids) == vectors).all(axis=1)
        return same

    def _add(self, ids: Ids, vectors: Vectors) -> None:
        self.index.add(vectors)

    def _clear(self) -> None:
        # FAISS closes the gaps and keeps the order.
        self.index.remove_ids(faiss.IDSelectorBitmap(np.packbits(~self._alive, bitorder="little")))

    def _search_parameters(self) -> Any:
        if self.count == len(self.ids):
            return None
        return self._parameters_within(self._alive)

    def _parameters_within(self, chosen: NDArray[np.bool_]) -> Any:
        return faiss.SearchParameters(sel=faiss.IDSelectorBitmap(np.packbits(chosen, bitorder="little")))

    def _ids_of(self, found: Ids) -> Ids:
        return self.ids[found]


class ApproximateSegment(Segment):
    """Vectors in eight bits per number, in lists around centroids (IVF-SQ8). Only the nearest lists are searched.

    It takes an eighth of the work and a quarter of the memory, and its scores are right to about 0.001. It is added to
    only while it has no tombstones, because an id that returned would also revive its old vector.
    """

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
        return cls(index, as_ids([]))

    @property
    def made_for(self) -> int:
        """The number of vectors that the segment was trained for."""
        return int((self.index.nlist / 2) ** 2)

    def vectors(self, ids: Ids) -> Vectors:
        """See `Segment.vectors`; the vectors are restored from eight bits."""
        # Searches do not need this map, so it exists only during the call.
        self.index.set_direct_map_type(faiss.DirectMap.Hashtable)
        try:
            vectors: Vectors = self.index.reconstruct_batch(ids)
        finally:
            self.index.set_direct_map_type(faiss.DirectMap.NoMap)
        return vectors

    def agree(self, ids: Ids, vectors: Vectors) -> NDArray[np.bool_]:
        """See `Segment.agree`."""
        alike: NDArray[np.bool_] = np.einsum("ij,ij->i", self.vectors(ids), vectors) >= _ALIKE
        return alike

    def _add(self, ids: Ids, vectors: Vectors) -> None:
        self.index.add_with_ids(vectors, ids)

    def _clear(self) -> None:
        self.index.remove_ids(faiss.IDSelectorBatch(self.ids[~self._alive]))

    def _search_parameters(self) -> Any:
        probed = min(max(self.index.nlist // _PROBED, _FEWEST), self.index.nlist)
        if self.count == len(self.ids):
            return faiss.SearchParametersIVF(nprobe=probed)
        # Kept alive, because FAISS holds only pointers to them.
        self._dead = faiss.IDSelectorBatch(self.ids[~self._alive])
        self._living = faiss.IDSelectorNot(self._dead)
        return faiss.SearchParametersIVF(sel=self._living, nprobe=probed)

    def _parameters_within(self, chosen: NDArray[np.bool_]) -> Any:
        # All lists are searched, because the nearest ones may hold none of a few ids.
        return faiss.SearchParametersIVF(sel=faiss.IDSelectorBatch(self.ids[chosen]), nprobe=self.index.nlist)

    def _ids_of(self, found: Ids) -> Ids:
        return as_ids(found)


def sample_step(count: int) -> int:
    """Returns the step between training vectors: of `count` vectors, one in this many is enough."""
    return max(int(count / (_POINTS * 2 * count**0.5)), 1)


def merge(segments: list[Segment], exact_limit: int) -> Segment:
    """Merges segments into one with all vectors alive.

    Args:
        segments: The segments; they may be changed.
        exact_limit: Number of vectors beyond which the result is approximate.
    """
    for segment in segments:
        segment.compact()
    largest, *others = sorted(segments, key=lambda segment: -segment.count)
    total = sum(segment.count for segment in segments)
    if total > exact_limit and isinstance(largest, ExactSegment):
        vectors = np.concatenate([segment.vectors(segment.ids) for segment in segments])
        merged: Segment = ApproximateSegment.trained(vectors, total)
        merged.add(np.concatenate([segment.ids for segment in segments]), vectors)
        return merged
    for other in others:
        if other.count:
            largest.add(other.ids, other.vectors(other.ids))
    return largest
