"""Small libraries made straight in the store: a sentence a line, a passage a sentence."""

from __future__ import annotations

import numpy as np

from rag.article import Article, Sentence
from rag.ports import Fingerprint, Vectors
from rag.store import Store
from rag.store_rows import content_hash
from rag.store_write import Change, NewPassage

DIMENSION = 4
FINGERPRINT = Fingerprint(
    name="fake", weights_sha256="0" * 64, dimension=DIMENSION, pooling="mean", normalised=True, max_tokens=64
)


def put(change: Change, path: str, text: str, title: str = "A title") -> str:
    """Stores an article whose sentences are its lines, one passage a sentence."""
    sentences, start = [], 0
    for line in text.splitlines(keepends=True):
        sentences.append(Sentence(start, start + len(line.rstrip("\n")), "sentence"))
        start += len(line)
    article_id = change.identify(path)
    article = Article(
        id=article_id,
        path=path,
        content_hash=content_hash(text),
        text=text,
        title=title,
        published="2025-04",
        source="The Gazette",
        derived=frozenset({"title", "source"}),
        sentences=tuple(sentences),
    )
    change.set_fingerprint(FINGERPRINT)
    passages = [
        NewPassage(s.start, s.end, number, number + 1, f"{s.start}{text}".encode(), unit(s.start))
        for number, s in enumerate(sentences)
    ]
    change.put_article(article, content_hash(text), passages)
    return article_id


def unit(place: int) -> Vectors:
    return np.eye(DIMENSION, dtype=np.float32)[place % DIMENSION]


def update(store: Store, **files: str | None) -> int:
    """One update: each file gets this text, or is removed."""
    with store.begin_update() as change:
        for path, text in files.items():
            if text is None:
                change.remove_article(change.identify(path))
            else:
                put(change, path, text)
        return change.commit()
