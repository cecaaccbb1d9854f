"""Parts of the dense index: vectors under their ids, searched exactly or, where there are very many, approximately.

A removed id stays as a tombstone that searches pass over, until a tenth of its segment are such: only then is the pass
made that clears them.
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
_ALIKE = 0.99
"""The least cosine of a vector to its form in eight bits."""
_POINTS = 40
"""Training vectors for each of the lists; k-means gains little from more."""
_ROUNDS = 8
_PROBED = 4
"""Every so manieth list is searched, and `_FEWEST` at least: of news, a sixteenth of them lacks 4 % of the nearest."""
_FEWEST = 16


class Segment(ABC):
    """A FAISS index, the id of each of its vectors, and which of them are alive."""

    def __init__(self, index: Any, ids: Ids) -> None:
        self.index = index
        self.ids = ids
        self._alive: NDArray[np.bool_] = np.ones(len(ids), np.bool_)
        self._shared = False
        self._select()

    def fork(self) -> Self:
        """The same vectors; what becomes of the one changes nothing of the other.

        Nothing is copied before one of them changes. While it is forked, a segment may be searched, not changed.
        """
        self._shared = True
        return copy.copy(self)

    def holds(self, ids: Ids) -> NDArray[np.bool_]:
        """Which of the ids are here and alive, shape (n,)."""
        return np.isin(ids, self.ids[self._alive] if self.count < len(self.ids) else self.ids)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Takes vectors of shape (n, dimension) under ids of shape (n,), none of which is alive here."""
        self._own()
        self._add(ids, np.ascontiguousarray(vectors, dtype=np.float32))
        self.ids = np.concatenate([self.ids, ids])
        self._alive = np.concatenate([self._alive, np.ones(len(ids), np.bool_)])
        self._select()

    def remove(self, ids: Ids) -> None:
        """Forgets these ids; those that are not here are passed over."""
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
        """The k best and all that tie with the k-th, in any order; of these ids, with `within`.

        `question` has shape (1, dimension).
        """
        count, parameters = self.count, self._parameters
        if within is not None:
            chosen = self._alive & np.isin(self.ids, within)
            count, parameters = int(np.count_nonzero(chosen)), self._parameters_within(chosen)
        depth = min(k + 1, count)
        while depth:
            scores, found = self.index.search(question, depth, params=parameters)
            # FAISS pads with -1 what it can't find: a question that is no number finds nothing.
            there = found[0] >= 0
            if depth == count or not there.all() or scores[0, -1] < scores[0, k - 1]:
                return self._ids_of(found[0, there]), scores[0, there]
            # FAISS would break ties its own way: look on until the k-th score is left behind.
            depth = min(2 * depth, count)
        return as_ids([]), np.zeros(0, np.float32)

    def _own(self) -> None:
        """Copies what a fork shares, before it is changed."""
        if self._shared:
            self.index = faiss.clone_index(self.index)
            self._shared = False

    def _select(self) -> None:
        """Has FAISS pass over the tombstones, where there are any."""
        self.count = int(np.count_nonzero(self._alive))
        self._parameters = self._search_parameters()

    @abstractmethod
    def vectors(self, ids: Ids) -> Vectors:
        """The vectors of ids that are here, in their order, shape (n, dimension)."""

    @abstractmethod
    def agree(self, ids: Ids, vectors: Vectors) -> NDArray[np.bool_]:
        """Whether each of these ids, which are here, has this vector, as far as the segment keeps it; shape (n,)."""

    @abstractmethod
    def _add(self, ids: Ids, vectors: Vectors) -> None: ...

    @abstractmethod
    def _clear(self) -> None: ...

    @abstractmethod
    def _search_parameters(self) -> Any: ...

    @abstractmethod
    def _parameters_within(self, chosen: NDArray[np.bool_]) -> Any:
        """What has FAISS look only at those chosen, shape (len(ids),), and at each of them."""

    @abstractmethod
    def _ids_of(self, found: Ids) -> Ids: ...


class ExactSegment(Segment):
    """Every vector as it is, in the order in which they came: each question is compared with all of them."""

    @classmethod
    def empty(cls, dimension: int) -> ExactSegment:
        """A segment without vectors."""
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
        # FAISS moves the rows up in their order.
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
    """Vectors in eight bits a number, in lists around centroids (IVF-SQ8); the nearest lists are searched.

    An eighth of the work, a quarter of the room, and a score that is right to about 0.001. It is added to only where
    it has no tombstones, since an id that came back would wake its own.
    """

    @classmethod
    def trained(cls, sample: Vectors, count: int) -> ApproximateSegment:
        """An empty segment made for so many vectors, of which these, of shape (n, dimension), are some."""
        given, dimension = sample.shape
        lists = min(max(int(2 * count**0.5), 1), given)
        index = faiss.IndexIVFScalarQuantizer(
            faiss.IndexFlatIP(dimension), dimension, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        index.cp.niter, index.cp.max_points_per_centroid, index.cp.min_points_per_centroid = _ROUNDS, _POINTS, 1
        index.cp.spherical = True
        # Every n-th, as neighbours in the library often tell of the same.
        index.train(np.ascontiguousarray(sample[:: max(given // (_POINTS * lists), 1)]))
        return cls(index, as_ids([]))

    @property
    def made_for(self) -> int:
        """The number of vectors that it was trained for."""
        return int((self.index.nlist / 2) ** 2)

    def vectors(self, ids: Ids) -> Vectors:
        """See `Segment.vectors`; what eight bits keep of them."""
        # The map that this needs is made when it is asked for: searches go without it.
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
        # Kept, as FAISS only points to them.
        self._dead = faiss.IDSelectorBatch(self.ids[~self._alive])
        self._living = faiss.IDSelectorNot(self._dead)
        return faiss.SearchParametersIVF(sel=self._living, nprobe=probed)

    def _parameters_within(self, chosen: NDArray[np.bool_]) -> Any:
        # All lists: of few ids, the nearest lists may hold none.
        return faiss.SearchParametersIVF(sel=faiss.IDSelectorBatch(self.ids[chosen]), nprobe=self.index.nlist)

    def _ids_of(self, found: Ids) -> Ids:
        return as_ids(found)


def sample_step(count: int) -> int:
    """Every so manieth of so many vectors is enough to train on."""
    return max(int(count / (_POINTS * 2 * count**0.5)), 1)


def merge(segments: list[Segment], exact_limit: int) -> Segment:
    """One segment with the vectors alive of all; an approximate one where they are more than the limit."""
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
