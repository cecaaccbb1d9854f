"""What an answer is made from, as one value that the functions of this room share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answering.confidence import Calibration
from rag.core.article import Reading
from rag.question.question import Question

Likeness = Callable[[Sequence[str]], Sequence[float]]
"""The cosine of each text with the question, as the embedder sees them."""


@dataclass(frozen=True, slots=True)
class Material:
    """A question, what the reader found for it, and the measures by which the best of that is chosen."""

    question: Question
    readings: Sequence[Reading]
    calibration: Calibration
    likeness: Likeness

    @property
    def threshold(self) -> float:
        """The confidence below which nothing is an answer."""
        return self.calibration.threshold
