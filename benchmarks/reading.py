"""Measures the reader's quality and speed on given passages: `python -m benchmarks.reading FILE…`.

Each FILE is in the reading format (`id`, `question`, `context`, `answers`), `.jsonl` or `.jsonl.xz`. The figures are
the official SQuAD ones under four policies:
- `always` shows the best span, even if its score is low (SQuAD 1.1);
- `shipped` abstains at the reader's own threshold;
- `best` abstains at the threshold that is best on the same file (SQuAD 2.0);
- `crossed` uses, for each half of the file's passages, the threshold that is best on the other half.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.corpus import read_rows
from benchmarks.metrics import area_under_curve, best_threshold
from rag.evaluation.metrics import metric_max_over_golds, squad_em, squad_f1
from rag.models.span_reader import SHIPPED, OnnxReader
from rag.models.transformers_reader import TransformersReader

Report = dict[str, Any]
POLICIES = ("always", "shipped", "best", "crossed")
"""When the best span is shown; see the module's docstring."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question and what the reader found.

    Attributes:
        identifier: The question's id.
        passage: The passage.
        golds: Texts of the gold answers; empty if the question has no answer.
        prediction: Text of the best span; "" if there is none.
        score: The best span's log-odds against "no answer"; -inf without a span.
    """

    identifier: str
    passage: str
    golds: tuple[str, ...]
    prediction: str
    score: float

    def gain(self, threshold: float) -> tuple[float, float]:
        """Computes exact match and F1 if the span is shown only when its score is above the threshold."""
        shown = self.prediction if self.score > threshold else ""
        return metric_max_over_golds(squad_em, shown, self.golds), metric_max_over_golds(squad_f1, shown, self.golds)


def ask_all(reader: OnnxReader | TransformersReader, rows: Sequence[dict[str, Any]]) -> list[Asked]:
    """Reads the passage of each row for its question, one after the other.

    Args:
        reader: The reader.
        rows: Rows in the reading format.
    """
    asked = []
    for row in rows:
        passage = row["context"]
        spans = reader.read_text(row["question"], passage, top=1).spans
        text = passage[spans[0].start : spans[0].end] if spans else ""
        golds = tuple(answer["text"] for answer in row["answers"])
        asked.append(Asked(str(row["id"]), passage, golds, text, spans[0].score if spans else -math.inf))
    return asked


def figures(asked: Sequence[Asked], threshold: float) -> Report:
    """Computes exact match and F1 at a threshold.

    Args:
        asked: The questions.
        threshold: Only spans with a higher score are shown.

    Returns:
        Means in percent over all questions, over those with an answer, and over those without. A mean over no questions
        is None.
    """
    shown = [a.gain(threshold) for a in asked]

    def mean(part: int, kept: Sequence[bool]) -> float | None:
        values = [pair[part] for pair, keep in zip(shown, kept, strict=True) if keep]
        return round(100 * sum(values) / len(values), 2) if values else None

    every, has = [True] * len(asked), [bool(a.golds) for a in asked]
    return {
        "threshold": threshold if math.isfinite(threshold) else None,
        "exact_match": mean(0, every),
        "f1": mean(1, every),
        "has_answer_exact_match": mean(0, has),
        "has_answer_f1": mean(1, has),
        "no_answer_right": mean(0, [not known for known in has]),
    }


def crossed_figures(asked: Sequence[Asked]) -> Report:
    """Computes the figures of `crossed`: each half of the passages at the best threshold of the other half."""
    order = {passage: place for place, passage in enumerate(dict.fromkeys(a.passage for a in asked))}
    halves = [[a for a in asked if 2 * order[a.passage] // len(order) == half] for half in (0, 1)]
    moved = [
        replace(a, score=a.score - fitted_threshold(other))
        for half, other in zip(halves, reversed(halves), strict=True)
        for a in half
    ]
    return {**figures(moved, 0.0), "threshold": None}


def fitted_threshold(asked: Sequence[Asked]) -> float:
    """Finds the threshold with the best F1 on these questions."""
    gains = [a.gain(-math.inf)[1] for a in asked]
    return best_threshold([a.score for a in asked], gains, [bool(a.golds) for a in asked])[0]


def report(asked: Sequence[Asked], shipped_threshold: float) -> Report:
    """Computes all figures of one file.

    Args:
        asked: The questions.
        shipped_threshold: The reader's own threshold.

    Returns:
        The figures of each policy. `null_auc` is the area under the curve (AUC) of the score, which shows how well it
        separates answerable from unanswerable questions; None if the file lacks one of the two.
    """
    has = [bool(a.golds) for a in asked]
    scores = [a.score for a in asked]
    known = [score for score, yes in zip(scores, has, strict=True) if yes]
    unknown = [score for score, yes in zip(scores, has, strict=True) if not yes]
    return {
        "questions": len(asked),
        "has_answer": len(known),
        "no_answer": len(unknown),
        "always": figures(asked, -math.inf),
        "shipped": figures(asked, shipped_threshold),
        "best": figures(asked, fitted_threshold(asked)),
        "crossed": crossed_figures(asked),
        "null_auc": round(area_under_curve(known, unknown), 4) if known and unknown else None,
    }


def predictions(asked: Sequence[Asked], shipped_threshold: float) -> dict[str, str]:
    """Makes predictions in the official format: question id to answer text, "" for no answer.

    Args:
        asked: The questions.
        shipped_threshold: The reader's own threshold. It is ignored if every question has an answer (SQuAD 1.1).
    """
    threshold = shipped_threshold if any(not a.golds for a in asked) else -math.inf
    return {a.identifier: a.prediction if a.score > threshold else "" for a in asked}


def measure_file(reader: OnnxReader, path: Path, limit: int | None) -> tuple[Report, dict[str, str]]:
    """Measures one file.

    Args:
        reader: The reader.
        path: A file in the reading format.
        limit: Number of questions, spread evenly over the file; None for all.

    Returns:
        The report and the predictions.
    """
    rows = list(read_rows(path))
    if limit and limit < len(rows):
        rows = [rows[index * len(rows) // limit] for index in range(limit)]
    wall, processor = time.perf_counter(), time.process_time()
    asked = ask_all(reader, rows)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    threshold = reader.manifest.threshold
    speed = {
        "questions_per_second": round(len(rows) / wall, 1),
        "cpu_milliseconds_per_question": round(1000 * processor / max(1, len(rows)), 1),
    }
    return {"file": str(path), **report(asked, threshold), **speed}, predictions(asked, threshold)


def print_table(reports: Sequence[Report], console: Console) -> None:
    """Prints a table with one row per file and policy."""
    table = Table("file", "policy", "EM", "F1", "has EM", "has F1", "none right", "threshold", "AUC", "questions/s")
    for one in reports:
        for policy in POLICIES:
            part = one[policy]
            names = ("exact_match", "f1", "has_answer_exact_match", "has_answer_f1", "no_answer_right", "threshold")
            cells = ["-" if part[name] is None else f"{part[name]:.2f}" for name in names]
            tail = [str(one["null_auc"] or "-"), str(one["questions_per_second"])]
            table.add_row(Path(one["file"]).name.split(".")[0], policy, *cells, *tail)
    console.print(table)


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Reads the command line, or the given arguments."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="file in the reading format")
    parser.add_argument("--reader", type=Path, default=SHIPPED, help="folder of the reader; the shipped one by default")
    parser.add_argument("--predictions", type=Path, help="write the answers by question id to this file, as JSON")
    parser.add_argument("--json", type=Path, dest="json_file", help="write the reports to this file too")
    parser.add_argument("--limit", type=int, help="number of questions per file, spread evenly; all by default")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures all files. Prints a table to standard error and the reports as JSON to standard output."""
    options = parse_arguments(arguments)
    reader = OnnxReader(options.reader)
    reports: list[Report] = []
    answers: dict[str, str] = {}
    for path in options.files:
        measured, found = measure_file(reader, path, options.limit)
        reports.append(measured)
        answers.update(found)
    print_table(reports, Console(stderr=True, width=120))
    text = json.dumps(reports, indent=2)
    print(text)
    if options.json_file:
        options.json_file.write_text(text + "\n", encoding="utf-8")
    if options.predictions:
        options.predictions.write_text(json.dumps(answers, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
