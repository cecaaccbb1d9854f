"""Chooses the database of a library: SQLite for a folder, PostgreSQL for an address."""

from __future__ import annotations

from rag.core.errors import PlaceError
from rag.core.place import AnyPlace, Place
from rag.store.backend import Backend
from rag.store.sqlite.backend import SqliteBackend


def backend_of(place: AnyPlace) -> Backend:
    """Returns the database of the library at a place.

    Raises:
        PlaceError: If the place is an address that is not possible, or PostgreSQL's driver is not installed.
    """
    at = Place.of(place)
    if at.database is None:
        return SqliteBackend(at)
    try:
        from rag.store.postgres.backend import PostgresBackend
    except ImportError as error:
        raise PlaceError(
            f"{at} needs the driver of PostgreSQL ({error})", remedy="install it: pip install 'newsroom-rag[postgres]'"
        ) from error
    return PostgresBackend(at)
