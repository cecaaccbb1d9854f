"""Compares the reader's ranking of sentences with the embedder's: `python -m benchmarks.ranking FILE… [--json OUT]`.

Each FILE has rows of `question`, `sentence` and `label` (0 or 1), as TREC-QA has. The sentences of each question are
ranked by the embedder's cosine, and by the reader's log-odds that the sentence holds an answer. Mean average precision
(MAP) and mean reciprocal rank (MRR) are means over the questions with sentences of both labels.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from benchmarks.corpus import read_rows
from rag.core.ports import Embedder
from rag.models.load_embedder import load_embedder
from rag.models.span_reader import SHIPPED, OnnxReader

Ranked = Sequence[tuple[str, bool]]
"""Pairs of a question's sentence and whether it answers the question."""


def read_questions(path: Path) -> dict[str, list[tuple[str, bool]]]:
    """Reads the sentences of each question that has both right and wrong sentences.

    Returns:
        Pairs of sentence and label, by question.
    """
    questions: dict[str, list[tuple[str, bool]]] = {}
    for row in read_rows(path):
        questions.setdefault(row["question"], []).append((row["sentence"], bool(row["label"])))
    return {asked: rows for asked, rows in questions.items() if len({right for _, right in rows}) == 2}


def average_precision(scores: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Computes average precision and reciprocal rank of one ranking. Ties keep the given order.

    Args:
        scores: Score of each sentence.
        right: Whether each sentence is right; at least one is.

    Returns:
        Average precision, and 1 / the rank of the first right sentence.
    """
    order = np.argsort(-np.asarray(scores), kind="stable")
    hits = np.asarray(right, dtype=bool)[order]
    ranks = np.flatnonzero(hits) + 1
    return float((np.arange(1, len(ranks) + 1) / ranks).mean()), float(1 / ranks[0])


def by_cosine(embedder: Embedder, question: str, sentences: Sequence[str]) -> list[float]:
    """Computes the cosine of the question and each sentence."""
    vectors = embedder.embed([question, *sentences])
    return [float(score) for score in vectors[1:] @ vectors[0]]


def by_reading(reader: OnnxReader, question: str, sentences: Sequence[str]) -> list[float]:
    """Computes the reader's log-odds that each sentence holds an answer."""
    return [-reader.read_text(question, sentence, top=1).null_score for sentence in sentences]


def measure(questions: Mapping[str, Ranked], reader: OnnxReader, embedder: Embedder) -> dict[str, dict[str, float]]:
    """Computes MAP and MRR of both rankings.

    Args:
        questions: The labelled sentences by question.
        reader: The reader.
        embedder: The embedder.

    Returns:
        "map" and "mrr" for "embedder" and "reader", each in [0, 1].
    """
    found: dict[str, list[tuple[float, float]]] = {"embedder": [], "reader": []}
    for question, rows in questions.items():
        sentences, right = [sentence for sentence, _ in rows], [label for _, label in rows]
        found["embedder"].append(average_precision(by_cosine(embedder, question, sentences), right))
        found["reader"].append(average_precision(by_reading(reader, question, sentences), right))
    means = {name: np.mean(values, axis=0) for name, values in found.items()}
    return {name: {"map": round(float(mean[0]), 4), "mrr": round(float(mean[1]), 4)} for name, mean in means.items()}


def main() -> None:
    """Prints the figures of each file, and writes them as JSON if `--json` is given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ranking", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="JSON Lines file of labelled sentences")
    parser.add_argument("--reader", type=Path, default=SHIPPED, help="folder of the reader; the shipped one by default")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    reader, embedder = OnnxReader(arguments.reader), load_embedder()
    reports = []
    for path in arguments.files:
        questions = read_questions(path)
        reports.append({"file": path.name, "questions": len(questions), **measure(questions, reader, embedder)})
    text = json.dumps(reports, indent=1)
    print(text)
    if arguments.json:
        arguments.json.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
