"""Fits the weights of the sentence-level answerer: `python -m training.sentence_reader --data ../shared/data`.

A logistic regression over `rag.models.sentence_reader.FEATURES` predicts whether a sentence holds the answer. The
examples are the sentences of dev paragraphs of SQuAD 2.0 and QED. All sentences of an unanswerable question are wrong.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from rag.core.article import Article, Passage
from rag.core.ports import Embedder
from rag.models.load_embedder import load_embedder
from rag.models.sentence_reader import FEATURES, features, texts_to_embed
from rag.question.question import asked_words
from rag.text.segment import segment

FILES = ("reading/dev/squad20.jsonl.xz", "reading/dev/qed.jsonl.xz")
"""Files of the examples."""
TARGET = Path(__file__).parent.parent / "src" / "rag" / "weights" / "sentence" / "weights.json"
"""File of the shipped weights."""


def read_questions(path: Path) -> list[dict[str, Any]]:
    """Reads the rows of a file in the reading format."""
    with lzma.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def examples(rows: list[dict[str, Any]], embedder: Embedder) -> Iterator[tuple[NDArray[np.float64], list[bool]]]:
    """Computes the features of the sentences of each row's paragraph.

    Args:
        rows: Rows in the reading format.
        embedder: The embedder.

    Yields:
        For each row the features, of shape (sentences, features), and whether each sentence holds a gold answer.
    """
    for row in rows:
        article = Article("", "", "", row["context"], row.get("title", ""), sentences=segment(row["context"]))
        passage = Passage(0, article, 0, len(article.text), article.sentences)
        question, whole, *vectors = embedder.embed([row["question"], article.text, *texts_to_embed(passage)])
        golds = [(answer["start"], answer["start"] + len(answer["text"])) for answer in row["answers"]]
        holds = [any(s.start <= start and end <= s.end for start, end in golds) for s in passage.sentences]
        yield (
            features(asked_words(row["question"]), question, passage, np.array(vectors), float(question @ whole)),
            holds,
        )


def main() -> None:
    """Fits on one half of the questions, prints figures of the other half, and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--questions", type=int, default=400, help="number of questions per file")
    arguments = parser.parse_args()
    embedder = load_embedder()
    halves: list[list[tuple[NDArray[np.float64], list[bool]]]] = [[], []]
    for name in FILES:
        rows = read_questions(arguments.data / name)
        random.Random(7).shuffle(rows)
        for index, example in enumerate(examples(rows[: arguments.questions], embedder)):
            halves[index % 2].append(example)
    x, y = (np.concatenate([example[part] for example in halves[0]]) for part in (0, 1))
    model = LogisticRegression(C=1.0, max_iter=1000).fit(x, y)
    held_x, held_y = (np.concatenate([example[part] for example in halves[1]]) for part in (0, 1))
    top = [bool(np.array(holds)[np.argmax(model.decision_function(x))]) for x, holds in halves[1] if any(holds)]
    figures = {
        "sentence_auc": round(float(roc_auc_score(held_y, model.decision_function(held_x))), 4),
        "best_sentence_right": round(sum(top) / len(top), 4),
        "answerable_questions": len(top),
    }
    weights = {name: round(float(weight), 4) for name, weight in zip(FEATURES, model.coef_[0], strict=True)}
    bias = round(float(model.intercept_[0]), 4)
    TARGET.write_text(json.dumps({"weights": weights, "bias": bias, "held_out": figures}, indent=1) + "\n", "utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
