"""One number that means something: the probability that a candidate answers the question rightly.

A logistic regression over what retrieval and the reader say of a candidate, fitted on dev questions for each reader
(see training/calibrate.py) and shipped beside it. The threshold below which the system abstains follows from the
precision stated in the same file.
"""

from __future__ import annotations

import json
import math
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from rag.article import Hit, Span
from rag.errors import ModelError

FEATURES = ("score", "similarity", "reciprocal_rank", "agreement")


class Calibration(BaseModel):
    """The fitted weights over FEATURES, and the confidence below which the answer is "the articles don't say"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: dict[str, float]
    bias: float
    threshold: float
    precision: float
    """The share of shown answers that were right on the dev questions, at this threshold."""

    def confidence(self, span: Span, hit: Hit, agreement: float) -> float:
        """The probability in [0, 1] that this span is right.

        `agreement` is the number of other articles among the hits whose reading holds the same answer.
        """
        values = candidate_features(span, hit, agreement)
        logit = self.bias + sum(self.weights[name] * value for name, value in zip(FEATURES, values, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, logit))))


def candidate_features(span: Span, hit: Hit, agreement: float) -> tuple[float, ...]:
    """FEATURES of one candidate, in that order; the reader's score is bounded, so that it can't outvote all else."""
    return (max(-12.0, min(12.0, span.score)), hit.similarity, 1.0 / hit.rank, min(3.0, agreement))


def load_calibration(reader: str) -> Calibration:
    """The calibration shipped for the reader of this name; for one of the user's own, that of the shipped reader.

    Raises ModelError where there is none: the installation is not whole.
    """
    models = resources.files("rag").joinpath("models")
    own, shipped = (models.joinpath(f"{name}/calibration.json") for name in (Path(reader).name, "reader"))
    file = own if own.is_file() else shipped
    if not file.is_file():
        raise ModelError(f"No calibration for the reader '{reader}'; reinstall newsroom-rag")
    return Calibration.model_validate(json.loads(file.read_text("utf-8")))
