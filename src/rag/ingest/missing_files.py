"""Finds folders that lost so many files at once that a disk may be missing. An update changes nothing of them.

A folder of many files that is empty now, or a known folder without more than half of its files, is more often a disk
that is not mounted than a deletion. A person confirms a deletion (`Scan.removes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rag.core.errors import ArticleError
from rag.core.remedies import Remedy
from rag.core.reports import Skipped
from rag.formats.file_types import file_of
from rag.ingest.changes import Changes
from rag.ingest.scan import Scan, is_in

_MOUNT_POINT = 10
"""Number of files from which a folder below a root counts as a disk that is missing if it is there and empty."""


def find_missing(known: Iterable[str], gone: Iterable[str], scan: Scan, roots: Sequence[Path]) -> dict[Path, Skipped]:
    """Finds the folders of a scan that lost too many files.

    Args:
        known: Paths of the library's articles.
        gone: Paths of the articles whose files are gone and did not move.
        scan: The files found.
        roots: The absolute paths of the files and folders that the library knows.

    Returns:
        For each such folder, outermost first, what the report says about it.
    """
    lost = {file_of(path) for path in gone} - scan.files.keys()
    if not lost or scan.removes:
        return {}
    files = {file_of(path) for path in known}
    scanned = [root.absolute for root in scan.roots]
    folders = {*scanned, *(root for root in roots if is_below(root, scanned))}
    held = {folder for folder in folders if _lost_most(folder, files, lost)}
    held |= {folder for folder in _empty_folders(files, lost) if is_below(folder, scanned)}
    outermost = sorted(folder for folder in held if held.isdisjoint(folder.parents))
    return {folder: _report(folder, files, lost) for folder in outermost}


def without(changes: Changes, folders: Iterable[Path]) -> Changes:
    """Leaves out what concerns files in these folders. An article that moved out of such a folder has moved."""
    held = tuple(folders)

    def others(paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(path for path in paths if not any(is_in(file_of(path), folder) for folder in held))

    return Changes(
        added=others(changes.added),
        changed=others(changes.changed),
        renamed=tuple(move for move in changes.renamed if others([move.new])),
        removed=others(changes.removed),
        unchanged=changes.unchanged,
    )


def roots_away(scan: Scan, roots: Iterable[Path]) -> list[Path]:
    """Returns the library's files and folders that are missing, apart from those of the scan."""
    scanned = {root.absolute for root in scan.roots}
    return [root for root in roots if not is_below(root, scanned) and not root.exists()]


def left_roots(away: Sequence[Path], known: Iterable[str], changes: Changes) -> tuple[Path, ...]:
    """Returns the missing files and folders from which all articles have moved elsewhere.

    Args:
        away: The missing files and folders.
        known: Paths of the library's articles.
        changes: What an update does.
    """
    if not away:
        return ()
    moved = {move.old for move in changes.renamed}
    stayed = [path for path in known if path not in moved]
    return tuple(root for root in away if _holds(root, moved) and not _holds(root, stayed))


def is_below(root: Path, folders: Iterable[Path]) -> bool:
    """Returns whether a file or folder is one of these, or lies below one."""
    return any(is_in(str(root), folder) for folder in folders)


def lies_in(path: str, folders: Iterable[Path]) -> bool:
    """Returns whether an article's path lies in one of these folders."""
    return any(is_in(file_of(path), folder) for folder in folders)


def _holds(root: Path, paths: Iterable[str]) -> bool:
    return any(lies_in(path, [root]) for path in paths)


def _lost_most(folder: Path, files: set[str], lost: set[str]) -> bool:
    there = sum(is_in(file, folder) for file in files - lost)
    return sum(is_in(file, folder) for file in lost) > there


def _empty_folders(files: set[str], lost: set[str]) -> set[Path]:
    """Folders that had many files, all of them lost, and are empty now, as a place where no disk is mounted is."""
    had = Counter(parent for file in files for parent in Path(file).parents)
    missing = Counter(parent for file in lost for parent in Path(file).parents)
    wholly = [folder for folder, count in missing.items() if count == had[folder] and count >= _MOUNT_POINT]
    return {folder for folder in wholly if _is_empty(folder)}


def _is_empty(folder: Path) -> bool:
    try:
        return next(folder.iterdir(), None) is None
    except OSError:  # it is gone: somebody deleted it
        return False


def _report(folder: Path, files: set[str], lost: set[str]) -> Skipped:
    missing, known = (sum(is_in(file, folder) for file in paths) for paths in (lost, files))
    error = ArticleError(
        f"{missing} of {known} files are missing here, so nothing of this folder was changed",
        "files_missing",
        remedy=Remedy("bring them back, or", "confirm_removed"),
        missing=missing,
        known=known,
    )
    return Skipped.of(str(folder), error)
