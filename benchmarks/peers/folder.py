"""What a peer's user has to write to have it follow a folder of articles; only the standard library is used.

Neither peer does it by itself: both add or overwrite by id, and leave it to the caller to tell what has changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

WORDS = 90
"""Words of a passage; about as many as this project's passages have, which end with sentences."""
OVERLAPPING = 15
"""Of which so many are the end of the passage before."""
HITS = 8
"""Passages that are read for a question, as many as `rag.answering.pipeline` reads."""
DEPTH = 50
"""Passages that either ranking contributes, as many as in `rag.retrieval.retriever`."""

_SEEN = "articles.json"
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """One article as its file has it."""

    name: str
    title: str
    date: str
    text: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs from the update before: names of files to forget, articles to take in."""

    gone: tuple[str, ...]
    new: tuple[ArticleFile, ...]


def look(articles: Path, index: Path) -> Changes:
    """The changes in a folder since `remember` was last called for the index; a changed article is gone and new."""
    known, found = _seen(index), _hashes(articles)
    new = [name for name in found if known.get(name) != found[name]]
    gone = [name for name in known if known[name] != found.get(name)]
    return Changes(tuple(gone), tuple(_read(articles / name) for name in new))


def remember(articles: Path, index: Path) -> None:
    """Keeps beside the index what the folder holds now."""
    (index / _SEEN).write_text(json.dumps(_hashes(articles)), encoding="utf-8")


def cut(text: str) -> Iterator[tuple[int, int]]:
    """Intervals of WORDS words, each beginning OVERLAPPING words before the end of the one before."""
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
