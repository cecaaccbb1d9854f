"""Chooses the database of a library: SQLite for a folder, PostgreSQL for an address."""

from __future__ import annotations

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
    # Imported here because the driver of PostgreSQL is an extra.
    from rag.store.postgres.backend import PostgresBackend

    return PostgresBackend(at)
