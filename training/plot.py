"""Plot a run's log as a learning curve: `python -m training.plot --run training/runs/reader`.

Above, the training loss by examples seen; below, what the probes on dev questions said.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from training.data import read_json_lines
from training.reader import LOG

CURVE = "learning_curve.png"
_PROBED = {"f1": "F1, SQuAD 1.1 dev", "exact_match": "EM, SQuAD 1.1 dev"}


def plot(rows: Sequence[dict[str, Any]], target: Path) -> None:
    """Draw the log's rows, as `training.reader` writes them, into a PNG file."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

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
    """Read the log and write the picture beside it, or where told."""
    parser = argparse.ArgumentParser(prog="python -m training.plot", description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("training/runs/reader"))
    parser.add_argument("--out", type=Path, help=f"{CURVE} in the run's folder by default")
    arguments = parser.parse_args()
    target = arguments.out or arguments.run / CURVE
    plot(list(read_json_lines(arguments.run / LOG)), target)
    print(target)


if __name__ == "__main__":
    main()
