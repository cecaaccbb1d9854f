"""The ports of the pipeline: what each stage needs from the next, and nothing more.

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
"""Unit vectors, shape (n, dimension); or a single one, shape (dimension,)."""
Ids = NDArray[np.int64]
"""Ids of passages, shape (n,)."""
Scores = NDArray[np.float32]
"""Scores, shape (n,). Higher is better."""


class Fingerprint(BaseModel):
    """Identifies an embedder. Two embedders with equal fingerprints give the same vectors.

    It is stored with the index and compared when the index is opened.

    Attributes:
        name: The name or folder of the model.
        weights_sha256: The sha256 of the weights, in hexadecimal digits.
        dimension: Numbers per vector.
        pooling: How token vectors become one vector, for example "mean".
        normalised: Whether the model itself normalises its vectors.
        max_tokens: Most tokens of a text that the model reads, special tokens included.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    weights_sha256: str
    dimension: int
    pooling: str
    normalised: bool
    max_tokens: int


class Embedder(Protocol):
    """Turns texts into unit vectors."""

    @property
    def fingerprint(self) -> Fingerprint:
        """Identifies the embedder."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embeds texts. The vector of a text does not depend on the other texts.

        Returns:
            float32 vectors of length 1, in the order of the texts, shape (len(texts), dimension).
        """
        ...

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Counts the tokens of each text, without special tokens and without truncation."""
        ...


class PassageSet(Protocol):
    """Passages of one generation to search among.

    A set is resolved where the search is: a database searches among its own passages without sending their ids.
    """

    @property
    def ids(self) -> Ids:
        """All ids, ascending, shape (n,). Those of a large set in a database take long: ask it with `holds`."""
        ...

    def holds(self, ids: Ids) -> NDArray[np.bool_]:
        """Whether each of these passages is in the set, shape (n,)."""
        ...

    def __and__(self, other: PassageSet) -> PassageSet:
        """The passages that are in both sets."""
        ...

    def __bool__(self) -> bool:
        """Whether any passage is in the set."""
        ...


class VectorSearch(Protocol):
    """Finds the nearest passages by the inner product of unit vectors, which is the cosine."""

    @property
    def damaged(self) -> bool:
        """Whether a search found that the index is not what was written."""
        ...

    def __len__(self) -> int: ...

    def search(self, vector: Vectors, k: int, within: PassageSet | None = None) -> tuple[Ids, Scores]:
        """Finds the nearest passages.

        Args:
            vector: The question's unit vector, shape (dimension,).
            k: Number of passages wanted.
            within: The passages to search among; None searches all.

        Returns:
            At most k ids and their cosines, best first; equal cosines by ascending id. There is no padding.
        """
        ...


class VectorIndex(VectorSearch, Protocol):
    """A search that can be added to."""

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Adds vectors of shape (n, dimension) under ids of shape (n,).

        Raises:
            ValueError: If an id is already stored.
        """
        ...

    def remove(self, ids: Ids) -> None:
        """Removes these ids; unknown ids are ignored."""
        ...


class LexicalIndex(Protocol):
    """Finds passages by shared words (BM25)."""

    def __len__(self) -> int: ...

    def add(self, ids: Ids, texts: Sequence[str]) -> None:
        """Adds the texts of passages under their ids; searches find them after `commit`."""
        ...

    def remove(self, ids: Ids) -> None:
        """Removes these ids at the next `commit`; unknown ids are ignored."""
        ...

    def commit(self, generation: int) -> None:
        """Makes all changes since the last commit visible and durable at once, and stores the generation with them."""
        ...

    def search(self, question: str, k: int, within: PassageSet | None = None) -> tuple[Ids, Scores]:
        """Finds the passages that share words with a question.

        Args:
            question: Any text; nothing in it is query syntax.
            k: Number of passages wanted.
            within: The passages to search among; None searches all. Scores are those among all passages.

        Returns:
            At most k ids and their BM25 scores, best first; equal scores by ascending id.
        """
        ...

    def find(self, words: str, *, exact: bool) -> tuple[Ids, Scores]:
        """Finds all passages that hold a word or a phrase.

        Args:
            words: The word or the words. A word with a mark inside ("cease-fire") is a phrase.
            exact: Whether the words are searched as they are written. Otherwise a word is found in any inflection.

        Returns:
            The ids, ascending, shape (n,), and their BM25 scores.
        """
        ...


class Reader(Protocol):
    """Finds the words of a passage that answer a question."""

    @property
    def name(self) -> str:
        """The name that the status shows, and by which the reader's calibration is found."""
        ...

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """Reads hits.

        Returns:
            One reading per hit, in the order of the hits. A hit without an answer gives a reading without spans. Spans
            lie inside their passage, with offsets in the article's text.
        """
        ...


def as_ids(values: Sequence[int] | NDArray[Any]) -> Ids:
    """Converts values to an array of passage ids, shape (n,)."""
    return np.asarray(values, dtype=np.int64).reshape(-1)
