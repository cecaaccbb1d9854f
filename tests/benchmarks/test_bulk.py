"""The benchmark of files of questions asks each question in each way, and leaves the process its cores."""

from __future__ import annotations

import os
from pathlib import Path

from benchmarks.bulk import measure
from tests.libraries import write
from tests.verification.archive import build


def test_rates_are_measured_on_one_core_and_on_all(tmp_path: Path) -> None:
    cores = os.sched_getaffinity(0)
    write(tmp_path / "questions.csv", "question\nWhen will the pier at Osk close?\nWho sold the mill?\n")
    with build(tmp_path) as library:
        rates = measure(library, tmp_path / "questions.csv")
    assert (rates.questions, rates.cores) == (2, len(cores))
    assert min(rates.one_core, rates.all_cores, rates.file) > 0
    assert rates.share == rates.file / (rates.one_core * len(cores))
    assert os.sched_getaffinity(0) == cores
