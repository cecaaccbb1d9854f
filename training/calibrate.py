"""Fits a reader's confidence and threshold: `python -m training.calibrate [--reader NAME]`.

Only dev questions are used, of articles and years that no reader was trained on (`benchmarks.folds`). One library holds
the passages of nq_oracle, the paragraphs of SQuAD 2.0 dev, and the news articles that were found for the quiz questions
of RealTimeQA. A third of the nq_oracle passages are left out, so their questions have no answer. The SQuAD 2.0
questions written to look answerable and about half of the quiz questions have no answer either. The nq_oracle questions
are in lower case; every second one gets the capitals of its names back, as a reporter would write it.

The threshold is the lowest confidence at and above which the shown answers reach the stated precision. The shipped
values are fitted on all questions. The figures are cross-validated: each fifth of the questions is judged with the
weights and the threshold of the other four. Answers to "What did X say?" are found by rules; their precision is
measured on questions made from the quotations in the news articles.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.special import expit
from sklearn.metrics import roc_auc_score

from benchmarks.corpus import OpenQuestion, SourceArticle, read_articles, read_questions, read_rows, write_articles
from rag.answering.candidates import Candidate
from rag.answering.confidence import FEATURES, Calibration
from rag.evaluation.curves import expected_calibration_error, lowest_threshold, risk_coverage
from rag.evaluation.metrics import answers_rightly
from rag.library import Library
from rag.models.span_reader import SHIPPED
from training.held_out import write_kept
from training.plot import CONFIDENCE, plot_confidence
from training.spoken import spoken_precision

MODELS = SHIPPED.parent
"""Folder of the readers."""
FOUND = 3
"""Number of articles taken per quiz question. Indexing all articles that were found would take too long."""
AGAINST = ("names_partly", "names_nowhere", "kind_unmet")
"""Signals that count against a candidate. All others count for it."""
SHRINKAGE = 0.1
"""Weight of the L2 penalty in the logistic regression."""
_WORD = re.compile(r"[\w’'-]+")
"""A word, with apostrophes and hyphens inside it."""
FOLDS = 5
"""Number of folds of the cross-validation."""
PRECISION = 0.65
"""The wanted share of right answers among those shown, which sets the threshold.

An answer is right if it is in the list of gold answers. The list misses other right answers, and many of the questions
have no answer in the articles.
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """The candidates of a question.

    Attributes:
        features: Shape (candidates, features), columns in the order of FEATURES.
        right: Whether each candidate is right.
    """

    features: NDArray[np.float64]
    right: tuple[bool, ...]


def judge(question: OpenQuestion, candidates: Sequence[Candidate]) -> Judged:
    """Judges each candidate of a question with `answers_rightly`."""
    rows, right = [], []
    for candidate in candidates:
        rows.append(candidate.signals.values())
        right.append(answers_rightly(candidate.short_answer, [candidate.quote], question.answers))
    return Judged(np.array(rows, dtype=np.float64).reshape(-1, len(FEATURES)), tuple(right))


def fit(judged: Sequence[Judged]) -> tuple[dict[str, float], float]:
    """Fits the weights of FEATURES and the bias with logistic regression, in two steps.

    The first step fits all candidates. No weight may have the wrong sign, so a signal for a candidate never counts
    against it, even if a similar signal gets too much weight. The best of several candidates gets a confidence that is
    too high. So the second step scales all weights and sets a new bias, fitted on the best candidate of each question
    (Platt 1999).

    Args:
        judged: The questions.

    Returns:
        The weight of each feature, and the bias.
    """
    x = np.concatenate([item.features for item in judged])
    y = np.concatenate([item.right for item in judged]).astype(np.float64)
    found, bias = _regress(x, y, [(None, 0.0) if name in AGAINST else (0.0, None) for name in FEATURES])
    logits, right = _best(judged, found, bias)
    some = np.isfinite(logits)
    scale, shift = _regress(logits[some, None], right[some].astype(np.float64), [(0.0, None)])
    weights = {name: round(float(scale[0] * weight), 4) for name, weight in zip(FEATURES, found, strict=True)}
    return weights, round(float(scale[0] * bias + shift), 4)


