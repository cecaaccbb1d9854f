"""Draws plots as inline SVG, without a plotting library. The colours are in the page's style sheet."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence

from rag.evaluation.schema import ReliabilityBin, RiskPoint

_SIZE, _LEFT, _BOTTOM, _EDGE = 320, 60, 40, 14
"""The side of the plotted square, and the margins around it, in pixels."""
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


def plot_risk(points: Sequence[RiskPoint], now: tuple[float, float] | None) -> str:
    """Draws the risk at each coverage.

    Args:
        points: The points of the curve.
        now: Coverage and risk at the library's own threshold, which is marked; None marks nothing.

    Returns:
        A `<figure>`.
    """
    places = " ".join(f"{_x(point.coverage)},{_y(point.risk)}" for point in points)
    marks = [f'<polyline class="line" points="{places}"/>'] if points else []
    marks += [_dot(point.coverage, point.risk, 2, _risk_words(point)) for point in points]
    if now:
        said = f"as it is: {now[0]:.0%} answered, {now[1]:.0%} of them wrongly"
        marks.append(_dot(*now, 6, said, "now"))
    return _frame("Risk at each coverage", "share of questions answered", "share of answers that is wrong", marks)


def plot_reliability(bins: Sequence[ReliabilityBin]) -> str:
    """Draws the share of right answers over the confidence. A calibrated confidence lies on the diagonal."""
    count = sum(each.questions for each in bins)
    marks = [f'<line class="even" x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}"/>']
    marks += [
        _dot(each.confidence, each.right, 3 + 14 * math.sqrt(each.questions / count), _bin_words(each)) for each in bins
    ]
    return _frame("Reliability of the confidence", "confidence stated", "share that was right", marks)


def _risk_words(point: RiskPoint) -> str:
    return f"threshold {point.threshold:.3f}: {point.right} of {point.answered} right"


def _bin_words(each: ReliabilityBin) -> str:
    return f"{each.questions} questions: confidence {each.confidence:.0%}, right {each.right:.0%}"


def _frame(title: str, x_label: str, y_label: str, marks: Sequence[str]) -> str:
    """Draws axes from 0 to 1 around the marks."""
    ticks = "".join(
        f'<line class="grid" x1="{_x(0)}" y1="{_y(tick)}" x2="{_x(1)}" y2="{_y(tick)}"/>'
        f'<line class="grid" x1="{_x(tick)}" y1="{_y(0)}" x2="{_x(tick)}" y2="{_y(1)}"/>'
        f'<text x="{_x(0) - 6}" y="{_y(tick) + 4}" text-anchor="end">{tick:.0%}</text>'
        f'<text x="{_x(tick)}" y="{_y(0) + 16}" text-anchor="middle">{tick:.0%}</text>'
        for tick in _TICKS
    )
    middle_y = _y(0.5)
    labels = (
        f'<text x="{_x(0.5)}" y="{_y(0) + 34}" text-anchor="middle">{html.escape(x_label)}</text>'
        f'<text x="10" y="{middle_y}" text-anchor="middle" transform="rotate(-90 10 {middle_y})">'
        f"{html.escape(y_label)}</text>"
    )
    box = f"0 0 {_LEFT + _SIZE + _EDGE} {_EDGE + _SIZE + _BOTTOM}"
    return (
        f'<figure><figcaption>{html.escape(title)}</figcaption><svg viewBox="{box}" role="img" '
        f'aria-label="{html.escape(title)}">{ticks}{labels}{"".join(marks)}</svg></figure>'
    )


def _dot(x: float, y: float, radius: float, words: str, kind: str = "dot") -> str:
    place = f'cx="{_x(x)}" cy="{_y(y)}" r="{radius:.1f}"'
    return f'<circle class="{kind}" {place}><title>{html.escape(words)}</title></circle>'


def _x(share: float) -> float:
    return round(_LEFT + _SIZE * share, 1)


def _y(share: float) -> float:
    return round(_EDGE + _SIZE * (1 - share), 1)
