"""Vectors of short texts that are asked for again and again, and how like a question they are."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from rag.core.ports import Embedder, Vectors

_SIZE = 4096


class VectorCache:
    """An embedder's vectors of the texts last asked for; safe to share by threads."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors, shape (len(texts), dimension); at least one text."""
        with self._lock:
            known = {text: self._vectors[text] for text in texts if text in self._vectors}
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        known.update(zip(missing, self._embedder.embed(missing), strict=True))
        with self._lock:
            self._vectors.update(known)
            while len(self._vectors) > _SIZE:
                self._vectors.popitem(last=False)
        return np.stack([known[text] for text in texts])

    def likeness(self, question: Vectors, texts: Sequence[str]) -> list[float]:
        """The cosine of each text with a question's vector, shape (dimension,)."""
        return [float(vector @ question) for vector in self.embed(texts)]
