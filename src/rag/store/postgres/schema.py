"""The schema of a library: whether it is there, whether it is ours, and its tables."""

from __future__ import annotations

from rag.core.errors import IndexDamagedError, IndexFormatError, PlaceError
from rag.core.place import Place
from rag.core.remedies import Remedy
from rag.store.backend import missing
from rag.store.columns import GENERATION, insert
from rag.store.database import Database
from rag.store.postgres.tables import FORMAT, SCHEMA, TABLES
from rag.store.rows import first_generation, put_meta, read_meta


def is_there(database: Database) -> bool:
    """Whether the connection's schema has the tables of a library, or another program's of the same names."""
    row = database.row("SELECT to_regclass('generation') IS NOT NULL")
    return bool(row and row[0])


def create(database: Database, place: Place) -> None:
    """Creates an empty library, inside a transaction, if there is none."""
    if not is_there(database):
        require_own(database, place)
        complete(database, place)
        insert(database, "generation", GENERATION, first_generation())
        put_meta(database, "format", str(FORMAT))


def complete(database: Database, place: Place) -> None:
    """Creates the schema and the tables that are missing.

    Raises:
        PlaceError: If the database can't hold every character.
    """
    for (encoding,) in database.rows("SHOW server_encoding"):
        if encoding != "UTF8":
            raise PlaceError(
                f"The database of {place} can't hold every character (its encoding is {encoding})",
                remedy="name a database with the encoding UTF8",
            )
    if database.row("SELECT 1 FROM pg_namespace WHERE nspname = ?", (place.schema,)) is None:
        database.run(f'CREATE SCHEMA "{place.schema}"')
    for statement in filter(str.strip, SCHEMA.split(";\n")):
        database.run(statement)


def check_format(database: Database, place: Place) -> None:
    """Raises IndexMissingError, IndexFormatError or IndexDamagedError if this is not a library of this format."""
    require_own(database, place)
    if not is_there(database):
        raise missing(place)
    written = int(read_meta(database, "format") or 0)
    if written > FORMAT:
        raise IndexFormatError(
            f"The library in {place} has format {written}, and this release reads up to {FORMAT}",
            remedy=Remedy("install a newer release, or", "choose_index"),
            path=place.name,
        )
    if written < 1:
        raise database.damaged(f"unknown format {written}")


def require_own(database: Database, place: Place) -> None:
    """Raises IndexDamagedError if the schema has another program's tables of the same names."""
    if any(map(database.columns_of, TABLES)) and not database.columns_of("meta") >= {"key", "value", "checksum"}:
        raise IndexDamagedError(
            f"{place} has tables of another program",
            remedy=Remedy("name another schema, or", "choose_index"),
            path=place.name,
        )
