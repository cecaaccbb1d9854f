"""The dense index: FAISS, exact, inner product of unit vectors.

An index has one or two segments: what was loaded from its file, and what was added since. So adding a passage costs
the same however many there are, where FAISS would copy them all to make room. A removed passage's row stays as a
tombstone that searches pass over, until a tenth of its segment are such: only then is the pass made that clears them.

The file is a cache of what the store has: written whole or not at all, and known by its hash to be what was written.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from rag.durable import replace_file
from rag.errors import IndexDamagedError
from rag.ports import Ids, Scores, Vectors, as_ids

_COMPACT_AT = 0.1
_HEADER = struct.Struct("<8sIIQQ16s")
"""Magic, format, dimension, generation, number of vectors, the generation's token. The file goes on with the sha256
of this and all that follows, then the ids as little-endian int64, then FAISS's own serialisation."""
_MAGIC = b"RAGDENSE"
_FORMAT = 1
_BLOCK = 2**20
_HASH_BYTES = hashlib.sha256().digest_size


class Stamp(NamedTuple):
    """What a file says of itself: made from which of the store's generations, and of how many vectors of what size."""

    dimension: int
    generation: int
    vectors: int
    token: str


class DenseIndex:
    """Exact nearest passages. Implements `rag.ports.VectorIndex`.

    Any number of threads may search at the same time, but none beside `add`, `remove` or `save`. `stamp` is that of
    the file the index was loaded from or saved to.
    """

    def __init__(self, dimension: int) -> None:
        self.dimension = dimension
        self.stamp = Stamp(dimension, generation=0, vectors=0, token="")
        self._segments = [_Segment(faiss.IndexFlatIP(dimension), as_ids([]))]

    def __len__(self) -> int:
        return sum(segment.count for segment in self._segments)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Adds vectors of shape (n, dimension) under ids of shape (n,). Raises ValueError where an id is taken."""
        if vectors.shape != (len(ids), self.dimension):
            raise ValueError(
                f"{len(ids)} ids want vectors of shape ({len(ids)}, {self.dimension}), not {vectors.shape}"
            )
        if len(np.unique(ids)) < len(ids) or self.holds(ids).any():
            raise ValueError(f"some of the ids are given twice, or are there already: {ids.tolist()}")
        self._segments[-1].add(ids, vectors)

    def remove(self, ids: Ids) -> None:
        """Forgets these ids; ids that are not there are passed over."""
        for segment in self._segments:
            segment.remove(ids)

    def holds(self, ids: Ids) -> NDArray[np.bool_]:
        """Which of the ids are there, shape (n,)."""
        held: NDArray[np.bool_] = np.logical_or.reduce([segment.holds(ids) for segment in self._segments])
        return held

    def search(self, vector: Vectors, k: int) -> tuple[Ids, Scores]:
        """At most k ids and cosines, best first, ties by lower id. `vector` has shape (dimension,)."""
        if k < 1 or not len(self):
            return as_ids([]), np.zeros(0, np.float32)
        if vector.shape != (self.dimension,):
            raise ValueError(f"the question's vector has shape {vector.shape}, not ({self.dimension},)")
        # Set in the thread that searches: OpenMP keeps the number per thread.
        faiss.omp_set_num_threads(1)
        question = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        found = [segment.search(question, k) for segment in self._segments]
        ids, scores = (np.concatenate(parts) for parts in zip(*found, strict=True))
        order = np.lexsort((ids, -scores))[:k]
        return ids[order], scores[order]

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors of these ids in their order, shape (n, dimension). Raises KeyError where one is not there."""
        vectors = np.zeros((len(ids), self.dimension), np.float32)
        missing = np.ones(len(ids), np.bool_)
        for segment in self._segments:
            held = segment.holds(ids)
            vectors[held] = segment.vectors(ids[held])
            missing &= ~held
        if missing.any():
            raise KeyError(int(ids[missing][0]))
        return vectors

    def save(self, path: Path, generation: int, token: str = "") -> None:
        """Writes the index whole or not at all, stamped with the generation. Raises OSError.

        FAISS's own `write_index` has no checksum and reports success on a full disk, so the bytes are written here.
        """
        self._segments = [_merge(self._segments)]
        ids = self._segments[0].ids.astype("<i8").tobytes()
        flat = memoryview(faiss.serialize_index(self._segments[0].flat))
        stamp = Stamp(self.dimension, generation, len(self), token)
        header = _HEADER.pack(_MAGIC, _FORMAT, *stamp[:3], token.encode())
        replace_file(path, [header, _digest([header, ids, flat]), ids, flat])
        self.stamp = stamp

    @classmethod
    def load(cls, path: Path) -> DenseIndex:
        """The index as it was saved. Raises IndexDamagedError where the file is missing or not what was written."""
        try:
            with path.open("rb") as file:
                return cls._read(file, path)
        except OSError as error:
            raise _damaged(path, error.strerror or "unreadable") from error

    @classmethod
    def _read(cls, file: BinaryIO, path: Path) -> DenseIndex:
        """Reads the file twice, block by block: FAISS gets to see it only when its hash is right."""
        header, digest = file.read(_HEADER.size), file.read(_HASH_BYTES)
        start = file.tell()
        if _digest([header, *iter(lambda: file.read(_BLOCK), b"")]) != digest:
            raise _damaged(path, "checksum")
        stamp = _unpack(header)
        if stamp is None:
            raise _damaged(path, "another format")
        file.seek(start)
        ids = np.frombuffer(file.read(8 * stamp.vectors), dtype="<i8").astype(np.int64)
        try:
            flat = faiss.read_index(faiss.PyCallbackIOReader(file.read, _BLOCK))
        except RuntimeError as error:
            raise _damaged(path, "written by another FAISS") from error
        index = cls(stamp.dimension)
        index._segments.insert(0, _Segment(flat, ids))
        index.stamp = stamp
        return index

    @staticmethod
    def read_stamp(path: Path) -> Stamp | None:
        """What the file says of itself, unchecked; None where it says nothing."""
        try:
            with path.open("rb") as file:
                return _unpack(file.read(_HEADER.size))
        except OSError:
            return None


