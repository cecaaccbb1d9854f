"""One run of the comparison: every measure takes all systems in turn."""

from __future__ import annotations

import datetime
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpus import SourceArticle
from benchmarks.peers import changes, quality, speed
from benchmarks.peers.material import Material, write
from benchmarks.peers.systems import Client, System
from benchmarks.peers.weights import Weights

Figures = dict[str, Any]


class Bench:
    """One run: the systems, their weights, and the folder that everything lies in, which is emptied first."""

    def __init__(self, systems: Sequence[System], weights: Weights, folder: Path) -> None:
        self.systems = systems
        self._weights = weights
        self._folder = folder
        shutil.rmtree(folder, ignore_errors=True)

    def index(self, system: System, name: str) -> Path:
        """Where a system's index over the articles of this name lies."""
        return self._folder / "indexes" / system.name / name

    def articles(self, name: str) -> Path:
        """The folder with the articles of this name."""
        return self._folder / "articles" / name

    def build(self, name: str, articles: Mapping[str, SourceArticle]) -> Figures:
        """Writes the articles, and has every system index them."""
        folder = write(articles, self.articles(name))
        return {
            system.name: speed.build(system, folder, self.index(system, name), self._weights)
            for system in self.each(f"index {name}")
        }

    def measure_quality(self, name: str, material: Material) -> Figures:
        """Asks every system all questions of articles that it has indexed."""
        found = {}
        for system in self.each(f"ask {name}"):
            with Client(system, self.index(system, name), self._weights) as client:
                found[system.name] = quality.measure(client, material)
        return found

    def measure_changes(self, name: str, articles: Mapping[str, SourceArticle]) -> Figures:
        """Has every system follow the folder of these articles, which it has indexed, while it changes."""
        found = {}
        for system in self.each(f"follow {name}"):
            with Client(system, self.index(system, name), self._weights) as client:
                found[system.name] = changes.measure(client, articles, self.articles(name))
        return found

    def measure_speed(
        self, small: Mapping[str, SourceArticle], built: Sequence[str], rounds: int, load: speed.Load
    ) -> Figures:
        """The rounds: each system indexes a small library anew, and is asked from it and from those that are built."""
        folder = write(small, self.articles("small"))
        found: dict[str, dict[str, list[Figures]]] = {
            name: {system.name: [] for system in self.systems} for name in ("small", *built)
        }
        for number in range(rounds):
            for system in self.each(f"round {number + 1} of {rounds}", number):
                anew = speed.build(system, folder, self.index(system, "small"), self._weights)
                for name, rounds_of in found.items():
                    asked = speed.ask(system, self.index(system, name), self._weights, load)
                    rounds_of[system.name].append(anew | asked if name == "small" else asked)
        return found

    def each(self, doing: str, round_number: int = 0) -> Iterator[System]:
        """The systems in turn, each told on standard error when its turn comes."""
        for system in speed.in_turns(self.systems, round_number):
            print(f"{datetime.datetime.now():%H:%M:%S} {system.title}: {doing}", file=sys.stderr, flush=True)
            yield system
