"""Measures how fast a file is answered: `python -m benchmarks.bulk INDEX --questions FILE [--json OUT]`.

All questions are asked once to warm up. Then they are asked one after the other, by this process on one core and on all
cores, and by `answer_file` on all cores. A single question already reads its passages on two threads, so on all cores
it is faster than on one. The share is the rate of the file over the rate on one core times the number of cores.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from rag.bulk.ask import answer_file
from rag.bulk.questions import read_rows
from rag.core.errors import QuestionError
from rag.library import Library


@dataclass(frozen=True)
class Rates:
    """Questions a second.

    Attributes:
        questions: Number of questions.
        cores: Number of cores.
        one_core: One question after the other on one core.
        all_cores: One question after the other on all cores.
        file: The questions of a file on all cores.
        share: `file` over `one_core * cores`.
    """

    questions: int
    cores: int
    one_core: float
    all_cores: float
    file: float
    share: float


def main() -> None:
    """Measures and prints the rates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path, help="the index folder")
    parser.add_argument("--questions", type=Path, required=True, help="CSV, Excel or JSON Lines with questions")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    with Library.open(arguments.index) as library:
        rates = measure(library, arguments.questions)
    print(
        f"{rates.questions} questions, {rates.cores} cores: {rates.one_core:.2f}/s one by one on one core, "
        f"{rates.all_cores:.2f}/s on all, {rates.file:.2f}/s from a file; share {rates.share:.2f}"
    )
    if arguments.json:
        arguments.json.write_text(json.dumps(asdict(rates), indent=1) + "\n", encoding="utf-8")


def measure(library: Library, questions: Path) -> Rates:
    """Asks the questions of a file in each way."""
    asked = list(dict.fromkeys(row.question for row in read_rows(questions) if row.question))
    cores = sorted(os.sched_getaffinity(0))

    def one_by_one() -> None:
        for question in asked:
            with suppress(QuestionError):
                library.answer(question)

    def file() -> None:
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "questions.jsonl"
            copy.write_text("".join(json.dumps({"question": question}) + "\n" for question in asked), encoding="utf-8")
            answer_file(library, copy, Path(folder) / "answers.jsonl")

    one_by_one()  # warms up
    _pin(cores[:1])
    one_core = _rate(one_by_one, len(asked))
    _pin(cores)
    all_cores = _rate(one_by_one, len(asked))
    whole = _rate(file, len(asked))
    return Rates(len(asked), len(cores), one_core, all_cores, whole, whole / (one_core * len(cores)))


def _rate(work: Callable[[], None], count: int) -> float:
    start = time.perf_counter()
    work()
    return count / (time.perf_counter() - start)


def _pin(cores: list[int]) -> None:
    """Restricts all threads of this process to some cores."""
    for thread in Path("/proc/self/task").iterdir():
        os.sched_setaffinity(int(thread.name), cores)


if __name__ == "__main__":
    main()
