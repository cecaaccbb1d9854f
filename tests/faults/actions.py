"""What a forked process does in a case: it updates a library, or looks at all that one says."""

from __future__ import annotations

import contextlib
import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from rag.answering.confidence import Calibration
from rag.core.article import Hit, Passage
from rag.core.errors import IndexMissingError, RagError
from rag.core.ports import as_ids
from rag.indexes.dense import DenseIndex
from rag.indexes.derive import Derived, derive
from rag.indexes.lexical import TantivyIndex
from rag.ingest.check import check_library
from rag.ingest.rebuild import rebuild_library
from rag.ingest.update import update_library
from rag.library import Library
from rag.models.sentence_reader import SentenceReader
from rag.store.store import Store
from tests.composing import answer_to
from tests.fakes import HashingEmbedder
from tests.faults.news import QUESTIONS
from tests.libraries import DIMENSION
from tests.libraries import update as put

Seen = dict[str, Any]
NOTHING: Seen = {"generation": 0, "findings": []}
"""What is seen where there is no library, or an empty one."""
CALIBRATION = Calibration(weights={"score": 1.0}, bias=0.0, threshold=0.0, precision=0.0)


def warm_up(folder: Path) -> None:
    """Does once what costs time the first time, and leaves no thread behind: all but tantivy's files."""
    embedder = HashingEmbedder(dimension=DIMENSION)
    with Store.create(folder) as store:
        put(store, a="The bridge reopened on Monday.\n")
        (passage,) = store.passages(as_ids([1]))
        dense = DenseIndex(DIMENSION)
        dense.add(as_ids([1]), store.vectors(as_ids([1])))
        dense.search(embedder.embed(["bridge"])[0], 1)
        store.articles()
    TantivyIndex.in_memory().search("bridge", 1)
    readings = SentenceReader(embedder).read("When did it reopen?", [Hit(passage, 1, 1.0, 1.0)])
    answer_to("When did it reopen?", readings, CALIBRATION)


def update(index: Path, news: Path, acknowledge: Callable[[], None]) -> None:
    """An update as the command line makes it; told when its report is out, and the index still open."""
    with Store.create(index) as store:
        update_library(store, [news], HashingEmbedder())
        acknowledge()


def interrupt(index: Path, news: Path, acknowledge: Callable[[], None]) -> None:
    """An update that is interrupted when its articles are embedded and not yet stored."""

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with Store.open(index) as store, contextlib.suppress(KeyboardInterrupt):
        update_library(store, [news], HashingEmbedder(), progress=stop)


def rebuild(index: Path, news: Path, acknowledge: Callable[[], None]) -> None:
    """The truth made anew from the articles' files."""
    rebuild_library(index, [news], HashingEmbedder())
    acknowledge()


def mend(index: Path, news: Path, acknowledge: Callable[[], None]) -> None:
    """What the errors say to do: a rebuild, or an update where nothing is left."""
    (rebuild if Store.exists(index) else update)(index, news, acknowledge)


def look(index: Path) -> tuple[Seen, list[str]]:
    """All that the library in this folder says when it is opened in the ordinary way, and what it warned of."""
    reports: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: reports.append(record.getMessage())  # type: ignore[method-assign]
    logging.getLogger("rag").addHandler(handler)
    try:
        with Store.open(index) as store:
            seen = _look(store)
        return seen | {"findings": _findings(index)}, reports
    except IndexMissingError:
        return NOTHING, reports
    except RagError as error:
        return {"error": type(error).__name__, "mended_by": error.remedy.action}, reports
    finally:
        logging.getLogger("rag").removeHandler(handler)


def _look(store: Store) -> Seen:
    embedder = HashingEmbedder()
    library = Library(store, embedder, SentenceReader(embedder), CALIBRATION)
    if library.status().generation == 0:
        return NOTHING
    articles = [(Path(a.path).name, a.title, a.passages, library.article(a.id).text) for a in library.articles()]
    said = [articles, _search(store, derive(store)), _answer(library, QUESTIONS[0])]
    return {"generation": library.status().generation, "counts": list(store.counts()), "said": _digest(said)}


def _search(store: Store, derived: Derived) -> list[object]:
    """What each of the two indexes finds for each question, the whole of it."""
    embedder = HashingEmbedder()
    found: list[object] = []
    for question in QUESTIONS:
        ids, scores = derived.dense.search(embedder.embed([question])[0], 1000)
        nearest = [_place(passage) for passage in store.passages(ids, derived.generation)]
        # tantivy weighs words by statistics in which removed passages go on for a while: what is found, not how good.
        lexical = store.passages(np.sort(derived.lexical.search(question, 1000)[0]), derived.generation)
        found.append(sorted(zip(np.round(-scores, 5).tolist(), nearest, strict=True)))
        found.append(sorted(_place(passage) for passage in lexical))
    vectors = store.vectors(as_ids(sorted(ids.tolist())))
    return [*found, sorted(vectors.round(6).tolist())]


def _place(passage: Passage) -> tuple[str, int, int, str]:
    return (Path(passage.article.path).name, passage.start, passage.end, passage.text)


def _answer(library: Library, question: str) -> tuple[str, list[str]]:
    answer = library.answer(question)
    return answer.status, sorted(f"{c.title} {c.quote}" for c in (*answer.citations, *answer.near_misses))


def _findings(index: Path) -> list[str]:
    # The fake embedder is no model on disk, so that finding is always there.
    return [f.what for f in check_library(index).findings if not f.what.startswith("questions can't be embedded")]


def _digest(said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


ACTIONS = {"update": update, "interrupt": interrupt, "rebuild": rebuild, "mend": mend}
