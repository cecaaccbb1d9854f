"""Paths of the files that tests of several folders read, and the places of libraries."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from rag.core.place import Place

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
(SEED,) = SEEDS.glob("*.txt")


def address_of(place: Place) -> str:
    """Writes a place as programs are given it, with the password."""
    if place.database is None:
        return str(place.folder)
    sign = "&" if "?" in place.database else "?"
    return f"{place.database}{sign}schema={place.schema}&folder={quote(str(place.folder))}"


def place_in(database: str, folder: Path, schema: str = "news") -> Place:
    """The place of a library in a database.

    Args:
        database: The URL of the database.
        folder: The folder on this machine.
        schema: The schema.
    """
    return Place.of(address_of(Place(folder, database, schema)))


@contextmanager
def new_schema(database: str, folder: Path) -> Iterator[Place]:
    """Yields the place of a library that does not exist yet, and deletes the library at the end.

    Args:
        database: The URL of a database, which other libraries may share.
        folder: The folder on this machine.
    """
    # Imported here because the driver of PostgreSQL is an extra.
    import psycopg

    schema = f"test_{secrets.token_hex(8)}"
    try:
        yield place_in(database, folder, schema)
    finally:
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
