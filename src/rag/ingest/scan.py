"""Finds the files in the folders of an update, hashes them, and notes what could not be read."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.core.errors import ArticleError
from rag.core.reports import Skipped
from rag.core.settings import DEFAULTS, FileSettings
from rag.formats.file_types import MAX_SIDE_FILE, file_of, file_type_of, max_bytes_of
from rag.formats.unpack import read_raw
from rag.ingest.file_reader import side_file, side_file_error
from rag.ingest.find import find_articles


@dataclass(frozen=True, slots=True)
class Root:
    """A file or folder to scan: the path as given, and absolute. Links are not resolved."""

    given: Path
    absolute: Path


@dataclass(frozen=True, slots=True)
class Scan:
    """The result of a scan.

    Attributes:
        roots: The files and folders that were scanned.
        files: The hash of each file by absolute path.
        skipped: What was skipped, and why.
        unseen: Files and folders whose content is not known.
        waiting: Files that are probably still being written; they are in `unseen` too.
        is_named: Whether a person named the roots. If not, the library remembered them.
        removes: Whether a person confirmed that all missing files were deleted (`rag.ingest.missing_files`).
    """

    roots: tuple[Root, ...]
    files: Mapping[str, str]
    skipped: tuple[Skipped, ...]
    unseen: frozenset[Path]
    waiting: tuple[str, ...] = ()
    is_named: bool = True
    removes: bool = False
    _starts: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """What the path of a file below a root begins with: nearly all known paths of a small update begin otherwise."""

    def __post_init__(self) -> None:
        starts = tuple(os.path.normcase(root.absolute) for root in self.roots)
        object.__setattr__(self, "_starts", starts)

    def is_gone(self, path: str) -> bool:
        """Whether a file that was not found is certainly gone, because the places where it could be were all read.

        Args:
            path: The path of an article.
        """
        if not os.path.normcase(path).startswith(self._starts):
            return False
        file = file_of(path)
        if not any(is_in(file, root.absolute) for root in self.roots):
            return False
        return {Path(file), *Path(file).parents}.isdisjoint(self.unseen)

    def show(self, path: str) -> str:
        """Returns a path as a person would write it: relative to its root, as that root was given."""
        file = file_of(path)
        for root in self.roots:
            if Path(file).is_relative_to(root.absolute):
                return str(root.given / Path(file).relative_to(root.absolute)) + path[len(file) :]
        return path


def is_in(file: str, root: Path) -> bool:
    """Whether the file is this root or below it; faster than `Path` for very many files."""
    inside, folder = os.path.normcase(file), os.path.normcase(root)
    return inside == folder or inside.startswith(folder.rstrip(os.sep) + os.sep)


def hash_file(path: Path, limits: FileSettings = DEFAULTS.files) -> str:
    """Hashes a file. One that is too large to be read is not hashed either, and no byte beyond the limit is read.

    Args:
        path: The file.
        limits: What reading one file may cost.

    Returns:
        The sha256 of its bytes, followed by those of its side file if there is one, in hexadecimal digits.

    Raises:
        ArticleError: If the file or its side file is larger than allowed.
        OSError: If the file can't be read.
    """
    digest = _hash_alone(path, limits)
    beside = side_file(path)
    if beside is not None:
        try:
            for piece in read_raw(beside, MAX_SIDE_FILE):
                digest.update(piece)
        except ArticleError as error:
            raise side_file_error(beside, "is too large") from error
    return digest.hexdigest()


def hash_alone(path: Path, limits: FileSettings = DEFAULTS.files) -> str | None:
    """Hashes a file without its side file, in hexadecimal digits; None if it can't be read."""
    try:
        return _hash_alone(path, limits).hexdigest()
    except (ArticleError, OSError):
        return None


def scan_roots(
    paths: Sequence[Path],
    index_folder: Path,
    *,
    settle: float = 0.0,
    hashing: Callable[[Path], str] = hash_file,
    removes: bool = False,
) -> Scan:
    """Finds and hashes the files under files and folders. The index folder itself is left out.

    Args:
        paths: Files and folders.
        index_folder: The index folder.
        settle: Seconds. A file is left for later if it or its side file was written more recently than that.
        hashing: Computes the hash of a file, as `hash_file` does.
        removes: Whether a person confirmed that all missing files were deleted.
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
                Skipped.of(shown, ArticleError("The file's name is not valid UTF-8", "bad_name", remedy="rename it"))
            )
        except ArticleError as error:
            skipped.append(Skipped.of(str(path), error))
        except OSError as error:
            skipped.append(
                Skipped.of(str(path), ArticleError(f"The file can't be read ({error.strerror})", remedy="check it"))
            )
    reported = tuple(entry for entry in skipped if not Path(entry.path).is_relative_to(index))
    unseen = frozenset(map(Path, [*waiting, *(entry.path for entry in skipped)]))
    return Scan(roots, files, reported, unseen, tuple(waiting), removes=removes)


def _hash_alone(path: Path, limits: FileSettings) -> hashlib._Hash:
    file_type = file_type_of(path)
    digest = hashlib.sha256()
    for piece in read_raw(path, max_bytes_of(file_type, limits) if file_type else MAX_SIDE_FILE):
        digest.update(piece)
    return digest


def _written(path: Path) -> float:
    """The time when the file or its side file was last written. Raises OSError."""
    beside = side_file(path)
    return max(part.stat().st_mtime for part in (path, beside) if part is not None)
