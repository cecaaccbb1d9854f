"""Builds libraries of any size from a sample of real articles and keeps the sample's clusters.

A grown article consists of runs of sentences from one real article and its nearest neighbours, so its words, length and
topic are those of news. For a passage of a grown article, `GrowthEmbedder` takes the real vector of the passage that
its first sentence comes from and adds noise. Nothing else is artificial: `rag.ingest.update` reads, splits, stores and
indexes the files like any others.

Left out: random vectors. They have no near neighbours, so the recall of every approximate index looks bad on them.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.core.article import Article
from rag.core.ports import Embedder, Ids, Vectors, as_ids
from rag.store.store import Store

NEIGHBOURS = 20
"""Number of real articles that a grown article takes its sentences from: one article and its nearest ones."""
NOISE = 0.5
"""Length of the noise added to a unit vector. The cosine to the original vector is then about 0.89."""
_OPENING = 24
"""Length, in characters, of the opening that identifies a sentence."""
_RUN = (2, 4)
"""Least and greatest number of consecutive sentences copied from a real article."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A library of real articles: their sentences, neighbours and passage vectors.

    Attributes:
        titles: Title of each article.
        sentences: Sentences of each article.
        nearest: Shape (articles, NEIGHBOURS): numbers of the nearest articles. Each row begins with the article itself.
        vectors: Shape (passages, dimension): the passages' unit vectors.
        passage_of: Maps the opening of a sentence to the row of its passage in `vectors`.
        passages_per_article: Mean number of passages per article.
    """

    titles: Sequence[str]
    sentences: Sequence[Sequence[str]]
    nearest: NDArray[np.int64]
    vectors: Vectors
    passage_of: dict[str, int]
    passages_per_article: float


def read_sample(index: Path) -> Sample:
    """Reads the library in an index folder as a sample."""
    with Store.open(index) as store:
        with store.snapshot() as snapshot:
            ids = snapshot.ids()
            vectors = np.concatenate([batch for _, batch in snapshot.vectors(since=0)])
        passages = store.passages(ids)
    articles: dict[str, Article] = {}
    rows: dict[str, list[int]] = {}
    passage_of: dict[str, int] = {}
    for row, passage in enumerate(passages):
        articles.setdefault(passage.article.id, passage.article)
        rows.setdefault(passage.article.id, []).append(row)
        for sentence in passage.sentences:
            passage_of.setdefault(_opening(passage.article.text[sentence.start : sentence.end]), row)
    means = np.stack([vectors[of].mean(axis=0) for of in rows.values()])
    means /= np.linalg.norm(means, axis=1, keepdims=True)
    nearest = np.argsort(-(means @ means.T), axis=1, kind="stable")[:, :NEIGHBOURS]
    texts = [tuple(_sentences(article)) for article in articles.values()]
    titles = [article.title for article in articles.values()]
    return Sample(titles, texts, nearest, vectors, passage_of, len(ids) / len(articles))


def grow(sample: Sample, number: int) -> str:
    """Makes the text of a grown article. The same number always gives the same text.

    Args:
        sample: The real articles.
        number: The grown article's number.

    Returns:
        A title and paragraphs of the sample's sentences, separated by blank lines.
    """
    draw = random.Random(number)
    base = number % len(sample.titles)
    length = len(sample.sentences[base])
    paragraphs: list[str] = []
    while length > 0:
        source = sample.sentences[draw.choice(sample.nearest[base].tolist())]
        run = draw.randint(*_RUN)
        start = draw.randrange(max(len(source) - run, 0) + 1)
        paragraphs.append(" ".join(source[start : start + run]))
        length -= run
    return "\n\n".join([f"{sample.titles[base]} ({number})", *paragraphs]) + "\n"


def write_grown(sample: Sample, numbers: Iterable[int], folder: Path, per_folder: int = 500) -> None:
    """Writes grown articles as text files into numbered folders.

    Args:
        sample: The real articles.
        numbers: Numbers of the articles to write.
        folder: The folder that gets the numbered folders.
        per_folder: Number of articles per numbered folder.
    """
    for number in numbers:
        path = folder / f"{number // per_folder:04d}" / f"{number:07d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(grow(sample, number), encoding="utf-8", newline="")


def moved_vectors(sample: Sample, count: int, at_once: int = 10_000) -> Iterator[tuple[Ids, Vectors]]:
    """Generates vectors: the sample's vectors in turn, each with noise.

    Args:
        sample: The real articles.
        count: Number of vectors.
        at_once: Number of vectors per batch.

    Yields:
        Ids from 1 on, and unit vectors of shape (batch, dimension).
    """
    draw = np.random.default_rng(0)
    for start in range(0, count, at_once):
        numbers = np.arange(start, min(start + at_once, count))
        noise = draw.standard_normal((len(numbers), sample.vectors.shape[1]), np.float32)
        moved: Vectors = sample.vectors[numbers % len(sample.vectors)] + NOISE * noise / _lengths(noise)
        yield as_ids(numbers + 1), moved / _lengths(moved)


def _lengths(vectors: Vectors) -> Vectors:
    lengths: Vectors = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    return lengths


class GrowthEmbedder:
    """Implements `rag.core.ports.Embedder` for grown articles. Token counts and fingerprint are the real embedder's."""

    def __init__(self, sample: Sample, real: Embedder) -> None:
        self._sample = sample
        self.fingerprint = real.fingerprint
        self.count_tokens = real.count_tokens

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Embeds texts: the real vector of the passage that a text begins like, with noise seeded by the text's hash.

        Returns:
            Unit vectors of shape (texts, dimension).
        """
        vectors = np.zeros((len(texts), self.fingerprint.dimension), np.float32)
        for row, text in enumerate(texts):
            seed = int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big")
            near = next(self._rows_of(text), seed % len(self._sample.vectors))
            moved = np.random.default_rng(seed).standard_normal(vectors.shape[1], np.float32)
            vectors[row] = self._sample.vectors[near] + NOISE / np.linalg.norm(moved) * moved
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _rows_of(self, text: str) -> Iterator[int]:
        """The sample's passages that have a sentence with the same opening as a line of the text; titles have none."""
        openings = (_opening(line) for line in text.split("\n"))
        return (self._sample.passage_of[opening] for opening in openings if opening in self._sample.passage_of)


def _sentences(article: Article) -> Iterator[str]:
    for sentence in article.sentences:
        text = " ".join(article.text[sentence.start : sentence.end].split())
        if sentence.kind == "sentence" and len(text) >= _OPENING:
            yield text


def _opening(sentence: str) -> str:
    return " ".join(sentence[: 2 * _OPENING].split())[:_OPENING]
