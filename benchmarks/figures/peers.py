"""The rows of the README that tell how the peers do on the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from benchmarks.figures.telling import number, percent
from benchmarks.peers.report import Figures
from benchmarks.peers.speed import middle, timed
from benchmarks.peers.systems import NEWSROOM

_COMMAND = "`make bench`"


def beside_peers(found: Mapping[str, Any]) -> list[str]:
    """Makes the rows, each with this project first.

    Args:
        found: The figures of `benchmarks.peers`; parts that were not measured make no row.
    """
    rows = []
    if "newsroom" in found:
        passages = found["build"]["newsroom"][NEWSROOM.name]["passages"]
        told = _told(found, found["newsroom"], lambda one: f"{percent(one['right'])} and {percent(one['wrong'])}")
        rows.append(_row(found, "newsroom", f"What reporters ask of {passages:,} passages: right, and wrong", told))
    if "spans" in found:
        told = _told(found, found["spans"]["clapnq"], lambda one: percent(one["f1"]))
        rows.append(_row(found, "spans", "Evidence marked in given passages (CLAP NQ), F1 of the words", told))
    for name, rounds in timed(found).items():
        systems = {system: middle(each) for system, each in rounds.items()}
        built = found["build"].get(name, {}).get(NEWSROOM.name, systems[NEWSROOM.name])
        told = _told(found, systems, lambda one: f"{number(one['p50_ms'])} ms")
        part = "large" if name == "large" else "speed"
        rows.append(_row(found, part, f"A question over {built['passages']:,.0f} passages, median", told))
    return rows


def _told(found: Mapping[str, Any], systems: Mapping[str, Figures], tell: Callable[[Figures], str]) -> str:
    titles = {name: system["title"] for name, system in found["systems"].items()}
    return "; ".join(f"{titles[name]} {tell(figures)}" for name, figures in systems.items())


def _row(found: Mapping[str, Any], part: str, what: str, told: str) -> str:
    return f"| {what} | {told} | {_COMMAND} | {found['runs'][part]['date']} |"
