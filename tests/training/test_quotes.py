"""The regressions of quotes are fitted as they are applied, and the threshold follows from a precision."""

from __future__ import annotations

import random

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from training import quotes
from training.quotes import fit, threshold_for


def test_a_regression_gives_the_same_probabilities_as_the_one_it_was_fitted_by() -> None:
    draw = random.Random(3)
    rows = [{"a": draw.gauss(5, 3), "b": draw.gauss(-1, 0.1)} for _ in range(300)]
    labels = [draw.random() < 1 / (1 + np.exp(5 - row["a"])) for row in rows]
    fitted = fit(rows, labels, 0.1)
    values = np.array([[row["a"], row["b"]] for row in rows])
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(C=0.1).fit(scaler.transform(values), labels)
    expected = model.predict_proba(scaler.transform(values))[:, 1]
    assert np.allclose([fitted.probability(row) for row in rows], expected, atol=1e-3)
    assert fitted.weights["a"] > 0.3


def test_the_threshold_is_the_lowest_with_the_precision() -> None:
    confidences = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]
    told = [True, True, True, False, False, False]
    right, wrong = sum(told[:4]), 4
    assert right / wrong < quotes.PRECISION
    assert threshold_for(confidences, told) == 0.7
    assert threshold_for(confidences, [False] * 6) == 1.0
