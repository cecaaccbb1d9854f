"""Where a library lies: in a folder, or in a schema of a PostgreSQL database."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from rag.core.environment import data_folder
from rag.core.errors import PlaceError

SCHEMA = "rag"
"""The schema of a library whose address names none."""
_SCHEMES = ("postgresql", "postgres")
_SCHEMA_NAME = re.compile("(?!pg_|information_schema$)[a-z_][a-z0-9_]{0,47}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a library lies.

    Attributes:
        folder: The folder of what lies on this machine: the search indexes, the settings and, if the library lies in no
            database, its articles.
        database: The address of the database as PostgreSQL takes it; None for a library in a folder.
        schema: The schema of the library's tables in the database.
        vectors_there: Whether this machine searches the vectors in the database, because its memory can't hold them.
    """

    folder: Path
    database: str | None = None
    schema: str = SCHEMA
    vectors_there: bool = False

    @classmethod
    def of(cls, place: str | Path | Place) -> Place:
        """Reads a place.

        Args:
            place: The path of an index folder, or the address of a database: `postgresql://host/name?schema=news`. The
                part `schema` names the schema, `folder` the folder on this machine, and `vectors=database` lets this
                machine search the vectors there; all others are PostgreSQL's own, such as `sslmode`.

        Raises:
            PlaceError: If an address names no database, or a part of it is not possible.
        """
        if isinstance(place, Place):
            return place
        given = str(place)
        if not given.startswith(tuple(f"{scheme}:" for scheme in _SCHEMES)):
            return cls(Path(place))
        if "://" not in given:  # a path keeps only one of two slashes
            given = given.replace(":/", "://", 1)
        return _in_database(given)

    @property
    def name(self) -> str:
        """The place as messages show it. A password is left out."""
        if self.database is None:
            return str(self.folder)
        parts = urlsplit(self.database)
        user = f"{parts.username}@" if parts.username else ""
        port = f":{parts.port}" if parts.port else ""
        return f"postgresql://{user}{parts.hostname or ''}{port}{parts.path}?schema={self.schema}"

    @property
    def address(self) -> str:
        """What can be given to `of` to name this place again. A password is left out."""
        if self.database is None:
            return self.name
        own = "" if Place.of(self.name).folder == self.folder else f"&folder={self.folder}"
        return f"{self.name}{own}{'&vectors=database' if self.vectors_there else ''}"

    def beside(self, name: str) -> Place:
        """The place in which a library is built that will replace this one."""
        if self.database is None:
            return Place(self.folder / name)
        return replace(
            self, folder=self.folder / name, schema=f"{self.schema}-{name}"
        )  # no address can name such a schema

    def __str__(self) -> str:
        return self.name


def _in_database(address: str) -> Place:
    try:
        parts = urlsplit(address)
        port = parts.port or ""
        # A mark of an address in a password would be taken for one, and messages would show what follows it.
        if "@" in f"{parts.netloc.rpartition('@')[0]}{parts.path}{parts.query.partition('password')[0]}":
            raise ValueError
    except ValueError:
        raise PlaceError("The address of the database can't be read", remedy=_SPECIAL) from None
    own = dict(parse_qsl(parts.query, keep_blank_values=True))
    schema, folder, vectors = own.pop("schema", SCHEMA), own.pop("folder", ""), own.pop("vectors", "memory")
    if not unquote(parts.path).strip("/"):
        raise PlaceError("The address names no database", remedy=_EXAMPLE)
    if _SCHEMA_NAME.fullmatch(schema) is None:
        raise PlaceError(
            f"'{schema}' can't be the name of a schema",
            remedy="use small letters, digits and _, at most 48 characters; names with pg_ are PostgreSQL's own",
        )
    if vectors not in ("memory", "database"):
        raise PlaceError(f"'vectors={vectors}' is not possible", remedy="write vectors=memory or vectors=database")
    asked = f"?{urlencode(own)}" if own else ""
    database = f"postgresql://{parts.netloc}{parts.path}{asked}"
    # Two users of one database share its library, and two libraries share nothing.
    known = f"{parts.hostname or own.get('host', '')}-{port}{unquote(parts.path)}-{schema}"
    short = hashlib.sha256(known.encode()).hexdigest()[:8]
    name = f"{re.sub('[^A-Za-z0-9.]+', '-', known).strip('-')}-{short}"
    return Place(Path(folder) if folder else data_folder() / name, database, schema, vectors == "database")


AnyPlace = str | Path | Place
"""A place as callers may give it: a path, an address or a place."""
_SPECIAL = "write special characters of the user and the password as %XX, such as %40 for @"
_EXAMPLE = "write it as postgresql://host/database?schema=news"
