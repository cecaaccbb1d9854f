"""Plots the figures of the comparison."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from benchmarks.peers.speed import ASKERS, middle, timed

_LABEL = {"ha": "center", "va": "bottom", "fontsize": 8, "rotation": 90}
"""How the name of a library stands above its bar."""


def plot(found: dict[str, Any], target: Path) -> None:
    """Draws each system's time per question, questions per second by number of askers, and rate of indexing.

    Args:
        found: The figures of a run.
        target: The PNG file to write.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, (alone, together, indexing) = pyplot.subplots(1, 3, figsize=(14, 4.5), layout="constrained")
    titles = {name: system["title"] for name, system in found["systems"].items()}
    medians = {size: {name: middle(one) for name, one in rounds.items()} for size, rounds in timed(found).items()}
    width = 0.8 / len(medians)
    for place, (name, title) in enumerate(titles.items()):
        for number, (size, systems) in enumerate(medians.items()):
            if name not in systems:  # not every system was given the largest library
                continue
            at = place - 0.4 + width * (number + 0.5)
            alone.bar(at, systems[name]["p50_ms"], 0.9 * width, color=f"C{place}")
            alone.plot(at, systems[name]["p95_ms"], "_", color="black", markersize=14)
            alone.annotate(size, (at, systems[name]["p95_ms"]), (0, 4), textcoords="offset points", **_LABEL)
        rates = [medians["newsroom"][name]["questions_per_s"][str(askers)] for askers in ASKERS]
        together.plot(ASKERS, rates, marker="o", label=title)
        indexing.bar(place, medians["small"][name]["passages_per_s"], 0.6, color=f"C{place}")
    alone.margins(y=0.15)
    alone.set(ylabel="ms a question: p50, and p95 as a line", title="by library")
    together.set(xlabel="askers at once", ylabel="questions a second", title="the archive", xscale="log")
    together.set_xticks(ASKERS, [str(askers) for askers in ASKERS])
    together.legend()
    indexing.set(ylabel="passages indexed a second", title="small library")
    for axes in (alone, indexing):
        axes.set_xticks(range(len(titles)), [title.replace(" ", "\n") for title in titles.values()])
    for axes in (alone, together, indexing):
        axes.set_ylim(bottom=0)
        axes.grid(alpha=0.3, axis="y")
    figure.savefig(target, dpi=110)
    pyplot.close(figure)
