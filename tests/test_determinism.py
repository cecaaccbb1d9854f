"""The same library and question give the same bytes in another process, in another time zone and on another day."""

from __future__ import annotations

import datetime
import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.library import Library
from tests.answering_process import impurities
from tests.libraries import story, write
from tests.places import SEEDS

ROOT = Path(__file__).parent.parent
QUESTIONS = [
    "Who is the largest buyer of Iranian oil?",
    "Who mediated the talks?",
    "Why is Washington not trusted?",
    "What are Iran's conditions?",
    "how much LNG passes the choke point",
    "Who is Omans foreign minster?",
    "How many people came to the harbour festival?",
    "When is the harbour festival?",
    "Who won the football match?",
    "?! 2025",
]
RELATIVE = ["What is the latest on the festival this week?", "How many people came to the harbour festival last month?"]
AS_OF = "2024-07-03"
ASKED = [{"question": question} for question in QUESTIONS]
ASKED += [{"question": question, "as_of": AS_OF} for question in (*QUESTIONS, *RELATIVE)]
NEWS = {
    "first.txt": "date 2024-06-02\n\n"
    + story("The harbour festival opened on Sunday.", "About 4,000 people came to the harbour festival, police said."),
    "copy.txt": "date 2024-06-03\n\n"
    + story("The harbour festival opened on Sunday.", "About 4,000 people came to the harbour festival, police said."),
    "later.txt": "date 2024-06-09\n\n"
    + story("The harbour festival ended last week.", "Some 6,000 people came to the harbour festival, its host said."),
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("same")
    for name, text in NEWS.items():
        write(folder / "news" / name, text)
    with Library.open(folder / "index", create=True) as library:
        library.update(SEEDS, folder / "news")
    return folder / "index"


def answers(index: Path, **environment: str) -> tuple[list[bytes], list[str]]:
    """Asks questions in a new process. Returns each answer's bytes, and the clocks and random sources read for it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.answering_process", str(index)],
        cwd=ROOT,
        env={**os.environ, **environment},
        input=json.dumps(ASKED).encode(),
        capture_output=True,
        check=True,
    )
    return done.stdout.splitlines(), done.stderr.decode().splitlines()


@pytest.mark.slow
def test_another_process_elsewhere_and_on_another_day_gives_the_same_bytes(index: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    shutil.copytree(index, moved)
    for file in moved.iterdir():
        os.utime(file, (0, 0))
    # These two time zones never have the same date.
    here, read_here = answers(index, PYTHONHASHSEED="1", TZ="EAST-24")
    there, read_there = answers(moved, PYTHONHASHSEED="2", TZ="WEST+24")
    assert len(here) == len(ASKED)
    assert {json.loads(line)["status"] for line in here} == {"answered", "no_answer"}
    assert here == there
    # Only the date is ever read, because a question may be relative to it. If the day is given, nothing is read.
    assert set(read_here) | set(read_there) <= {"", "today"}
    assert set(read_here[len(QUESTIONS) :]) == {""}


@pytest.mark.parametrize(
    "impure",
    [time.time, time.localtime, datetime.datetime.now, datetime.date.today, random.random, lambda: os.urandom(1)],
)
def test_a_clock_or_a_random_number_would_be_noticed(impure: Callable[[], object]) -> None:
    with impurities() as found:
        impure()
        time.perf_counter()
        assert len(found) == 1
        thread = threading.Thread(target=impure)
        thread.start()
        thread.join()
    assert len(found) == 2
    impure()
    assert len(found) == 2