class _Segment:
    """A flat FAISS index, the id of each of its rows, and which of the rows are alive."""

    def __init__(self, flat: Any, ids: Ids) -> None:
        self.flat = flat
        self.ids = ids
        self._alive: NDArray[np.bool_] = np.ones(len(ids), np.bool_)
        self._select()

    def holds(self, ids: Ids) -> NDArray[np.bool_]:
        """Which of the ids are here and alive, shape (n,)."""
        return np.isin(ids, self.ids if self._selection is None else self.ids[self._alive])

    def add(self, ids: Ids, vectors: Vectors) -> None:
        self.flat.add(np.ascontiguousarray(vectors, dtype=np.float32))
        self.ids = np.concatenate([self.ids, ids])
        self._alive = np.concatenate([self._alive, np.ones(len(ids), np.bool_)])
        self._select()

    def remove(self, ids: Ids) -> None:
        gone = np.isin(self.ids, ids) & self._alive
        if gone.any():
            self._alive &= ~gone
            self._select()
        if self.count < (1 - _COMPACT_AT) * len(self.ids):
            self.compact()

    def compact(self) -> None:
        """Clears the tombstones; FAISS moves the rows up in their order."""
        if self._selection is not None:
            self.flat.remove_ids(faiss.IDSelectorBitmap(np.packbits(~self._alive, bitorder="little")))
            self.ids = self.ids[self._alive]
            self._alive = np.ones(len(self.ids), np.bool_)
            self._select()

    def search(self, question: Vectors, k: int) -> tuple[Ids, Scores]:
        """The k best and all that tie with the k-th, in any order. `question` has shape (1, dimension)."""
        depth = min(k + 1, self.count)
        while depth:
            scores, rows = self.flat.search(question, depth, params=self._selection)
            # FAISS pads with -1 what it can't find: a question that is no number finds nothing.
            found = rows[0] >= 0
            if depth == self.count or not found.all() or scores[0, -1] < scores[0, k - 1]:
                return self.ids[rows[0, found]], scores[0, found]
            # FAISS would break ties its own way: look on until the k-th score is left behind.
            depth = min(2 * depth, self.count)
        return as_ids([]), np.zeros(0, np.float32)

    def vectors(self, ids: Ids) -> Vectors:
        """The vectors of ids that are here, in their order, shape (n, dimension)."""
        rows = np.flatnonzero(np.isin(self.ids, ids) & self._alive)
        rows = rows[np.argsort(self.ids[rows])]
        places = rows[np.searchsorted(self.ids[rows], ids)] if len(ids) else rows
        vectors: Vectors = self.flat.reconstruct_batch(places)
        return vectors

    def _select(self) -> None:
        """Has FAISS pass over the tombstones, where there are any."""
        self.count = int(np.count_nonzero(self._alive))
        self._selection: Any = None
        if self.count < len(self.ids):
            bits = np.packbits(self._alive, bitorder="little")
            self._selection = faiss.SearchParameters(sel=faiss.IDSelectorBitmap(bits))


def _merge(segments: list[_Segment]) -> _Segment:
    """One segment with the rows alive of all."""
    for segment in segments:
        segment.compact()
    largest, *others = sorted(segments, key=lambda segment: -segment.count)
    for other in others:
        if other.count:
            largest.add(other.ids, other.flat.reconstruct_n(0, other.count))
    return largest


def _unpack(header: bytes) -> Stamp | None:
    if len(header) < _HEADER.size:
        return None
    magic, written, dimension, generation, vectors, token = _HEADER.unpack(header)
    if (magic, written) != (_MAGIC, _FORMAT):
        return None
    return Stamp(dimension, generation, vectors, token.rstrip(b"\0").decode("ascii", "replace"))


def _digest(parts: Iterable[Any]) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def _damaged(path: Path, what: str) -> IndexDamagedError:
    return IndexDamagedError(f"{path} can't be used ({what}); delete it: it is made anew from {path.parent}")
