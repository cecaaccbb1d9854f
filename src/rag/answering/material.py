"""The value that holds all that an answer is made from. The functions of this room share it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answering.confidence import Calibration, QuotesCalibration
from rag.core.article import Passage, Reading
from rag.core.settings import DEFAULTS, AnswerSettings
from rag.question.question import Question

Likeness = Callable[[Sequence[str]], Sequence[float]]
"""A function from texts to their cosines with the question, in the order of the texts."""
Alike = Callable[[str], Sequence[Passage]]
"""A function from a sentence to the passages that have most of its words, best first."""


def _nothing_alike(sentence: str) -> Sequence[Passage]:
    return ()


@dataclass(frozen=True, slots=True)
class Material:
    """A question, its readings, and the measures for choosing among them.

    Attributes:
        question: The parsed question.
        readings: What the reader found, one reading per hit. Short answers come from these.
        calibration: Computes the confidences, and has the thresholds.
        likeness: Computes the cosine of texts with the question.
        settings: How much an answer shows.
        further: Readings of the hits behind the first ones. Only quotes come from these.
        alike: Finds passages that tell the same as a sentence.
    """

    question: Question
    readings: Sequence[Reading]
    calibration: Calibration
    likeness: Likeness
    settings: AnswerSettings = DEFAULTS.answers
    further: Sequence[Reading] = ()
    alike: Alike = _nothing_alike

    @property
    def every_reading(self) -> Sequence[Reading]:
        """All readings, in the order of the hits."""
        return [*self.readings, *self.further]

    @property
    def threshold(self) -> float:
        """The least confidence of a short answer."""
        return self.calibration.threshold

    @property
    def quotes(self) -> QuotesCalibration:
        """The regressions that choose quotes, with the least confidence of an answer."""
        return self.calibration.quotes
