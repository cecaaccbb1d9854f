"""Measures what docs/figures.md tells, and writes the page's tables: `python -m benchmarks.figures [NAME…]`.

Without names, everything is measured but what takes over a quarter of an hour (`--list` tells which that is). Figures
of measurements that are not taken, or that fail, stay as they are, with their date.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.figures.measures import HELD_OUT, MEASURES, Measure
from benchmarks.figures.report import RESULTS, read_results, write_report
from benchmarks.machine import describe_machine

_SINGLE = frozenset(("outcomes", "problems", "risk_coverage", "wrong"))
"""What commands call lists of single questions."""


def take(measure: Measure, data: Path) -> dict[str, Any]:
    """Takes a measurement.

    Args:
        measure: The measurement.
        data: Folder of the data sets.

    Returns:
        Its figures, with command, date, machine and the load of the last minute.

    Raises:
        subprocess.CalledProcessError: If the command fails.
    """
    load = round(os.getloadavg()[0], 2)
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "figures.json"
        command = [sys.executable, "-m", *measure.arguments(data, out)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        figures = _summed_up(json.loads(out.read_text(encoding="utf-8")))
    return {
        "date": datetime.date.today().isoformat(),
        "machine": describe_machine(),
        "load": load,
        "command": measure.shown,
        "figures": figures,
    }


def _summed_up(figures: Any) -> Any:
    """The figures without what a command tells of single questions."""
    if not isinstance(figures, dict):
        return figures
    return {name: told for name, told in figures.items() if name not in _SINGLE or isinstance(told, float)}


def main() -> None:
    """Measures, and writes the figures after each measurement and the tables at the end."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figures", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="measurements to take")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--list", action="store_true", help="print the names and commands, and measure nothing")
    arguments = parser.parse_args()
    if unknown := sorted(set(arguments.names) - MEASURES.keys()):
        parser.error(f"no measurement is named {', '.join(unknown)}; --list prints the names")
    if arguments.list:
        for name, measure in MEASURES.items():
            print(f"{name}{' (hours)' if measure.hours else ''}: {measure.shown}")
        return
    if not Path(HELD_OUT).exists():
        subprocess.run([sys.executable, "-m", "training.held_out", "--data", str(arguments.data)], check=True)
    results = read_results()
    failed = []
    for name in arguments.names or [name for name, measure in MEASURES.items() if not measure.hours]:
        print(f"{datetime.datetime.now():%H:%M:%S} {name}", file=sys.stderr, flush=True)
        try:
            results[name] = take(MEASURES[name], arguments.data)
        except (subprocess.CalledProcessError, OSError) as error:
            failed.append(f"{name}: {error}")
            continue
        ordered = {known: results[known] for known in MEASURES if known in results}
        RESULTS.write_text(json.dumps(ordered, indent=1) + "\n", encoding="utf-8")
    write_report(results)
    if failed:
        sys.exit("not measured:\n" + "\n".join(failed))


if __name__ == "__main__":
    main()
