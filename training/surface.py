"""Changes the form of questions and passages, but not the answers, as in typed questions and scraped news."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from training.data import Interval

_LOST_SPACE = re.compile(r"(?<=[a-z0-9\")][.!?]) (?=[A-Z\"])")
"""A space between two sentences, which scraped news often lack."""


def retype_question(question: str, rng: random.Random) -> str:
    """Converts 15 % of the questions to lower case without the question mark, and 1 % to upper case."""
    chance = rng.random()
    if chance < 0.15:
        return question.rstrip("? ").lower()
    if chance < 0.16:
        return question.upper()
    return question


def glue_sentences(
    passage: str, answers: Sequence[Interval], rng: random.Random, share: float = 0.4
) -> tuple[str, tuple[Interval, ...]]:
    """Deletes some of the spaces between sentences, and moves the answers accordingly.

    A space inside an answer stays, so each answer keeps its text.

    Args:
        passage: The passage.
        answers: Half-open character intervals of the passage.
        rng: The random numbers.
        share: Probability that a space is deleted.

    Returns:
        The glued passage, and the intervals of the answers in it.
    """
    cuts = [
        match.start()
        for match in _LOST_SPACE.finditer(passage)
        if rng.random() < share and not any(start <= match.start() < end for start, end in answers)
    ]
    if not cuts:
        return passage, tuple(answers)
    pieces, begin = [], 0
    for cut in cuts:
        pieces.append(passage[begin:cut])
        begin = cut + 1
    pieces.append(passage[begin:])

    def moved(offset: int) -> int:
        return offset - sum(cut < offset for cut in cuts)

    return "".join(pieces), tuple((moved(start), moved(end)) for start, end in answers)
