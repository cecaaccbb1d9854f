"""The manifest of the lexical index: its generation, and the checksum of each of its files."""

from __future__ import annotations

import json
import shutil
import tempfile
import zlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from rag.core.atomic_files import replace_file
from rag.text.terms import analyze, fold

MANIFEST = "manifest.json"
META = "meta.json"
_FORMAT = 2
"""Version of the manifest's format and of the fields in the index."""
_PROBE = "The café’s owners weren't running U.S. B-2s at 3.5%"
"""Text analysed when an index is written and when it is opened. A different result means that the terms differ too."""
_KNOWN = 1000
"""Number of files whose checksums are remembered. An index has some tens of files."""
EMPTY: dict[str, Any] = {"generation": 0, "token": "", "removed": 0, "files": {}}
"""The manifest of an empty index."""


def read_manifest(path: Path) -> dict[str, Any]:
    """Reads the manifest and checks the checksum of each file. Raises OSError, ValueError, KeyError or TypeError."""
    manifest: dict[str, Any] = json.loads((path / MANIFEST).read_bytes())
    if (manifest["format"], manifest["analysis"]) != (_FORMAT, _analysis()):
        raise ValueError("written by another release")
    for name, crc in manifest["files"].items():
        if _sum_of_unchanged(path / name) != crc:
            raise ValueError(f"checksum of {name}")
    return manifest


def write_manifest(path: Path, facts: Mapping[str, Any], files: Mapping[str, int]) -> None:
    """Writes the manifest of the index in a folder.

    Args:
        path: The folder.
        facts: The generation, its token, and the number of removed passages.
        files: The checksum of each file.
    """
    manifest = {"format": _FORMAT, **facts, "analysis": _analysis(), "files": files}
    replace_file(path / MANIFEST, [json.dumps(manifest, indent=1).encode()])


def copy_for_reading(path: Path, manifest: dict[str, Any]) -> Path:
    """Copies the files to a temporary folder, because tantivy writes a lock file even if it only reads."""
    place = Path(tempfile.mkdtemp(prefix="rag-lexical-"))
    for name in manifest["files"]:
        shutil.copyfile(path / name, place / name)
    return place


def sum_of(path: Path) -> int:
    """The CRC-32 of a file."""
    crc = 0
    with path.open("rb") as file:
        while block := file.read(2**20):
            crc = zlib.crc32(block, crc)
    return crc


def _sum_of_unchanged(path: Path) -> int:
    """The CRC-32 of a file. A file that did not change since it was last read in this process is not read again."""
    known = path.stat()
    return _sum_as_of(path, known.st_ino, known.st_size, known.st_mtime_ns)


@lru_cache(_KNOWN)
def _sum_as_of(path: Path, inode: int, size: int, changed: int) -> int:
    return sum_of(path)


def _analysis() -> list[list[str]]:
    return [analyze(_PROBE), fold(_PROBE)]
