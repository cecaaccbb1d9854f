"""This project beside its peers: `python -m benchmarks.peers [--data DATA]`, which `make bench` runs.

Same machine, articles, questions and weights; see `quality`, `changes` and `speed` for what is measured. Writes
`benchmarks/results/peers.json`, the README's tables and their plot. A system whose environment is missing is left out;
`python -m benchmarks.peers.environments` makes them.
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

Figures = dict[str, Any]


def parse_arguments() -> argparse.Namespace:
    """The command line; the defaults are what the README's tables are made with."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    peers = [system.name for system in SYSTEMS if system is not NEWSROOM]
    parser.add_argument("--peers", nargs="*", choices=peers, help="only these; by default all with an environment")
    parser.add_argument("--news", type=int, default=150, help="so many quiz questions, and half as many without answer")
    parser.add_argument("--searched", type=int, default=500, help="so many typed questions, and a fifth without answer")
    parser.add_argument("--small", type=int, default=1000, help="passages of the smaller library that is timed")
    parser.add_argument("--large", type=int, help="passages of one more library that is timed; peers take hours for it")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--alone", type=int, default=40, help="questions timed one by one, in each round and library")
    parser.add_argument("--together", type=int, default=32, help="the same for each number of askers at once")
    parser.add_argument("--read", type=int, default=200, help="passages that the weights are compared on")
    parser.add_argument("--json", type=Path, default=RESULTS)
    parser.add_argument("--no-report", action="store_true", help="leave README.md and the plot as they are")
    return parser.parse_args()


def run(arguments: argparse.Namespace, systems: list[System]) -> Figures:
    """All measures, and what they were taken on."""
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
    """What a system is called, and how many megabytes its environment has; this project's own files included."""
    size = speed.size_mb(system.environment) if system.installed else None
    if size is not None and system is NEWSROOM:
        size += speed.size_mb(Path("src"))
    return {"title": system.title, "install_mb": size}


def main() -> None:
    """Measures, writes the figures, and from them the README's tables and the plot."""
    arguments = parse_arguments()
    peers = [s.name for s in SYSTEMS if s.installed] if arguments.peers is None else arguments.peers
    found = run(arguments, [system for system in SYSTEMS if system is NEWSROOM or system.name in peers])
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if not arguments.no_report:
        write_report(found)


if __name__ == "__main__":
    main()
