"""Which dev questions the reader may learn from, and which are kept aside to measure on.

    python -m training.folds --data ../shared/data --out training/runs/held-out

There is no training set with questions written to look answerable, nor one of news questions, so part of the dev sets
is trained on. Whole articles (by title) and whole months (by date) are kept aside, never single questions: the reader
must not have seen a paragraph that it is measured on. The command writes the kept questions in their own format.
"""

from __future__ import annotations

import argparse
import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.data import read_json_lines

KEPT_FROM = "2024"
"""Quiz questions of this year and later are kept aside."""
KEPT_FIFTHS = 2
FOLDED = (
    "reading/dev/squad11",
    "reading/dev/squad20",
    "reading/dev/qed",
    "open/dev/nq_oracle",
    "open/dev/realtimeqa_2022_2024",
)


def is_kept_title(title: str) -> bool:
    """Whether the questions about this article are kept aside: two articles of five."""
    return zlib.crc32(title.encode()) % 5 < KEPT_FIFTHS


def is_kept(row: Mapping[str, Any]) -> bool:
    """Whether a row of a folded dev file is kept aside, by its date where it has one, else by its article's title."""
    if "question_date" in row:
        return str(row["question_date"]) >= KEPT_FROM
    if "nq_annotated_gold" in row:
        return is_kept_title(row["nq_annotated_gold"]["title"])
    return is_kept_title(row["title"])


def write_kept(data: Path, out: Path) -> dict[str, int]:
    """Write the kept rows of every folded file under its own name; return how many of each."""
    out.mkdir(parents=True, exist_ok=True)
    counts = {}
    for name in FOLDED:
        rows = [row for row in read_json_lines(data / f"{name}.jsonl.xz") if is_kept(row)]
        target = out / f"{Path(name).name}.jsonl"
        target.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
        counts[target.name] = len(rows)
    return counts


def main() -> None:
    """Write the kept questions and print how many there are."""
    parser = argparse.ArgumentParser(prog="python -m training.folds", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("training/runs/held-out"))
    asked = parser.parse_args()
    print(json.dumps(write_kept(asked.data, asked.out)))


if __name__ == "__main__":
    main()
