"""The temporary folder of uploads, which is emptied when its server is gone, and the space that uploads may take."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

DAY = 24 * 3600.0
"""Seconds after which an upload that was never added is deleted."""
_LOCK = "serving.lock"
"""The file that a server keeps locked while it uses the folder."""
_log = logging.getLogger(__name__)


@contextlib.contextmanager
def upload_folder() -> Iterator[Path]:
    """Makes a folder for the uploads of this process, in the temporary folder, and deletes it at the end.

    The folders of servers that were killed are deleted first. Nobody else on this machine can read the folder. Gradio
    reads its place from an environment variable when a page is built.
    """
    home = Path(tempfile.gettempdir()) / f"newsroom-rag-{os.getuid() if hasattr(os, 'getuid') else 'page'}"
    home.mkdir(mode=0o700, exist_ok=True)
    _delete_left_over(home)
    folder = Path(tempfile.mkdtemp(prefix="uploads-", dir=home))
    before = os.environ.get("GRADIO_TEMP_DIR")
    os.environ["GRADIO_TEMP_DIR"] = str(folder)
    try:
        with FileLock(folder / _LOCK):
            yield folder
    finally:
        if before is None:
            os.environ.pop("GRADIO_TEMP_DIR", None)
        else:
            os.environ["GRADIO_TEMP_DIR"] = before
        shutil.rmtree(folder, ignore_errors=True)


def _delete_left_over(home: Path) -> None:
    """Deletes the folders whose server is gone."""
    for folder in home.glob("uploads-*"):
        try:
            with FileLock(folder / _LOCK, timeout=0):
                shutil.rmtree(folder, ignore_errors=True)
        except (Timeout, OSError):
            continue
        _log.info("deleted the uploads of a server that is gone: %s", folder)


def delete_uploads(files: Iterable[Path]) -> None:
    """Deletes files of the folder that Gradio stores uploads in. Other files are left alone."""
    named = os.environ.get("GRADIO_TEMP_DIR")
    for file in files:
        if named and file.resolve().is_relative_to(Path(named).resolve()):
            with contextlib.suppress(OSError):
                file.unlink()


def delete_old(folder: Path, pattern: str = "*") -> None:
    """Deletes the files below a folder that are older than a day, and folders that are empty then.

    Args:
        folder: The folder.
        pattern: Only what has such a name is deleted.
    """
    oldest = time.time() - DAY
    for path in sorted(folder.rglob(pattern), reverse=True):
        with contextlib.suppress(OSError):
            if path.is_dir():
                path.rmdir()
            elif path.name != _LOCK and path.stat().st_mtime < oldest:
                path.unlink()


def size_of(folder: Path) -> int:
    """Returns the bytes of all files below a folder."""
    total = 0
    for place, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += (Path(place) / name).stat().st_size
    return total


class UploadSpace:
    """The space for files that were uploaded: those already added, those that wait, and those that are arriving.

    Args:
        most: Bytes for all of them.
        folders: The folders of files that were added, and of files that wait.
    """

    def __init__(self, most: int, *folders: Path) -> None:
        self._most = most
        self._folders = folders
        self._arriving = 0
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def reserved(self, size: int) -> Iterator[int]:
        """Reserves room for an upload until the block ends.

        Args:
            size: The bytes that are wanted.

        Yields:
            `size`, or 0 if there is no room for it.
        """
        with self._lock:
            taken = sum(map(size_of, self._folders)) + self._arriving
            room = size if taken + size <= self._most else 0
            self._arriving += room
        try:
            yield room
        finally:
            with self._lock:
                self._arriving -= room
