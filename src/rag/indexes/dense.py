"""The dense index: FAISS, inner product of unit vectors. It is exact up to `EXACT_LIMIT` passages.

An index has one or two segments: the vectors loaded from its file, and those added later. So the cost of adding a
passage does not depend on the size of the index; FAISS alone would copy all vectors to make room. Saving merges the
segments. Beyond `EXACT_LIMIT` passages the merged segment is approximate; vectors added later are searched exactly.

The file is a cache of the store. It is written whole or not at all, and its hash shows that it is what was written.
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
from rag.core.ports import Ids, PassageSet, Scores, Vectors, as_ids
from rag.indexes.dense_segments import ApproximateSegment, ExactSegment, Segment, merge

EXACT_LIMIT = 300_000
"""Number of passages up to which the search is exact. It takes 20 ms on one thread at this size, and more beyond."""
_HEADER = struct.Struct("<8sIIQQ16s")
"""Magic, format, dimension, generation, number of vectors, and the generation's token.

The file continues with the sha256 of the header and all that follows, the ids as little-endian int64, and FAISS's own
serialisation.
"""
_MAGIC = b"RAGDENSE"
_FORMAT = 1
"""Version of the file's format."""
_BLOCK = 2**20
"""Bytes read or written at a time."""
_HASH_BYTES = hashlib.sha256().digest_size


class Stamp(NamedTuple):
    """What a file states about itself.

    Attributes:
        dimension: Numbers per vector.
        generation: The store's generation that it was made from.
        vectors: Number of vectors.
        token: The token of that generation.
    """

    dimension: int
    generation: int
    vectors: int
    token: str


class DenseIndex:
    """Nearest passages by cosine. Implements `rag.core.ports.VectorIndex`.

    Several threads may search at the same time, but not during `add`, `remove` or `save`.

    Args:
        dimension: Numbers per vector.
        exact_limit: Number of passages beyond which saving makes the index approximate.

    Attributes:
        stamp: The stamp of the file that the index was loaded from or saved to.
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
        if len(forked._segments) == 1:
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
        held: NDArray[np.bool_] = np.logical_or.reduce([segment.holds(ids) for segment in self._segments])
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
        for segment in self._segments:
            held = segment.holds(ids)
            agreed[held] = segment.agree(ids[held], vectors[held])
        return agreed

    @property
    def outgrown(self) -> bool:
        """Whether the index should be rebuilt, because it was made for far fewer or far more vectors than it has."""
        made = self._segments[0]
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
        for segment in self._segments:
            held = segment.holds(ids)
            vectors[held] = segment.vectors(ids[held])
            missing &= ~held
        if missing.any():
            raise KeyError(int(ids[missing][0]))
        return vectors

    def save(self, path: Path, generation: int, token: str = "") -> None:
        """Writes the index whole or not at all, stamped with the generation.

        FAISS's own file writer has no checksum and reports success on a full disk, so the bytes are written here. They
        are serialised twice in blocks, once to hash and once to write, because one copy would double the memory in use.

        Args:
            path: The file to write.
            generation: The store's generation that the index has.
            token: The token of that generation.

        Raises:
            OSError: If the file can't be written.
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
        """Reads a saved index.

        Raises:
            IndexDamagedError: If the file is missing or not what was written.
        """
        try:
            with path.open("rb") as file:
                return cls._read(file, path, exact_limit)
        except OSError as error:
            raise _damaged(path, error.strerror or "unreadable") from error

    @classmethod
    def _read(cls, file: BinaryIO, path: Path, exact_limit: int) -> DenseIndex:
        """Reads the file twice in blocks: FAISS reads it only after its hash was found right."""
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
        """Reads the stamp of a file without checking the file; None if there is no stamp."""
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
    """Passes the ids and FAISS's form of the vectors to `write`, in this order and in several pieces."""
    write(segment.ids.astype("<i8").tobytes())
    faiss.write_index(segment.index, faiss.PyCallbackIOWriter(write, _BLOCK))


def _digest(parts: Iterable[Any]) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part)
    return digest.digest()


def _damaged(path: Path, what: str) -> IndexDamagedError:
    return IndexDamagedError(
        f"{path} can't be used ({what})", remedy=f"delete it: it is rebuilt from {path.parent}", path=str(path)
    )
