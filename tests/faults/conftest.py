"""Fixtures: the trap, the bench, and the scenarios of the cases."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import trap
from tests.faults.actions import PAGE
from tests.faults.bench import Bench, Scenario
from tests.faults.news import write_after, write_before
from tests.libraries import story, write
from tests.older_formats import make_older


@pytest.fixture(scope="session")
def trap_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if sys.platform != "linux":
        pytest.skip("the trap for file-system steps needs Linux")
    try:
        return trap.build(tmp_path_factory.mktemp("trap"))
    except FileNotFoundError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(error))


@pytest.fixture(scope="session")
def bench(trap_library: Path) -> Iterator[Bench]:
    # In memory if possible: no real disk loses power here, so thousands of real fsyncs would only cost time.
    memory = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(prefix="rag-faults-", dir=memory if os.access(memory, os.W_OK) else None) as folder,
        Bench(trap_library, Path(folder) / "bench") as bench,
    ):
        yield bench


@pytest.fixture(scope="session")
def scenarios(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scenario]:
    """The scenarios by name. All start from the same generation, except the first update."""
    folder = tmp_path_factory.mktemp("scenarios")
    news, nothing, base, staged, older, newer, page = (
        folder / name for name in ("news", "nothing", "base", "staged", "older", "newer", "page")
    )
    write_before(news)
    lane = bench.lanes[0]
    lane.lay(nothing)
    before = lane.run(news, then=["update"])["settled"]
    shutil.copytree(lane.index, base)
    lane.run(news, then=["save"])
    shutil.copytree(base, older)
    make_older(older)
    shutil.rmtree(news)
    write_after(news)
    after = lane.run(news, then=["update"])["settled"]
    shutil.copytree(lane.index, newer)
    lane.lay(base)
    lane.run(news, then=["interrupt"])
    shutil.copytree(lane.index, staged)
    lane.lay(nothing)
    first = lane.run(news, then=["look", "update"])
    shutil.copytree(base, page / PAGE)
    write(folder / "upload" / "ferry.txt", story("The ferry to Arne sails again.", "It has two decks."))
    lane.lay(page)
    added = lane.run(news, then=["look", "upload"])
    made = [
        Scenario("update", "update", base, news, before, after),
        Scenario("first update", "update", nothing, news, first["seen"], first["settled"]),
        Scenario("update that is interrupted", "interrupt", base, news, before, after),
        Scenario("update after one that was interrupted", "update", staged, news, before, after),
        Scenario("rebuild", "rebuild", base, news, before, after),
        Scenario("update of an older format", "update", older, news, before, after),
        Scenario("backup", "save inside", base, news, before, before, retry="save inside"),
        Scenario("restore", "restore", newer, news, after, before, retry="restore"),
        Scenario("upload", "upload", page, news, added["seen"], added["settled"], retry="upload"),
    ]
    return {scenario.name: scenario for scenario in made}
