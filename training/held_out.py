"""Writes the dev questions that no reader was trained on: `python -m training.held_out`.

The kept rows of each split file are written to a file of the same name and format. `stories.jsonl` has quiz questions
with the whole news story that answers them, in the reading format.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from benchmarks.corpus import read_rows
from benchmarks.folds import is_kept
from training.news import kept_stories

FOLDED = (
    "reading/dev/squad11",
    "reading/dev/squad20",
    "reading/dev/qed",
    "open/dev/nq_oracle",
    "open/dev/realtimeqa_2022_2024",
)
"""Dev files of which a part is trained on and the rest is kept aside (`benchmarks.folds`)."""


def write_kept(data: Path, out: Path) -> dict[str, int]:
    """Writes the kept rows of every split file, and the stories.

    Args:
        data: Folder of the data sets.
        out: Folder to write to.

    Returns:
        Number of rows by file.
    """
    out.mkdir(parents=True, exist_ok=True)
    counts = {}
    for name in FOLDED:
        rows = (row for row in read_rows(data / f"{name}.jsonl.xz") if is_kept(row))
        counts[Path(name).name] = _write(out / f"{Path(name).name}.jsonl", rows)
    counts["stories"] = _write(out / "stories.jsonl", kept_stories(data))
    return counts


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> int:
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8")
    return len(lines)


def main() -> None:
    """Writes the kept questions and prints their numbers."""
    parser = argparse.ArgumentParser(prog="python -m training.held_out", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--out", type=Path, default=Path("training/runs/held-out"), help="folder to write to")
    asked = parser.parse_args()
    print(json.dumps(write_kept(asked.data, asked.out)))


if __name__ == "__main__":
    main()
