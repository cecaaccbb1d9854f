"""Compares this project with its peers: `python -m benchmarks.peers [--data DATA]`, or `make bench`.

All systems get the same machine, articles, questions and weights. The measures are taken in parts:

- weights: whether both forms of the reader answer alike;
- news: quiz questions, see `benchmarks.peers.quality`;
- searched: typed questions, likewise;
- newsroom: what reporters ask, see `benchmarks.peers.reporters`;
- spans: evidence marked in given passages, see `benchmarks.peers.spans`;
- faults: inputs that go wrong easily, see `benchmarks.peers.faults`;
- changes: updates after a change of the folder, see `benchmarks.peers.changes`;
- speed: time, memory and sizes, see `benchmarks.peers.speed`;
- large: the same for a large library, measured only if it is named, because the peers need an hour to index it.

After each part the command writes `benchmarks/results/peers.json`, and at the end the tables of docs/peers.md and their
plot. A system without an environment is left out; `python -m benchmarks.peers.environments` makes the environments.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import shlex
import sys
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from benchmarks.corpus import SourceArticle, read_articles, read_questions, read_rows
from benchmarks.folds import KEPT_FROM, is_kept
from benchmarks.machine import describe_machine
from benchmarks.peers import changes, quality, reporters, spans
from benchmarks.peers.bench import Bench
from benchmarks.peers.material import QUIZ, STORIES, Material, first, news, searched
from benchmarks.peers.report import RESULTS, write_report
from benchmarks.peers.speed import Load, size_mb
from benchmarks.peers.systems import NEWSROOM, SYSTEMS, THREADS, WORK, System
from benchmarks.peers.weights import compare_readers, make_weights

READING = "reading/dev/squad11.jsonl.xz"
"""File of the passages on which the two forms of the reader's weights are compared."""
PARTS = ("weights", "news", "searched", "newsroom", "spans", "faults", "changes", "speed", "large")
"""The parts of the comparison, in the order in which they are measured."""
UNNAMED = PARTS[:-1]
"""The parts that are measured if none are named."""

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
        "--parts", nargs="*", choices=PARTS, help="parts to measure; the others keep the figures that they have"
    )
    parser.add_argument("--keep", action="store_true", help="use the indexes of an earlier run again")
    parser.add_argument("--faults", type=Path, default=Path("../shared/faults"), help="folder of what goes wrong")
    parser.add_argument("--marked", type=int, default=300, help="passages of each set of marked evidence")
    parser.add_argument(
        "--news", type=int, default=150, help="number of quiz questions; half as many without an answer are added"
    )
    parser.add_argument(
        "--searched",
        type=int,
        default=500,
        help="number of typed questions; a fifth as many without an answer are added",
    )
    parser.add_argument(
        "--archive", type=int, help="passages of the reporters' archive, about; by default all its articles"
    )
    parser.add_argument("--small", type=int, default=1000, help="passages of the small library that is timed")
    parser.add_argument("--large", type=int, default=100_000, help="passages of the large library, about")
    parser.add_argument("--rounds", type=int, default=5, help="number of timed rounds")
    parser.add_argument("--alone", type=int, default=40, help="questions timed one by one, per round and library")
    parser.add_argument("--together", type=int, default=32, help="questions per round, library and number of askers")
    parser.add_argument("--read", type=int, default=200, help="passages on which the weights are compared")
    parser.add_argument("--json", type=Path, default=RESULTS, help="file for the figures")
    parser.add_argument("--no-report", action="store_true", help="do not write docs/peers.md and the plot")
    return parser.parse_args()


