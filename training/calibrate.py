"""Fits a reader's confidence and threshold: `python -m training.calibrate [--reader NAME]`.

Dev questions only, of the articles and months that no reader was trained on (`training.folds`). Articles are the
passages of nq_oracle, the paragraphs of SQuAD 2.0 dev and the news articles that were found for the quiz questions of
RealTimeQA, in one library. A third of the nq_oracle passages are left out, so that their questions have no answer
there, as the SQuAD 2.0 ones written to look answerable and about half of the quiz questions have none. Half of the
questions fit the weights, the other half gives the figures; the threshold is the lowest confidence from which on the
answers shown reach the stated precision on the fitting half.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from benchmarks.corpus import OpenQuestion, SourceArticle, read_articles, read_questions, read_rows, write_articles
from benchmarks.metrics import expected_calibration_error, metric_max_over_golds, squad_f1
from benchmarks.open import contains_answer
from rag.candidates import Candidate
from rag.confidence import FEATURES, Calibration
from rag.library import Library
from rag.reader import SHIPPED
from training.held_out import write_kept
from training.plot import CONFIDENCE, plot_confidence

MODELS = SHIPPED.parent
FOUND = 3
"""Of the articles that were found for a quiz question, how many are taken: an index of them all takes too long."""
PRECISION = 0.6
"""Of ten answers shown, six are right: the precision that the threshold is set for."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The features of a question's candidates, and which of them are right."""

    features: NDArray[np.float64]
    right: tuple[bool, ...]


def judge(question: OpenQuestion, candidates: Sequence[Candidate]) -> Judged:
    """Right is a short answer of F1 at least 0.5 with a gold one, or a quote, since that is printed, that holds one."""
    rows, right = [], []
    for candidate in candidates:
        rows.append(candidate.signals.values())
        quote = candidate.article.text[candidate.start : candidate.end]
        same = candidate.is_short and metric_max_over_golds(squad_f1, candidate.words, question.answers) >= 0.5
        right.append(bool(question.answers) and (same or contains_answer(quote, question.answers)))
    return Judged(np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES)), tuple(right))


def fit(judged: Sequence[Judged]) -> tuple[dict[str, float], float]:
    """Weights over FEATURES and the bias, by logistic regression over the best candidates."""
    x = np.concatenate([item.features for item in judged])
    y = np.concatenate([item.right for item in judged])
    model = LogisticRegression(C=10.0, max_iter=1000).fit(x, y)
    weights = {name: round(float(weight), 4) for name, weight in zip(FEATURES, model.coef_[0], strict=True)}
    return weights, round(float(model.intercept_[0]), 4)


def best_of(judged: Sequence[Judged], weights: dict[str, float], bias: float) -> tuple[list[float], list[bool]]:
    """Confidence of each question's best candidate, and whether it is right; 0 and False without a candidate."""
    vector = np.array([weights[name] for name in FEATURES])
    confidences, right = [], []
    for item in judged:
        logits = item.features @ vector + bias
        best = int(np.argmax(logits)) if len(logits) else -1
        confidences.append(float(1 / (1 + np.exp(-logits[best]))) if best >= 0 else 0.0)
        right.append(item.right[best] if best >= 0 else False)
    return confidences, right


def threshold_for(precision: float, confidences: Sequence[float], right: Sequence[bool]) -> float:
    """The lowest confidence from which on the share of right answers is at least the precision; 1 if none is."""
    order = np.argsort(-np.array(confidences), kind="stable")
    shares = np.cumsum(np.array(right)[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(shares >= precision)
    return float(np.array(confidences)[order][enough[-1]]) if len(enough) else 1.0


def load_questions(data: Path, count: int, work: Path) -> list[OpenQuestion]:
    """Writes the articles into work/articles, a third of nq_oracle's left out; gives the questions, in fixed order."""
    write_kept(data, work / "held-out")
    kept = (work / f"held-out/{name}.jsonl" for name in ("nq_oracle", "squad20", "realtimeqa_2022_2024"))
    nq, squad, quiz = kept
    articles = list(read_articles(nq))
    random.Random(5).shuffle(articles)
    drawn = [*_sample(nq, count), *_sample(squad, count), *(about_news := _sample(quiz, count))]
    news = _found_articles(data / "articles/realtimeqa_2022_2024.jsonl.xz", quiz, {item.id for item in about_news})
    folder = work / "articles"
    folder.mkdir(parents=True, exist_ok=True)
    write_articles([*articles[len(articles) // 3 :], *read_articles(squad), *news], folder)
    random.Random(7).shuffle(drawn)
    return drawn


def _found_articles(articles: Path, quiz: Path, asked: set[str]) -> list[SourceArticle]:
    """The first articles that a search engine found for these quiz questions, and the right one where it is known."""
    rows = [row for row in read_rows(quiz) if row["question_id"] in asked]
    wanted = {name for row in rows for name in (*row.get("docs_gcs", ())[:FOUND], *row.get("docs_gold", ()))}
    return [article for article in read_articles(articles) if article.id in wanted]


def _sample(path: Path, count: int) -> list[OpenQuestion]:
    questions = list(read_questions(path))
    return random.Random(6).sample(questions, min(count, len(questions)))


def report(confidences: Sequence[float], right: Sequence[bool], threshold: float) -> dict[str, float]:
    """The figures of the best candidates of questions that were not fitted on."""
    shown = [is_right for confidence, is_right in zip(confidences, right, strict=True) if confidence >= threshold]
    return {
        "questions": len(right),
        "right": round(float(np.mean(right)), 4),
        "auc": round(float(roc_auc_score(right, confidences)), 4),
        "calibration_error": round(expected_calibration_error(confidences, right), 4),
        "shown": round(len(shown) / len(right), 4),
        "precision_of_shown": round(float(np.mean(shown)), 4),
    }


def main() -> None:
    """Fits, reports on the held-out half, writes calibration.json beside the reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("training/runs/calibration"), help="where the index is kept")
    parser.add_argument("--reader", help="as for `rag --reader`; the best at hand if not given")
    parser.add_argument("--questions", type=int, default=300, help="of each of the three sets")
    arguments = parser.parse_args()
    questions = load_questions(arguments.data, arguments.questions, arguments.work)
    with Library.open(arguments.work / "index", create=True, reader=arguments.reader) as library:
        library.update(arguments.work / "articles")
        name = library.status().reader
        judged = [judge(question, library.candidates(question.question)) for question in questions]
    half = len(judged) // 2
    weights, bias = fit(judged[:half])
    threshold = round(threshold_for(PRECISION, *best_of(judged[:half], weights, bias)), 4)
    held_out = best_of(judged[half:], weights, bias)
    figures = report(*held_out, threshold)
    if name == SHIPPED.name:
        plot_confidence(*held_out, threshold, CONFIDENCE)
    fitted = Calibration(weights=weights, bias=bias, threshold=threshold, precision=PRECISION)
    (MODELS / name / "calibration.json").write_text(fitted.model_dump_json(indent=1) + "\n", encoding="utf-8")
    (MODELS / name / "calibration-figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
