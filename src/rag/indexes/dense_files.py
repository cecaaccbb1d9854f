"""The files of the dense index's segments: written, mapped and merged.

A segment's file is its vectors, its ids as little-endian int64, and every `STEP`-th id again, where a look-up begins.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rag.core.ports import Ids, Vectors, as_ids
from rag.indexes.checked_file import CheckedFile, write_checked
from rag.indexes.dense_approximate import ApproximateSegment
from rag.indexes.dense_exact import ExactSegment
from rag.indexes.dense_manifest import Entry
from rag.indexes.dense_segment import Segment
from rag.indexes.id_column import STEP, IdColumn

_WIDTH = 8
"""Bytes of an id."""


def write_segment(segment: Segment, folder: Path) -> Entry:
    """Writes a segment, all of whose vectors are alive, to a new file in a folder.

    Raises:
        OSError: If the file can't be written.
    """

    def write(piece: Callable[[Any], object]) -> None:
        segment.write_vectors(piece)
        piece(segment.ids.all().astype("<i8"))
        piece(segment.ids.firsts.astype("<i8"))

    name = f"{secrets.token_hex(8)}.segment"
    seal = write_checked(folder / name, write)
    return Entry(name, isinstance(segment, ApproximateSegment), len(segment.ids), seal, None)


def open_segment(entry: Entry, folder: Path, dimension: int) -> Segment:
    """Maps the file of a segment.

    Raises:
        IndexDamagedError: If the file is missing, or what is read of it is not what was written.
    """
    file = CheckedFile(folder / entry.name, entry.seal)
    steps = -(-entry.rows // STEP)
    firsts = entry.seal.size - _WIDTH * steps
    start = firsts - _WIDTH * entry.rows
    file.check(np.array([firsts]), np.array([entry.seal.size]))

    def check(begin: Any, end: Any) -> None:
        file.check(start + _WIDTH * begin, start + _WIDTH * end)

    ids = IdColumn(file.array("<i8", start, entry.rows), as_ids(file.array("<i8", firsts, steps)), check)
    segment: Segment
    if entry.approximate:
        segment = ApproximateSegment.mapped(file, ids, dimension, start)
    else:
        segment = ExactSegment.mapped(file, ids, dimension)
    return segment.with_alive(entry.alive)


def merge(segments: Sequence[Segment], exact_limit: int) -> Segment:
    """Merges segments into one in memory, with all vectors alive.

    Args:
        segments: At least one segment. Those in memory may be changed.
        exact_limit: Number of vectors beyond which the result is approximate.

    Raises:
        IndexDamagedError: If a file is not what was written.
    """
    largest = max(segments, key=lambda segment: segment.count)
    merged: Segment
    if isinstance(largest, ApproximateSegment):
        merged = largest.in_memory()
        merged.compact()
        segments = [segment for segment in segments if segment is not largest]
    elif (count := sum(segment.count for segment in segments)) > exact_limit:
        merged = ApproximateSegment.trained(np.concatenate([_living(segment)[1] for segment in segments]), count)
    else:
        merged = ExactSegment.empty(largest.dimension)
    for segment in segments:
        merged.add(*_living(segment))
    return merged


def _living(segment: Segment) -> tuple[Ids, Vectors]:
    """The ids and vectors of a segment that are alive."""
    rows = segment.living()
    return segment.ids.at(rows), segment.vectors(rows)
