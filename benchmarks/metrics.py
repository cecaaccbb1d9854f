"""How well scores tell right from wrong and rankings put it first, and the threshold that is best in hindsight."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np


def area_under_curve(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """The probability that a positive scores above a negative, ties counted half (Mann-Whitney U / nm).

    Raises ValueError where either is empty.
    """
    if not positives or not negatives:
        raise ValueError(f"{len(positives)} positives and {len(negatives)} negatives; pass at least one of each")
    ordered = np.sort(np.asarray(negatives, dtype=np.float64))
    values = np.asarray(positives, dtype=np.float64)
    below = np.searchsorted(ordered, values, side="left")
    not_above = np.searchsorted(ordered, values, side="right")
    return float((below + not_above).sum() / 2 / (len(values) * len(ordered)))


def best_threshold(scores: Sequence[float], gains: Sequence[float], answerable: Sequence[bool]) -> tuple[float, float]:
    """The threshold that gives the best mean when only predictions with a higher score are shown, and that mean.

    `gains[i]` is what showing prediction i brings (its exact match or F1); not showing it brings 1 where question i
    has no answer, else 0. Of equally good thresholds the highest; -inf shows everything.
    """
    order = sorted(range(len(scores)), key=lambda index: -scores[index])
    current = float(sum(not has for has in answerable))
    best, threshold = current, scores[order[0]] if order else np.inf
    for place, index in enumerate(order):
        current += gains[index] if answerable[index] else -1.0
        following = scores[order[place + 1]] if place + 1 < len(order) else -np.inf
        if current > best and following < scores[index]:
            best, threshold = current, following
    return float(threshold), best / max(1, len(scores))


def recall_and_mrr(ranked: Sequence[Sequence[bool]], depths: Sequence[int]) -> dict[str, float | None]:
    """Of rankings, each best first and True where it is right: the share right within each depth, and the mean
    reciprocal rank of the first right place, 0 where there is none. None without rankings.
    """
    ranks = [list(row).index(True) + 1 if True in row else math.inf for row in ranked]
    reached = {f"@{k}": [rank <= k for rank in ranks] for k in depths} | {"mrr": [1 / rank for rank in ranks]}
    return {name: round(float(np.mean(values)), 4) if values else None for name, values in reached.items()}
