"""Four reader processes and a writer: each question is answered from one whole generation."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.faults.bench import assert_none
from tests.faults.reading import PAUSE, turn
from tests.libraries import write

READERS, SECONDS = 4, 30.0
"""Number of reader processes, and how long the writer updates."""
_ROOT = Path(__file__).parent.parent.parent


def test_four_readers_against_a_writer(tmp_path: Path) -> None:
    index, news, stop = (tmp_path / name for name in ("index", "news", "stop"))
    last = 1
    write_turn(news, last)
    with Store.create(index) as store:
        update_library(store, [news], HashingEmbedder())
        readers = [start_reader(index, stop) for _ in range(READERS)]
        ending = time.monotonic() + SECONDS
        try:
            while time.monotonic() < ending:
                last += 1
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
        assert seen[-1] <= last
    assert last > 10


def write_turn(news: Path, number: int) -> None:
    """Writes the articles of a turn."""
    for name, text in turn(number).items():
        write(news / name, text)


def start_reader(index: Path, stop: Path) -> subprocess.Popen[str]:
    """Starts a process that reads until the stop file exists."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.reading", str(index), str(stop)],
        cwd=_ROOT,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(_ROOT), str(_ROOT / "src")])},
        stdout=subprocess.PIPE,
        text=True,
    )
