"""One run of the comparison. Each measure takes all systems in turn."""

from __future__ import annotations

import datetime
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import SourceArticle
from benchmarks.peers import faults, speed
from benchmarks.peers.material import write
from benchmarks.peers.systems import Client, System
from benchmarks.peers.weights import Weights

Figures = dict[str, Any]


class Bench:
    """One run of the comparison."""

    def __init__(self, systems: Sequence[System], weights: Weights, folder: Path, keep: bool = False) -> None:
        """Prepares a run.

        Args:
            systems: The systems to compare.
            weights: The weights that all systems get.
            folder: Folder for articles and indexes.
            keep: Use the indexes of an earlier run that are in the folder. Otherwise it is deleted first.
        """
        self.systems = systems
        self._weights = weights
        self._folder = folder
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)

    def index(self, system: System, name: str) -> Path:
        """Returns the folder of a system's index over the articles of this name."""
        return self._folder / "indexes" / system.name / name

    def articles(self, name: str) -> Path:
        """Returns the folder of the articles of this name."""
        return self._folder / "articles" / name

    def build(self, name: str, articles: Mapping[str, SourceArticle]) -> Figures:
        """Writes articles and lets every system index them that has not yet indexed as many.

        Args:
            name: Name of the articles.
            articles: The articles by file name.

        Returns:
            The figures of each system, see `speed.build`.
        """
        folder = self.articles(name)
        shutil.rmtree(folder, ignore_errors=True)
        write(articles, folder)
        found = {}
        for system in self.each(f"index {name}"):
            index = self.index(system, name)
            measured = index.with_suffix(".json")
            built = json.loads(measured.read_text(encoding="utf-8")) if measured.exists() else {}
            if built.get("articles") != len(articles):
                built = speed.build(system, folder, index, self._weights) | {"articles": len(articles)}
                measured.write_text(json.dumps(built), encoding="utf-8")
            found[system.name] = built
        return found

    def measure(self, name: str, doing: str, measure: Callable[[Client], Figures]) -> Figures:
        """Opens every system's index over the articles of this name, in turn, and takes a measure.

        Args:
            name: Name of the articles.
            doing: What the systems do, for the printed line.
            measure: Takes the measure of one system.

        Returns:
            The figures of each system.
        """
        found = {}
        for system in self.each(f"{doing} {name}"):
            with Client(system, self.index(system, name), self._weights) as client:
                found[system.name] = measure(client)
        return found

    def measure_faults(self, inputs: Path) -> Figures:
        """Puts the inputs that go wrong easily to every system.

        Args:
            inputs: Folder of the kinds of faults.

        Returns:
            The outcomes of each system, see `faults.measure`.
        """
        shutil.rmtree(self._folder / "faults", ignore_errors=True)
        return {
            system.name: faults.measure(system, self._weights, inputs, self._folder / "faults" / system.name)
            for system in self.each("answer what goes wrong")
        }

    def measure_speed(
        self, built: Sequence[str], rounds: int, load: speed.Load, small: Mapping[str, SourceArticle] | None = None
    ) -> Figures:
        """Times all systems in rounds.

        Args:
            built: Names of the libraries to ask that are already built.
            rounds: Number of rounds.
            load: The questions of each round.
            small: Articles by file name of one more library, "small", which every system indexes anew in each round.

        Returns:
            For each library and system the figures of each round.
        """
        names = ["small", *built] if small else built
        found: dict[str, dict[str, list[Figures]]] = {n: {system.name: [] for system in self.systems} for n in names}
        folder = write(small, self.articles("small")) if small else None
        for number in range(rounds):
            for system in self.each(f"round {number + 1} of {rounds}", number):
                anew = speed.build(system, folder, self.index(system, "small"), self._weights) if folder else {}
                for name, rounds_of in found.items():
                    asked = speed.ask(system, self.index(system, name), self._weights, load)
                    rounds_of[system.name].append(anew | asked if name == "small" else asked)
        return found

    def each(self, doing: str, round_number: int = 0) -> Iterator[System]:
        """Yields the systems in the order of a round, and prints each turn to standard error.

        Args:
            doing: What the system does, for the printed line.
            round_number: Number of the round.
        """
        for system in speed.in_turns(self.systems, round_number):
            print(f"{datetime.datetime.now():%H:%M:%S} {system.title}: {doing}", file=sys.stderr, flush=True)
            yield system
