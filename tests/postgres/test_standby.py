"""A primary and its standby: both answer while the primary is updated, and the standby takes over."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from rag.core.errors import IndexNotWritableError
from rag.core.place import Place
from rag.store.store import Store
from tests.faults.test_readers import start_reader, wait_for
from tests.libraries import assert_intact
from tests.places import address_of, place_in
from tests.postgres import turns
from tests.postgres.server import PostgresServer

pytestmark = pytest.mark.slow

SECONDS = float(os.environ.get("RAG_TEST_STANDBY_SECONDS", "12"))
"""Seconds for which the primary is updated while two processes ask."""
PAUSE = 0.2
"""Seconds between two updates."""


def on(server: PostgresServer, folder: Path) -> Place:
    """The place of the one library, with a folder of its own."""
    return place_in(server.url, folder)


def test_both_answer_while_one_is_updated_and_the_standby_takes_over(
    own_server: PostgresServer, tmp_path: Path
) -> None:
    news, stop = tmp_path / "news", tmp_path / "stop"
    primary = on(own_server, tmp_path / "primary")
    turns.write_turn(news, 1)
    turns.update(primary, news)
    with own_server.standby(own_server.folder.parent / "standby") as standby:
        standby.wait_until_replayed(own_server)
        places = [on(own_server, tmp_path / "one"), on(standby, tmp_path / "two")]
        begun = [tmp_path / f"begun{number}" for number in range(2)]
        readers = [start_reader(Path(address_of(at)), stop, file) for at, file in zip(places, begun, strict=True)]
        last = 1
        try:
            wait_for(begun)
            ending = time.monotonic() + SECONDS
            while time.monotonic() < ending:
                last += 1
                turns.write_turn(news, last)
                assert turns.update(primary, news).generation == last
                time.sleep(PAUSE)
        finally:
            stop.touch()
        for reader in readers:
            seen, wrong = json.loads(reader.communicate(timeout=60)[0])
            assert wrong == []
            assert seen == sorted(seen), "a reader went back to an older generation"
            assert len(set(seen)) > 2
            assert seen[-1] <= last
        _take_over(own_server, standby, tmp_path, last)


def _take_over(primary: PostgresServer, standby: PostgresServer, tmp_path: Path, last: int) -> None:
    """Kills the primary; an open library on the standby answers on and is updated there."""
    news, place = tmp_path / "news", on(standby, tmp_path / "two")
    standby.wait_until_replayed(primary)
    turns.write_turn(news, last + 1)
    with turns.opened(place) as library:
        assert turns.turn_of(library) == last
        with pytest.raises(IndexNotWritableError, match="is a standby, which can only be read; name the primary"):
            turns.update(place, news)
        primary.kill()
        assert turns.turn_of(library) == last
        standby.promote()
        assert turns.turn_of(library) == last
        assert turns.update(place, news).generation == last + 1
        assert turns.turn_of(library) == last + 1
    assert_intact(place)


def test_a_library_that_a_standby_has_not_seen_yet_is_missing_there(own_server: PostgresServer, tmp_path: Path) -> None:
    with own_server.standby(own_server.folder.parent / "standby") as standby:
        place = on(standby, tmp_path / "index")
        assert not Store.exists(place)
        with pytest.raises(IndexNotWritableError, match="is a standby"):
            Store.create(place)
