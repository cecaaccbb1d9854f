"""The default library, for those who just want to ask."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from rag.core.article import Article, Hit, Passage, Span
from rag.core.index_layout import DEFAULT
from rag.core.ports import Reader
from rag.core.schema import Answer
from rag.library import Library
from rag.models.load_embedder import load_embedder
from rag.models.load_reader import load_reader
from rag.question.question import check_question
from rag.store.store import Store
from rag.text.segment import segment

SEEDS = "seeds"

_lock = threading.Lock()
_open: dict[Path, Library] = {}


def default_index() -> Path:
    """Where the default index lies: `RAG_INDEX`, else `index/` below the working folder."""
    return Path(os.environ.get("RAG_INDEX") or DEFAULT)


def answer(question: str, *, history: Sequence[Answer] = (), **scope: Any) -> Answer:
    """What the default library's articles say about the question; the arguments are those of `Library.answer`.

    The library is opened once per process; where there is none it is first built from `seeds/`. Raises QuestionError
    where there is nothing to ask, IndexMissingError where there is neither an index nor a folder `seeds/`.
    """
    folder = default_index().resolve()
    with _lock:
        if folder not in _open:
            _open[folder] = _open_or_build(folder)
    return _open[folder].answer(question, history=history, **scope)


def read(question: str, text: str, reader: str | None = None) -> list[Span]:
    """The spans of a text of your own that answer the question, best first; no library is needed.

    Offsets are those of `text`; a span's score is the log-odds of these words over no answer. `reader` is as in
    `Library.open`. Raises QuestionError where there is nothing to ask, ModelError where the reader can't be had.
    """
    asked = check_question(question)
    sentences = segment(text)
    passage = Passage(0, Article("", "", "", text, "", sentences=sentences), 0, len(text), sentences)
    (reading,) = _reader(reader).read(asked, [Hit(passage, rank=1, score=1.0, similarity=0.0)])
    return list(reading.spans)


@cache
def _reader(name: str | None) -> Reader:
    return load_reader(name, load_embedder())


def _open_or_build(folder: Path) -> Library:
    seeds = Path(SEEDS)
    if Store.exists(folder) or not seeds.is_dir():
        return Library.open(folder)
    library = Library.open(folder, create=True)
    library.update(seeds)
    return library
