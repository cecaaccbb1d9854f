"""Finds the changes of a folder of articles for a peer. Its user would have to write this code.

Both peers add or overwrite passages by id, and the caller must find out what has changed. This module uses only the
standard library, because it runs in the peers' environments.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WORDS = 90
"""Words of a passage, about as many as this project's passages have."""
OVERLAPPING = 15
"""Words that a passage shares with the passage before it."""
HITS = 8
"""Number of passages that are read for a question, as many as `rag.answering.pipeline` reads."""
DEPTH = 50
"""Number of passages from each ranking, as many as in `rag.retrieval.retriever`."""

_SEEN = "articles.json"
"""File in the index folder with the hashes of the article files."""
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One article of a file. `name` is the file's name."""

    name: str
    title: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The changes since the last update.

    Attributes:
        gone: Names of files whose passages must be deleted.
        new: Articles to add.
    """

    gone: tuple[str, ...]
    new: tuple[ArticleFile, ...]


def look(articles: Path, index: Path) -> Changes:
    """Finds the changes in a folder since the last call of `remember`. A changed article is both gone and new.

    Args:
        articles: The folder of articles.
        index: The index folder.
    """
    known, found = _seen(index), _hashes(articles)
    new = [name for name in found if known.get(name) != found[name]]
    gone = [name for name in known if known[name] != found.get(name)]
    return Changes(tuple(gone), tuple(_read(articles / name) for name in new))


def remember(articles: Path, index: Path) -> None:
    """Stores the hashes of the folder's files in the index folder.

    Args:
        articles: The folder of articles.
        index: The index folder.
    """
    (index / _SEEN).write_text(json.dumps(_hashes(articles)), encoding="utf-8")


def cut(text: str) -> Iterator[tuple[int, int]]:
    """Cuts a text into passages of WORDS words. Each begins OVERLAPPING words before the end of the one before it.

    Yields:
        Half-open character intervals.
    """
    words = [match.span() for match in _WORD.finditer(text)]
    for first in range(0, max(1, len(words) - OVERLAPPING), WORDS - OVERLAPPING):
        if some := words[first : first + WORDS]:
            yield some[0][0], some[-1][1]


def _seen(index: Path) -> dict[str, str]:
    path = index / _SEEN
    found: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def _hashes(articles: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(articles.glob("*.json"))}


def _read(path: Path) -> ArticleFile:
    row = json.loads(path.read_text(encoding="utf-8"))
    return ArticleFile(path.name, row["title"], row["date"], row["text"])
