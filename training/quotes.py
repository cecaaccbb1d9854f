"""Fits the choice of quotes and its confidence: `python -m training.quotes --index FOLDER`.

It uses the 150 questions of the newsroom set, with gold facts as strings of the articles, and the 325 further ones. The
first regression says how probably a sentence tells a vital fact; it is fitted on all sentences of the passages read for
the answerable questions of the newsroom set. The second says how probably the quotes shown tell one, and is fitted on
both sets. The figures are cross-validated: each tenth of the questions is answered with the regressions and the
threshold of the other nine tenths. The shipped values are fitted on all.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler

from benchmarks.newsroom.judge import RIGHT_WITHIN, first_words, share_told, tells
from benchmarks.newsroom.questions import (
    NewsroomQuestion,
    ask_earlier,
    build_library,
    read_further,
    read_newsroom,
    scope_of,
)
from rag.answering.candidates import Candidate, rank_candidates
from rag.answering.compose import find_quotes
from rag.answering.confidence import Calibration, QuotesCalibration, Regression
from rag.answering.material import Material
from rag.answering.quotes.confidence import answer_features
from rag.answering.quotes.ranking import RankedSentence, in_order, rank_sentences
from rag.evaluation.curves import expected_calibration_error
from rag.library import Library
from training.calibrate import MODELS

FOLDS = 10
"""Number of folds of the cross-validation."""
PRECISION = 0.77
"""Share of the shown answers that tell a vital fact, from which the threshold follows."""
SENTENCE_C, ANSWER_C = 0.005, 0.1
"""Inverse strengths of the regularisation."""
SEED = 7
"""Seed of the folds."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with all that was read for it, its candidates and its sentences."""

    question: NewsroomQuestion
    material: Material
    candidates: Sequence[Candidate]
    sentences: Sequence[RankedSentence]

    def ranked_by(self, regression: Regression) -> list[RankedSentence]:
        """Returns the sentences in the order that a regression gives them."""
        return in_order(replace(one, probability=regression.probability(one.features)) for one in self.sentences)


@dataclass(frozen=True, slots=True)
class Shown:
    """The features of the quotes shown for a question, and whether they tell a vital fact."""

    question: NewsroomQuestion
    features: dict[str, float]
    told: bool


def fit(rows: Sequence[Mapping[str, float]], labels: Sequence[bool], strength: float) -> Regression:
    """Fits a logistic regression on standardised features, and returns it for the features as they are.

    Args:
        rows: The features.
        labels: The labels.
        strength: Inverse strength of the regularisation.
    """
    names = sorted(rows[0])
    values = np.array([[row[name] for name in names] for row in rows])
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=strength, max_iter=5000).fit(scaler.transform(values), labels)
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    return Regression(weights={n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}, bias=round(bias, 4))


def fit_sentences(asked: Sequence[Asked]) -> Regression:
    """Fits the probability that a sentence tells a vital fact, on the answerable questions of the newsroom set.

    Of the further questions only one article's right sentences are known.
    """
    rows, labels = [], []
    for one in asked:
        if one.question.answerable and not one.question.is_further:
            for sentence in one.sentences:
                rows.append(sentence.features)
                labels.append(any(tells(nugget, [sentence.text]) for nugget in one.question.vital))
    return fit(rows, labels, SENTENCE_C)


def show(asked: Sequence[Asked], sentence: Regression) -> list[Shown]:
    """Selects the quotes of each question with a regression, and judges them."""
    shown = []
    for one in asked:
        found = find_quotes(one.material, one.candidates, one.ranked_by(sentence))
        if found.quotes:
            features = answer_features(one.material.question, found.candidates, found.quotes)
            texts = first_words([quote.text for quote in found.quotes], RIGHT_WITHIN)
            shown.append(Shown(one.question, features, share_told(one.question.vital, texts) > 0))
    return shown


def threshold_for(confidences: Sequence[float], told: Sequence[bool]) -> float:
    """Finds the lowest threshold at and above which the share PRECISION of the answers tells a vital fact."""
    order = sorted(zip(confidences, told, strict=True), reverse=True)
    best, right = 1.0, 0
    for count, (confidence, is_told) in enumerate(order, start=1):
        right += is_told
        if right >= PRECISION * count:
            best = confidence
    return round(best, 4)