def _regress(
    x: NDArray[np.float64], y: NDArray[np.float64], bounds: Sequence[tuple[float | None, float | None]]
) -> tuple[NDArray[np.float64], float]:
    """Fits one bounded weight per column of x, of shape (examples, columns), and the bias."""

    def loss(parameters: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, bias = parameters[:-1], parameters[-1]
        logits = x @ weights + bias
        likelihood = np.sum(np.logaddexp(0.0, logits) - y * logits)
        slope = 1 / (1 + np.exp(-logits)) - y
        gradient = np.append(x.T @ slope + SHRINKAGE * weights, np.sum(slope))
        return float(likelihood + SHRINKAGE / 2 * weights @ weights), gradient

    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, bounds=[*bounds, (None, None)], method="L-BFGS-B").x
    return found[:-1], float(found[-1])


def _best(
    judged: Sequence[Judged], weights: NDArray[np.float64], bias: float
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The logit of each question's best candidate, and whether it is right; -inf and False without a candidate."""
    logits, right = np.full(len(judged), -np.inf), np.zeros(len(judged), dtype=np.bool_)
    for number, item in enumerate(judged):
        if len(item.features):
            scores = item.features @ weights + bias
            best = int(np.argmax(scores))
            logits[number], right[number] = scores[best], item.right[best]
    return logits, right


def best_of(judged: Sequence[Judged], weights: dict[str, float], bias: float) -> tuple[list[float], list[bool]]:
    """Computes the confidence of each question's best candidate.

    Args:
        judged: The questions.
        weights: Weight of each feature.
        bias: The bias.

    Returns:
        The confidences, and whether each best candidate is right. A question without candidates gets 0 and False.
    """
    logits, right = _best(judged, np.array([weights[name] for name in FEATURES]), bias)
    return expit(logits).tolist(), right.tolist()


def load_questions(data: Path, count: int, work: Path) -> list[OpenQuestion]:
    """Draws the questions and writes their articles, except a third of nq_oracle's, into `work/articles`.

    Args:
        data: Folder of the data sets.
        count: Number of questions per data set; half as many of SQuAD 2.0.
        work: Folder for intermediate files.

    Returns:
        The questions, in a fixed random order.
    """
    write_kept(data, work / "held-out")
    kept = (work / f"held-out/{name}.jsonl" for name in ("nq_oracle", "squad20", "realtimeqa_2022_2024"))
    nq, squad, quiz = kept
    titles = {row["question"]: row["nq_annotated_gold"]["title"] for row in read_rows(nq)}
    articles = list(read_articles(nq))
    random.Random(5).shuffle(articles)
    typed = _sample(nq, count)
    typed[::2] = [replace(item, question=with_names(item.question, titles[item.question])) for item in typed[::2]]
    drawn = [*typed, *_sample(squad, count // 2), *(about_news := _sample(quiz, count))]
    news = _found_articles(data / "articles/realtimeqa_2022_2024.jsonl.xz", quiz, {item.id for item in about_news})
    folder = work / "articles"
    folder.mkdir(parents=True, exist_ok=True)
    write_articles([*articles[len(articles) // 3 :], *read_articles(squad), *news], folder)
    random.Random(7).shuffle(drawn)
    return drawn


def _found_articles(articles: Path, quiz: Path, asked: set[str]) -> list[SourceArticle]:
    """The first articles that a search engine found for these quiz questions, and the right one if it is known."""
    rows = [row for row in read_rows(quiz) if row["question_id"] in asked]
    wanted = {name for row in rows for name in (*row.get("docs_gcs", ())[:FOUND], *row.get("docs_gold", ()))}
    return [article for article in read_articles(articles) if article.id in wanted]


def _sample(path: Path, count: int) -> list[OpenQuestion]:
    questions = list(read_questions(path))
    return random.Random(6).sample(questions, min(count, len(questions)))


def with_names(question: str, title: str) -> str:
    """Capitalizes the words of a question that its article's title capitalizes."""
    names = {word.lower(): word for word in _WORD.findall(title) if word[0].isupper()}
    return _WORD.sub(lambda word: names.get(word[0], word[0]), question)


def threshold_for(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """Finds the lowest threshold at which the share PRECISION of the shown answers is right; 1 if there is none."""
    point = lowest_threshold(PRECISION, risk_coverage(confidences, right))
    return round(point.threshold, 4) if point else 1.0


@dataclass(frozen=True, slots=True)
class Crossed:
    """For each question the confidence of its best candidate, whether it is right, and whether it would be shown."""

    confidences: list[float]
    right: list[bool]
    shown: list[bool]


def cross(judged: Sequence[Judged]) -> Crossed:
    """Cross-validates: judges the questions of each fold with weights and threshold fitted on the other folds."""
    crossed = Crossed([], [], [])
    for fold in range(FOLDS):
        others = [item for number, item in enumerate(judged) if number % FOLDS != fold]
        fitted = fit(others)
        threshold = threshold_for(*best_of(others, *fitted))
        confidences, right = best_of(judged[fold::FOLDS], *fitted)
        crossed.confidences.extend(confidences)
        crossed.right.extend(right)
        crossed.shown.extend(confidence >= threshold for confidence in confidences)
    return crossed


def report(crossed: Crossed) -> dict[str, float]:
    """Computes the figures of the cross-validation.

    Returns:
        Number of questions, share of right best candidates, area under the curve (AUC), calibration error, share of
        questions with a shown answer, and precision of the shown answers. All but the first are in [0, 1].
    """
    confidences, right = crossed.confidences, crossed.right
    shown = [is_right for is_right, is_shown in zip(right, crossed.shown, strict=True) if is_shown]
    return {
        "questions": len(right),
        "right": round(float(np.mean(right)), 4),
        "auc": round(float(roc_auc_score(right, confidences)), 4),
        "calibration_error": round(expected_calibration_error(confidences, right), 4),
        "shown": round(len(shown) / len(right), 4),
        "precision_of_shown": round(float(np.mean(shown)) if shown else 0.0, 4),
    }


def main() -> None:
    """Fits, prints the cross-validated figures, and writes calibration.json beside the reader."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--work", type=Path, default=Path("training/runs/calibration"), help="folder for the index")
    parser.add_argument("--reader", help="name of the reader, as for `rag --reader`; the best available by default")
    parser.add_argument(
        "--questions", type=int, default=400, help="number of questions per data set; half as many of SQuAD 2.0"
    )
    parser.add_argument("--dry-run", action="store_true", help="leave what is beside the reader as it is")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    questions = load_questions(arguments.data, arguments.questions, arguments.work)
    with Library.open(arguments.work / "index", create=True, reader=arguments.reader) as library:
        library.update(arguments.work / "articles")
        name = library.status().reader
        judged = [judge(question, library.candidates(question.question)) for question in questions]
        spoken, asked_for_words = spoken_precision(library, arguments.questions)
    crossed = cross(judged)
    figures = report(crossed) | {"spoken": spoken, "spoken_questions": asked_for_words}
    print(json.dumps(figures))
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    if not arguments.dry_run:
        write(name, judged, crossed, figures)


def write(name: str, judged: Sequence[Judged], crossed: Crossed, figures: Mapping[str, float]) -> None:
    """Fits on all questions, and writes the calibration and its figures beside the reader.

    Args:
        name: Name of the reader.
        judged: The questions.
        crossed: The cross-validation, which is drawn for the shipped reader.
        figures: The figures to write.
    """
    weights, bias = fit(judged)
    threshold = threshold_for(*best_of(judged, weights, bias))
    if name == SHIPPED.name:
        plot_confidence(crossed.confidences, crossed.right, threshold, CONFIDENCE)
    spoken = figures["spoken"]
    fitted = Calibration(weights=weights, bias=bias, threshold=threshold, precision=PRECISION, spoken=spoken)
    (MODELS / name / "calibration.json").write_text(fitted.model_dump_json(indent=1) + "\n", encoding="utf-8")
    (MODELS / name / "calibration-figures.json").write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
