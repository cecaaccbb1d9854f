"""Embeds texts so that one on which the embedder fails costs no other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from rag.core.errors import ArticleError
from rag.core.ports import Embedder, Vectors
from rag.core.program_fault import attempt

TEXTS_AT_ONCE = 32
"""Texts embedded per call."""
Embedded = dict[bytes, Vectors | ArticleError]
"""The vector of each text by its hash, of shape (dimension,), or an error if the embedder failed on it."""
Work = Callable[[Mapping[bytes, str]], Embedded]
"""Embeds texts, given by their hashes."""


def embed_texts(embedder: Embedder, texts: Mapping[bytes, str]) -> Embedded:
    """Embeds texts, given by their hashes. If that fails, each is embedded by itself."""
    if not texts:
        return {}
    embedded = attempt(partial(embedder.embed, list(texts.values())))
    if not isinstance(embedded, ArticleError):
        return dict(zip(texts, embedded, strict=True))
    if len(texts) == 1:
        return dict.fromkeys(texts, embedded)
    return {key: vector for one in texts.items() for key, vector in embed_texts(embedder, dict([one])).items()}


def vectors_of(embedded: Embedded) -> dict[bytes, Vectors]:
    """The vectors among what was embedded."""
    return {text_hash: vector for text_hash, vector in embedded.items() if not isinstance(vector, ArticleError)}
