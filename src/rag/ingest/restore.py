"""Restores a backup: checks a copy of it beside the index, and then puts it in the index's place in one step."""

from __future__ import annotations

import contextlib
from pathlib import Path

from rag.core.errors import BackupError, IndexDamagedError, IndexNotWritableError, RagError
from rag.core.index_layout import REBUILD
from rag.core.place import AnyPlace, Place
from rag.core.settings import DEFAULTS
from rag.indexes.derive import refresh_anew
from rag.ingest.by_hand.withdraw import withdraw_again
from rag.ingest.corrections import keep_file
from rag.store.backend import Backend
from rag.store.backends import backend_of
from rag.store.carry_history import rescue_withdrawals
from rag.store.known_files import Withdrawal
from rag.store.rows import Generation
from rag.store.sqlite.backend import SqliteBackend
from rag.store.sqlite.backup import read_backup
from rag.store.store import Store


def restore_library(index: AnyPlace, backup: Path, *, timeout: float = DEFAULTS.updates.wait_seconds) -> Generation:
    """Restores a backup into an index. Open pages and libraries answer from it with the next question.

    What was updated after the backup is gone from the index; the next update reads it again. But an article that was
    withdrawn after the backup stays withdrawn. Settings and all other files of the folder stay. If an error is raised,
    the index is as it was.

    Args:
        index: The index folder, which need not exist, or the address of a database.
        backup: The backup's file. One of an older release is brought up to date.
        timeout: Seconds to wait for an update to end.

    Returns:
        The generation that serves now.

    Raises:
        BackupError: If the backup can't be read, is damaged, or can't be written into the folder.
        IndexFormatError: If a newer release wrote the backup.
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If the folder can't be written.
    """
    if not backup.is_file():
        raise BackupError(f"There is no backup {backup}", remedy="name a file that was written as a backup")
    backend = backend_of(index)
    _make(backend.place.folder)
    with backend.lock(timeout):
        # A backup is an SQLite file, wherever the library lies.
        beside = SqliteBackend(Place(backend.place.folder / REBUILD))
        beside.remove()
        try:
            _make(beside.place.folder)
            generation = read_backup(backup, beside.path)
            if withdrawn := _withdrawn_from(backend):
                with Store.open(beside.place) as fresh:
                    generation = withdraw_again(fresh, withdrawn)
            backend.replace(beside)
        finally:
            beside.remove()
        # The exchange is done, so an error from here on would wrongly report that the restore failed.
        with contextlib.suppress(IndexNotWritableError, IndexDamagedError), Store.open(index) as store:
            keep_file(store)
            refresh_anew(store)
        return generation


def _withdrawn_from(backend: Backend) -> list[Withdrawal]:
    """What was withdrawn from a library, as far as it can be read."""
    with contextlib.suppress(RagError), contextlib.ExitStack() as opened:
        old = backend.remains()
        if old is not None:
            opened.callback(old.close)
            return rescue_withdrawals(old)
    return []


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BackupError(
            f"The folder {folder} can't be created ({error.strerror})", remedy="check the permissions"
        ) from error
