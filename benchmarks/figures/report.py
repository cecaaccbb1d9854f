"""Writes the tables of docs/figures.md, and the README's, from the figures: `python -m benchmarks.figures.report`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

from benchmarks.figures.measures import DATA, HELD_OUT, MEASURES
from benchmarks.figures.peers import beside_peers
from benchmarks.figures.tables import SECTIONS, Row
from benchmarks.marks import replace_part
from benchmarks.peers.report import RESULTS as PEERS
from benchmarks.peers.systems import ROOT

RESULTS = ROOT / "benchmarks" / "results" / "figures.json"
PAGE, README = ROOT / "docs" / "figures.md", ROOT / "README.md"
Results = Mapping[str, Any]
"""By measurement: its figures, command, date and machine, and the machine's load before."""


def write_report(results: Results) -> None:
    """Writes the tables of both files between their marks.

    Raises:
        ValueError: If a file lacks a mark.
    """
    for path, text in write_parts(results).items():
        path.write_text(text, encoding="utf-8")


def write_parts(results: Results) -> dict[Path, str]:
    """Makes the texts of both files with the tables of these results.

    Raises:
        ValueError: If a file lacks a mark.
    """
    machines = list(dict.fromkeys(result["machine"] for result in results.values()))
    letters = {machine: chr(ord("A") + number) for number, machine in enumerate(machines)}
    page, readme = (path.read_text(encoding="utf-8") for path in (PAGE, README))
    for name, rows in SECTIONS.items():
        page = replace_part(page, name, _section(rows, results, letters))
    page = replace_part(page, "machines", "\n".join(f"- {letter}: {machine}" for machine, letter in letters.items()))
    named = (replace(row, what=row.in_readme) for row in chain(*SECTIONS.values()) if row.in_readme)
    lines = _table(named, results, letters)
    peers = json.loads(PEERS.read_text(encoding="utf-8")) if PEERS.exists() else {}
    return {PAGE: page, README: replace_part(readme, "figures", "\n".join([*lines, *beside_peers(peers)]))}


def _table(rows: Iterable[Row], results: Results, letters: Mapping[str, str]) -> list[str]:
    """The lines of a table; none if nothing in it was measured yet."""
    lines = []
    for row in rows:
        if result := results.get(row.measure):
            load = f", load {result['load']:.1f}" if MEASURES[row.measure].at_rest else ""
            command = result["command"].replace(DATA, "$DATA").replace(HELD_OUT, "$KEPT")
            measured = f"{result['date']}, {letters[result['machine']]}{load}"
            lines.append(f"| {row.what} | {row.tell(result['figures'])} | `{command}` | {measured} |")
    return ["| What | Figure | Command | Measured |", "|---|---|---|---|", *lines] if lines else []


def _section(rows: Sequence[Row], results: Results, letters: Mapping[str, str]) -> str:
    """A table, and below it what was not measured yet."""
    missing = list(dict.fromkeys(f"`{row.measure}`" for row in rows if row.measure not in results))
    tail = ["", f"Not measured yet: {', '.join(missing)}."] if missing else []
    return "\n".join([*_table(rows, results, letters), *tail])


def read_results() -> dict[str, Any]:
    """Reads the figures of earlier runs; none if there are none."""
    found: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    return found


if __name__ == "__main__":
    write_report(read_results())
