"""Copies a library from a folder to a database, or back. Nothing is read or embedded again."""

from __future__ import annotations

from rag.core.errors import PlaceError
from rag.core.index_layout import CORRECTIONS
from rag.core.place import AnyPlace
from rag.core.settings import DEFAULTS
from rag.indexes.derive import refresh_anew
from rag.store.backend import Backend, missing
from rag.store.backends import backend_of
from rag.store.check_rows import require_sound
from rag.store.copy_rows import copy_register
from rag.store.rows import Generation
from rag.store.store import Store


def copy_library(source: AnyPlace, target: AnyPlace, *, timeout: float = DEFAULTS.updates.wait_seconds) -> Generation:
    """Copies a library to another place, and checks every row of the copy.

    It copies the articles with their older texts, passages and vectors, the generations, what was withdrawn and
    corrected, and the followed questions. Questions and updates of the source go on meanwhile: the copy has one
    committed state. Settings, users, tokens and the articles' files stay where they are.

    Args:
        source: The place of the library.
        target: The place of the copy, where no library may be.
        timeout: Seconds to wait for an update of the target to end.

    Returns:
        The generation in the copy.

    Raises:
        IndexMissingError: If there is no library at the source.
        PlaceError: If there is one with articles at the target, or both are the same.
        IndexDamagedError: If the source is damaged. Then nothing is copied.
        IndexNotWritableError: If the target can't be written.
        DatabaseUnreachableError: If a database can't be reached.
    """
    original, copied = backend_of(source), backend_of(target)
    if not original.exists():
        raise missing(original.place)
    original.bring_up_to_date()
    _check_empty(copied)
    copied.create()
    with copied.lock(timeout):
        _check_empty(copied)
        copied.replace(original)
        if (content := original.read_file(CORRECTIONS)) is not None:
            copied.write_file(CORRECTIONS, content)
        if original.has_register():
            with original.register() as known, copied.register(create=True) as fresh:
                copy_register(known, fresh)
        with copied.snapshot() as database:
            generation = require_sound(database)
        with Store.open(copied.place) as store:
            refresh_anew(store)
    return generation


def _check_empty(backend: Backend) -> None:
    """Raises PlaceError if there is a library with articles, or with a past."""
    if backend.exists():
        with Store.open(backend.place) as store:
            if store.generation:
                raise PlaceError(f"There is a library in {backend.place}", remedy="name another place for the copy")
