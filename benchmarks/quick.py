"""Compares speed ratios with the committed ones: `python -m benchmarks.quick`, or `make bench-quick`.

Takes under three minutes. It measures this project's time per question and its indexing as multiples of the floor: the
time of the models' arithmetic at this machine's measured peak rate. If a peer's environment is installed, it also
measures the peer's figures as multiples of this project's. Ratios can be compared between machines; milliseconds can't.
The result is a report, not a test: a worse ratio does not change the exit code.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.corpus import read_articles, read_questions
from benchmarks.peers import speed
from benchmarks.peers.material import QUIZ, STORIES, first, write
from benchmarks.peers.systems import NEWSROOM, ROOT, SYSTEMS, WORK
from benchmarks.peers.weights import make_weights
from benchmarks.profile import Peak, measure_floor, measure_peak, operations
from rag.ingest.split_article import PASSAGE_TOKENS

COMMITTED = ROOT / "benchmarks" / "results" / "quick.json"
"""File of the committed ratios."""
PEER = "txtai"
"""The peer to compare with: the one that indexes and answers faster."""
ROUNDS = 3
"""Number of rounds. Each figure is the median over the rounds."""

Ratios = dict[str, float]


def measure(data: Path, passages: int, load: speed.Load) -> Ratios:
    """Measures the ratios.

    Args:
        data: Folder of the data sets.
        passages: Approximate number of passages to index.
        load: The questions of each round.

    Returns:
        The ratios by name. The peer's ratios are missing if its environment is not installed.
    """
    weights, peak = make_weights(WORK), measure_peak()
    systems = [system for system in SYSTEMS if system is NEWSROOM or (system.name == PEER and system.installed)]
    with TemporaryDirectory() as work:
        folder = write(first(read_articles(data / STORIES), passages), Path(work) / "articles")
        rounds: dict[str, list[speed.Figures]] = {system.name: [] for system in systems}
        for number in range(ROUNDS):
            for system in speed.in_turns(systems, number):
                index = Path(work) / system.name
                built = speed.build(system, folder, index, weights)
                rounds[system.name].append(built | speed.ask(system, index, weights, load))
        floor = measure_floor(Path(work) / NEWSROOM.name, load.questions[: load.alone], peak)
    found = {name: speed.middle(one) for name, one in rounds.items()}
    return _ratios(found, sum(floor.values()), peak)


def _ratios(found: dict[str, speed.Figures], floor_ms: float, peak: Peak) -> Ratios:
    own, peer = found[NEWSROOM.name], found.get(PEER)
    embedded_per_s = peak.together / operations(PASSAGE_TOKENS)
    ratios = {
        "a question, as a multiple of the floor": own["p50_ms"] / floor_ms,
        "indexing, as a share of full passages embedded at the peak": own["passages_per_s"] / embedded_per_s,
    }
    if peer:
        ratios |= {
            f"a question of {PEER}, as a multiple of this project's": peer["p50_ms"] / own["p50_ms"],
            f"indexing, as a multiple of {PEER}'s": own["passages_per_s"] / peer["passages_per_s"],
            f"memory of {PEER}, as a multiple of this project's": peer["ask_peak_mb"] / own["ask_peak_mb"],
        }
    return {name: round(value, 3) for name, value in ratios.items()}


def report(now: Ratios, committed: Ratios) -> str:
    """Renders a table with one line per ratio: now, committed, and the change in percent. A missing value is a dash.

    Args:
        now: The measured ratios.
        committed: The committed ratios.
    """
    lines = [f"{'':62}{'now':>9}{'committed':>11}{'change':>9}"]
    for name in dict.fromkeys([*committed, *now]):
        ratio, before = now.get(name), committed.get(name)
        change = f"{100 * (ratio / before - 1):+.0f} %" if ratio and before else "–"
        lines.append(f"{name:62}{_shown(ratio):>9}{_shown(before):>11}{change:>9}")
    return "\n".join(lines)


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"


def main() -> None:
    """Measures, prints the report, and writes the ratios to the results file if `--write` is given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quick", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--passages", type=int, default=300, help="approximate number of passages to index")
    parser.add_argument("--write", action="store_true", help=f"write the ratios to {COMMITTED.relative_to(ROOT)}")
    arguments = parser.parse_args()
    questions = [q.question for q in read_questions(arguments.data / QUIZ)]
    now = measure(arguments.data, arguments.passages, speed.Load(questions, alone=20, together=8))
    committed: Ratios = json.loads(COMMITTED.read_text(encoding="utf-8")) if COMMITTED.exists() else {}
    print(report(now, committed))
    if arguments.write:
        COMMITTED.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
