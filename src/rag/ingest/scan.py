"""The files that lie in the folders an update was given, each with its sha256, and what can't be told of the rest."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.core.errors import ArticleError
from rag.core.reports import Skipped
from rag.formats.file_types import file_of
from rag.ingest.file_reader import side_file
from rag.ingest.find import find_articles


@dataclass(frozen=True, slots=True)
class Root:
    """A file or folder to look through: as it was given, and absolute. Links stay as they are."""

    given: Path
    absolute: Path


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found: the sha256 of each file by absolute path, and what was passed over or could not be looked at.

    `waiting` are files that seem to be written still; they count as not looked at.
    """

    roots: tuple[Root, ...]
    files: Mapping[str, str]
    skipped: tuple[Skipped, ...]
    unseen: frozenset[Path]
    waiting: tuple[str, ...] = ()

    def is_gone(self, path: str) -> bool:
        """Whether a file that was not found is gone for sure: it lay where everything could be looked at."""
        file = file_of(path)
        if not any(_is_in(file, root.absolute) for root in self.roots):
            return False
        return {Path(file), *Path(file).parents}.isdisjoint(self.unseen)

    def show(self, path: str) -> str:
        """The path as a person would write it: below the root that it lies in, as that was given."""
        file = file_of(path)
        for root in self.roots:
            if Path(file).is_relative_to(root.absolute):
                return str(root.given / Path(file).relative_to(root.absolute)) + path[len(file) :]
        return path


def _is_in(file: str, root: Path) -> bool:
    """Whether the file is this one or lies below it: as `Path` would tell, for very many files."""
    inside, folder = os.path.normcase(file), os.path.normcase(root)
    return inside == folder or inside.startswith(folder.rstrip(os.sep) + os.sep)


def hash_file(path: Path) -> str:
    """sha256 of the file's bytes, in hexadecimal digits, and of its side file's where there is one. Raises OSError."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    beside = side_file(path)
    if beside is not None:
        digest.update(beside.read_bytes())
    return digest.hexdigest()


def scan_roots(
    paths: Sequence[Path],
    index_folder: Path,
    *,
    settle: float = 0.0,
    hashing: Callable[[Path], str] = hash_file,
) -> Scan:
    """Looks through files and folders; what lies in the index folder itself is no article.

    A file that was written to in the last `settle` seconds, or whose side file was, is left for later. `hashing` gives
    what `hash_file` would.
    """
    roots = tuple(Root(path, Path(os.path.normpath(path.absolute()))) for path in paths)
    found, skipped = find_articles(root.absolute for root in roots)
    index = Path(os.path.normpath(index_folder.absolute()))
    files: dict[str, str] = {}
    waiting: list[str] = []
    if any(index.is_relative_to(root.absolute) for root in roots):
        found = [path for path in found if not path.is_relative_to(index)]
    for path in found:
        try:
            str(path).encode()
            if settle and 0 <= time.time() - _written(path) < settle:
                waiting.append(str(path))
            else:
                files[str(path)] = hashing(path)
        except UnicodeEncodeError:
            shown = os.fsencode(path).decode("utf-8", "replace")
            skipped.append(
                Skipped.of(shown, ArticleError("The file's name is no valid UTF-8", "bad_name", remedy="rename it"))
            )
        except OSError as error:
            skipped.append(
                Skipped.of(str(path), ArticleError(f"The file can't be read ({error.strerror})", remedy="check it"))
            )
    reported = tuple(entry for entry in skipped if not Path(entry.path).is_relative_to(index))
    unseen = frozenset(map(Path, [*waiting, *(entry.path for entry in skipped)]))
    return Scan(roots, files, reported, unseen, tuple(waiting))


def _written(path: Path) -> float:
    """When the file, or its side file, was last written to. Raises OSError."""
    beside = side_file(path)
    return max(part.stat().st_mtime for part in (path, beside) if part is not None)
