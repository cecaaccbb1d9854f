"""Metrics of scores and rankings: area under the curve, best threshold, recall and mean reciprocal rank."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np


def area_under_curve(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """Computes the area under the ROC curve (AUC).

    It is the probability that a positive has a higher score than a negative; a tie counts half (Mann-Whitney U / nm).

    Args:
        positives: Scores of the n positives.
        negatives: Scores of the m negatives.

    Raises:
        ValueError: If either sequence is empty.
    """
    if not positives or not negatives:
        raise ValueError(f"{len(positives)} positives and {len(negatives)} negatives; pass at least one of each")
    ordered = np.sort(np.asarray(negatives, dtype=np.float64))
    values = np.asarray(positives, dtype=np.float64)
    below = np.searchsorted(ordered, values, side="left")
    not_above = np.searchsorted(ordered, values, side="right")
    return float((below + not_above).sum() / 2 / (len(values) * len(ordered)))


def best_threshold(scores: Sequence[float], gains: Sequence[float], answerable: Sequence[bool]) -> tuple[float, float]:
    """Finds the threshold with the highest mean gain. Only predictions with a score above the threshold are shown.

    A shown prediction of an answerable question gains `gains[i]`. A hidden prediction gains 1 if its question has no
    answer, else 0.

    Args:
        scores: Score of each prediction.
        gains: Exact match or F1 of each prediction.
        answerable: Whether each question has an answer.

    Returns:
        The threshold and its mean gain. Of equally good thresholds the highest is returned; -inf shows everything.
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
    """Computes recall@k and the mean reciprocal rank (MRR) of rankings.

    Args:
        ranked: For each ranking, best first, whether each place is right.
        depths: The values of k.

    Returns:
        "@k" for each depth: the share of rankings with a right place among the first k. "mrr": the mean of 1 / the rank
        of the first right place, or 0 if there is none. All values are None if there are no rankings.
    """
    ranks = [list(row).index(True) + 1 if True in row else math.inf for row in ranked]
    reached = {f"@{k}": [rank <= k for rank in ranks] for k in depths} | {"mrr": [1 / rank for rank in ranks]}
    return {name: round(float(np.mean(values)), 4) if values else None for name, values in reached.items()}
