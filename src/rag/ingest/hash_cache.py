"""The hashes of files that were read before, for as long as nothing about them says that they may have changed."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from rag.formats.file_types import SIDE_FILE
from rag.ingest.scan import hash_file

_QUIET = 2.0
"""Seconds; no file system's clock ticks more slowly."""

_Stamp = tuple[tuple[int, ...], ...]


class Seen:
    """Hashes files as `hash` says, and one that was hashed before only where it may be another.

    It may be another if its size, its times or its place on the disk, or those of its side file, are not what they
    were; if it had been written to within `quiet` seconds before it was hashed, since what is written within a tick of
    the file system's clock leaves the times as they are; or if `forget` was told so.
    """

    def __init__(self, hashing: Callable[[Path], str] = hash_file, quiet: float = _QUIET) -> None:
        self._hashing = hashing
        self._quiet_ns = int(quiet * 1e9)
        self._known: dict[str, tuple[_Stamp, str]] = {}

    def hash(self, path: Path) -> str:
        """The file's hash. Raises OSError."""
        name = os.fspath(path)
        # Before the file is read, so that what is written meanwhile is found the next time.
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
        """These files, or those beside which they lie, may have changed."""
        for path in paths:
            self._known.pop(path.removesuffix(SIDE_FILE), None)


def _stamp(path: Path) -> tuple[_Stamp, int]:
    """What the file system says of a file and its side file, and when, in nanoseconds, it last changed either."""
    found = [path.stat()]
    with contextlib.suppress(FileNotFoundError):
        found.append(os.lstat(f"{path}{SIDE_FILE}"))
    stamp = [(s.st_dev, s.st_ino, s.st_mode, s.st_size, s.st_mtime_ns, s.st_ctime_ns) for s in found]
    return tuple(stamp), max(max(mtime, ctime) for *_, mtime, ctime in stamp)
