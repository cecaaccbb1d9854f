"""Finds files that may hold articles by their names and kinds, without reading them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from rag.core.errors import ArticleError
from rag.core.reports import Skipped
from rag.formats.file_types import READABLE, SIDE_FILE, file_type_of
from rag.formats.unpack import explain


def find_articles(paths: Iterable[Path]) -> tuple[list[Path], list[Skipped]]:
    """Finds the files to read under files and folders.

    In a folder, hidden files and READMEs are ignored silently, and links that lead out of it are not followed.

    Args:
        paths: Files and folders.

    Returns:
        The files without repeats, in the order given and sorted within each folder; and what was skipped that a person
        may miss.
    """
    found: dict[str, Path] = {}
    skipped: list[Skipped] = []
    for path in paths:
        if _is_folder(path):
            for file, real in _walk(path, skipped):
                found.setdefault(real, file)
        elif why := _why_not(path):
            skipped.append(_skip(path, why))
        else:
            found.setdefault(os.path.realpath(path), path)
    return list(found.values()), skipped


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # its folder can't be read; `_why_not` reports it
        return False


def _walk(folder: Path, skipped: list[Skipped]) -> Iterator[tuple[Path, str]]:
    """Yields the files below a folder, sorted, each with its real path; notes what can't be read or leads out.

    The real path of a file that is not a link is joined from its folder's real path, because resolving each would
    dominate the time.
    """
    root = os.path.realpath(folder)
    stack = [_list(folder, root, skipped)]
    while stack:
        try:
            path, real, kind = next(stack[-1])
        except StopIteration:
            stack.pop()
            continue
        if kind == "folder":
            stack.append(_list(path, real, skipped))
        elif not _is_passed_over(path.name):
            why = _why_no_article(path) if kind == "file" else _why_not_below(root, path)
            if why:
                skipped.append(_skip(path, why))
            elif kind == "file":
                yield path, real
            elif not _is_folder(path):
                yield path, os.path.realpath(path)


def _list(folder: Path, real: str, skipped: list[Skipped]) -> Iterator[tuple[Path, str, str]]:
    """Yields what is in a folder, sorted and without hidden files: path, real path if it is not a link, and kind.

    The kind is "folder", "file" or "other"; links are "other".
    """
    try:
        with os.scandir(folder) as entries:
            listed = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        skipped.append(_skip(folder, ArticleError("The folder can't be read", remedy="check its permissions")))
        return
    for entry in listed:
        if not entry.name.startswith("."):
            yield folder / entry.name, f"{real}{os.sep}{entry.name}", _kind(entry)


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_dir(follow_symlinks=False):
        return "folder"
    return "file" if entry.is_file(follow_symlinks=False) else "other"


def _is_passed_over(name: str) -> bool:
    return name.upper().startswith("README") or name.lower().endswith(SIDE_FILE)


def _why_not_below(root: str, path: Path) -> ArticleError | None:
    """Why a link or special file below this folder can't be an article; None if it can or is a link to a folder."""
    if not _is_folder(path) and (why := _why_not(path)):
        return why
    if os.path.commonpath([root, os.path.realpath(path)]) != root:
        return ArticleError("The link points outside the folder", "link", remedy="name its target as well")
    return None


def _why_not(path: Path) -> ArticleError | None:
    """Why this can't be an article, judged by its name and kind; None if it can."""
    try:
        mode = path.stat().st_mode
    except ValueError:
        return ArticleError("This is not a valid file name", "bad_name", remedy="check the path")
    except OSError as error:
        return explain(error)
    if not stat.S_ISREG(mode):
        return ArticleError("This is not a file", "no_file", remedy="give a text file or a folder")
    return _why_no_article(path)


def _why_no_article(file: Path) -> ArticleError | None:
    if file_type_of(file) is None:
        return ArticleError("This kind of file can't be read", "wrong_kind", remedy=f"save it as one of {READABLE}")
    return None


def _skip(path: Path, why: ArticleError) -> Skipped:
    """The report's entry for a path. The path's name may not be valid UTF-8."""
    return Skipped.of(os.fsencode(path).decode("utf-8", "replace"), why)
