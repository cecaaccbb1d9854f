"""Keeps models, so that several libraries of one process share them: each takes a second and 100 MB or more."""

from __future__ import annotations

import threading

from rag.core.ports import Embedder, Reader
from rag.models.load_embedder import load_embedder
from rag.models.load_reader import load_reader


class LoadedModels:
    """Loads each embedder and each reader when it is first asked for, and returns the same one afterwards.

    Threads may share it.
    """

    def __init__(self) -> None:
        self._embedders: dict[str, Embedder] = {}
        self._readers: dict[tuple[str | None, Embedder], Reader] = {}
        self._lock = threading.Lock()

    def embedder(self, name: str) -> Embedder:
        """Returns the embedder that `load_embedder` loads. Raises ModelError as it does."""
        with self._lock:
            if name not in self._embedders:
                self._embedders[name] = load_embedder(name)
            return self._embedders[name]

    def reader(self, name: str | None, embedder: Embedder) -> Reader:
        """Returns the reader that `load_reader` loads. Raises ModelError as it does."""
        with self._lock:
            if (name, embedder) not in self._readers:
                self._readers[name, embedder] = load_reader(name, embedder)
            return self._readers[name, embedder]
