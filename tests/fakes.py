"""Small fakes that implement the real ports. Each must pass the contract tests of its port."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence

import numpy as np

from rag.core.ports import Fingerprint, Ids, PassageSet, Scores, Vectors, as_ids


class HashingEmbedder:
    """Implements `rag.core.ports.Embedder`: counts words in a hashed dimension each, and scales the vector to length 1.

    `embedded` lists all texts that were embedded.
    """

    def __init__(self, name: str = "hashing", dimension: int = 16, max_tokens: int = 256) -> None:
        self.fingerprint = Fingerprint(
            name=name,
            weights_sha256="0" * 64,
            dimension=dimension,
            pooling="sum",
            normalised=True,
            max_tokens=max_tokens,
        )
        self.embedded: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        self.embedded.extend(texts)
        vectors = np.zeros((len(texts), self.fingerprint.dimension), np.float32)
        # Every text gets 1 in the first dimension, so that no vector is zero.
        vectors[:, 0] = 1.0
        for vector, text in zip(vectors, texts, strict=True):
            for word in re.findall(r"\w+", text.lower()):
                digest = hashlib.sha256(word.encode("utf-8", "replace")).digest()
                vector[int.from_bytes(digest[:4], "big") % len(vector)] += 1.0
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


class FailingEmbedder(HashingEmbedder):
    """Calls `action` when a text contains `word`. The action may raise an error."""

    def __init__(self, word: str, action: Callable[[], None]) -> None:
        super().__init__()
        self.word = word
        self.action = action

    def embed(self, texts: Sequence[str]) -> Vectors:
        if any(self.word in text for text in texts):
            self.action()
        return super().embed(texts)


class StoppedEmbedder(HashingEmbedder):
    """Raises KeyboardInterrupt instead of embedding more than `after` texts."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self.after = after

    def embed(self, texts: Sequence[str]) -> Vectors:
        if len(self.embedded) + len(texts) > self.after:
            raise KeyboardInterrupt
        return super().embed(texts)


class NumpyVectorIndex:
    """Implements `rag.core.ports.VectorIndex` with an exhaustive search."""

    def __init__(self) -> None:
        self._vectors: dict[int, Vectors] = {}

    damaged = False

    def __len__(self) -> int:
        return len(self._vectors)

    def add(self, ids: Ids, vectors: Vectors) -> None:
        if len(ids) != len(vectors) or len(set(ids.tolist())) < len(ids) or self._vectors.keys() & set(ids.tolist()):
            raise ValueError("ids given twice, or there already, or not as many as vectors")
        self._vectors.update(zip(ids.tolist(), vectors, strict=True))

    def remove(self, ids: Ids) -> None:
        for passage_id in ids.tolist():
            self._vectors.pop(passage_id, None)

    def search(self, vector: Vectors, k: int, within: PassageSet | None = None) -> tuple[Ids, Scores]:
        chosen = self._vectors.keys() if within is None else self._vectors.keys() & set(within.ids.tolist())
        scored = sorted((-float(self._vectors[passage_id] @ vector), passage_id) for passage_id in chosen)
        best = scored[: max(k, 0)]
        return as_ids([passage_id for _, passage_id in best]), np.array([-score for score, _ in best], np.float32)
