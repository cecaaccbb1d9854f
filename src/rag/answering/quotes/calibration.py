"""The two logistic regressions that choose quotes: that a sentence tells what is asked, and that the quotes do.

They were fitted on dev questions (see training/quotes.py) and are shipped beside the reader.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

_FARTHEST = 30.0
"""Log-odds are clipped at ±_FARTHEST, because larger ones overflow."""


class Regression(BaseModel):
    """A logistic regression.

    Attributes:
        weights: The weight of each feature by its name; a missing one counts as 0.
        bias: The constant term, in log-odds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: dict[str, float]
    bias: float

    def probability(self, features: Mapping[str, float]) -> float:
        """Returns the probability in [0, 1].

        Args:
            features: The value of each feature by its name.
        """
        logit = self.bias + sum(weight * features[name] for name, weight in self.weights.items())
        return 1.0 / (1.0 + math.exp(-max(-_FARTHEST, min(_FARTHEST, logit))))


class QuotesCalibration(BaseModel):
    """The fitted regressions, and the least confidence of an answer.

    Attributes:
        sentence: The probability that a sentence tells a fact that is asked for.
        answer: The probability that the chosen quotes tell such a fact.
        threshold: The least confidence of an answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sentence: Regression
    answer: Regression
    threshold: float


def candidates_only(threshold: float) -> QuotesCalibration:
    """Returns regressions for a reader that was not fitted: only candidates are quoted, with their own confidence.

    Args:
        threshold: The least confidence of an answer.
    """
    sentence = Regression(weights={"candidate": 40.0}, bias=-20.0)
    return QuotesCalibration(
        sentence=sentence, answer=Regression(weights={"candidate": 1.0}, bias=0.0), threshold=threshold
    )


def log_odds(probability: float) -> float:
    """Returns log(p / (1 - p)) of a probability, clipped at ±9.2 (0.0001 and 0.9999)."""
    clipped = max(1e-4, min(1 - 1e-4, probability))
    return math.log(clipped / (1 - clipped))
