"""The update lock: one process at a time writes to an index folder."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import filelock

from rag.core.atomic_files import replace_file
from rag.core.errors import IndexBusyError, IndexNotWritableError
from rag.core.index_layout import HOLDER, LOCK, STANDING_LOCK
from rag.core.remedies import Remedy


@contextmanager
def update_lock(folder: Path, timeout: float) -> Iterator[None]:
    """Holds the right to update this index while the block runs. The system frees the lock if the process dies.

    Args:
        folder: The index folder.
        timeout: Seconds to wait for another process.

    Raises:
        IndexBusyError: If another process holds the lock; the message names its process id and start time.
        IndexNotWritableError: If the folder can't be written.
    """
    lock = filelock.FileLock(folder / LOCK, timeout=timeout)
    try:
        with _typed_errors(folder):
            lock.acquire()
            replace_file(folder / HOLDER, [_describe_self()])
        yield
    finally:
        if lock.is_locked:
            # Deleted while the lock is held: afterwards the file may be another process's.
            with contextlib.suppress(OSError):
                (folder / HOLDER).unlink()
            lock.release()


def held_since(folder: Path) -> str | None:
    """The start time of the running update, in ISO 8601 with its zone; None if no update runs.

    A leftover file of a killed process is deleted.
    """
    holder = _read_holder(folder)
    if holder is None:
        return None
    try:
        with filelock.FileLock(folder / LOCK, timeout=0):
            (folder / HOLDER).unlink(missing_ok=True)
    except filelock.Timeout:
        return str(holder["started"])
    except OSError:
        # Without the right to write, the lock can't be tried.
        return None
    return None


def is_unfinished(folder: Path) -> bool:
    """Whether an update is running, or was killed and left its work to the next one. Nothing is changed."""
    return _read_holder(folder) is not None


@contextmanager
def _typed_errors(folder: Path) -> Iterator[None]:
    try:
        yield
    except filelock.Timeout as error:
        raise IndexBusyError(f"{_describe_holder(folder)}", remedy="wait for it to end, then try again") from error
    except OSError as error:
        raise IndexNotWritableError(
            f"The index folder {folder} can't be written to ({error.strerror})",
            remedy=Remedy("check its permissions and the free space, or", "choose_index"),
            path=str(folder),
        ) from error


def _describe_self() -> bytes:
    started = datetime.now().astimezone().isoformat(timespec="seconds")
    return json.dumps({"pid": os.getpid(), "started": started}).encode()


def _describe_holder(folder: Path) -> str:
    holder = _read_holder(folder)
    if holder is None:
        # The other process has just begun, or is about to end.
        return f"Another process is updating {folder}"
    return f"Process {holder['pid']} has been updating {folder} since {holder['started']}"


def _read_holder(folder: Path) -> dict[str, Any] | None:
    try:
        holder = json.loads((folder / HOLDER).read_bytes())
        return {"pid": holder["pid"], "started": holder["started"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextmanager
def standing_lock(folder: Path, timeout: float) -> Iterator[None]:
    """Lets one check of the followed questions at a time run, so that no change is reported or sent twice.

    Raises:
        IndexBusyError: If another process checks for longer than `timeout` seconds.
        IndexNotWritableError: If the folder can't be written.
    """
    lock = filelock.FileLock(folder / STANDING_LOCK, timeout=timeout)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise IndexBusyError(
            "Another process is asking the followed questions", remedy="wait for it to end, then check again"
        ) from error
    except OSError as error:
        raise IndexNotWritableError(
            f"The index folder {folder} can't be written to ({error.strerror})",
            remedy="check its permissions and the free space",
            path=str(folder),
        ) from error
    try:
        yield
    finally:
        lock.release()
