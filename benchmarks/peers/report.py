"""Writes the tables of docs/peers.md from the figures, between two marks: `python -m benchmarks.peers.report`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from benchmarks.marks import replace_part
from benchmarks.newsroom.judge import DEPTHS
from benchmarks.peers.plot import plot
from benchmarks.peers.speed import ASKERS, middle, timed
from benchmarks.peers.systems import NEWSROOM, ROOT

RESULTS = ROOT / "benchmarks" / "results" / "peers.json"
PAGE, PLOT = ROOT / "docs" / "peers.md", ROOT / "docs" / "peers.png"
_STEPS = ("added", "edited", "renamed", "removed")
"""The kinds of changes, see `changes.measure`."""
PART = "peers"
"""The part of docs/peers.md that has the tables."""

Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with one figure per system; the best one is bold.

    Attributes:
        label: The row's label.
        path: The keys that lead to the figure.
        show: Formats the figure.
        more_is_better: Whether the greatest figure is the best one.
        ratios: By system, figures at the same path that are shown as ratios to this project.
    """

    label: str
    path: tuple[str, ...]
    show: Callable[[float], str]
    more_is_better: bool = True
    ratios: Mapping[str, Figures] = field(default_factory=dict)

    def values(self, systems: Mapping[str, Figures]) -> dict[str, float | None]:
        """Returns each system's figure; None for a system without it."""
        return {name: _at(found, self.path) for name, found in systems.items()}

    def winners(self, systems: Mapping[str, Figures]) -> list[str]:
        """Returns the systems with the best figure as it is shown; none if all figures look the same."""
        known = {name: value for name, value in self.values(systems).items() if value is not None}
        best = (max if self.more_is_better else min)(known.values(), default=0.0)
        found = [name for name, value in known.items() if self.show(value) == self.show(best)]
        return found if len(found) < len(known) else []

    def cells(self, systems: Mapping[str, Figures]) -> list[str]:
        """Formats the figures, one cell per system."""
        winners = self.winners(systems)
        shown = {name: "–" if value is None else self.show(value) for name, value in self.values(systems).items()}
        bold = {name: f"**{text}**" if name in winners else text for name, text in shown.items()}
        times = {name: _at(found, self.path) for name, found in self.ratios.items()}
        return [text + (f" (×{plain(ratio)})" if (ratio := times.get(name)) else "") for name, text in bold.items()]


def _at(found: Figures, path: Sequence[str]) -> float | None:
    """The figure at the end of the path; None if a key is missing."""
    value: Any = found
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return None if value is None else float(value)


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"


def plain(value: float) -> str:
    """Formats a number with three significant digits; numbers from 100 on without decimals."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


QUALITY = (
    Row("EM, questions with an answer", ("default", "exact_match"), _percent),
    Row("F1, the same", ("default", "f1"), _percent),
    Row("questions without: rightly left unanswered", ("default", "no_answer_right"), _percent),
    Row("F1, all questions", ("default", "f1_of_all"), _percent),
    Row("F1, all, threshold tuned on other questions", ("tuned", "f1_of_all"), _percent),
    Row("rightly left unanswered there", ("tuned", "no_answer_right"), _percent),
    Row("recall@5: a passage holds the answer", ("recall@5",), _percent),
    Row("answers cited exactly: the words stand there", ("cited_exactly",), _percent),
    Row("answers whose cited sentence holds a gold one", ("cited_sentence_holds_answer",), _percent),
)
SPEED = (
    Row("a question, p50, ms", ("p50_ms",), plain, False),
    Row("p95, ms", ("p95_ms",), plain, False),
    *(Row(f"questions a second, {n} at once", ("questions_per_s", str(n)), plain) for n in ASKERS),
    Row("from nothing to the first answer, s", ("cold_s",), plain, False),
    Row("most memory while asked, MB", ("ask_peak_mb",), plain, False),
)
BUILD = (
    Row("indexed, passages a second", ("passages_per_s",), plain),
    Row("most memory while indexing, MB", ("build_peak_mb",), plain, False),
    Row("on disk, MB", ("disk_mb",), plain, False),
    Row("environment, MB", ("install_mb",), plain, False),
)
REPORTERS = (
    *(Row(f"vital facts in the first {n} words", (f"vital facts in {n} words",), _percent) for n in DEPTHS),
    Row("right", ("right",), _percent),
    Row("wrong", ("wrong",), _percent, False),
    Row("silent", ("silent",), _percent, False),
    Row("questions without an answer: left unanswered", ("left unanswered",), _percent),
)
SPANS = tuple(
    Row(label, (name,), _percent)
    for label, name in (
        ("words: F1", "f1"),
        ("words: precision", "precision"),
        ("words: recall", "recall"),
        ("words: mean F1 of the questions", "mean_f1"),
    )
)
CHANGES = (
    *(Row(f"{name}, s", (name, "seconds"), plain, False) for name in _STEPS),
    Row("answers and citations right after each, of 4", ("right",), plain),
)


def table(head: str, systems: Mapping[str, Figures], titles: Mapping[str, str], rows: Sequence[Row]) -> str:
    """Renders a Markdown table with one column per system.

    Args:
        head: Text above the first column.
        systems: The figures by system.
        titles: The titles by system.
        rows: The rows.
    """
    lines = [f"| {head} | {' | '.join(titles[name] for name in systems)} |", f"|---|{'---|' * len(systems)}"]
    lines += [f"| {row.label} | {' | '.join(row.cells(systems))} |" for row in rows]
    return "\n".join(lines)


def ahead(systems: Mapping[str, Figures], titles: Mapping[str, str], rows: Sequence[Row]) -> list[str]:
    """Lists the rows in which a peer has a better figure than this project, with the peers' titles."""
    return [
        f"{row.label} ({' and '.join(titles[name] for name in winners)})"
        for row in rows
        if (winners := row.winners(systems)) and NEWSROOM.name not in winners
    ]


