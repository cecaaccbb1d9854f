"""Writes files whole or not at all, even if the process dies or the power fails."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO


def replace_file(path: Path, parts: Iterable[bytes | memoryview]) -> None:
    """Replaces a file by the given parts, joined. See `replace_by`."""
    replace_by(path, lambda file: file.writelines(parts))


def replace_private(path: Path, lines: Iterable[str]) -> None:
    """Replaces a file by lines of text that only its owner can read. See `replace_by`."""

    def write(file: BinaryIO) -> None:
        os.fchmod(file.fileno(), 0o600)
        file.writelines(line.encode() for line in lines)

    replace_by(path, write)


def replace_by(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Replaces a file by what `write` writes. Only one writer at a time may call it.

    After a crash the path holds the old content or the new content, never a mixture.

    Args:
        path: The file.
        write: Writes the content to the file that it is given.

    Raises:
        OSError: If the file can't be written.
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


def sync_file(path: Path) -> None:
    """Makes the content of a file durable.

    Raises:
        OSError: If the file can't be opened or synced.
    """
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Makes the names in a folder durable. Without it, a renamed file may be lost in a power failure.

    Raises:
        OSError: If the folder can't be opened or synced.
    """
    if os.name != "posix":
        return  # Windows can't open folders, and keeps their entries in its own journal.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def is_writable(path: Path) -> bool:
    """Returns whether this process may write to a file or folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)
