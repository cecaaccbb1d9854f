"""Computes the confidence: the probability that a candidate answers the question correctly.

It is a logistic regression over features from retrieval and the reader. It was fitted on dev questions for each reader
(see training/calibrate.py) and is shipped beside the reader. The threshold for a short answer follows from the
precision that the same file states.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from rag.core.errors import ModelError

_FARTHEST = 30.0
"""Log-odds are clipped at ±_FARTHEST, because larger ones overflow."""
FAR = 8.0
"""Margins are clipped at ±FAR (log-odds), because larger ones say nothing more."""


@dataclass(frozen=True, slots=True)
class Signals:
    """The features of a candidate.

    Attributes:
        score: The reader's log-odds.
        margin: The score minus that of the best candidate that says something else, in log-odds.
        quote_similarity: The cosine of question and quote.
        reciprocal_rank: 1 / rank of the hit.
        fused: The hit's fused score, as a share of the score of a passage that is first in both rankings.
        agreement: Number of other sources among the hits whose best span says the same.
        coverage: The share of the question's terms in the quote (see `rag.question.overlap`).
        pair_coverage: The same for the quote, the sentence before it and the title.
        names_partly: 1 if the passage has some of the question's names and numbers but not all, otherwise 0.
        names_nowhere: The share of the question's names that the article does not have at all.
        kind_unmet: 1 if the span lacks the form that is asked for (a date, a number, a name), otherwise 0.
    """

    score: float
    margin: float
    quote_similarity: float
    reciprocal_rank: float
    fused: float
    agreement: float
    coverage: float
    pair_coverage: float
    names_partly: float
    names_nowhere: float
    kind_unmet: float

    def values(self) -> tuple[float, ...]:
        """Returns the features in the order of FEATURES, clipped, so that no single feature outweighs all others."""
        score, margin = max(-12.0, min(12.0, self.score)), max(-FAR, min(FAR, self.margin))
        fused, agreement = min(1.0, self.fused), min(3.0, self.agreement)
        shared = (self.coverage, self.pair_coverage, self.names_partly, self.names_nowhere, self.kind_unmet)
        return (score, margin, self.quote_similarity, self.reciprocal_rank, fused, agreement, *shared)


FEATURES = tuple(field.name for field in fields(Signals))
"""The names of the features, in the order of the fields of `Signals`."""


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
        threshold: The least confidence of an answer without a sure short answer.
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


class Calibration(BaseModel):
    """The fitted regression, and the threshold below which the system abstains.

    Attributes:
        weights: The weight of each feature, by the feature's name; a missing one counts as 0.
        bias: The constant term, in log-odds.
        threshold: The least confidence of a short answer.
        precision: The share of shown short answers that were right on the dev questions, at this threshold.
        spoken: The share of made questions for someone's words ("What did X say about Y?") for which the first words
            that the text attributes to X by name were the right ones.
        fitted_quotes: The regressions that choose quotes; None if they were not fitted for this reader.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: dict[str, float]
    bias: float
    threshold: float
    precision: float
    spoken: float = 0.0
    fitted_quotes: QuotesCalibration | None = None

    @property
    def quotes(self) -> QuotesCalibration:
        """The regressions that choose quotes."""
        return self.fitted_quotes or candidates_only(self.threshold)

    def with_threshold(self, threshold: float | None) -> Calibration:
        """Returns the same weights with another least confidence of an answer.

        Args:
            threshold: The threshold, in [0, 1]; None keeps the calibrated one.
        """
        if threshold is None:
            return self
        quotes = self.quotes.model_copy(update={"threshold": threshold})
        return self.model_copy(update={"fitted_quotes": quotes, "threshold": max(self.threshold, threshold)})

    def confidence(self, signals: Signals) -> float:
        """Returns the probability in [0, 1] that a candidate with these features is right."""
        values = zip(FEATURES, signals.values(), strict=True)
        logit = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in values)
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, logit))))


def load_calibration(reader: str) -> Calibration:
    """Loads the calibration of a reader.

    Args:
        reader: The reader's name or folder. A reader without its own calibration gets that of the shipped reader.

    Raises:
        ModelError: If the file is missing, because the installation is incomplete.
    """
    models = resources.files("rag").joinpath("weights")
    own, shipped = (models.joinpath(f"{name}/calibration.json") for name in (Path(reader).name, "reader"))
    file = own if own.is_file() else shipped
    if not file.is_file():
        raise ModelError(f"No calibration for the reader '{reader}'", remedy="reinstall newsroom-rag")
    return Calibration.model_validate(json.loads(file.read_text("utf-8")))
