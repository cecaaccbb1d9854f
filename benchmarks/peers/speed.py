"""Measures a system's speed and memory from outside its process, in turns with the other systems.

In each round every system is asked from each index, in a new process. The order of the systems rotates by one with each
round. No question is asked twice in one process, so a cache of questions helps no system.
"""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.systems import Client, System
from benchmarks.peers.weights import Weights

ASKERS = (1, 4, 16)
"""Numbers of askers at once."""
_WARMING = 5
"""Number of questions that only warm up a process."""

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Load:
    """The questions of one process.

    Attributes:
        questions: At least `needed` questions.
        alone: Number of questions that are timed one by one.
        together: Number of questions for each number of askers.
    """

    questions: Sequence[str]
    alone: int = 40
    together: int = 32

    @property
    def needed(self) -> int:
        """Number of questions that a process is asked."""
        return 1 + _WARMING + self.alone + self.together * len(ASKERS)


def build(system: System, articles: Path, index: Path, weights: Weights) -> Figures:
    """Indexes a folder into a new index.

    Args:
        system: The system.
        articles: The folder of articles.
        index: The index folder. It is deleted first.
        weights: The weights.

    Returns:
        Number of passages, passages per second, peak memory in MB, and the size of the index in MB.
    """
    shutil.rmtree(index, ignore_errors=True)
    with Client(system, index, weights) as client:
        seconds, _ = client.timed("update", articles=str(articles))
        passages = client.call("stats")["passages"]
        peak = client.peak_mb()
    rate = round(passages / seconds, 1)
    return {"passages": passages, "passages_per_s": rate, "build_peak_mb": peak, "disk_mb": size_mb(index)}


def ask(system: System, index: Path, weights: Weights, load: Load) -> Figures:
    """Asks a system in a new process.

    Args:
        system: The system.
        index: The index folder.
        weights: The weights.
        load: The questions.

    Returns:
        Seconds from the start of the process to the first answer, median and 95th percentile of a question in
        milliseconds, questions per second for each number of askers, and peak memory in MB.

    Raises:
        ValueError: If there are too few questions.
    """
    if len(load.questions) < load.needed:
        raise ValueError(f"{len(load.questions)} questions; a process asks {load.needed}")
    questions = iter(load.questions)
    start = time.perf_counter()
    with Client(system, index, weights) as client:
        client.call("ask", questions=[next(questions)])
        cold = time.perf_counter() - start
        for _ in range(_WARMING):
            client.call("ask", questions=[next(questions)])
        alone = sorted(1000 * client.timed("ask", questions=[next(questions)])[0] for _ in range(load.alone))
        rates = {}
        for askers in ASKERS:
            asked = [next(questions) for _ in range(load.together)]
            seconds, _ = client.timed("ask", questions=asked, askers=askers)
            rates[str(askers)] = round(load.together / seconds, 2)
        peak = client.peak_mb()
    return {
        "cold_s": round(cold, 3),
        "p50_ms": round(statistics.median(alone), 1),
        "p95_ms": round(alone[int(0.95 * len(alone))], 1),
        "questions_per_s": rates,
        "ask_peak_mb": peak,
    }


def in_turns(systems: Sequence[System], round_number: int) -> list[System]:
    """Returns the systems in the order of a round."""
    first = round_number % len(systems)
    return [*systems[first:], *systems[:first]]


def middle(rounds: Sequence[Figures]) -> Figures:
    """Computes the median of each figure over the rounds."""
    return {
        name: middle([one[name] for one in rounds])
        if isinstance(value, dict)
        else round(statistics.median(one[name] for one in rounds), 3)
        for name, value in rounds[0].items()
    }


def timed(found: Mapping[str, Any]) -> Figures:
    """Returns the figures of each round by library and system, of all libraries that a run timed.

    Args:
        found: The figures of a run by part.
    """
    every: Figures = found.get("speed", {}) | found.get("large", {})
    return every


def size_mb(folder: Path) -> float:
    """Computes the size of all files below a folder, in MB. Symbolic links are not followed."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return round(sum(path.stat().st_size for path in files) / 2**20, 1)
