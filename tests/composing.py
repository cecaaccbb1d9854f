"""Makes answers from hand-made readings, without a library."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from rag.answering.build_answer import Request, build_answer
from rag.answering.compose import compose
from rag.answering.confidence import Calibration
from rag.answering.material import Likeness, Material
from rag.core.article import Reading
from rag.core.schema import Answer
from rag.core.settings import DEFAULTS, AnswerSettings
from rag.question.question import Question, parse_question
from rag.retrieval.focus import Focus
from rag.retrieval.search import Search

TODAY = date(2025, 6, 18)
"""A Wednesday."""
PLAIN = Calibration(weights={"score": 1.0}, bias=0.0, threshold=0.5, precision=0.5)
"""A calibration whose confidence is the logistic function of the span's score."""


def alike(texts: Sequence[str]) -> list[float]:
    """Gives every text the same similarity to the question."""
    return [0.5] * len(texts)


def asked(text: str) -> Question:
    """Parses a question that is asked on TODAY."""
    return parse_question(text, TODAY)


def material(
    question: str,
    readings: Sequence[Reading],
    calibration: Calibration = PLAIN,
    likeness: Likeness = alike,
    settings: AnswerSettings = DEFAULTS.answers,
) -> Material:
    """Makes the material for an answer to a question, see `rag.answering.material.Material`."""
    return Material(asked(question), readings, calibration, likeness, settings)


def answer_to(
    question: str,
    readings: Sequence[Reading],
    calibration: Calibration = PLAIN,
    likeness: Likeness = alike,
    generation: int = 1,
    settings: AnswerSettings = DEFAULTS.answers,
) -> Answer:
    """Composes the answer to a question from readings.

    Args:
        question: The question.
        readings: The readings.
        calibration: The calibration.
        likeness: Gives the similarity of texts to the question.
        generation: The generation that the answer names.
        settings: The settings.
    """
    made_from = material(question, readings, calibration, likeness, settings)
    found = Search(made_from.question, (), np.zeros(1, np.float32), Focus(), [reading.hit for reading in readings])
    return build_answer(Request(question, question), found, compose(made_from), generation=generation, timings={})
