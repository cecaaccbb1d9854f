"""Tells copies of one text: wire reports, re-posts, versions cut short; by the runs of words that they share.

Candidates come from MinHash signatures cut into bands (Broder 1997; Leskovec, Rajaraman and Ullman, chapter 3): texts
with a Jaccard similarity of 0.5 share a band with a probability of 99.5 %, of 0.3 with 67 %, of 0.1 with 4 %. Whether
they are copies the runs themselves decide. The hashes are our own, as bands lie in the store for years: those of a
library change with its releases.
"""

from __future__ import annotations

import hashlib
import re

import numpy as np
from numpy.typing import NDArray

from rag.core.article import Article

Shingles = NDArray[np.uint64]
"""Hashes of all runs of words of a text, ascending, each once, shape (n,)."""

_RUN = 4
"""Words in a run."""
_BANDS, _ROWS = 40, 3
_SAME = 0.5
"""The Jaccard similarity from which two texts are copies."""
_INSIDE, _ENOUGH = 0.8, 30
"""The share of the shorter text's runs that the longer one has, from which it is a part of it; it has so many at least.
"""
_WORD = re.compile(r"\w+")


def shingle(article: Article) -> Shingles:
    """The runs of words of an article, boilerplate left out; of one with fewer words than a run, all of them as one."""
    parts = [article.text[s.start : s.end] for s in article.sentences if s.kind != "boilerplate"]
    words = [word for part in parts for word in _WORD.findall(part.casefold())]
    starts = range(max(len(words) - _RUN + 1, min(len(words), 1)))
    runs = {" ".join(words[start : start + _RUN]) for start in starts}
    hashes = [hashlib.blake2b(run.encode("utf-8", "replace"), digest_size=8).digest() for run in runs]
    return np.unique(np.frombuffer(b"".join(hashes), dtype="<u8"))


def bands(shingles: Shingles) -> list[int]:
    """The keys, signed 64-bit integers, of which two similar texts are likely to share one; none for no shingles."""
    if not len(shingles):
        return []
    # Multiplication by odd numbers permutes the 64-bit integers; the upper half is what is evenly spread.
    least = ((shingles[:, None] * _FACTORS + _OFFSETS) >> np.uint64(32)).min(axis=0).reshape(_BANDS, _ROWS)
    return [_key(number, rows.astype("<u8").tobytes()) for number, rows in enumerate(least)]


def are_copies(one: Shingles, other: Shingles) -> bool:
    """Whether the texts are the same but for edits, or one is a part of the other."""
    shared = len(np.intersect1d(one, other, assume_unique=True))
    shorter, either = min(len(one), len(other)), len(one) + len(other) - shared
    return shared > 0 and (shared >= _SAME * either or (shorter >= _ENOUGH and shared >= _INSIDE * shorter))


def _key(number: int, data: bytes) -> int:
    digest = hashlib.blake2b(bytes([number]) + data, digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def _constants(name: str) -> NDArray[np.uint64]:
    """The same 64-bit integers for ever, shape (bands × rows,)."""
    digests = [hashlib.blake2b(f"{name} {i}".encode(), digest_size=8).digest() for i in range(_BANDS * _ROWS)]
    return np.frombuffer(b"".join(digests), dtype="<u8")


_FACTORS = _constants("factor") | np.uint64(1)
_OFFSETS = _constants("offset")
