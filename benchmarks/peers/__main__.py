"""Compares this project with its peers: `python -m benchmarks.peers [--data DATA]`, or `make bench`.

All systems get the same machine, articles, questions and weights. The modules `quality`, `changes` and `speed` say what
is measured. The command writes `benchmarks/results/peers.json`, the tables of docs/peers.md and their plot. A system
without an environment is left out; `python -m benchmarks.peers.environments` makes the environments.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import shlex
import sys
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_articles, read_questions, read_rows
from benchmarks.folds import KEPT_FROM, is_kept
from benchmarks.peers import speed
from benchmarks.peers.bench import Bench
from benchmarks.peers.material import QUIZ, STORIES, first, news, searched
from benchmarks.peers.report import RESULTS, write_report
from benchmarks.peers.systems import NEWSROOM, SYSTEMS, THREADS, WORK, System
from benchmarks.peers.weights import compare_readers, make_weights

READING = "reading/dev/squad11.jsonl.xz"
"""File of the passages on which the two forms of the reader's weights are compared."""

Figures = dict[str, Any]


def parse_arguments() -> argparse.Namespace:
    """Reads the command line. The tables of docs/peers.md are made with the defaults."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    peers = [system.name for system in SYSTEMS if system is not NEWSROOM]
    parser.add_argument(
        "--peers", nargs="*", choices=peers, help="peers to compare; by default all with an environment"
    )
    parser.add_argument(
        "--news", type=int, default=150, help="number of quiz questions; half as many without an answer are added"
    )
    parser.add_argument(
        "--searched",
        type=int,
        default=500,
        help="number of typed questions; a fifth as many without an answer are added",
    )
    parser.add_argument("--small", type=int, default=1000, help="passages of the small library that is timed")
    parser.add_argument(
        "--large", type=int, help="passages of a large library that is timed too; peers need hours for it"
    )
    parser.add_argument("--rounds", type=int, default=5, help="number of timed rounds")
    parser.add_argument("--alone", type=int, default=40, help="questions timed one by one, per round and library")
    parser.add_argument("--together", type=int, default=32, help="questions per round, library and number of askers")
    parser.add_argument("--read", type=int, default=200, help="passages on which the weights are compared")
    parser.add_argument("--json", type=Path, default=RESULTS, help="file for the figures")
    parser.add_argument("--no-report", action="store_true", help="do not write docs/peers.md and the plot")
    return parser.parse_args()


def run(arguments: argparse.Namespace, systems: list[System]) -> Figures:
    """Takes all measures.

    Args:
        arguments: The command line.
        systems: The systems to compare.

    Returns:
        The figures, with the date, the command and the machine.
    """
    data: Path = arguments.data
    weights = make_weights(WORK)
    bench = Bench(systems, weights, WORK / "run")
    quiz = news(data, arguments.news, arguments.news // 2)
    typed = searched(data, arguments.searched, arguments.searched // 5)
    small = first(quiz.articles.values(), arguments.small)
    built = {"news": bench.build("news", quiz.articles), "searched": bench.build("searched", typed.articles)}
    if arguments.large:
        built["large"] = bench.build("large", first(read_articles(data / STORIES), arguments.large))
    passages = [row for row in read_rows(data / READING) if is_kept(row)][: arguments.read]
    asked = [q.question for q in read_questions(data / QUIZ) if q.id >= KEPT_FROM]
    load = speed.Load(asked, arguments.alone, arguments.together)
    return {
        "date": datetime.date.today().isoformat(),
        "command": shlex.join(["python", "-m", "benchmarks.peers", *sys.argv[1:]]),
        "machine": {"platform": platform.platform(), "processors": os.cpu_count(), "threads": THREADS},
        "load_before": round(os.getloadavg()[0], 2),
        "rounds": arguments.rounds,
        "systems": {system.name: install(system) for system in systems},
        "weights": compare_readers(weights, passages),
        "build": built,
        "quality": {"news": bench.measure_quality("news", quiz), "searched": bench.measure_quality("searched", typed)},
        "changes": bench.measure_changes("news", quiz.articles),
        "speed": bench.measure_speed(small, [n for n in ("news", "large") if n in built], arguments.rounds, load),
        "load_after": round(os.getloadavg()[0], 2),
    }


def install(system: System) -> Figures:
    """Describes a system: its title, and the size of its environment in MB (None if it has none).

    For this project, `src` is added.
    """
    size = speed.size_mb(system.environment) if system.installed else None
    if size is not None and system is NEWSROOM:
        size += speed.size_mb(Path("src"))
    return {"title": system.title, "install_mb": size}


def main() -> None:
    """Measures, writes the figures, and then the page's tables and the plot."""
    arguments = parse_arguments()
    peers = [s.name for s in SYSTEMS if s.installed] if arguments.peers is None else arguments.peers
    found = run(arguments, [system for system in SYSTEMS if system is NEWSROOM or system.name in peers])
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if not arguments.no_report:
        write_report(found)


if __name__ == "__main__":
    main()