def ratios(rounds: Mapping[str, Sequence[Figures]]) -> dict[str, Figures]:
    """Computes each peer's ratios to this project.

    Args:
        rounds: The figures of each round, by system.

    Returns:
        For each peer and figure the median, over the rounds, of the peer's figure divided by this project's figure.
    """
    own = rounds[NEWSROOM.name]
    return {
        name: middle([_divide(one, other) for one, other in zip(found, own, strict=True)])
        for name, found in rounds.items()
        if name != NEWSROOM.name
    }


def _divide(one: Figures, other: Figures) -> Figures:
    return {
        name: _divide(value, other[name]) if isinstance(value, dict) else value / other[name]
        for name, value in one.items()
    }


def render(found: Figures) -> str:
    """Renders the text between the marks."""
    titles = {name: system["title"] for name, system in found["systems"].items()}
    parts, won = [_preface(found)], list[str]()
    for head, systems, rows in _tables(found):
        parts.append(table(head, systems, titles, rows))
        if lines := ahead(systems, titles, rows):
            won.append(f"- {head}: {'; '.join(lines)}")
    parts.insert(1, "\n".join(["A peer is ahead in:", "", *won]) if won else "No peer is ahead in any line.")
    if "faults" in found:
        parts.append(outcomes(found["faults"], titles))
    if "speed" in found:
        parts.append("![Time, throughput and indexing of each system](peers.png)")
    return "\n\n".join(parts)


def outcomes(systems: Mapping[str, Mapping[str, Mapping[str, int]]], titles: Mapping[str, str]) -> str:
    """Renders the outcomes of the inputs that go wrong easily, with a last line for all of them.

    Args:
        systems: By system and kind of input the number of each outcome.
        titles: The titles by system.
    """
    lines = [f"| Inputs that go wrong easily | {' | '.join(titles[name] for name in systems)} |"]
    lines.append(f"|---|{'---|' * len(systems)}")
    for label in next(iter(systems.values())):
        lines.append(f"| {label} | {' | '.join(_counts(cases[label]) for cases in systems.values())} |")
    everything = [sum((Counter(one) for one in cases.values()), Counter[str]()) for cases in systems.values()]
    lines.append(f"| all | {' | '.join(map(_counts, everything))} |")
    return "\n".join(lines)


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{counts[name]} {name}" for name in ("right", "wrong", "silent", "error") if counts.get(name))


def _preface(found: Figures) -> str:
    machine, commands = found["machine"], dict[str, list[str]]()
    for part, run in found["runs"].items():
        commands.setdefault(f"{run['date']}, `{run['command']}`", []).append(part)
    text = "; ".join(f"{command} ({', '.join(parts)})" for command, parts in commands.items())
    text += f": {machine['name']}; {machine['threads']} threads each, in turns"
    if "speed" in found:
        rounds = found["runs"]["speed"]["rounds"]
        once = f" ({found['runs']['large']['rounds']} of the largest library)" if "large" in found else ""
        text += f", medians of {rounds} rounds{once}; × is the median of their ratios to this project"
    if weights := found.get("weights"):
        text += (
            f". All have the same embedder and reader (int8 here, fp32 there: the same best span in "
            f"{_percent(weights['same_answer'])} % of {weights['questions']} passages, F1 "
            f"{weights['shipped']['f1']:.1f} and {weights['exported']['f1']:.1f})"
        )
    return f"{text}."


def _tables(found: Figures) -> list[tuple[str, Mapping[str, Figures], Sequence[Row]]]:
    """The tables of what was measured: the text above the first column, the figures by system, and the rows."""
    tables: list[tuple[str, Mapping[str, Figures], Sequence[Row]]] = []
    for name, label in (("news", "News, %"), ("searched", "Typed into a search engine, %")):
        if name in found:
            tables.append((label, found[name], QUALITY))
    if "newsroom" in found:
        tables.append(("What reporters ask, %", found["newsroom"], REPORTERS))
    for name, label in (("clapnq", "CLAP NQ"), ("qed", "QED")):
        if "spans" in found:
            tables.append((f"Evidence marked in {label}, %", found["spans"][name], SPANS))
    tables += _timed(found)
    if "changes" in found:
        built = found["build"]["newsroom"][NEWSROOM.name]
        follows = {
            system: steps | {"right": sum(step["right"] for step in steps.values())}
            for system, steps in found["changes"].items()
        }
        tables.append((f"One article of {built['passages']:,} passages", follows, CHANGES))
    return tables


def _timed(found: Figures) -> list[tuple[str, Mapping[str, Figures], Sequence[Row]]]:
    """The tables of speed, memory and sizes, one for each library."""
    tables: list[tuple[str, Mapping[str, Figures], Sequence[Row]]] = []
    for name, rounds in timed(found).items():
        once = found["build"].get(name, {})
        systems = {s: found["systems"][s] | once.get(s, {}) | middle(one) for s, one in rounds.items()}
        rows = [replace(row, ratios=ratios(rounds)) for row in (*SPEED, *BUILD)]
        tables.append((f"{systems[NEWSROOM.name]['passages']:,.0f} passages", systems, rows))
    return tables


def write_report(found: Figures) -> None:
    """Writes the page's tables and the plot."""
    PAGE.write_text(replace_part(PAGE.read_text(encoding="utf-8"), PART, render(found)), encoding="utf-8")
    if "speed" in found:
        plot(found, PLOT)


def main() -> None:
    """Writes the tables and the plot from the committed figures."""
    write_report(json.loads(RESULTS.read_text(encoding="utf-8")))


if __name__ == "__main__":
    main()
