"""The value that holds all that an answer is made from. The functions of this room share it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answering.confidence import Calibration
from rag.core.article import Reading
from rag.core.settings import DEFAULTS, AnswerSettings
from rag.question.question import Question

Likeness = Callable[[Sequence[str]], Sequence[float]]
"""A function from texts to their cosines with the question, in the order of the texts."""


@dataclass(frozen=True, slots=True)
class Material:
    """A question, its readings, and the measures for choosing among them.

    Attributes:
        question: The parsed question.
        readings: What the reader found, one reading per hit.
        calibration: Computes the confidence, and has the threshold.
        likeness: Computes the cosine of texts with the question.
        settings: How much an answer shows.
    """

    question: Question
    readings: Sequence[Reading]
    calibration: Calibration
    likeness: Likeness
    settings: AnswerSettings = DEFAULTS.answers

    @property
    def threshold(self) -> float:
        """The least confidence of an answer."""
        return self.calibration.threshold
