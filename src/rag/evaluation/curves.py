"""What confidences are worth: reliability, risk at each coverage, and the thresholds that follow.

Every function takes the confidence of each question's best candidate, in [0, 1], and whether that candidate is right.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.evaluation.schema import ReliabilityBin, RiskPoint

BINS = 10


def reliability_bins(confidences: Sequence[float], right: Sequence[bool]) -> tuple[ReliabilityBin, ...]:
    """The questions in bins of equal width by their confidence, lowest first, empty bins left out."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in zip(confidences, right, strict=True):
        held.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, is_right))
    return tuple(
        ReliabilityBin(
            low=place / BINS,
            high=(place + 1) / BINS,
            questions=len(inside),
            confidence=sum(confidence for confidence, _ in inside) / len(inside),
            right=sum(is_right for _, is_right in inside) / len(inside),
        )
        for place, inside in sorted(held.items())
    )


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """sum over bins of n_bin / n * |share right in the bin - mean confidence in it|, with bins of equal width.

    From Guo et al. 2017, equation 3; 0 for no questions at all.
    """
    bins = reliability_bins(confidences, right)
    return sum(each.questions * abs(each.right - each.confidence) for each in bins) / max(1, len(confidences))


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> tuple[RiskPoint, ...]:
    """For each confidence as the threshold, highest first: the share that would be answered, and wrongly.

    coverage = answered / questions, risk = wrong / answered (El-Yaniv and Wiener 2010); equal confidences, one point.
    """
    ranked = sorted(zip(confidences, right, strict=True), key=lambda pair: -pair[0])
    points, hits = [], 0
    for place, (confidence, is_right) in enumerate(ranked, start=1):
        hits += is_right
        if place == len(ranked) or ranked[place][0] < confidence:
            risk, coverage = 1 - hits / place, place / len(ranked)
            points.append(RiskPoint(threshold=confidence, coverage=coverage, risk=risk, answered=place, right=hits))
    return tuple(points)


def lowest_threshold(precision: float, points: Sequence[RiskPoint]) -> RiskPoint | None:
    """The point of the lowest threshold at which the share of right answers is at least this; None if none is."""
    return next((point for point in reversed(points) if point.right / point.answered >= precision), None)
