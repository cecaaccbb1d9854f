"""The seams of the pipeline: what each stage needs from the next, and nothing more.

Every implementation of a port passes the port's contract suite in `tests/contracts/`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from rag.core.article import Hit, Reading

Vectors = NDArray[np.float32]
"""Unit vectors, shape (n, dimension); or one of shape (dimension,)."""
Ids = NDArray[np.int64]
"""Passage ids, shape (n,)."""
Scores = NDArray[np.float32]
"""Scores, higher is better, shape (n,)."""


class Fingerprint(BaseModel):
    """What makes two embedders give the same vectors; stored with the index and compared when it is opened."""

    model_config = ConfigDict(frozen=True)

    name: str
    weights_sha256: str
    dimension: int
    pooling: str
    normalised: bool
    max_tokens: int


class Embedder(Protocol):
    """Text to unit vectors."""

    @property
    def fingerprint(self) -> Fingerprint:
        """What the vectors depend on."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension), float32, each of length 1, in the order given.

        A text's vector does not depend on the texts it is embedded with. No texts give shape (0, dimension).
        """
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text as the model sees it, special tokens not counted, nothing truncated."""
        ...


class VectorIndex(Protocol):
    """Nearest passages by inner product of unit vectors (the cosine)."""

    def __len__(self) -> int: ...

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Adds vectors of shape (n, dimension) under ids of shape (n,); an id that is there already is an error."""
        ...

    def remove(self, ids: Ids) -> None:
        """Forgets these ids; ids that are not there are passed over."""
        ...

    def search(self, vector: Vectors, k: int, within: Ids | None = None) -> tuple[Ids, Scores]:
        """At most k ids and cosines, best first, ties by lower id; fewer where fewer are stored, never padding.

        With `within`, the k best of these ids.
        """
        ...


class LexicalIndex(Protocol):
    """Nearest passages by words in common (BM25)."""

    def __len__(self) -> int: ...

    def add(self, ids: Ids, texts: Sequence[str]) -> None:
        """Adds passages' texts under their ids; visible to searches after `commit`."""
        ...

    def remove(self, ids: Ids) -> None:
        """Forgets these ids at the next `commit`; ids that are not there are passed over."""
        ...

    def commit(self, generation: int) -> None:
        """Makes all changes since the last commit visible and durable at once, stamped with the generation."""
        ...

    def search(self, question: str, k: int, within: Ids | None = None) -> tuple[Ids, Scores]:
        """At most k ids and BM25 scores, best first, ties by lower id. Any text is a question, none is syntax.

        With `within`, the k best of these ids, with the scores that they have among all.
        """
        ...


class Reader(Protocol):
    """Finds the words of a passage that answer a question."""

    @property
    def name(self) -> str:
        """What it is called, in the status and where its calibration is looked up."""
        ...

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """One `Reading` per hit, in the order given; a hit without an answer gives a reading without spans.

        Spans lie inside their passage, and their offsets are those of the article's text.
        """
        ...


def as_ids(values: Sequence[int] | NDArray[Any]) -> Ids:
    """The values as an array of passage ids, shape (n,)."""
    return np.asarray(values, dtype=np.int64).reshape(-1)
