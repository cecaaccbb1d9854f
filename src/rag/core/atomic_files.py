"""Files that are there whole or not at all, whatever happens to the process or the power."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO


def replace_file(path: Path, parts: Iterable[bytes | memoryview]) -> None:
    """Writes the parts one after the other and puts the file in the place of what was there. As `replace_by`."""
    replace_by(path, lambda file: file.writelines(parts))


def replace_by(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Puts the file that `write` writes in the place of what was there. Raises OSError.

    For one writer at a time. After a crash the path holds the old content or the new, never a mixture.
    """
    fresh = path.with_name(f"{path.name}.new")
    try:
        with fresh.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            fresh.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable: without it, a file that was renamed may be gone after a power loss."""
    if os.name != "posix":
        return  # Windows can't open folders, and keeps their entries in its own journal.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
