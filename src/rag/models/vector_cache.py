"""Keeps the vectors of short texts that are embedded repeatedly, and compares texts with a question."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from rag.core.ports import Embedder, Vectors

_SIZE = 4096
"""Number of texts whose vectors are kept in memory."""


class VectorCache:
    """An embedder that keeps its last vectors in memory. Threads may share it."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embeds texts.

        Args:
            texts: At least one text.

        Returns:
            Unit vectors, shape (len(texts), dimension).
        """
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
        """Compares texts with a question.

        Args:
            question: The question's unit vector, shape (dimension,).
            texts: At least one text.

        Returns:
            The cosine of each text and the question, in [-1, 1].
        """
        return [float(vector @ question) for vector in self.embed(texts)]
