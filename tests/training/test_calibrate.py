"""The confidence is fitted on all candidates and scaled with the best ones."""

from __future__ import annotations

import math
import random

import numpy as np

from rag.answering.confidence import FEATURES
from training.calibrate import AGAINST, Judged, best_of, fit, with_names


def judged(draw: random.Random, candidates: int) -> Judged:
    """Candidates whose score separates right from wrong ones, and whose agreement is random."""
    features = np.zeros((candidates, len(FEATURES)))
    right = []
    for row in features:
        row[FEATURES.index("score")] = draw.gauss(0, 2)
        row[FEATURES.index("agreement")] = draw.gauss(0, 2)
        row[FEATURES.index("kind_unmet")] = unmet = draw.random() < 0.5
        right.append(draw.random() < 1 / (1 + math.exp(1 + 2 * unmet - row[FEATURES.index("score")])))
    return Judged(features, tuple(right))


def test_a_best_candidate_is_as_often_right_as_is_said() -> None:
    draw = random.Random(4)
    questions = [judged(draw, 8) for _ in range(1500)]
    weights, bias = fit(questions)
    confidences, right = best_of(questions, weights, bias)
    assert abs(np.mean(confidences) - np.mean(right)) < 0.01
    sure = [is_right for confidence, is_right in zip(confidences, right, strict=True) if confidence > 0.8]
    assert np.mean(sure) > 0.75
    assert weights["score"] > 5 * abs(weights["agreement"])
    assert all(weights[name] <= 0 if name in AGAINST else weights[name] >= 0 for name in FEATURES)


def test_a_question_without_candidates_teaches_nothing() -> None:
    draw = random.Random(5)
    questions = [judged(draw, 3) for _ in range(200)]
    empty = Judged(np.zeros((0, len(FEATURES))), ())
    assert fit([*questions, empty]) == fit(questions)
    assert best_of([empty], *fit(questions)) == ([0.0], [False])


def test_typed_questions_get_the_capitals_of_their_names_back() -> None:
    question = "who sings circle of life in the movie"
    assert with_names(question, "Circle of Life") == "who sings Circle of Life in the movie"
    assert with_names(question, "Lion king (film)") == question
