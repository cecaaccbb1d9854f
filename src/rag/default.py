"""The default library, for those who just want to ask."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from rag.library import Library
from rag.schema import Answer
from rag.store import Store

SEEDS = "seeds"

_lock = threading.Lock()
_open: dict[Path, Library] = {}


def default_index() -> Path:
    """Where the default index lies: `RAG_INDEX`, else `index/` below the working folder."""
    return Path(os.environ.get("RAG_INDEX") or "index")


def answer(question: str) -> Answer:
    """What the default library's articles say about the question.

    The library is opened once per process; where there is none it is first built from `seeds/`. Raises QuestionError
    where there is nothing to ask, IndexMissingError where there is neither an index nor a folder `seeds/`.
    """
    folder = default_index().resolve()
    with _lock:
        if folder not in _open:
            _open[folder] = _open_or_build(folder)
    return _open[folder].answer(question)


def _open_or_build(folder: Path) -> Library:
    seeds = Path(SEEDS)
    if Store.exists(folder) or not seeds.is_dir():
        return Library.open(folder)
    library = Library.open(folder, create=True)
    library.update(seeds)
    return library
