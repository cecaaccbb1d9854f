"""Plots a reader's learning curve (`python -m training.plot`) and the quality of its confidence.

The learning curve comes from a run's log. The upper part shows the training loss by number of examples, the lower part
the probes on dev questions. `training.calibrate` plots the confidence on questions that were not used for fitting.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_rows
from rag.evaluation.curves import reliability_bins, risk_coverage
from training.trainer import LOG

DOCS = Path(__file__).parent.parent / "docs"
CURVE, CONFIDENCE = DOCS / "learning-curve.png", DOCS / "confidence.png"
"""The files of the learning curve and of the confidence plot."""
_PROBED = {"f1": "F1, SQuAD 1.1 dev", "exact_match": "EM, SQuAD 1.1 dev"}


def _pyplot() -> Any:
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    return pyplot


def plot_confidence(confidences: Sequence[float], right: Sequence[bool], threshold: float, target: Path) -> None:
    """Draws a reliability diagram (Guo et al. 2017) and the risk at each coverage (El-Yaniv and Wiener 2010).

    Args:
        confidences: Confidence of each answer, in [0, 1].
        right: Whether each answer is right.
        threshold: The confidence threshold.
        target: The PNG file to write.
    """
    bins, points = reliability_bins(confidences, right), risk_coverage(confidences, right)
    pyplot = _pyplot()
    figure, (reliability, risk) = pyplot.subplots(1, 2, figsize=(10, 4.5), layout="constrained")
    reliability.plot([0, 1], [0, 1], color="grey", linewidth=1)
    sizes = [10 + 400 * each.questions / len(right) for each in bins]
    reliability.scatter([each.confidence for each in bins], [each.right for each in bins], s=sizes)
    reliability.axvline(threshold, linestyle=":", color="grey", label="threshold")
    reliability.set(xlabel="stated confidence", ylabel="share that was right", xlim=(0, 1), ylim=(0, 1))
    reliability.legend()
    risk.plot([point.coverage for point in points], [point.risk for point in points])
    covered = max((point.coverage for point in points if point.threshold >= threshold), default=0.0)
    risk.axvline(covered, linestyle=":", color="grey")
    risk.set(
        xlabel="coverage: share of questions answered", ylabel="risk: share of answers that was wrong", ylim=(0, 1)
    )
    for axes in (reliability, risk):
        axes.grid(alpha=0.3)
    figure.savefig(target, dpi=110)
    pyplot.close(figure)


def plot(rows: Sequence[dict[str, Any]], target: Path) -> None:
    """Draws a learning curve.

    Args:
        rows: The rows of a log that `training.reader` wrote.
        target: The PNG file to write.
    """
    pyplot = _pyplot()
    losses = [(row["examples"], row["loss"]) for row in rows if "loss" in row]
    probes = [(row["examples"], row["probe"]) for row in rows if "probe" in row]
    figure, (above, below) = pyplot.subplots(2, 1, sharex=True, figsize=(8, 7), layout="constrained")
    above.plot(*zip(*losses, strict=True)) if losses else None
    above.set(ylabel="training loss", yscale="log")
    for name, label in _PROBED.items():
        below.plot([seen for seen, _ in probes], [probe[name] for _, probe in probes], marker="o", label=label)
    auc = [100 * probe["null_auc"] for _, probe in probes]
    below.plot([seen for seen, _ in probes], auc, marker="s", label="AUC of null, SQuAD 2.0 dev")
    below.set(xlabel="examples seen", ylabel="percent")
    below.legend()
    for axes in (above, below):
        axes.grid(alpha=0.3)
    figure.savefig(target, dpi=110)
    pyplot.close(figure)


def main() -> None:
    """Reads the run's log, draws the learning curve, and prints the path of the PNG file."""
    parser = argparse.ArgumentParser(prog="python -m training.plot", description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("training/runs/reader"), help="folder of the run")
    parser.add_argument("--out", type=Path, default=CURVE, help="PNG file to write")
    arguments = parser.parse_args()
    plot(list(read_rows(arguments.run / LOG)), arguments.out)
    print(arguments.out)


if __name__ == "__main__":
    main()
