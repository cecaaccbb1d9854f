"""Changes of form that leave the answer: what typed questions and scraped news look like."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from training.data import Interval

_LOST_SPACE = re.compile(r"(?<=[a-z0-9\")][.!?]) (?=[A-Z\"])")


def retype_question(question: str, rng: random.Random) -> str:
    """Lower-case 15 % of the questions, without the question mark; set 1 % in capitals."""
    chance = rng.random()
    if chance < 0.15:
        return question.rstrip("? ").lower()
    if chance < 0.16:
        return question.upper()
    return question


def glue_sentences(
    passage: str, answers: Sequence[Interval], rng: random.Random, share: float = 0.4
) -> tuple[str, tuple[Interval, ...]]:
    """Delete some of the spaces after full stops and move the answers accordingly.

    No space inside an answer is deleted, so each answer keeps its text.
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