class Run:
    """One run: its methods named as PARTS take the measures."""

    def __init__(self, arguments: argparse.Namespace, systems: list[System]) -> None:
        """Prepares a run.

        Args:
            arguments: The command line.
            systems: The systems to compare.
        """
        self._arguments = arguments
        self._weights = make_weights(WORK)
        self._bench = Bench(systems, self._weights, WORK / "run", arguments.keep)
        self.built: Figures = {}
        """For each library that was indexed once the figures of each system."""

    @cached_property
    def _archive(self) -> dict[str, SourceArticle]:
        """The articles of the reporters' questions; they are indexed when they are first needed."""
        articles = reporters.read_archive(self._arguments.data, self._arguments.archive)
        self.built["newsroom"] = self._bench.build("newsroom", articles)
        return articles

    def weights(self) -> Figures:
        """Compares the reader that this project ships with the form that the peers get."""
        passages = [row for row in read_rows(self._arguments.data / READING) if is_kept(row)]
        return compare_readers(self._weights, passages[: self._arguments.read])

    def news(self) -> Figures:
        """Asks the quiz questions."""
        arguments = self._arguments
        return self._asked("news", news(arguments.data, arguments.news, arguments.news // 2))

    def searched(self) -> Figures:
        """Asks the typed questions."""
        arguments = self._arguments
        return self._asked("searched", searched(arguments.data, arguments.searched, arguments.searched // 5))

    def _asked(self, name: str, material: Material) -> Figures:
        self.built[name] = self._bench.build(name, material.articles)
        return self._bench.measure(name, "ask", partial(quality.measure, material))

    def newsroom(self) -> Figures:
        """Asks what reporters ask."""
        questions = reporters.read_questions(self._arguments.data)
        return self._bench.measure("newsroom", "ask", partial(reporters.measure, questions, self._archive))

    def spans(self) -> Figures:
        """Lets evidence be marked. The index doesn't matter, because the passages are given."""
        found = {}
        for name in spans.SETS:
            marked = spans.read(self._arguments.data, name, self._arguments.marked)
            found[name] = self._bench.measure("none", f"mark {name}", partial(spans.measure, marked))
        return found

    def faults(self) -> Figures:
        """Puts the inputs that go wrong easily."""
        return self._bench.measure_faults(self._arguments.faults)

    def changes(self) -> Figures:
        """Changes the folder of the archive, and updates."""
        articles, folder = self._archive, self._bench.articles("newsroom")
        return self._bench.measure("newsroom", "follow", partial(changes.measure, articles, folder))

    def speed(self) -> Figures:
        """Times the small library, which is indexed again in each round, and the archive."""
        small = first(self._archive.values(), self._arguments.small)
        return self._bench.measure_speed(["newsroom"], self._arguments.rounds, self._load, small)

    def large(self) -> Figures:
        """Times a large library."""
        articles = first(read_articles(self._arguments.data / STORIES), self._arguments.large)
        self.built["large"] = self._bench.build("large", articles)
        return self._bench.measure_speed(["large"], self._arguments.rounds, self._load)

    @property
    def _load(self) -> Load:
        asked = [q.question for q in read_questions(self._arguments.data / QUIZ) if q.id >= KEPT_FROM]
        return Load(asked, self._arguments.alone, self._arguments.together)


def measure(run: Run, part: str, found: Figures, rounds: int) -> None:
    """Measures one part.

    Args:
        run: The run.
        part: One of PARTS.
        found: All figures so far; this part's are put in, with the date and the command.
        rounds: Number of timed rounds.
    """
    take: Callable[[], Figures] = getattr(run, part)
    before = round(os.getloadavg()[0], 2)
    found[part] = take()
    found["build"] = found.get("build", {}) | run.built
    found.setdefault("runs", {})[part] = {
        "date": datetime.date.today().isoformat(),
        "command": shlex.join(["python", "-m", "benchmarks.peers", *sys.argv[1:]]),
        "rounds": rounds,
        "load_before": before,
        "load_after": round(os.getloadavg()[0], 2),
    }


def earlier(path: Path, systems: Figures) -> Figures:
    """Reads the figures of an earlier run; none if it compared other systems or versions."""
    found: Figures = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    same = {name: one["title"] for name, one in found.get("systems", {}).items()} == {
        name: one["title"] for name, one in systems.items()
    }
    return found if same else {}


def install(system: System) -> Figures:
    """Describes a system: its title, and the size of its environment in MB (None if it has none).

    For this project, `src` is added.
    """
    size = size_mb(system.environment) if system.installed else None
    if size is not None and system is NEWSROOM:
        size += size_mb(Path("src"))
    return {"title": system.title, "install_mb": size}


def main() -> None:
    """Measures, writes the figures, and then the page's tables and the plot."""
    arguments = parse_arguments()
    peers = [s.name for s in SYSTEMS if s.installed] if arguments.peers is None else arguments.peers
    systems = [system for system in SYSTEMS if system is NEWSROOM or system.name in peers]
    installed = {system.name: install(system) for system in systems}
    found = earlier(arguments.json, installed) if arguments.parts else {}
    found["machine"] = {"name": describe_machine(), "processors": os.cpu_count(), "threads": THREADS}
    found["systems"] = installed
    arguments.json.parent.mkdir(parents=True, exist_ok=True)
    run = Run(arguments, systems)
    for part in arguments.parts or UNNAMED:
        measure(run, part, found, arguments.rounds)
        arguments.json.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    if not arguments.no_report:
        write_report(found)


if __name__ == "__main__":
    main()
