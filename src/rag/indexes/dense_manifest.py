"""The manifest of the dense index: its generation, its segments, and which of their vectors are removed.

Segments are files that never change (`rag.indexes.dense_segments`). A change writes new ones and then replaces the
manifest, which makes the change whole: after a crash the folder has the old segments or the new ones.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.core.atomic_files import replace_file
from rag.indexes.checked_file import Seal, damaged

MANIFEST = "manifest"
"""The file's name. It is the sha256 of the rest, in hexadecimal digits; a line of JSON; and the bits of the segments.

The bits of a segment tell which of its rows are alive, eight rows in a byte, the lowest first. A segment without a
removed row has none.
"""
_FORMAT = 2
"""Version of the format of the manifest and of the segments."""
_HASH = 64

Bits = NDArray[np.uint8]
"""Rows of a segment as bits, shape (ceil(rows / 8),)."""


class Stamp(NamedTuple):
    """What a dense index states about itself.

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


class Entry(NamedTuple):
    """A segment.

    Attributes:
        name: The name of its file.
        approximate: Whether its vectors are kept in eight bits and searched approximately.
        rows: Number of vectors, removed ones included.
        seal: The seal of its file.
        alive: The rows that are not removed; None if no row is removed.
    """

    name: str
    approximate: bool
    rows: int
    seal: Seal
    alive: Bits | None


def write_manifest(folder: Path, stamp: Stamp, entries: Sequence[Entry]) -> None:
    """Replaces the manifest in a folder.

    Raises:
        OSError: If it can't be written.
    """
    segments = [
        {"name": name, "approximate": approximate, "rows": rows, **seal._asdict(), "removed": alive is not None}
        for name, approximate, rows, seal, alive in entries
    ]
    line = json.dumps({"format": _FORMAT, **stamp._asdict(), "segments": segments}).encode()
    content = b"\n".join([line, b"".join(entry.alive.tobytes() for entry in entries if entry.alive is not None)])
    replace_file(folder / MANIFEST, [hashlib.sha256(content).hexdigest().encode(), b"\n", content])


def read_manifest(folder: Path) -> tuple[Stamp, list[Entry]]:
    """Reads and checks the manifest in a folder.

    Raises:
        IndexDamagedError: If it is missing or not what was written.
    """
    path = folder / MANIFEST
    try:
        digest, _, content = path.read_bytes().partition(b"\n")
    except OSError as error:
        raise damaged(path, error.strerror or "unreadable") from error
    if hashlib.sha256(content).hexdigest().encode() != digest:
        raise damaged(path, "checksum")
    line, _, bits = content.partition(b"\n")
    facts = json.loads(line)
    if facts["format"] != _FORMAT:
        raise damaged(path, "another format")
    entries, start = [], 0
    for segment in facts["segments"]:
        alive = None
        if segment["removed"]:
            width = -(-segment["rows"] // 8)
            alive = np.frombuffer(bits, np.uint8, width, start)
            start += width
        seal = Seal(segment["size"], segment["table"])
        entries.append(Entry(segment["name"], segment["approximate"], segment["rows"], seal, alive))
    return _stamp(facts), entries


def read_stamp(folder: Path) -> Stamp | None:
    """Reads the stamp of the index in a folder without checking the manifest; None if there is no stamp."""
    try:
        with (folder / MANIFEST).open("rb") as file:
            file.seek(_HASH + 1)
            facts = json.loads(file.readline())
        return _stamp(facts) if facts["format"] == _FORMAT else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _stamp(facts: dict[str, Any]) -> Stamp:
    return Stamp(*(facts[name] for name in Stamp._fields))
