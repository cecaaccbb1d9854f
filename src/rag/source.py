"""Turns files into articles: finds them, decodes them, tells title and date, splits them into sentences.

The stored text is the file as decoded: the byte order mark is dropped, and nothing else is changed, line ends neither.
Formats other than plain text get a line in `SUFFIXES` and a function behind it.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rag.article import Sentence
from rag.decode import decode
from rag.errors import ArticleError
from rag.metadata import derive_metadata
from rag.schema import Skipped
from rag.structure import segment

MAX_BYTES = 32 * 1024 * 1024
"""The default limit of a file's size, in bytes."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """What one file holds: all of an `Article` but its id and path.

    `content_hash` is the sha256, in hexadecimal, of the text as UTF-8 (lone surrogates as `surrogatepass` writes them).
    """

    text: str = field(repr=False)
    content_hash: str
    title: str
    published: str | None
    source: str | None
    url: str | None
    byline: str | None
    derived: frozenset[str]
    sentences: tuple[Sentence, ...] = field(repr=False)


def read_article(path: Path, *, max_bytes: int = MAX_BYTES) -> SourceText:
    """The article in this file. Raises ArticleError, with one line on what to do, where there is none to be had."""
    read = SUFFIXES.get(path.suffix.lower(), read_text)
    return read(_read_bytes(path, max_bytes))


def read_text(data: bytes) -> SourceText:
    """The article in the bytes of a plain text file; raises ArticleError where they are no text."""
    text = decode(data)
    if not text.strip():
        raise ArticleError("The file is empty; put the article's text into it or take it away.")
    sentences = segment(text)
    metadata = derive_metadata(text, sentences)
    return SourceText(
        text=text,
        content_hash=hash_text(text),
        title=metadata.title,
        published=metadata.published,
        source=metadata.source,
        url=metadata.url,
        byline=metadata.byline,
        derived=metadata.derived,
        sentences=sentences,
    )


SUFFIXES: Mapping[str, Callable[[bytes], SourceText]] = {".txt": read_text}
"""How to read a file, by its suffix in lower case."""


def hash_text(text: str) -> str:
    """The sha256 of the text as UTF-8, in hexadecimal; any string has one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def find_articles(paths: Iterable[Path]) -> tuple[list[Path], list[Skipped]]:
    """The files to read under these files and folders, and what was passed over that a person may miss.

    Paths come in the order given, each folder's files sorted, no file twice. In a folder, hidden files and READMEs are
    passed over without a word, and links that lead out of it are not followed. Raises nothing.
    """
    found: dict[str, Path] = {}
    skipped: list[Skipped] = []
    for path in paths:
        files = sorted(_walk(path, skipped)) if _is_folder(path) else [path]
        for file in files:
            why = _why_not(file)
            if why:
                skipped.append(_skip(file, why))
            else:
                found.setdefault(os.path.realpath(file), file)
    return list(found.values()), skipped


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # what holds it can't be looked into: `_why_not` says so
        return False


def _walk(folder: Path, skipped: list[Skipped]) -> Iterator[Path]:
    """All files below a folder that are neither hidden nor READMEs; notes the folders that can't be read."""

    def note(error: OSError) -> None:
        skipped.append(_skip(Path(error.filename), "The folder can't be read; check its permissions."))

    root = os.path.realpath(folder)
    for name, folders, files in os.walk(folder, onerror=note):
        here = Path(name)
        folders[:] = sorted(child for child in folders if not child.startswith("."))
        for child in folders:
            target = os.path.realpath(here / child)
            if (here / child).is_symlink() and os.path.commonpath([root, target]) != root:
                skipped.append(_skip(here / child, "The link leads out of the folder; name its target to read it too."))
        yield from (here / file for file in files if not file.startswith(".") and not file.upper().startswith("README"))


def _why_not(file: Path) -> str | None:
    """Why this can't be an article, as far as its name and kind tell."""
    try:
        mode = file.stat().st_mode
    except ValueError:
        return "This is no file's name; check the path."
    except OSError as error:
        return _explain(error)
    if not stat.S_ISREG(mode):
        return "This is no file; give a text file or a folder."
    if file.suffix.lower() not in SUFFIXES:
        return f"Files of this kind can't be read yet; save it as {' or '.join(SUFFIXES)}."
    return None


def _read_bytes(path: Path, max_bytes: int) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a pipe would wait for ever
            raise ArticleError("This is no file; give a text file.")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except ValueError as error:
        raise ArticleError("This is no file's name; check the path.") from error
    except OSError as error:
        raise ArticleError(_explain(error)) from error
    if len(data) > max_bytes:
        raise ArticleError(f"The file is larger than {max_bytes / 1024 / 1024:g} MB; split it into its articles.")
    return data


def _explain(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "The file is not there; check the path, or update again once it is back."
    if isinstance(error, PermissionError):
        return "The file can't be read; check its permissions."
    return f"The file can't be read ({error.strerror or error}); check the disk and try again."


def _skip(path: Path, why: str) -> Skipped:
    """The report's entry for a path, whose name need not be valid UTF-8."""
    return Skipped(path=os.fsencode(path).decode("utf-8", "replace"), why=why)
