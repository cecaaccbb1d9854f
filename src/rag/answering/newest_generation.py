"""Keeps the newest generation of a store ready to answer questions, while updates may add generations."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from typing import TypeVar

from rag.answering.confidence import Calibration
from rag.answering.pipeline import Serving
from rag.core.article import Passage
from rag.core.errors import CitationError, IndexBusyError, IndexDamagedError, RagError
from rag.core.ports import Embedder, Ids, PassageSet, Reader, Vectors
from rag.core.schema import Scope
from rag.core.settings import Settings
from rag.indexes.derive import Derived, derive
from rag.models.load_embedder import load_embedder
from rag.models.vector_cache import VectorCache
from rag.question.scope import names_in, single_filters, unknown_name
from rag.retrieval.full_text import FullText
from rag.retrieval.retriever import Retriever
from rag.store.rows import Generation
from rag.store.store import Store

_SCOPES = 16
"""Number of scopes whose passages are kept in memory: about as many as a few people use at a time."""

_TRIES = 5
"""Number of times that a question is tried while the library is exchanged, or its disk returns damage."""
_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class NewestGeneration:
    """The newest generation of a store, loaded again after each update. Threads may share it.

    Args:
        store: The store.
        embedder: The embedder of the stored vectors. If an update changes the embedder, the new one is loaded.
        reader: The reader.
        calibration: The reader's calibration, with the threshold that holds.
        settings: The settings.

    Raises:
        IndexDamagedError: If the store is damaged.
    """

    def __init__(
        self, store: Store, embedder: Embedder, reader: Reader, calibration: Calibration, settings: Settings
    ) -> None:
        self._store = store
        self._reader = reader
        self._calibration = calibration
        self._settings = settings
        self._lock = threading.Lock()
        self._serving = self._derive(embedder)

    @property
    def held(self) -> Generation:
        """The counts of the generation that was loaded last. The store is not read."""
        return self._held

    def serving(self) -> Serving:
        """Returns the newest generation, and loads it first if it changed since the last call.

        It has changed too if a backup was restored or the file was replaced. If a search found the dense index damaged,
        it is made again.

        Raises:
            IndexDamagedError: If the store is damaged.
            EmbedderMismatchError: If the embedder of the new vectors can't be loaded as it was.
            ModelError: If the files of that embedder are missing or damaged.
        """
        if not self._is_newest():
            with self._lock:
                if not self._is_newest():
                    self._serving = self._derive(self._serving.embedder, self._serving.derived)
        return self._serving

    def ask(self, work: Callable[[Serving], _Result]) -> _Result:
        """Does work with the newest generation, and again if the library was exchanged meanwhile or its index damaged.

        Without that, a rebuilt or restored library would look damaged or empty to a question that began before.

        Args:
            work: Answers a question.

        Raises:
            IndexDamagedError: If it is damaged, also after it was made again.
            IndexBusyError: If it is exchanged again and again.
        """
        for tries_left in reversed(range(_TRIES)):
            serving = self.serving()
            try:
                result = work(serving)
            except (IndexDamagedError, CitationError):
                if self.serving() is serving or not tries_left:
                    raise
            else:
                if self._store.holds(serving.derived.generation, serving.derived.token):
                    return result
        raise IndexBusyError("The library is exchanged again and again", remedy="ask again in a moment")

    @contextmanager
    def kept_loaded(self) -> Iterator[None]:
        """While the block runs, loads each new generation as soon as it is committed, so that no question waits."""
        stop = threading.Event()

        def follow() -> None:
            for _ in self._store.backend.commits(stop):
                try:
                    self.serving()
                except RagError as error:  # the next question meets it too, and tells the person
                    _log.info("the newest generation can't be loaded now: %s", error)

        thread = threading.Thread(target=follow, name="newest generation", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def check_known(self, scope: Scope | None) -> Scope | None:
        """Checks that the library has each source, author, section and value of a scope.

        Returns:
            The scope.

        Raises:
            QuestionError: If no article has one of them.
        """
        for filtered, name, alone in single_filters(scope or Scope()):
            if not self.serving().passages_in(alone):
                raise unknown_name(filtered, name, names_in(self._store.articles(), filtered, name))
        return scope

    def _is_newest(self) -> bool:
        newest, derived = self._store.newest, self._serving.derived
        return (newest.number, newest.token) == (derived.generation, derived.token) and not derived.dense.damaged

    def _derive(self, embedder: Embedder, before: Derived | None = None) -> Serving:
        """Loads the newest generation, with the embedder that made its vectors."""
        derived = derive(self._store, before)
        self._held = self._store.newest
        if derived.fingerprint not in (None, embedder.fingerprint):
            embedder = load_embedder(derived.fingerprint.name)
            self._store.check_embedder(embedder.fingerprint)
        load = partial(self._load, generation=derived.generation)
        retriever = Retriever(derived.dense, derived.lexical, load, self._settings.search)
        said_by = lru_cache(_SCOPES)(partial(self._store.said_by, generation=derived.generation))
        passages = partial(self._store.passages, generation=derived.generation)
        full_text = FullText(derived.lexical, self._store.versions_of, passages)
        passages_in = lru_cache(_SCOPES)(partial(self._passages_in, full_text, derived.generation))
        vectors = VectorCache(embedder)
        given = (self._reader, self._calibration, self._settings.answers)
        return Serving(derived, embedder, retriever, full_text, vectors, passages_in, said_by, *given)

    def _passages_in(self, full_text: FullText, generation: int, scope: Scope) -> PassageSet:
        naming = full_text.naming(scope.naming) if scope.naming else None
        return self._store.passages_in(scope, generation, naming)

    def _load(self, ids: Ids, generation: int) -> tuple[list[Passage], Vectors]:
        return self._store.passages(ids, generation), self._store.vectors(ids)
