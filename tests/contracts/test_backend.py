"""Contract tests of `rag.store.backend.Backend`. SQLite and PostgreSQL must pass them, and libraries move between both.

Locks are tried with real processes, which are killed while they hold one.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rag.core.article import TaggedSpeech
from rag.core.errors import (
    BackupError,
    IndexBusyError,
    IndexDamagedError,
    IndexFormatError,
    IndexMissingError,
)
from rag.core.index_layout import REBUILD
from rag.core.place import Place
from rag.core.ports import as_ids
from rag.ingest.restore import restore_library
from rag.store.backend import Backend
from rag.store.backends import backend_of
from rag.store.known_files import Withdrawal
from rag.store.rows import newest_generation, put_meta
from rag.store.store import Store
from tests.libraries import assert_intact, put, update
from tests.places import address_of, new_schema
from tests.remedies import raises_mended_by

HOLD = """
import sys, time
from rag.store.backends import backend_of
with backend_of(sys.argv[1]).lock(5):
    print("held", flush=True)
    time.sleep(60)
"""
LONG = "/" + "long path/" * 500 + "a.txt"

pytestmark = pytest.mark.databases


@pytest.fixture
def backend(place: Place) -> Backend:
    """A library that does not exist yet."""
    return backend_of(place)


@pytest.fixture
def other(request: pytest.FixtureRequest, place: Place, tmp_path: Path) -> Iterator[Backend]:
    """A library that does not exist yet, in the other kind of database."""
    if place.database is not None:
        yield backend_of(tmp_path / "other")
        return
    with new_schema(request.getfixturevalue("shared_database"), tmp_path / "other") as there:
        yield backend_of(there)


@contextmanager
def holder(backend: Backend) -> Iterator[subprocess.Popen[str]]:
    """Runs another process that holds the update lock."""
    command = [sys.executable, "-c", HOLD, address_of(backend.place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def fill(place: Place) -> None:
    """Stores articles with whatever a library can have: copies, old versions, speeches, withdrawals, odd texts."""
    with Store.create(place) as store:
        update(store, a="One.\nTwo.\n", b="NUL \x00 and 🌉.\nThree.\n", **{LONG: "Four.\nOne.\nTwo.\n"})
        with store.begin_update() as change:
            put(change, "c", 'Ann said "One" at noon.\n' * 3, "C", (TaggedSpeech(9, 14, 0, 3),))
            change.files.add_roots([Path("/news"), Path("/a % b/ü")])
            change.files.set_signatures({"/news/many.json": "12 %s \\N", LONG: "5"})
            change.files.withdraw(
                [Withdrawal("0" * 12, "/z", "ff", "Z", "2025"), Withdrawal("1" * 12, "/a", "0", "A", "2024")]
            )
            change.set_fields({"text": "body"})
            change.commit()
        update(store, a="Changed.\n", b=None)


def content(place: Place) -> tuple[object, ...]:
    """All that a library holds, as its readers see it."""
    with Store.open(place) as store:
        newest = store.newest
        articles = store.articles()
        texts = [store.article(summary.id) for summary in articles]
        with store.snapshot() as snapshot:
            former = [*snapshot.former(0), *snapshot.former(1), *snapshot.former(2)]
            ids = snapshot.ids()
            passages = [(ids.tolist(), texts) for ids, texts in snapshot.texts(0)]
        vectors = store.vectors(ids).tobytes()
        known = (store.roots(), store.signatures(), store.withdrawals(), store.fields(), store.fingerprint)
        said = [store.said_by(name, newest.number).tolist() for name in ("Ann", "Bob")]
        past = [store.article(article.id, article.content_hash) for article in texts]
        return newest, articles, texts, former, passages, vectors, known, said, past


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


@pytest.mark.slow
def test_one_change_excludes_another(backend: Backend) -> None:
    backend.create()
    with backend.change() as first:
        put_meta(first, "fields", "{}")
        with pytest.raises(IndexBusyError), backend_of(backend.place).change() as second:
            put_meta(second, "fields", '{"text": "body"}')
        first.commit()
    with Store.open(backend.place) as store:
        assert store.fields() == {}


def test_changes_of_several_threads_follow_one_another(backend: Backend) -> None:
    errors: list[BaseException] = []
    with Store.create(backend.place) as store:

        def work(name: str) -> None:
            try:
                for number in range(5):
                    update(store, **{f"{name}{number}": f"{name} {number}.\n"})
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert (store.generation, store.counts()) == (15, (15, 15))
    assert_intact(backend.place)


def test_the_lock_excludes_other_processes_and_names_the_one_that_holds_it(backend: Backend) -> None:
    backend.create()
    with holder(backend) as process:
        message = rf"Process {process.pid}( on \S+)? has been updating .* since \d{{4}}-.*try again"
        with pytest.raises(IndexBusyError, match=message) as caught, backend.lock(0.2):
            pytest.fail("two hold the lock")
        assert backend.place.name in str(caught.value)
        since = backend.held_since()
        assert since is not None
        assert abs(datetime.now().astimezone() - datetime.fromisoformat(since)) < timedelta(minutes=1)
        assert backend.is_unfinished()
        threading.Timer(0.3, process.terminate).start()
        with backend.lock(20):
            own = backend.held_since()
            assert own is not None
            assert own >= since
    assert backend.held_since() is None
    assert not backend.is_unfinished()


def test_the_lock_ends_with_the_process_that_holds_it(backend: Backend) -> None:
    backend.create()
    with holder(backend) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with backend.lock(20):
            pass
    with backend.lock(0):
        pass
    assert backend.held_since() is None


def test_the_lock_excludes_threads_of_the_same_process_and_an_error_frees_it(backend: Backend) -> None:
    backend.create()
    with backend.lock(0):
        for again in (backend, backend_of(backend.place)):
            with pytest.raises(IndexBusyError, match=str(os.getpid())), again.lock(0):
                pytest.fail("two hold the lock")
    with pytest.raises(ZeroDivisionError), backend.lock(0):
        raise ZeroDivisionError
    with backend.lock(0):
        pass


def test_the_time_of_waiting_is_no_time_of_updating(backend: Backend) -> None:
    backend.create()
    with ExitStack() as held:
        held.enter_context(backend.lock(0))
        threading.Timer(1.5, held.close).start()
        begun = datetime.now().astimezone()
        with backend_of(backend.place).lock(20):
            since = backend.held_since()
    assert since is not None
    assert datetime.fromisoformat(since) >= begun + timedelta(seconds=0.5)


def test_the_lock_of_one_library_is_none_of_another(backend: Backend) -> None:
    backend.create()
    beside = backend.beside(REBUILD)
    beside.create()
    with backend.lock(0), beside.lock(0):
        assert beside.held_since() is not None
    assert beside.held_since() is None
    beside.remove()


@pytest.mark.parametrize("kind", ["same", "other"])
def test_another_content_takes_its_place_in_one_step(backend: Backend, other: Backend, kind: str) -> None:
    fill(backend.place)
    before = content(backend.place)
    fresh = backend.beside(REBUILD) if kind == "same" else other
    with Store.create(fresh.place) as store:
        for number in range(3, 9):
            update(store, a=f"Fresh {number}.\n")
    expected = content(fresh.place)
    reader = backend.open()
    with Store.open(backend.place) as store, backend.snapshot() as database:
        assert store.newest == newest_generation(database) == before[0]
        backend.replace(fresh)
        assert newest_generation(database) == before[0]
        assert database.row("SELECT count(*) FROM version") == (5,)
        assert newest_generation(reader) == store.newest == expected[0]
        assert store.passages(as_ids([6]))[0].text == "Fresh 8."
        assert update(store, b="Next.\n") == 7
    reader.close()
    assert_intact(backend.place)


def test_a_copy_in_the_other_database_is_the_same_and_can_be_updated(backend: Backend, other: Backend) -> None:
    fill(backend.place)
    other.create()
    other.replace(backend)
    assert content(other.place) == content(backend.place)
    updated = []
    for there in (backend.place, other.place):
        assert_intact(there)
        with Store.open(there) as store:
            update(store, a="Next.\nAgain.\n", d="One.\nTwo.\n")
        updated.append(content(there)[1:])
        assert_intact(there)
    assert updated[0] == updated[1]
    backend.replace(other)
    assert content(backend.place) == content(other.place)


def test_an_id_is_not_given_again_after_a_replacement(backend: Backend, other: Backend) -> None:
    backend.create()
    other.create()
    with other.change() as database:
        database.keep_last_id("passage", 41)
        database.commit()
    backend.replace(other)
    with backend.snapshot() as database:
        assert database.next_id("passage") == 42
    with backend.change() as database:
        database.keep_last_id("passage", 50)
        assert database.next_id("passage") == 51


def test_a_replacement_that_fails_leaves_what_was_there(backend: Backend, other: Backend) -> None:
    fill(backend.place)
    fill(other.place)
    before = content(backend.place)
    with other.change() as database:
        database.run("UPDATE passage SET end_offset = end_offset + 1 WHERE id = 3")
        database.commit()
    with pytest.raises(IndexDamagedError, match="passage"):
        backend.replace(other)
    assert content(backend.place) == before
    assert_intact(backend.place)


def test_a_backup_is_restored_in_either_database(backend: Backend, other: Backend, tmp_path: Path) -> None:
    fill(backend.place)
    before = content(backend.place)
    saved = backend.backup(tmp_path / "saved.backup")
    assert saved == before[0]
    with Store.open(backend.place) as store:
        update(store, a="Lost.\n")
    for target in (other, backend):
        assert restore_library(target.place, tmp_path / "saved.backup") == saved
        assert content(target.place) == before
        assert_intact(target.place)
    assert other.backup(tmp_path / "again.backup") == saved
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["again.backup", "saved.backup"]


def test_a_backup_takes_the_place_of_no_other_file(backend: Backend, tmp_path: Path) -> None:
    fill(backend.place)
    (tmp_path / "notes.txt").write_text("An article.\n")
    with pytest.raises(BackupError, match="is not a backup"):
        backend.backup(tmp_path / "notes.txt")
    with pytest.raises(BackupError, match="There is no folder"):
        backend.backup(tmp_path / "nowhere" / "saved.backup")
    assert (tmp_path / "notes.txt").read_text() == "An article.\n"


def test_a_damaged_library_is_not_backed_up(backend: Backend, tmp_path: Path) -> None:
    fill(backend.place)
    with backend.change() as database:
        database.run("UPDATE version SET title = 'Forged' WHERE id = 1")
        database.commit()
    with pytest.raises(IndexDamagedError):
        backend.backup(tmp_path / "saved.backup")
    assert not list(tmp_path.glob("saved*"))


def test_a_library_beside_another_is_a_library_of_its_own(backend: Backend) -> None:
    fill(backend.place)
    before = content(backend.place)
    beside = backend.beside(REBUILD)
    assert not beside.exists()
    with Store.create(beside.place) as store:
        update(store, z="Another.\n")
    assert content(backend.place) == before
    beside.remove()
    assert not beside.exists()
    assert not beside.place.folder.exists()
    beside.remove()
    assert content(backend.place) == before


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
