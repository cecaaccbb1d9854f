"""Compares the embedder's int8 form with its fp32 form: `python -m benchmarks.embedding [--data ../shared/data]`.

Articles are cut into chunks of 150 words, each under its article's title. Each form of the embedder ranks the chunks
for each question by cosine alone; BM25 takes no part. A chunk is right if its article is marked as relevant. If the
question marks no article, a chunk is right if it contains an answer. Reports recall and mean reciprocal rank of both
forms, the cosine of their vectors, and the share of the top hits that both forms have in common.
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
from rag.core.ports import Vectors
from rag.core.settings import DEFAULTS
from rag.evaluation.metrics import contains_answer
from rag.models.embedder_export import MINIMUM_PARITY, export_embedder
from rag.models.model_files import DEFAULT_EMBEDDER, locate
from rag.models.onnx_embedder import OnnxEmbedder
from rag.models.sentence_transformer_embedder import SentenceTransformerEmbedder

SETS = (
    ("retrieval/dev/time_articles.jsonl.xz", "retrieval/dev/time_questions.jsonl.xz"),
    ("open/dev/nq_oracle.jsonl.xz", "open/dev/nq_oracle.jsonl.xz"),
)
"""Data sets: a file of articles and a file of questions each."""
HITS = DEFAULTS.answers.passages_read
"""Number of top hits compared, as many as the reader reads."""
WORDS = 150
"""Words of a chunk, close to the length of a passage in a library."""


def stretches(articles: Sequence[SourceArticle]) -> list[tuple[SourceArticle, str]]:
    """Cuts each article's text into chunks of WORDS words, each under the article's title.

    Returns:
        Pairs of an article and the text of a chunk.
    """
    found = []
    for article in articles:
        words = article.text.split()
        parts = [" ".join(words[begin : begin + WORDS]) for begin in range(0, len(words), WORDS)]
        found += [(article, f"{article.title.replace('_', ' ')}\n{part}") for part in parts]
    return found


def is_right(question: OpenQuestion, article: SourceArticle, text: str) -> bool:
    """Returns whether a chunk is right for a question.

    Args:
        question: The question.
        article: The chunk's article.
        text: The chunk's text.
    """
    return article.id in question.relevant if question.relevant else contains_answer(text, question.answers)


def compare(questions: Sequence[OpenQuestion], articles: Sequence[SourceArticle], forms: dict[str, Any]) -> Any:
    """Compares the two forms of the embedder on one data set.

    Args:
        questions: The questions.
        articles: The articles.
        forms: Two embedders by the names of their forms.

    Returns:
        Recall and mean reciprocal rank of each form, the mean and least cosine of their vectors, and the mean share of
        the first HITS hits that both find.
    """
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
    """Exports both forms, compares them on each data set, and prints the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.embedding", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument(
        "--sample", type=int, default=1000, help="number of questions per data set, drawn with a fixed seed"
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    reports = []
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
            reports.append({"articles": articles, **figures})
    text = json.dumps(reports, indent=1)
    print(text)
    if arguments.json:
        arguments.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
