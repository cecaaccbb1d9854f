"""What the embedder's int8 form loses: `python -m benchmarks.embedding [--data ../shared/data]`.

Articles are cut into stretches of 150 words under their titles; each form of the embedder ranks them for each question,
alone, without words in common. A stretch is right if its article is named as relevant or, where none is, if it holds an
answer. Reports recall and mean reciprocal rank of both forms, the cosine of their vectors, and how many of the first
eight they share.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.corpus import OpenQuestion, SourceArticle, draw_questions, read_articles
from benchmarks.metrics import recall_and_mrr
from rag.answering.pipeline import HITS
from rag.core.ports import Vectors
from rag.evaluation.metrics import contains_answer
from rag.models.embedder_export import MINIMUM_PARITY, export_embedder
from rag.models.model_files import DEFAULT_EMBEDDER, locate
from rag.models.onnx_embedder import OnnxEmbedder
from rag.models.sentence_transformer_embedder import SentenceTransformerEmbedder

SETS = (
    ("retrieval/dev/time_articles.jsonl.xz", "retrieval/dev/time_questions.jsonl.xz"),
    ("open/dev/nq_oracle.jsonl.xz", "open/dev/nq_oracle.jsonl.xz"),
)
WORDS = 150


def stretches(articles: Sequence[SourceArticle]) -> list[tuple[SourceArticle, str]]:
    """Each article's text in parts of WORDS words, under its title."""
    found = []
    for article in articles:
        words = article.text.split()
        parts = [" ".join(words[begin : begin + WORDS]) for begin in range(0, len(words), WORDS)]
        found += [(article, f"{article.title.replace('_', ' ')}\n{part}") for part in parts]
    return found


def is_right(question: OpenQuestion, article: SourceArticle, text: str) -> bool:
    """Whether a stretch of the article is what the question looks for."""
    return article.id in question.relevant if question.relevant else contains_answer(text, question.answers)


def compare(questions: Sequence[OpenQuestion], articles: Sequence[SourceArticle], forms: dict[str, Any]) -> Any:
    """The figures of each form over one set, and how alike they are."""
    cut = stretches(articles)
    vectors: dict[str, tuple[Vectors, Vectors]] = {
        name: (form.embed([q.question for q in questions]), form.embed([text for _, text in cut]))
        for name, form in forms.items()
    }
    ranked = {name: np.argsort(-(asked @ held.T), axis=1) for name, (asked, held) in vectors.items()}
    right = [{index for index, (article, text) in enumerate(cut) if is_right(q, article, text)} for q in questions]
    figures: dict[str, Any] = {"questions": len(questions), "stretches": len(cut)}
    for name, rows in ranked.items():
        held = [[index in wanted for index in row] for row, wanted in zip(rows, right, strict=True)]
        figures[name] = recall_and_mrr(held, (1, 5, HITS, 20))
    one, other = (np.vstack(both) for both in vectors.values())
    first, second = ([set(row[:HITS]) for row in rows] for rows in ranked.values())
    shared = [len(a & b) / HITS for a, b in zip(first, second, strict=True)]
    cosines = (one * other).sum(axis=1)
    figures["cosine"] = {"mean": round(float(cosines.mean()), 4), "least": round(float(cosines.min()), 4)}
    return figures | {f"shared_of_first_{HITS}": round(float(np.mean(shared)), 4)}


def main() -> None:
    """Export both forms, compare them on each set, and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.embedding", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--sample", type=int, default=1000, help="questions of each set, drawn with a fixed seed")
    arguments = parser.parse_args()
    source, sha256 = locate(DEFAULT_EMBEDDER)
    reference = SentenceTransformerEmbedder(DEFAULT_EMBEDDER, source, sha256)
    with tempfile.TemporaryDirectory() as folder:
        forms = {}
        for form in MINIMUM_PARITY:
            export_embedder(reference, source, Path(folder) / form, form)
            forms[form] = OnnxEmbedder(Path(folder) / form)
        for articles, questions in SETS:
            asked = draw_questions(arguments.data / questions, arguments.sample)
            figures = compare(asked, list(read_articles(arguments.data / articles)), forms)
            print(json.dumps({"articles": articles, **figures}, indent=1))


if __name__ == "__main__":
    main()
