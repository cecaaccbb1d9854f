"""Finds copies of one text by the runs of words that they share: wire reports, re-posts, shortened versions.

Candidates come from MinHash signatures cut into bands (Broder 1997; Leskovec, Rajaraman and Ullman, chapter 3). Texts
with a Jaccard similarity of 0.5 share a band with a probability of 99.5 %, of 0.3 with 67 %, of 0.1 with 4 %. The runs
themselves then decide whether the texts are copies. The hash functions are part of this module and must never change,
because bands stay in the store for years; those of an external package could change with its releases.
"""

from __future__ import annotations

import hashlib
import re

import numpy as np
from numpy.typing import NDArray

from rag.core.article import Article

Shingles = NDArray[np.uint64]
"""The distinct hashes of all runs of words of a text, ascending, shape (n,)."""

_RUN = 4
"""Words per run."""
_BANDS, _ROWS = 40, 3
"""Bands per signature, and minimum hashes per band."""
_SAME = 0.5
"""Least Jaccard similarity of two copies."""
_INSIDE, _ENOUGH = 0.8, 30
"""Least share of the shorter text's runs that the longer text must have, if the shorter one is a part of it; and least
number of runs of the shorter text, because a few common phrases prove nothing.
"""
_WORD = re.compile(r"\w+")


def shingle(article: Article) -> Shingles:
    """Hashes the runs of words of an article. Boilerplate is left out.

    Args:
        article: The article with its sentences.

    Returns:
        The hashes. All words of a text with fewer words than a run are one run; a text without words has none.
    """
    parts = [article.text[s.start : s.end] for s in article.sentences if s.kind != "boilerplate"]
    words = [word for part in parts for word in _WORD.findall(part.casefold())]
    starts = range(max(len(words) - _RUN + 1, min(len(words), 1)))
    runs = {" ".join(words[start : start + _RUN]) for start in starts}
    hashes = [hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest() for run in runs]
    return np.unique(np.frombuffer(b"".join(hashes), dtype="<u8"))


def bands(shingles: Shingles) -> list[int]:
    """Computes the bands of a text. Two similar texts probably share at least one.

    Args:
        shingles: The hashes of the text's runs, shape (n,).

    Returns:
        One signed 64-bit integer per band; empty if there are no shingles.
    """
    if not len(shingles):
        return []
    # Multiplication by an odd number permutes the 64-bit integers. Only the upper half of the result is evenly spread.
    least = ((shingles[:, None] * _FACTORS + _OFFSETS) >> np.uint64(32)).min(axis=0).reshape(_BANDS, _ROWS)
    return [_key(number, rows.astype("<u8").tobytes()) for number, rows in enumerate(least)]


def are_copies(one: Shingles, other: Shingles) -> bool:
    """Returns whether two texts differ only by edits, or one is a part of the other.

    Args:
        one: The shingles of one text.
        other: The shingles of the other text.
    """
    shared = len(np.intersect1d(one, other, assume_unique=True))
    shorter, either = min(len(one), len(other)), len(one) + len(other) - shared
    return shared > 0 and (shared >= _SAME * either or (shorter >= _ENOUGH and shared >= _INSIDE * shorter))


def _key(number: int, data: bytes) -> int:
    digest = hashlib.blake2b(bytes([number]) + data, digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def _constants(name: str) -> NDArray[np.uint64]:
    """64-bit integers that follow from the name and never change, shape (_BANDS * _ROWS,)."""
    digests = [hashlib.blake2b(f"{name} {i}".encode(), digest_size=8).digest() for i in range(_BANDS * _ROWS)]
    return np.frombuffer(b"".join(digests), dtype="<u8")


_FACTORS = _constants("factor") | np.uint64(1)
_OFFSETS = _constants("offset")
