"""Finds near words with a static word embedding. They are often words of the same kind (north, south), not synonyms."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

FIRST_RANK, LAST_RANK = 1, 12
"""Half-open range of the neighbours that are kept. The nearest one is left out."""
FIRST_WORD_ROW = 1996
"""First row of a whole word in BERT's vocabulary. The rows before it are punctuation and single characters."""
FREQUENT_ROWS = 14_000
"""Number of rows with frequent words. BERT's vocabulary is ordered by frequency."""


def _share_stem(one: str, other: str) -> bool:
    shortest = min(len(one), len(other), 4)
    return one[:shortest] == other[:shortest]


def nearest_words(vocabulary: dict[str, int], embeddings: NDArray[np.float32]) -> dict[str, tuple[str, ...]]:
    """Maps each frequent word to its nearest words by cosine. Words with the same stem are left out.

    Args:
        vocabulary: Row of each token.
        embeddings: Static word embeddings of shape [rows, width].

    Returns:
        For each word its near words, nearest first.
    """
    rows = [
        (row, word)
        for word, row in vocabulary.items()
        if FIRST_WORD_ROW <= row < FREQUENT_ROWS and re.fullmatch("[a-z]{3,}", word)
    ]
    words = [word for _, word in sorted(rows)]
    vectors = embeddings[[row for row, _ in sorted(rows)]].astype(np.float32)
    vectors -= vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    near: dict[str, tuple[str, ...]] = {}
    for begin in range(0, len(words), 1000):
        similarity = vectors[begin : begin + 1000] @ vectors.T
        candidates = np.argpartition(-similarity, 30, axis=1)[:, :30]
        for offset, columns in enumerate(candidates):
            word = words[begin + offset]
            ordered = columns[np.argsort(-similarity[offset, columns])][1:]
            others = [words[c] for c in ordered if not _share_stem(word, words[c])]
            near[word] = tuple(others[FIRST_RANK:LAST_RANK])
    return near
