"""Backups: one file that was checked, made while others write; never in the place of something else."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from rag.core.errors import BackupError, IndexDamagedError
from rag.core.index_layout import store_path
from rag.core.ports import as_ids
from rag.store.sqlite.backup import exchange_library, read_backup, verify_library, write_backup
from rag.store.store import Store
from tests.libraries import update


def backed_up(store: Store, file: Path) -> None:
    write_backup(store_path(store.folder), file)


def test_a_backup_is_one_file_that_holds_everything(store: Store, tmp_path: Path) -> None:
    update(store, a="One.\nTwo.\n", b="Three.\n")
    update(store, a="Changed.\n", b=None)
    generation = write_backup(store_path(store.folder), tmp_path / "saved.backup")
    assert (generation.number, generation.articles) == (2, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index", "saved.backup"]
    (tmp_path / "saved.backup").chmod(0o444)
    assert read_backup(tmp_path / "saved.backup", tmp_path / "fresh.sqlite") == store.newest
    assert verify_library(tmp_path / "fresh.sqlite") == store.newest


def test_a_backup_is_made_while_an_update_is_written_and_has_none_of_it(store: Store, tmp_path: Path) -> None:
    update(store, a="One.\n")
    with store.begin_update() as change:
        change.remove_article(change.identify("a"))
        backed_up(store, tmp_path / "saved.backup")
        change.commit()
    assert read_backup(tmp_path / "saved.backup", tmp_path / "fresh.sqlite").articles == 1


@pytest.mark.slow
def test_backups_beside_a_writer_are_each_one_generation(store: Store, tmp_path: Path) -> None:
    done = threading.Event()

    def write() -> None:
        for n in range(30):
            update(store, **{f"file{n}": f"Sentence {n}.\n" * 20})
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = []
    while not done.is_set():
        seen.append(write_backup(store_path(store.folder), tmp_path / "saved.backup"))
    writer.join()
    assert all(generation.articles == generation.number for generation in seen)
    assert len(seen) > 1


def test_an_older_backup_is_replaced_and_stays_if_the_new_one_fails(store: Store, tmp_path: Path) -> None:
    update(store, a="One.\n")
    backed_up(store, tmp_path / "saved.backup")
    update(store, b="Two.\n")
    backed_up(store, tmp_path / "saved.backup")
    whole = (tmp_path / "saved.backup").read_bytes()
    with closing(sqlite3.connect(store_path(store.folder))) as connection, connection:
        connection.execute("UPDATE version SET title = 'Forged' WHERE id = 1")
    with pytest.raises(IndexDamagedError, match="versions with a wrong checksum"):
        backed_up(store, tmp_path / "saved.backup")
    assert (tmp_path / "saved.backup").read_bytes() == whole
    assert sorted(path.name for path in tmp_path.iterdir()) == ["index", "saved.backup"]


@pytest.mark.parametrize("content", [b"An article.\n", b"x" * 20_000])
def test_no_other_file_is_replaced_by_a_backup(store: Store, tmp_path: Path, content: bytes) -> None:
    update(store, a="One.\n")
    (tmp_path / "notes.txt").write_bytes(content)
    with pytest.raises(BackupError, match="is not a backup"):
        backed_up(store, tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_bytes() == content


def test_another_program_s_database_is_not_replaced(store: Store, tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.sqlite")) as connection, connection:
        connection.execute("CREATE TABLE kept (a)")
    with pytest.raises(BackupError, match="is not a backup"):
        backed_up(store, tmp_path / "other.sqlite")


def test_a_target_that_cannot_be_is_one_clear_error(store: Store, tmp_path: Path) -> None:
    update(store, a="One.\n")
    (tmp_path / "link.backup").symlink_to(store_path(store.folder))
    for target, why in (
        (tmp_path, "is a folder"),
        (tmp_path / "nowhere" / "saved.backup", "There is no folder"),
        (store_path(store.folder), "is the index itself"),
        (tmp_path / "link.backup", "is the index itself"),
    ):
        with pytest.raises(BackupError, match=why):
            backed_up(store, target)
    assert store.passages(as_ids([1]))[0].text == "One."


@pytest.mark.parametrize("content", [None, b"", b"An article.\n", b"x" * 20_000])
def test_what_is_no_backup_is_not_read(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "saved.backup").write_bytes(content)
    with pytest.raises(BackupError):
        read_backup(tmp_path / "saved.backup", tmp_path / "fresh.sqlite")


def test_a_damaged_backup_is_not_read(store: Store, tmp_path: Path) -> None:
    update(store, **{f"file{n}": f"Sentence {n} of it.\n" * 20 for n in range(20)})
    backed_up(store, tmp_path / "saved.backup")
    whole = (tmp_path / "saved.backup").read_bytes()
    spoilt = whole.replace(b"Sentence 7 of it", b"Sentence 8 of it")
    (tmp_path / "saved.backup").write_bytes(spoilt)
    with pytest.raises(BackupError, match="can't be restored"):
        read_backup(tmp_path / "saved.backup", tmp_path / "fresh.sqlite")
    (tmp_path / "saved.backup").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(BackupError, match="can't be restored"):
        read_backup(tmp_path / "saved.backup", tmp_path / "fresh.sqlite")


@pytest.mark.parametrize("before", ["missing", "empty", "damaged", "library"])
def test_a_library_takes_the_place_of_whatever_was_there(store: Store, tmp_path: Path, before: str) -> None:
    update(store, a="One.\n")
    backed_up(store, tmp_path / "saved.backup")
    read_backup(tmp_path / "saved.backup", tmp_path / "fresh.sqlite")
    place = store_path(tmp_path / "other")
    place.parent.mkdir()
    if before == "library":
        with Store.create(place.parent) as other:
            update(other, z="Another.\n")
    elif before != "missing":
        place.write_bytes(b"" if before == "empty" else b"This is not a database. " * 1000)
    exchange_library(tmp_path / "fresh.sqlite", place)
    with Store.open(place.parent) as there:
        assert [summary.path for summary in there.articles()] == ["a"]
        update(there, b="Two.\n")
