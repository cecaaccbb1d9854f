"""Metrics of the confidence: reliability, risk at each coverage, and thresholds.

Every function takes the confidence of each question's best candidate, in [0, 1], and whether that candidate is right.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.evaluation.schema import ReliabilityBin, RiskPoint

BINS = 10
"""Number of bins of equal width, as is usual for the calibration error."""


def reliability_bins(confidences: Sequence[float], right: Sequence[bool]) -> tuple[ReliabilityBin, ...]:
    """Groups questions by their confidence, in bins of equal width, lowest first. Empty bins are left out."""
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
    """Computes the expected calibration error of Guo et al. 2017, equation 3.

    It is the sum over bins of n_bin / n * |share right in the bin - mean confidence in the bin|.

    Returns:
        The error, in [0, 1]; 0 if there are no questions.
    """
    bins = reliability_bins(confidences, right)
    return sum(each.questions * abs(each.right - each.confidence) for each in bins) / max(1, len(confidences))


def risk_coverage(confidences: Sequence[float], right: Sequence[bool]) -> tuple[RiskPoint, ...]:
    """Computes risk and coverage for each confidence as the threshold (El-Yaniv and Wiener 2010).

    coverage = answered / questions, and risk = wrong / answered.

    Returns:
        One point per distinct confidence, highest first.
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
    """Finds the lowest threshold whose share of right answers is at least `precision`; None if there is none."""
    return next((point for point in reversed(points) if point.right / point.answered >= precision), None)
