"""The sentence-level answerer: whole sentences, scored by meaning, shared words and the kind of thing asked for.

It needs no model beyond the embedder. It serves where the trained reader's files are missing; it finds the sentence,
not the words in it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from rag.core.article import QUOTABLE, Hit, Passage, Reading, Span
from rag.core.ports import Embedder, Vectors
from rag.models.vector_cache import VectorCache
from rag.question.overlap import Overlap
from rag.question.question import AskedWords, asked_words

FEATURES = ("similarity", "pair_similarity", "passage_similarity", "coverage", "pair_coverage", "kind_unmet", "short")
"""What a sentence is judged by; the weights belong to these, in this order."""


class SentenceReader:
    """Implements `rag.core.ports.Reader` with logistic regression over FEATURES (see training/sentence_reader.py)."""

    name = "sentence"

    def __init__(self, embedder: Embedder) -> None:
        self._vectors = VectorCache(embedder)
        weights = json.loads(resources.files("rag").joinpath("weights/sentence/weights.json").read_text("utf-8"))
        self._weights = np.array([weights["weights"][feature] for feature in FEATURES])
        self._bias = float(weights["bias"])

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        """See `rag.core.ports.Reader.read`; a span here is a whole sentence."""
        vector = self._vectors.embed([question])[0]
        asked = asked_words(question)
        return [self._read_one(asked, vector, hit) for hit in hits]

    def _read_one(self, asked: AskedWords, vector: Vectors, hit: Hit) -> Reading:
        sentences = hit.passage.sentences
        if not sentences:
            return Reading(hit, (), ())
        vectors = self._vectors.embed(texts_to_embed(hit.passage))
        values = features(asked, vector, hit.passage, vectors, hit.similarity)
        scores = values @ self._weights + self._bias
        spans = [
            Span(sentence.start, sentence.end, float(score))
            for sentence, score in zip(sentences, scores, strict=True)
            if sentence.kind in QUOTABLE
        ]
        spans.sort(key=lambda span: (-span.score, span.start))
        return Reading(hit, tuple(spans), tuple(1.0 / (1.0 + math.exp(-float(score))) for score in scores))


def texts_to_embed(passage: Passage) -> list[str]:
    """What `features` needs the vectors of: every sentence, then every sentence with the one before it."""
    texts = passage.sentence_texts
    return texts + [" ".join(texts[max(0, index - 1) : index + 1]) for index in range(len(texts))]


def features(
    asked: AskedWords, vector: Vectors, passage: Passage, vectors: Vectors, similarity: float
) -> NDArray[np.float64]:
    """FEATURES of every sentence of a passage, shape (sentences, len(FEATURES)).

    `vector` is the question's, shape (dimension,); `vectors` are those of `texts_to_embed`, shape (2 * sentences,
    dimension); `similarity` is the passage's own. For coverage and pairs see `rag.question.overlap.Overlap`.
    """
    overlap = Overlap(asked, passage)
    texts = passage.sentence_texts
    rows = [
        (
            float(vectors[index] @ vector),
            float(vectors[len(texts) + index] @ vector),
            similarity,
            overlap.coverage(index, index + 1),
            overlap.pair_coverage(index, index + 1),
            float(overlap.kind_unmet(text)),
            max(0.0, 1.0 - len(text) / 60),
        )
        for index, text in enumerate(texts)
    ]
    return np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES))
