"""The server or the updating process is killed while a library is updated: nothing is lost or half there."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from rag.core.errors import DatabaseUnreachableError
from rag.core.place import Place
from rag.library import Library
from rag.store.store import Store
from tests.faults.sample import part
from tests.forks import start
from tests.libraries import assert_intact
from tests.places import ROOT, address_of, place_in
from tests.postgres import turns
from tests.postgres.server import PostgresServer

pytestmark = pytest.mark.slow

MOMENTS = part(8, 40)
"""Number of moments at which the server is killed, and the updating process."""


@pytest.fixture
def place(own_server: PostgresServer, tmp_path: Path) -> Place:
    return place_in(own_server.database("news"), tmp_path / "index")


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return tmp_path / "news"


def seconds_of_an_update(place: Place, news: Path) -> float:
    """Makes two updates and measures the second one."""
    for number in (1, 2):
        turns.write_turn(news, number)
        begun = time.monotonic()
        turns.update(place, news)
    return time.monotonic() - begun


def assert_before_or_after(library: Library, place: Place, before: int) -> int:
    """Asserts that a library is at a turn or at the next one, and intact; returns its turn."""
    with Store.open(place) as store:
        generation = store.generation
    assert generation in (before, before + 1)
    assert_intact(place)
    assert turns.turn_of(library) == generation
    with turns.opened(place) as another:
        assert turns.turn_of(another) == generation
    return generation


def test_a_killed_server_has_the_library_before_or_after_the_update(
    own_server: PostgresServer, place: Place, news: Path
) -> None:
    whole = seconds_of_an_update(place, news)
    killed = 0
    with turns.opened(place) as library:
        for moment in range(MOMENTS):
            before = turns.turn_of(library)
            turns.write_turn(news, before + 1)
            with ThreadPoolExecutor(1) as pool:
                update = pool.submit(turns.update, place, news)
                time.sleep(whole * (moment + 0.5) / MOMENTS)
                own_server.kill()
            own_server.start_again()
            error = update.exception()
            assert error is None or isinstance(error, DatabaseUnreachableError)
            after = assert_before_or_after(library, place, before)
            assert error is not None or after == before + 1, "an update that was reported is gone"
            killed += after == before
            turns.update(place, news)
            assert turns.turn_of(library) == before + 1
            assert_intact(place)
    assert killed >= MOMENTS / 4


def updating(place: Place, news: Path, said: Path) -> BaseProcess:
    """Begins an update in a process of its own."""
    arguments = ["turns", address_of(place), str(news)]
    return start(turns.main, arguments, output=said, errors=said, cwd=ROOT, environment=os.environ)


def test_a_killed_update_leaves_the_library_before_or_after_it(place: Place, news: Path, tmp_path: Path) -> None:
    seconds_of_an_update(place, news)
    killed, said = 0, tmp_path / "said"
    with turns.opened(place) as library:
        turns.write_turn(news, turns.turn_of(library) + 1)
        begun = time.monotonic()
        updating(place, news, said).join()
        whole = time.monotonic() - begun
        for moment in range(MOMENTS):
            before = turns.turn_of(library)
            turns.write_turn(news, before + 1)
            child = updating(place, news, said)
            child.join(whole * (moment + 0.5) / MOMENTS)
            child.kill()
            child.join()
            assert child.exitcode in (0, -9), said.read_text()
            after = assert_before_or_after(library, place, before)
            assert child.exitcode != 0 or after == before + 1
            killed += after == before
            turns.update(place, news)
            assert turns.turn_of(library) == before + 1
            assert_intact(place)
    assert killed >= MOMENTS / 4
