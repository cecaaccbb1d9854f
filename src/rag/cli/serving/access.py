"""Where the files of users and tokens stand: in an index folder, or in a folder of collections; and their limits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.options import UsageError

if TYPE_CHECKING:
    from rag.collections.names import Limit

CollectionsFolder = Annotated[
    Path | None,
    typer.Option("--collections", metavar="FOLDER", help="The folder of collections, in place of an index folder."),
]
Named = Annotated[
    list[str] | None,
    typer.Option(
        "--collection",
        metavar="NAME[=RIGHTS]",
        help="With --collections: only this collection, and with =RIGHTS other rights there. May be repeated. Without "
        "it: all of them, also later ones.",
    ),
]


@dataclass(frozen=True, slots=True)
class AccessFile:
    """A file of users or tokens.

    Attributes:
        path: The file. It need not exist.
        of_collections: Whether it stands in a folder of collections.
    """

    path: Path
    of_collections: bool

    @classmethod
    def at(cls, index: Path, collections: Path | None, path_in: Callable[[Path], Path]) -> AccessFile:
        """Finds the file.

        Args:
            index: The index folder.
            collections: The folder of collections; None for the index folder.
            path_in: Returns the path of the file in a folder.

        Raises:
            UsageError: If the folder does not exist.
        """
        folder = collections or index
        if not folder.is_dir():
            kind = "index folder" if collections is None else "folder"
            raise UsageError(f"There is no {kind} {folder}", remedy="run: rag update PATH")
        return cls(path_in(folder), collections is not None)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Raises UsageError if the file can't be written in the block."""
        try:
            yield
        except OSError as error:
            raise UsageError(
                f"Can't write {self.path} ({error.strerror})", remedy="check its permissions and the disk"
            ) from error

    def grants(self, rights: str, named: list[str] | None) -> list[tuple[str, Limit]]:
        """Reads which rights hold in which collections.

        Args:
            rights: The rights in the collections that are named without any.
            named: The names of collections, as `politics` or `politics=edit`; None or empty for all collections.

        Returns:
            Each of the rights with its collections. None are named twice.

        Raises:
            UsageError: If a collection does not exist or is named twice.
        """
        from rag.collections.names import ALL, Limit, find_collections

        if not named:
            return [(rights, ALL)]
        if not self.of_collections:
            raise UsageError("--collection needs the folder of collections", remedy="name it with --collections")
        known = find_collections(self.path.parent)
        given: dict[str, str] = {}
        for each in named:
            name, equals, own = each.partition("=")
            if name not in known:
                raise UsageError(f"There is no collection '{name}'", remedy=f"name one of {', '.join(known)}")
            if name in given:
                raise UsageError(f"The collection '{name}' is named twice", remedy="name it once, with all its rights")
            given[name] = own if equals else rights
        every = dict.fromkeys(given.values())
        return [(each, Limit.to(name for name, own in given.items() if own == each)) for each in every]
