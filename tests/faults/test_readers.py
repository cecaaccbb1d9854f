"""Four reader processes and a writer: each question is answered from one whole generation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.faults.bench import assert_none
from tests.faults.reading import PAUSE, turn
from tests.faults.sample import part
from tests.libraries import write

READERS = 4
TURNS = part(4, 160)
"""Number of updates while the readers read."""
_START_SECONDS = 120.0
_ROOT = Path(__file__).parent.parent.parent


def test_four_readers_against_a_writer(tmp_path: Path) -> None:
    index, news, stop = (tmp_path / name for name in ("index", "news", "stop"))
    write_turn(news, 1)
    with Store.create(index) as store:
        update_library(store, [news], HashingEmbedder())
        begun = [tmp_path / f"begun{number}" for number in range(READERS)]
        readers = [start_reader(index, stop, file) for file in begun]
        try:
            wait_for(begun)
            for last in range(2, TURNS + 1):
                write_turn(news, last)
                assert update_library(store, [news], HashingEmbedder()).generation == last
                time.sleep(PAUSE)
        finally:
            stop.touch()
        said = [json.loads(reader.communicate(timeout=60)[0]) for reader in readers]
    for seen, wrong in said:
        assert_none(wrong)
        assert seen == sorted(seen), "a reader went back to an older generation"
        assert len(set(seen)) > 2
        assert seen[-1] <= TURNS


def write_turn(news: Path, number: int) -> None:
    """Writes the articles of a turn."""
    for name, text in turn(number).items():
        write(news / name, text)


def wait_for(files: Sequence[Path]) -> None:
    """Waits until these files exist."""
    ending = time.monotonic() + _START_SECONDS
    while not all(file.exists() for file in files):
        assert time.monotonic() < ending
        time.sleep(PAUSE)


def start_reader(index: Path, stop: Path, begun: Path) -> subprocess.Popen[str]:
    """Starts a process that makes the file `begun` after its first answer and reads until the stop file exists."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.reading", str(index), str(stop), str(begun)],
        cwd=_ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(_ROOT), str(_ROOT / "src")])},
        stdout=subprocess.PIPE,
        text=True,
    )
