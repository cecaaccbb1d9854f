"""How fast a system is and what it takes, measured from outside its process, in turns with the others.

Within a round every system is asked once from each index, in a process of its own, and the systems' order is turned by
one with each round. No question is asked twice in one process, so that no cache of questions helps anyone.
"""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.systems import Client, System
from benchmarks.peers.weights import Weights

ASKERS = (1, 4, 16)
_WARMING = 5

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Load:
    """What is asked in one round: the questions of a process, of which so many are timed one by one."""

    questions: Sequence[str]
    alone: int = 40
    together: int = 32

    @property
    def needed(self) -> int:
        """How many questions a process asks."""
        return 1 + _WARMING + self.alone + self.together * len(ASKERS)


def build(system: System, articles: Path, index: Path, weights: Weights) -> Figures:
    """Indexes a folder from nothing: passages a second, the most memory, and what lies on the disk afterwards."""
    shutil.rmtree(index, ignore_errors=True)
    with Client(system, index, weights) as client:
        seconds, _ = client.timed("update", articles=str(articles))
        passages = client.call("stats")["passages"]
        peak = client.peak_mb()
    rate = round(passages / seconds, 1)
    return {"passages": passages, "passages_per_s": rate, "build_peak_mb": peak, "disk_mb": size_mb(index)}


def ask(system: System, index: Path, weights: Weights, load: Load) -> Figures:
    """Seconds from nothing to the first answer, milliseconds of a question, questions a second, the most memory."""
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
    """The systems in the order of this round."""
    first = round_number % len(systems)
    return [*systems[first:], *systems[:first]]


def middle(rounds: Sequence[Figures]) -> Figures:
    """The median of each figure over the rounds."""
    return {
        name: middle([one[name] for one in rounds])
        if isinstance(value, dict)
        else round(statistics.median(one[name] for one in rounds), 3)
        for name, value in rounds[0].items()
    }


def size_mb(folder: Path) -> float:
    """Megabytes of all files below a folder, links not followed."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return round(sum(path.stat().st_size for path in files) / 2**20, 1)
