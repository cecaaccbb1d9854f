"""The dense index: FAISS, inner product of unit vectors; exact, but for very many passages.

An index has one or two segments: what was loaded from its file, and what was added since. So adding a passage costs
the same however many there are, where FAISS would copy them all to make room. When the index is saved they become one,
which beyond `EXACT_LIMIT` passages is an approximate one; what is added to that later is searched exactly.

The file is a cache of what the store has: written whole or not at all, and known by its hash to be what was written.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import faiss
import numpy as np
from numpy.typing import NDArray

from rag.core.atomic_files import replace_by
from rag.core.errors import IndexDamagedError
from rag.core.ports import Ids, Scores, Vectors, as_ids
from rag.indexes.dense_segments import ApproximateSegment, ExactSegment, Segment, merge

EXACT_LIMIT = 300_000
"""Up to so many passages the search is exact: 20 ms on one thread at this size, and growing with it."""
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
    """Nearest passages. Implements `rag.core.ports.VectorIndex`.

    Any number of threads may search at the same time, but none beside `add`, `remove` or `save`. `stamp` is that of
    the file the index was loaded from or saved to. Beyond `exact_limit` passages it is approximate once saved.
    """

    @classmethod
    def for_many(cls, sample: Vectors, count: int, *, exact_limit: int = EXACT_LIMIT) -> DenseIndex:
        """An empty approximate index for so many vectors, of which these, of shape (n, dimension), are a fair sample.

        It takes each as it comes, where an exact one would need them all in memory before it is saved.
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
        """The same passages, to be changed while this index is searched on; costs nothing for what both have."""
        forked = DenseIndex(self.dimension, exact_limit=self._exact_limit)
        forked.stamp = self.stamp
        forked._segments = [segment.fork() for segment in self._segments]
        if len(forked._segments) == 1:
            forked._segments.append(ExactSegment.empty(self.dimension))
        return forked

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

    def agree(self, ids: Ids, vectors: Vectors) -> NDArray[np.bool_]:
        """Whether each of these ids, all of which are there, has this vector, shape (n,)."""
        agreed = np.zeros(len(ids), np.bool_)
        for segment in self._segments:
            held = segment.holds(ids)
            agreed[held] = segment.agree(ids[held], vectors[held])
        return agreed

    @property
    def outgrown(self) -> bool:
        """Whether the index is to be made anew from the store's vectors: it is for many fewer or many more of them."""
        made = self._segments[0]
        if not isinstance(made, ApproximateSegment):
            return len(self) > self._exact_limit
        return not min(self._exact_limit, made.made_for) / 2 <= len(self) <= 4 * made.made_for

    def search(self, vector: Vectors, k: int, within: Ids | None = None) -> tuple[Ids, Scores]:
        """At most k ids and cosines, best first, ties by lower id; of these ids, with `within`.

        `vector` has shape (dimension,).
        """
        if k < 1 or not len(self):
            return as_ids([]), np.zeros(0, np.float32)
        if vector.shape != (self.dimension,):
            raise ValueError(f"the question's vector has shape {vector.shape}, not ({self.dimension},)")
        # Set in the thread that searches: OpenMP keeps the number per thread.
        faiss.omp_set_num_threads(1)
        question = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        found = [segment.search(question, k, within) for segment in self._segments]
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

        FAISS's own file writer has no checksum and reports success on a full disk, so the bytes are written here, block
        by block, as a copy of them all would take as much memory again: once to hash them, once to write them.
        """
        merged = merge(self._segments, self._exact_limit)
        self._segments = [merged]
        if isinstance(merged, ApproximateSegment):
            self._segments.append(ExactSegment.empty(self.dimension))
        made, stamp = self._segments[0], Stamp(self.dimension, generation, len(self), token)
        header = _HEADER.pack(_MAGIC, _FORMAT, *stamp[:3], token.encode())
        digest = hashlib.sha256(header)
        _serialise(made, digest.update)

        def write(file: BinaryIO) -> None:
            file.write(header + digest.digest())
            _serialise(made, file.write)

        replace_by(path, write)
        self.stamp = stamp

    @classmethod
    def load(cls, path: Path, *, exact_limit: int = EXACT_LIMIT) -> DenseIndex:
        """The index as it was saved. Raises IndexDamagedError where the file is missing or not what was written."""
        try:
            with path.open("rb") as file:
                return cls._read(file, path, exact_limit)
        except OSError as error:
            raise _damaged(path, error.strerror or "unreadable") from error

    @classmethod
    def _read(cls, file: BinaryIO, path: Path, exact_limit: int) -> DenseIndex:
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
            read = faiss.read_index(faiss.PyCallbackIOReader(file.read, _BLOCK))
        except RuntimeError as error:
            raise _damaged(path, "written by another FAISS") from error
        index = cls(stamp.dimension, exact_limit=exact_limit)
        kind = ApproximateSegment if isinstance(read, faiss.IndexIVF) else ExactSegment
        index._segments.insert(0, kind(read, ids))
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


def _unpack(header: bytes) -> Stamp | None:
    if len(header) < _HEADER.size:
        return None
    magic, written, dimension, generation, vectors, token = _HEADER.unpack(header)
    if (magic, written) != (_MAGIC, _FORMAT):
        return None
    return Stamp(dimension, generation, vectors, token.rstrip(b"\0").decode("ascii", "replace"))


def _serialise(segment: Segment, write: Callable[[bytes], object]) -> None:
    """Gives `write` the ids and what FAISS makes of the vectors, in this order, in pieces of its own choosing."""
    write(segment.ids.astype("<i8").tobytes())
    faiss.write_index(segment.index, faiss.PyCallbackIOWriter(write, _BLOCK))


def _digest(parts: Iterable[Any]) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def _damaged(path: Path, what: str) -> IndexDamagedError:
    return IndexDamagedError(
        f"{path} can't be used ({what})", remedy=f"delete it: it is made anew from {path.parent}", path=str(path)
    )
