"""Contract tests of `rag.store.backend.Backend`. SQLite and PostgreSQL must pass them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.core.errors import (
    IndexDamagedError,
    IndexFormatError,
    IndexMissingError,
)
from rag.core.place import Place
from rag.store.backend import Backend
from rag.store.backends import backend_of
from rag.store.rows import newest_generation, put_meta
from rag.store.store import Store
from tests.contracts.stored import content, fill
from tests.libraries import assert_intact, update
from tests.remedies import raises_mended_by

pytestmark = pytest.mark.databases


def generation_of(backend: Backend) -> int:
    with backend.snapshot() as database:
        return newest_generation(database).number


def test_a_library_exists_when_it_was_created_and_not_before(backend: Backend) -> None:
    assert not backend.exists()
    with raises_mended_by("build", IndexMissingError):
        Store.open(backend.place)
    assert backend.remains() is None
    assert backend.held_since() is None
    backend.create()
    assert backend.exists()
    assert (generation_of(backend), backend.is_older()) == (0, False)


def test_creating_it_again_keeps_what_is_there(backend: Backend) -> None:
    fill(backend.place)
    before = content(backend.place)
    backend.create()
    backend.bring_up_to_date()
    assert content(backend.place) == before


def test_two_that_create_it_at_once_create_one(place: Place) -> None:
    start = threading.Barrier(4)
    errors: list[BaseException] = []

    def create() -> None:
        try:
            start.wait()
            backend_of(place).create()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=create) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    with backend_of(place).snapshot() as database:
        assert database.row("SELECT count(*) FROM generation") == (1,)
    fill(place)
    assert_intact(place)


def test_a_snapshot_sees_one_state_while_others_commit(backend: Backend) -> None:
    with Store.create(backend.place) as store, backend.snapshot() as database:
        assert newest_generation(database).number == 0
        for number in (1, 2):
            assert update(store, a=f"Version {number}.\n") == number
            assert newest_generation(database).number == 0
            assert database.rows("SELECT path FROM article") == []
            assert list(database.batches("SELECT id FROM version", (), 10)) == []
        assert generation_of(backend) == 2


def test_an_open_reader_sees_what_was_committed_last(backend: Backend) -> None:
    with Store.create(backend.place) as store:
        reader = backend.open()
        for number in (1, 2):
            update(store, a=f"Version {number}.\n")
            assert newest_generation(reader).number == number
        reader.close()


def test_what_is_left_of_a_damaged_library_can_be_read(backend: Backend) -> None:
    fill(backend.place)
    with backend.change() as database:
        database.run("DELETE FROM generation")
        database.run("DROP TABLE speech")
        database.commit()
    assert backend.exists()
    remains = backend.remains()
    assert remains is not None
    with pytest.raises(IndexDamagedError):
        remains.rows("SELECT packed FROM speech")
    with pytest.raises(IndexDamagedError):
        list(remains.batches("SELECT packed FROM speech", (), 10))
    assert sum(len(batch) for batch in remains.batches("SELECT id FROM version", (), 2)) == 5
    remains.close()


def newer_sqlite(backend: Backend) -> None:
    with backend.change() as database:
        database.run("PRAGMA user_version = 99")
        database.commit()


def newer_postgres(backend: Backend) -> None:
    with backend.change() as database:
        put_meta(database, "format", "99")
        database.commit()


def test_a_library_of_a_newer_release_is_refused_and_not_changed(backend: Backend, tmp_path: Path) -> None:
    fill(backend.place)
    (newer_sqlite if backend.place.database is None else newer_postgres)(backend)
    attempts: list[Callable[[], object]] = [
        backend.open,
        backend.remains,
        lambda: generation_of(backend),
        lambda: Store.create(backend.place),
        lambda: backend.backup(tmp_path / "saved.backup"),
    ]
    for attempt in attempts:
        with raises_mended_by("choose_index", IndexFormatError, match="99"):
            attempt()
    with backend.change() as database:
        assert database.row("SELECT count(*) FROM version") == (5,)


def test_its_identity_stays_while_it_is_updated(backend: Backend) -> None:
    with Store.create(backend.place) as store:
        before = backend.identity()
        update(store, a="One.\n")
        assert backend.identity() == before
    assert before is not None
