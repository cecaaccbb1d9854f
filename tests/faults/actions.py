"""The actions of a forked process: it updates a library, or collects everything that a library says."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from rag.answering.confidence import Calibration
from rag.core.article import Hit, Passage
from rag.core.errors import ArticleError, IndexMissingError, RagError
from rag.core.index_layout import store_path
from rag.core.ports import as_ids
from rag.indexes.dense import DenseIndex
from rag.indexes.derive import Derived, derive
from rag.indexes.lexical import TantivyIndex
from rag.ingest.check import check_library
from rag.ingest.rebuild import rebuild_library
from rag.ingest.restore import restore_library
from rag.ingest.update import update_library
from rag.library import Library
from rag.models.sentence_reader import SentenceReader
from rag.store.sqlite.backup import read_backup, write_backup
from rag.store.store import Store
from rag_ui.adding.adding import Additions
from rag_ui.language.strings import ENGLISH
from tests.composing import answer_to
from tests.fakes import HashingEmbedder
from tests.faults.news import QUESTIONS
from tests.libraries import DIMENSION
from tests.libraries import update as put

Seen = dict[str, Any]
PAGE = "page"
"""The library's folder, where a case has the folder of added files beside it."""
NOTHING: Seen = {"generation": 0, "findings": []}
"""The result of `look` if the library is missing or empty."""
CALIBRATION = Calibration(weights={"score": 1.0}, bias=0.0, threshold=0.0, precision=0.0)
"""A calibration with the threshold 0, so that the library never abstains because of low confidence."""


def warm_up(folder: Path) -> None:
    """Runs once what is slow the first time, except tantivy on files, because that would leave threads behind."""
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
    """Updates the library as the command line does. `acknowledge` is called after the report, before the index closes.

    All actions have these arguments.

    Args:
        index: The index folder.
        news: The folder of articles.
        acknowledge: Called when the action has reported success.
    """
    with Store.create(index) as store:
        update_library(store, [news], HashingEmbedder())
        acknowledge()


def interrupt(index: Path, news: Path, acknowledge: Callable[[], None]) -> None:
    """Starts an update and interrupts it when its articles are embedded but not yet stored."""

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with Store.open(index) as store, contextlib.suppress(KeyboardInterrupt):
        update_library(store, [news], HashingEmbedder(), progress=stop)


def rebuild(index: Path, news: Path, acknowledge: Callable[[], None]) -> None:
    """Rebuilds the library from the articles' files."""
    rebuild_library(index, [news], HashingEmbedder())
    acknowledge()


def save(index: Path, news: Path, acknowledge: Callable[[], None]) -> None:
    """Saves the library to the file that `restore` reads, beside the folder of articles."""
    write_backup(store_path(index), news.with_suffix(".backup"))
    acknowledge()


def save_inside(index: Path, news: Path, acknowledge: Callable[[], None]) -> None:
    """Saves the library to a file in its own folder, where the trap sees each step."""
    write_backup(store_path(index), index / "saved.backup")
    acknowledge()
    with tempfile.TemporaryDirectory() as folder:
        read_backup(index / "saved.backup", Path(folder) / "fresh.sqlite")


def restore(index: Path, news: Path, acknowledge: Callable[[], None]) -> None:
    """Restores the backup that `save` wrote."""
    restore_library(index, news.with_suffix(".backup"))
    acknowledge()


def mend(index: Path, news: Path, acknowledge: Callable[[], None]) -> None:
    """Repairs the library as the errors advise: with a rebuild, or with an update if no library is left."""
    (rebuild if Store.exists(index) else update)(index, news, acknowledge)


def upload(index: Path, news: Path, acknowledge: Callable[[], None]) -> None:
    """Adds a file as the page does, with the library and the folder of added files side by side."""
    embedder = HashingEmbedder()
    (file,) = news.with_name("upload").iterdir()
    with Library(Store.open(index / PAGE), embedder, SentenceReader(embedder), CALIBRATION) as library:
        try:
            card = Additions(library, ENGLISH).add_now([file], None, lambda markup: None)
        except OSError as error:  # the page says that adding failed
            raise ArticleError(str(error)) from error
        if "1 article added" not in card and "already in the archive" not in card:
            raise ArticleError(card)
        acknowledge()


def look(index: Path) -> tuple[Seen, list[str]]:
    """Opens the library as usual and collects what it says.

    Args:
        index: The index folder.

    Returns:
        The generation, the counts, a digest of everything that the library says, and the findings of the check. If the
        library can't be opened: the error and its remedy. And the warnings that were logged.
    """
    if (index / PAGE).exists():
        seen, warned = look(index / PAGE)
        # Each case has another folder, so that an added file may have moved, which is a generation more.
        return {name: value for name, value in seen.items() if name != "generation"}, warned
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
    """Everything that each of the two indexes finds for each question."""
    embedder = HashingEmbedder()
    found: list[object] = []
    for question in QUESTIONS:
        ids, scores = derived.dense.search(embedder.embed([question])[0], 1000)
        nearest = [_place(passage) for passage in store.passages(ids, derived.generation)]
        # tantivy's word statistics include removed passages for a while, so only the hits are compared, not the scores.
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
    # The fake embedder has no model on disk, so this finding is always present.
    return [f.what for f in check_library(index).findings if not f.what.startswith("questions can't be embedded")]


def _digest(said: object) -> str:
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


ACTIONS = {
    "update": update,
    "interrupt": interrupt,
    "rebuild": rebuild,
    "save": save,
    "save inside": save_inside,
    "restore": restore,
    "mend": mend,
    "upload": upload,
}
"""The actions by name."""
