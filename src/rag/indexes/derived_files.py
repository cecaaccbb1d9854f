"""What both derived indexes need when their files are opened and written."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rag.core.errors import IndexDamagedError, IndexNotWritableError
from rag.core.remedies import Remedy
from rag.store.snapshot import Snapshot

_log = logging.getLogger(__name__)
_Index = TypeVar("_Index")


def opened(load: Callable[[Path], _Index], path: Path, *, report: bool) -> _Index | None:
    """Opens an index; None if it is missing or damaged. `report` logs damage."""
    try:
        return load(path)
    except IndexDamagedError as error:
        if report and path.exists():
            _log.warning("%s", error)
        return None


def report_loss(path: Path, generation: int, snapshot: Snapshot) -> None:
    """Warns if a derived file is newer than the store: the store's log was lost, or a backup was restored."""
    newest = snapshot.generation.number
    if generation > newest:
        _log.warning(
            "%s is of generation %d, but the library has only %d: later updates are lost; %s",
            path,
            generation,
            newest,
            Remedy(action="update"),
        )


def not_writable(path: Path, error: OSError) -> IndexNotWritableError:
    """The error to raise if a derived file can't be written."""
    what, remedy = f"{path} can't be written ({error.strerror})", "check permissions and free space, then"
    return IndexNotWritableError(what, remedy=Remedy(remedy, "update"), path=str(path))
