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
from rag.core.index_layout import HOLDER, LOCK
from rag.core.remedies import Remedy


@contextmanager
def update_lock(folder: Path, timeout: float) -> Iterator[None]:
    """Holds the right to update this index for as long as the block lasts; the system frees it if the process dies.

    Waits up to `timeout` seconds for whoever has it. Raises IndexBusyError naming the holder's process id and since
    when it has been at work, or IndexNotWritableError.
    """
    lock = filelock.FileLock(folder / LOCK, timeout=timeout)
    try:
        with _typed_errors(folder):
            lock.acquire()
            replace_file(folder / HOLDER, [_describe_self()])
        yield
    finally:
        if lock.is_locked:
            # Removed while the lock is held: afterwards it may be another's.
            with contextlib.suppress(OSError):
                (folder / HOLDER).unlink()
            lock.release()


def held_since(folder: Path) -> str | None:
    """When the update began that is under way, an ISO 8601 time with its zone; None where none is.

    What a killed process left behind says of one is cleared away.
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
        # Nobody can tell, where nothing may be written.
        return None
    return None


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
        # It has only just begun, or is about to end.
        return f"Another process is updating {folder}"
    return f"Process {holder['pid']} has been updating {folder} since {holder['started']}"


def _read_holder(folder: Path) -> dict[str, Any] | None:
    try:
        holder = json.loads((folder / HOLDER).read_bytes())
        return {"pid": holder["pid"], "started": holder["started"]}
    except (OSError, ValueError, KeyError, TypeError):
        return None
