"""Libraries of any size out of a sample of real articles, with the sample's clusters kept.

A grown article is made of runs of sentences from one real article and its nearest neighbours, so that words, lengths
and topics are those of news. What `GrowthEmbedder` gives for a passage is the real vector of the passage that its
first sentence is from, moved a little; nothing else is made up: files are read, split, stored and indexed by
`rag.ingest.update` as any others.

Left out: growth by random vectors. They have no neighbours, and every approximate index looks broken on them.
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
"""A grown article takes its sentences from one real article and this many less one that are nearest to it."""
NOISE = 0.5
"""The length of what a unit vector is moved by; its cosine to where it was is then about 0.89."""
_OPENING = 24
"""Characters by which a sentence is told."""
_RUN = (2, 4)
"""Least and most sentences that follow one another as they do in the real article."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A library of real articles: their sentences, which of them are near which, and the vector of each passage.

    `passage_of` maps the opening of a sentence to the row in `vectors`, of shape (n, dimension), of its passage.
    `nearest` has shape (articles, NEIGHBOURS), each row beginning with the article itself.
    """

    titles: Sequence[str]
    sentences: Sequence[Sequence[str]]
    nearest: NDArray[np.int64]
    vectors: Vectors
    passage_of: dict[str, int]
    passages_per_article: float


def read_sample(index: Path) -> Sample:
    """The library in this folder as a sample."""
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
    """The text of the article with this number: a title, and paragraphs of the sample's sentences."""
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
    """Writes the grown articles of these numbers as text files, some hundred to a folder."""
    for number in numbers:
        path = folder / f"{number // per_folder:04d}" / f"{number:07d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(grow(sample, number), encoding="utf-8", newline="")


def moved_vectors(sample: Sample, count: int, at_once: int = 10_000) -> Iterator[tuple[Ids, Vectors]]:
    """Ids from 1 on, and for each one of the sample's vectors in turn, moved a little; batch by batch."""
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
    """Implements `rag.core.ports.Embedder` for grown articles: tokens and fingerprint are the real embedder's."""

    def __init__(self, sample: Sample, real: Embedder) -> None:
        self._sample = sample
        self.fingerprint = real.fingerprint
        self.count_tokens = real.count_tokens

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The real vectors of the passages that the texts begin like, each moved as its text's hash says."""
        vectors = np.zeros((len(texts), self.fingerprint.dimension), np.float32)
        for row, text in enumerate(texts):
            seed = int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8], "big")
            near = next(self._rows_of(text), seed % len(self._sample.vectors))
            moved = np.random.default_rng(seed).standard_normal(vectors.shape[1], np.float32)
            vectors[row] = self._sample.vectors[near] + NOISE / np.linalg.norm(moved) * moved
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit

    def _rows_of(self, text: str) -> Iterator[int]:
        """The sample's passages that lines of the text begin like; a title begins like none."""
        openings = (_opening(line) for line in text.split("\n"))
        return (self._sample.passage_of[opening] for opening in openings if opening in self._sample.passage_of)


def _sentences(article: Article) -> Iterator[str]:
    for sentence in article.sentences:
        text = " ".join(article.text[sentence.start : sentence.end].split())
        if sentence.kind == "sentence" and len(text) >= _OPENING:
            yield text


def _opening(sentence: str) -> str:
    return " ".join(sentence[: 2 * _OPENING].split())[:_OPENING]
