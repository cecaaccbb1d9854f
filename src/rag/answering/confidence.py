"""One number that means something: the probability that a candidate answers the question rightly.

A logistic regression over what retrieval and the reader say of a candidate, fitted on dev questions for each reader
(see training/calibrate.py) and shipped beside it. The threshold below which the system abstains follows from the
precision stated in the same file.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, fields
from importlib import resources
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from rag.core.errors import ModelError

FAR = 8.0
"""Log-odds between two candidates from which on it says no more how far they are apart."""


@dataclass(frozen=True, slots=True)
class Signals:
    """What is known of a candidate.

    `score` is the reader's log-odds, `margin` by how much it exceeds that of the best candidate that says something
    else; `quote_similarity` the cosine of question and quote; `reciprocal_rank` the hit's, `fused` its fused score as a
    share of what the first of both rankings has; `agreement` the number of other voices among the hits whose best span
    says the same; `kind_unmet` is 1 where the span's words lack the form of what is asked for (a date, a number, a
    name); `names_partly` is 1 where the passage holds some but not all of the question's names, as one about another
    of two; the rest is what question and quote have in common (see `rag.question.overlap`).
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
        """The fields in the order of FEATURES, those without bounds cut off, so that no one can outvote all else."""
        score, margin = max(-12.0, min(12.0, self.score)), max(-FAR, min(FAR, self.margin))
        fused, agreement = min(1.0, self.fused), min(3.0, self.agreement)
        shared = (self.coverage, self.pair_coverage, self.names_partly, self.names_nowhere, self.kind_unmet)
        return (score, margin, self.quote_similarity, self.reciprocal_rank, fused, agreement, *shared)


FEATURES = tuple(field.name for field in fields(Signals))


class Calibration(BaseModel):
    """The fitted weights over FEATURES, and the confidence below which the answer is "the articles don't say"."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: dict[str, float]
    bias: float
    threshold: float
    precision: float
    """The share of shown answers that were right on the dev questions, at this threshold."""
    spoken: float = 0.0
    """Of questions for someone's words, the share that what the text gives to this one by name answers rightly."""

    def confidence(self, signals: Signals) -> float:
        """The probability in [0, 1] that the candidate is right."""
        values = zip(FEATURES, signals.values(), strict=True)
        logit = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in values)
        return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, logit))))


def load_calibration(reader: str) -> Calibration:
    """The calibration shipped for the reader of this name; for one of the user's own, that of the shipped reader.

    Raises ModelError where there is none: the installation is not whole.
    """
    models = resources.files("rag").joinpath("weights")
    own, shipped = (models.joinpath(f"{name}/calibration.json") for name in (Path(reader).name, "reader"))
    file = own if own.is_file() else shipped
    if not file.is_file():
        raise ModelError(f"No calibration for the reader '{reader}'", remedy="reinstall newsroom-rag")
    return Calibration.model_validate(json.loads(file.read_text("utf-8")))
