"""Answers to questions from hand-made readings, without a library."""

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
from rag.question.question import Question, parse_question
from rag.retrieval.focus import Focus
from rag.retrieval.search import Search

TODAY = date(2025, 6, 18)
"""A Wednesday."""
PLAIN = Calibration(weights={"score": 1.0}, bias=0.0, threshold=0.5, precision=0.5)
"""Confidence is the logistic function of the span's own score and nothing else."""


def alike(texts: Sequence[str]) -> list[float]:
    """Every quote is as like the question as any other."""
    return [0.5] * len(texts)


def asked(text: str) -> Question:
    """The question, asked on TODAY."""
    return parse_question(text, TODAY)


def material(
    question: str, readings: Sequence[Reading], calibration: Calibration = PLAIN, likeness: Likeness = alike
) -> Material:
    """What an answer to the question is made from."""
    return Material(asked(question), readings, calibration, likeness)


def answer_to(
    question: str,
    readings: Sequence[Reading],
    calibration: Calibration = PLAIN,
    likeness: Likeness = alike,
    generation: int = 1,
) -> Answer:
    """The answer that these readings give."""
    made_from = material(question, readings, calibration, likeness)
    found = Search(made_from.question, (), np.zeros(1, np.float32), Focus(), [reading.hit for reading in readings])
    return build_answer(Request(question, question), found, compose(made_from), generation=generation, timings={})
