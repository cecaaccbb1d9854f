"""Plots the figures of `benchmarks.scale`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

_LINES: dict[str, dict[str, tuple[str, ...]]] = {
    "processor seconds": {
        "opened, nothing cached": ("open", "cold_s", "cpu"),
        "one article added": ("update", "add_s", "cpu"),
        "all files gone through": ("update", "all_s", "cpu"),
    },
    "processor milliseconds a question": {"median": ("ask", "cpu_ms", "p50"), "95 of 100": ("ask", "cpu_ms", "p95")},
    "megabytes of memory at most": {
        "asking": ("ask", "peak_mb"),
        "updating": ("update", "peak_mb"),
        "building": ("build", "peak_mb"),
    },
    "passages built a processor second": {"embedding left out": ("build", "passages_per_cpu_s")},
}
"""For each panel, named by its unit, the lines with the keys of their figures."""


def plot(sizes: Sequence[dict[str, Any]], target: Path) -> None:
    """Draws each kind of figure over the number of passages. All axes are logarithmic.

    Args:
        sizes: The figures of each size.
        target: The PNG file to write.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, panels = pyplot.subplots(2, 3, figsize=(13, 7.5), layout="constrained")
    passages = [found["build"]["passages"] for found in sizes]
    lines = {
        unit: {label: [reduce(getitem, path, found) for found in sizes] for label, path in named.items()}
        for unit, named in _LINES.items()
    }
    parts = sorted({part for found in sizes for part in found["build"]["disk_mb"]})
    lines["megabytes on disk"] = {
        part: [found["build"]["disk_mb"].get(part, float("nan")) for found in sizes] for part in parts
    }
    for axes, (unit, named) in zip(panels.flat, lines.items(), strict=False):
        for label, values in named.items():
            axes.plot(passages, values, marker="o", label=label)
        axes.set(xscale="log", yscale="log", xlabel="passages", ylabel=unit)
        axes.grid(alpha=0.3, which="both")
        axes.legend()
    panels.flat[-1].axis("off")
    figure.savefig(target, dpi=110)
    pyplot.close(figure)
