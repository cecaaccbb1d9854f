"""Measures speed and memory on the seed article: `python -m benchmarks.seed [--json OUT]`.

Builds an index over `seeds/` in a new folder with the installed command. Then it measures a cold `rag "…"`, warm
questions with `Library.answer`, and the memory of the process that asks.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

QUESTIONS = (
    "Who mediated the talks?",
    "How much LNG passes the choke point?",
    "What are Iran's conditions?",
    "Why is Washington not trusted?",
    "What could the B-2s carry?",
    "How many service members were killed?",
    "What is the enrichment level?",
    "Who won the football match?",
)
"""Questions about the seed article. The last one has no answer there."""
ROUNDS = 10
"""How often each warm question is asked."""
RAG = Path(sys.executable).parent / "rag"
"""The installed command of this environment."""


def timed_command(*arguments: str) -> tuple[float, int]:
    """Runs the command `rag`. Returns its wall seconds and its exit code."""
    start = time.perf_counter()
    code = subprocess.run([str(RAG), *arguments], capture_output=True, check=False).returncode
    return time.perf_counter() - start, code


def measure_warm(index: str) -> dict[str, float]:
    """Measures questions that the library has already answered once.

    Args:
        index: The index folder.

    Returns:
        Seconds to open the library, median and 95th percentile of a question in milliseconds, and this process's peak
        memory in MB.
    """
    from rag import Library

    start = time.perf_counter()
    with Library.open(index) as library:
        opened = time.perf_counter() - start
        for question in QUESTIONS:
            library.answer(question)
        samples = []
        for _ in range(ROUNDS):
            for question in QUESTIONS:
                start = time.perf_counter()
                library.answer(question)
                samples.append((time.perf_counter() - start) * 1000)
    samples.sort()
    return {
        "open_s": round(opened, 2),
        "warm_p50_ms": round(statistics.median(samples), 1),
        "warm_p95_ms": round(samples[int(len(samples) * 0.95)], 1),
        "peak_memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def main() -> None:
    """Prints the figures as a table, and writes them as JSON if `--json` is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", default="seeds", help="folder of articles to index")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        index = f"{folder}/index"
        build, _ = timed_command("update", arguments.seeds, "--index", index)
        again, _ = timed_command("update", arguments.seeds, "--index", index)
        cold = sorted(timed_command(QUESTIONS[0], "--index", index)[0] for _ in range(5))
        figures = {
            "build_s": round(build, 2),
            "update_unchanged_s": round(again, 2),
            "cold_answer_s": round(cold[2], 2),
            **measure_warm(index),
        }
    for name, value in figures.items():
        print(f"{name:20} {value}")
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
