"""Measures whether the reason for no answer is right: `python -m benchmarks.unanswered [FILE] [--json OUT]`.

The library holds the articles of `seeds/` and of `tests/measured/several.jsonl`. None of the questions has an answer
there. Each has a gold reason: "nothing_about_it", "breaks_off" or "about_it". The library's reasons "not_said" and
"below_threshold" both count as "about_it". The questions that the library offers instead are asked too, and the
answered ones are counted.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.corpus import read_rows
from benchmarks.several import FILE as ARTICLES
from benchmarks.several import write_articles
from rag.library import Library

FILE = Path("tests/measured/unanswered.jsonl")
_ABOUT_IT = dict.fromkeys(("not_said", "denied", "below_threshold"), "about_it")
"""The library's reasons that mean: the articles are about it, but do not answer."""


def measure(path: Path) -> dict[str, Any]:
    """Measures all questions of a file.

    Args:
        path: The file.

    Returns:
        Counts over all questions and by reason, and the questions with a wrong reason.
    """
    rows = list(read_rows(path))
    with TemporaryDirectory() as work:
        folder = Path(work)
        for number, row in enumerate(read_rows(ARTICLES)):
            write_articles(row, folder / "articles" / str(number))
        with Library.open(folder / "index", create=True) as library:
            library.update("seeds", folder / "articles")
            answers = [library.answer(row["question"]) for row in rows]
            offered = [library.questions_instead(answer) for answer in answers]
            instead = [library.answer(question).answered for questions in offered for question in questions]
    found = [_ABOUT_IT.get(answer.reason or "", answer.reason) for answer in answers]
    pairs = list(zip(rows, found, strict=True))
    reasons = sorted({row["reason"] for row in rows})
    right = {reason: sum(row["reason"] == one == reason for row, one in pairs) for reason in reasons}
    return {
        "questions": len(rows),
        "answered": found.count(None),
        "right": sum(right.values()),
        **{reason: f"{count} of {sum(row['reason'] == reason for row in rows)}" for reason, count in right.items()},
        "with_a_question_instead": sum(map(bool, offered)),
        "of_those_offered_answered": f"{sum(instead)} of {len(instead)}",
        "wrong": {row["question"]: one for row, one in pairs if one != row["reason"]},
    }


def main() -> None:
    """Measures, prints the figures, and writes them as JSON if `--json` is given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.unanswered", description=__doc__)
    parser.add_argument("file", nargs="?", type=Path, default=FILE, help="JSON Lines file of questions with reasons")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    report = measure(arguments.file)
    print(json.dumps(report, indent=1))
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