def cross(asked: Sequence[Asked]) -> tuple[dict[str, Any], float]:
    """Cross-validates both regressions and the threshold.

    Returns:
        The figures of the newsroom set, and as `further` those of the further questions; and the threshold that follows
        from the confidences of all folds, which is shipped.
    """
    order = list(asked)
    random.Random(SEED).shuffle(order)
    folds = [order[number::FOLDS] for number in range(FOLDS)]
    shown: list[list[Shown]] = []
    for number, fold in enumerate(folds):
        others = [one for other, each in enumerate(folds) if other != number for one in each]
        shown.append(show(fold, fit_sentences(others)))
    confidences: list[float] = []
    decided: list[bool] = []
    for number, fold_shown in enumerate(shown):
        others_shown = [one for other, each in enumerate(shown) if other != number for one in each]
        answer = fit([one.features for one in others_shown], [one.told for one in others_shown], ANSWER_C)
        known = [answer.probability(one.features) for one in others_shown]
        threshold = threshold_for(known, [one.told for one in others_shown])
        own = [answer.probability(one.features) for one in fold_shown]
        confidences += own
        decided += [confidence >= threshold for confidence in own]
    every = [one for each in shown for one in each]
    rows = list(zip(every, confidences, decided, strict=True))
    found: dict[str, Any] = figures([row for row in rows if not row[0].question.is_further])
    found["further"] = figures([row for row in rows if row[0].question.is_further])
    return found, threshold_for(confidences, [one.told for one in every])


def figures(rows: Sequence[tuple[Shown, float, bool]]) -> dict[str, float]:
    """Computes the figures of a cross-validation.

    Args:
        rows: What is shown for each question, its confidence, and whether it reaches the threshold.
    """
    can = [(one.told, is_shown) for one, _, is_shown in rows if one.question.answerable]
    cannot = [is_shown for one, _, is_shown in rows if not one.question.answerable]
    told, confidences = [one.told for one, _, _ in rows], [confidence for _, confidence, _ in rows]
    found: dict[str, float] = {
        "questions": len(rows),
        "right": float(np.mean([is_told and is_shown for is_told, is_shown in can])),
        "wrong": float(np.mean([is_shown and not is_told for is_told, is_shown in can])),
        "silent": float(np.mean([not is_shown for _, is_shown in can])),
        "left unanswered": 1 - float(np.mean(cannot)),
        "AUC right": float(roc_auc_score(told, confidences)),
        "AUC answerable": float(roc_auc_score([one.question.answerable for one, _, _ in rows], confidences)),
        "calibration error": expected_calibration_error(confidences, told),
    }
    return {name: round(value, 4) for name, value in found.items()}


def fit_all(asked: Sequence[Asked], threshold: float) -> QuotesCalibration:
    """Fits both regressions on all questions.

    Args:
        asked: The questions.
        threshold: The threshold that `cross` found.
    """
    sentence = fit_sentences(asked)
    shown = show(asked, sentence)
    answer = fit([one.features for one in shown], [one.told for one in shown], ANSWER_C)
    return QuotesCalibration(sentence=sentence, answer=answer, threshold=threshold)


def read_all(library: Library, questions: Sequence[NewsroomQuestion]) -> list[Asked]:
    """Asks the earlier questions of each conversation, and reads the passages for the question itself."""
    asked = []
    for question in questions:
        history = ask_earlier(library, question)
        material = library.material(question.text, history=history, scope=scope_of(question))
        candidates = rank_candidates(material)
        asked.append(Asked(question, material, candidates, rank_sentences(material, candidates)))
    return asked


def write(name: str, fitted: QuotesCalibration, found: dict[str, Any]) -> None:
    """Adds the regressions to the reader's calibration, and the figures to its figures."""
    folder = MODELS / name
    calibration = Calibration.model_validate_json((folder / "calibration.json").read_text("utf-8"))
    calibration = calibration.model_copy(update={"fitted_quotes": fitted})
    (folder / "calibration.json").write_text(calibration.model_dump_json(indent=1) + "\n", encoding="utf-8")
    path = folder / "calibration-figures.json"
    every = json.loads(path.read_text("utf-8")) | {"quotes": found}
    path.write_text(json.dumps(every, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Fits, prints the cross-validated figures, and writes both beside the reader."""
    parser = argparse.ArgumentParser(prog="python -m training.quotes", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument(
        "--index", type=Path, default=Path("training/runs/newsroom"), help="index folder, built if missing"
    )
    parser.add_argument("--reader", help="name of the reader, as for `rag --reader`; the best available by default")
    parser.add_argument("--dry-run", action="store_true", help="leave what is beside the reader as it is")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    folder, articles = arguments.data / "newsroom", arguments.data / "articles" / "allsides.jsonl.xz"
    build_library(folder, articles, arguments.index)
    with Library.open(arguments.index, reader=arguments.reader) as library:
        asked = read_all(library, [*read_newsroom(folder), *read_further(articles)])
        found, threshold = cross(asked)
        text = json.dumps(found, indent=1)
        print(text)
        if arguments.json:
            arguments.json.write_text(text + "\n", encoding="utf-8")
        if not arguments.dry_run:
            write(library.status().reader, fit_all(asked, threshold), found)


if __name__ == "__main__":
    main()
