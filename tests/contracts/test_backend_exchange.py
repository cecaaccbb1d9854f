"""Contract tests of `rag.store.backend.Backend`: copies, backups, and content that takes another's place."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.core.errors import (
    BackupError,
    IndexDamagedError,
)
from rag.core.index_layout import REBUILD
from rag.core.ports import as_ids
from rag.ingest.restore import restore_library
from rag.store.backend import Backend
from rag.store.rows import newest_generation
from rag.store.store import Store
from tests.contracts.stored import content, fill
from tests.libraries import assert_intact, update

pytestmark = pytest.mark.databases


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
