"""The names of collections: as folders, and behind the rights in the lines of users and tokens.

A folder of collections has a folder for each, with its index in `index/`: `all/politics/index`. What programs and
people add to a collection lies beside its index, so no other collection has it. The files `users` and `tokens` stand in
the folder of collections. A line that ends its rights with `@politics,sports` is limited to these collections, and
`edit@politics;ask@sports` gives other rights in each: of a collection that several fit, the first counts.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from rag.core.errors import CollectionError
from rag.core.index_layout import DEFAULT, store_path

_log = logging.getLogger(__name__)
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.\-]{0,99}")
_GOOD_NAMES = "use at most 100 of the letters A to Z, digits, '_', '.' and '-', with no dot or dash in front"


@dataclass(frozen=True, slots=True)
class Limit:
    """The collections that somebody may see.

    Attributes:
        names: Their names; None for all, also later ones.
    """

    names: frozenset[str] | None = None

    @classmethod
    def to(cls, names: Iterable[str]) -> Limit:
        """Limits to collections. Without a name, it is no limit. Raises CollectionError if a name is not possible."""
        return cls(frozenset(map(checked_name, names)) or None)

    def allows(self, collection: str) -> bool:
        """Whether a collection may be seen."""
        return self.names is None or collection in self.names

    @property
    def written(self) -> str:
        """The limit as it stands behind the rights: `@politics,sports`; empty for all."""
        return "" if self.names is None else f"@{','.join(sorted(self.names))}"


ALL = Limit()
"""No limit."""


def split_limit(written: str) -> tuple[str, Limit]:
    """Splits what a line says into the rights and the collections that they hold for.

    Args:
        written: Such as `ask,edit` or `ask,edit@politics,sports`.

    Raises:
        CollectionError: If a name is not possible, or none stands behind the `@`.
    """
    rights, at, names = written.partition("@")
    return rights, Limit.to(name.strip() for name in names.split(",")) if at else ALL


def split_grants(written: str) -> list[tuple[str, Limit]]:
    """Splits what a line says into rights, each with the collections that they hold for.

    Args:
        written: Such as `ask@politics`, or `ask,edit@politics;ask@sports`.

    Raises:
        CollectionError: If a name is not possible, or none stands behind an `@`.
    """
    return [split_limit(grant) for grant in written.split(";")]


def check_unlimited(limit: Limit, line: str) -> None:
    """Checks that a line beside a single index names no collections, which would be ignored there.

    Args:
        limit: What the line says.
        line: The line, as an error names it.

    Raises:
        CollectionError: If it names some.
    """
    if limit != ALL:
        raise CollectionError(
            f"{line} is limited to collections ({limit.written}), and this index is a single one",
            remedy="delete the line and add it anew without collections, or serve the folder of collections",
        )


def checked_name(name: str) -> str:
    """Returns the name of a collection. Raises CollectionError if it can't be one."""
    if _NAME.fullmatch(name) is None:
        raise CollectionError(
            f"'{name}' can't be the name of a collection",
            remedy=_GOOD_NAMES,
        )
    return name


def find_collections(folder: Path) -> dict[str, Path]:
    """Finds the collections of a folder. Any other folder in it is left alone, and a warning tells why it is none.

    Returns:
        The index folder of each name, by name.

    Raises:
        CollectionError: If there is no such folder, or it has no collections.
    """
    try:
        each = sorted(place for place in folder.iterdir() if place.is_dir() and not place.name.startswith("."))
    except OSError as error:
        raise CollectionError(f"{folder} can't be read ({error.strerror})", remedy="name a folder") from error
    with_index = [place for place in each if store_path(place / DEFAULT).is_file()]
    found = {place.name: place / DEFAULT for place in with_index if _NAME.fullmatch(place.name)}
    others = [_why_none(place) for place in each if place.name not in found]
    if not found:
        remedy = f"make an index in {folder / 'NAME' / DEFAULT} first"
        raise CollectionError("; ".join([f"{folder} has no collections", *others]), remedy=remedy)
    for other in others:
        _log.warning("left alone: %s", other)
    return found


def _why_none(place: Path) -> str:
    """Why a folder is no collection, and what to do about it."""
    if store_path(place).is_file():
        return f"{place} is an index, and no folder of a collection; move it to {place.parent / 'NAME' / DEFAULT}"
    if not store_path(place / DEFAULT).is_file():
        return f"{place} has no index in {DEFAULT}"
    return f"'{place.name}' can't be the name of a collection; {_GOOD_NAMES}"
