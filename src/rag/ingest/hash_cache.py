"""Keeps the hashes of files that were read before, while the file system shows no change."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from rag.formats.file_types import SIDE_FILE
from rag.ingest.scan import hash_file

_QUIET = 2.0
"""Seconds. No file system's clock has longer ticks."""

_Stamp = tuple[tuple[int, ...], ...]


class Seen:
    """Hashes a file again only if it may have changed.

    It may have changed if its size, times or inode, or those of its side file, differ; if `forget` named it; or if it
    was written within `quiet` seconds before it was hashed, because a write within one tick of the file system's clock
    leaves the times unchanged.

    Args:
        hashing: Computes the hash of a file.
        quiet: Seconds that a file must not have been written to, so that its hash is kept.
    """

    def __init__(self, hashing: Callable[[Path], str] = hash_file, quiet: float = _QUIET) -> None:
        self._hashing = hashing
        self._quiet_ns = int(quiet * 1e9)
        self._known: dict[str, tuple[_Stamp, str]] = {}

    def hash(self, path: Path) -> str:
        """Returns the hash of a file.

        Raises:
            OSError: If the file can't be read.
        """
        name = os.fspath(path)
        # The stamp is taken before the file is read, so that a write meanwhile is found the next time.
        stamp, changed = _stamp(path)
        known = self._known.get(name)
        if known is not None and known[0] == stamp:
            return known[1]
        quiet = time.time_ns() - changed >= self._quiet_ns
        digest = self._hashing(path)
        if quiet:
            self._known[name] = stamp, digest
        else:
            self._known.pop(name, None)
        return digest

    def forget(self, paths: Iterable[str]) -> None:
        """Drops the hashes of these files, or of the files whose side files these are."""
        for path in paths:
            self._known.pop(path.removesuffix(SIDE_FILE), None)


def _stamp(path: Path) -> tuple[_Stamp, int]:
    """What the file system states about a file and its side file, and the time of their last change in nanoseconds."""
    found = [path.stat()]
    with contextlib.suppress(FileNotFoundError):
        found.append(os.lstat(f"{path}{SIDE_FILE}"))
    stamp = [(s.st_dev, s.st_ino, s.st_mode, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for s in found]
    return tuple(stamp), max(max(mtime, ctime) for *_, mtime, ctime in stamp)
