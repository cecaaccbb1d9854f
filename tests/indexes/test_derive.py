"""The derived indexes and the store: up to date, outdated after a crash, damaged, of another library, not writable."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import numpy as np
import pytest

from rag.core.errors import IndexDamagedError
from rag.core.index_layout import DENSE, FORMER_DENSE, LEXICAL, store_path
from rag.core.ports import as_ids
from rag.indexes.dense import DenseIndex
from rag.indexes.derive import REBUILD_AT, Derived, derive, refresh
from rag.indexes.derive_dense import WRITE_AT, build_dense
from rag.indexes.lexical import TantivyIndex
from rag.store.store import Store
from rag.store.update_lock import update_lock
from tests.libraries import dense_of, update, vector_of
from tests.remedies import raises_mended_by


def commit(store: Store, **files: str | None) -> None:
    """Makes a whole update, including the derived files."""
    with update_lock(store.folder, 0):
        update(store, **files)
        refresh(store)


def check(derived: Derived, store: Store) -> None:
    """Asserts that both indexes hold exactly the passages of the store's newest generation."""
    with store.snapshot() as snapshot:
        expected = [passage_id for ids, _ in snapshot.texts(since=0) for passage_id in ids.tolist()]
        number = snapshot.generation.number
    assert derived.generation == number
    assert sorted(derived.dense.search(vector_of(""), 10_000)[0].tolist()) == expected
    assert sorted(derived.lexical.search("line", 10_000)[0].tolist()) == expected
    for passage in store.passages(as_ids(expected), number):
        vector = store.vectors(as_ids([passage.id]))[0]
        np.testing.assert_array_equal(dense_of(derived).vectors(as_ids([passage.id]))[0], vector)
        np.testing.assert_array_equal(vector, vector_of(passage.text))
        assert passage.id in derived.lexical.search(passage.text.removeprefix("line of"), 10_000)[0].tolist()


def lines(*words: str) -> str:
    return "".join(f"line of {word}\n" for word in words)


def replace(path: Path, by: Path) -> None:
    """Replaces a file or folder by another one."""
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.move(by, path)


def stamps(store: Store) -> tuple[int, int]:
    dense = DenseIndex.read_stamp(store.folder / DENSE)
    return (dense.generation if dense else -1), TantivyIndex.open(store.folder / LEXICAL).generation


def test_an_empty_library_derives_without_writing_a_file(store: Store) -> None:
    check(derive(store), store)
    assert sorted(path.name for path in store.folder.iterdir() if path.name.startswith(("dense", "lexical"))) == []


def test_a_sequence_of_updates_is_followed(store: Store) -> None:
    commit(store, a=lines("ash", "oak"), b=lines("elm"))
    check(derive(store), store)
    commit(store, a=lines("ash", "beech"), c=lines("fir", "yew", "pine"))
    check(derive(store), store)
    commit(store, a=None, b=None)
    check(derive(store), store)
    commit(store, c=None)
    check(derive(store), store)
    commit(store, d=lines("lime"))
    check(derive(store), store)


def many(prefix: str, passages: int = WRITE_AT + 10) -> dict[str, str | None]:
    """More passages than the dense files lag behind by."""
    return {f"{prefix}{n}": lines(*(f"{prefix}{n}word{m}" for m in range(100))) for n in range(-(-passages // 100))}


def test_a_small_change_leaves_the_dense_files_as_they_are(store: Store) -> None:
    commit(store, **{f"file{n}": lines(f"word{n}", "more") for n in range(20)})
    before = files_of(store)
    commit(store, one=lines("new"), file3=None)
    assert stamps(store) == (1, 2)
    check(derive(store), store)
    assert files_of(store) == before
    commit(store, **many("other"))
    assert stamps(store) == (3, 3)
    check(derive(store), store)


def files_of(store: Store) -> dict[str, int]:
    return {path.name: path.stat().st_mtime_ns for path in (store.folder / DENSE).iterdir()}


def test_a_change_of_a_larger_library_leaves_its_largest_segment(store: Store) -> None:
    commit(store, **many("file", 16 * WRITE_AT))
    before = files_of(store)
    commit(store, file3=None, **many("other"))
    assert stamps(store) == (2, 2)
    after = files_of(store)
    assert {name for name in before if after.get(name) == before[name]} == before.keys() - {"manifest"}
    assert len(after) == 3
    check_counts(derive(store), store)


def check_counts(derived: Derived, store: Store) -> None:
    with store.snapshot() as snapshot:
        ids = snapshot.ids()
    assert len(derived.dense) == len(derived.lexical) == len(ids)
    assert dense_of(derived).holds(ids).all()


BLOCKS = 4 * WRITE_AT
"""Passages whose vectors fill more than the block of a file that opening it checks."""


def harm(store: Store) -> None:
    """Damages the first vector in the dense files."""
    (path,) = (store.folder / DENSE).glob("*.segment")
    with path.open("r+b") as file:
        file.write(b"\0\1\2\3")


def test_what_is_in_memory_is_caught_up_and_not_loaded_again(store: Store) -> None:
    commit(store, **many("file", BLOCKS))
    first = derive(store)
    dense_of(first).check()
    # What was checked is not checked again. That would find the damage.
    harm(store)
    commit(store, one=lines("new"), file3=None)
    second = derive(store, first)
    assert (first.generation, len(first.dense), len(second.dense)) == (1, BLOCKS, BLOCKS - 99)
    commit(store, two=lines("newer"), one=None)
    third = derive(store, second)
    assert third.dense.search(vector_of("line of newer"), 1)[1][0] == pytest.approx(1.0)


def find_damage(derived: Derived) -> None:
    assert not derived.dense.damaged
    with pytest.raises(IndexDamagedError, match="checksum"):
        derived.dense.search(vector_of("line of ash"), 5)
    assert derived.dense.damaged


def test_damage_that_a_search_meets_makes_the_files_anew(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    commit(store, **many("file", BLOCKS))
    harm(store)
    damaged, other = derive(store), derive(store)
    assert caplog.text == ""
    find_damage(damaged)
    check_counts(derive(store, damaged), store)
    assert "is damaged and is made again" in caplog.text
    made = files_of(store)
    find_damage(other)
    derived = derive(store, other)
    dense_of(derived).check()
    check_counts(derived, store)
    assert files_of(store) == made  # they were others already


def test_damage_that_a_search_meets_while_another_writes_is_mended_in_memory(store: Store) -> None:
    commit(store, **many("file", BLOCKS))
    harm(store)
    damaged = derive(store)
    find_damage(damaged)
    with update_lock(store.folder, 0):
        derived = derive(store, damaged, wait=0.1)
    check_counts(derived, store)
    assert len(derived.dense.search(vector_of("line of ash"), 5)[0]) == 5


def test_damage_that_an_update_meets_makes_the_files_anew(store: Store) -> None:
    """Where segments are merged, which reads them as a whole."""
    commit(store, **many("file", BLOCKS))
    harm(store)
    commit(store, **many("other"))
    derived = derive(store)
    dense_of(derived).check()
    check_counts(derived, store)


def test_dense_files_that_were_written_again_are_loaded(store: Store) -> None:
    commit(store, **{f"file{n}": lines(f"word{n}") for n in range(5)})
    first = derive(store)
    commit(store, **many("other"))
    second = derive(store, first)
    check_counts(second, store)
    assert dense_of(second).stamp.generation == 2


def test_the_file_of_an_older_release_is_deleted(store: Store) -> None:
    (store.folder / FORMER_DENSE).write_bytes(b"RAGDENSE")
    commit(store, a=lines("ash"))
    assert not (store.folder / FORMER_DENSE).exists()


def test_what_was_made_from_another_library_is_not_caught_up(store: Store, tmp_path: Path) -> None:
    commit(store, a=lines("ash", "oak"))
    with Store.create(tmp_path / "other") as other:
        commit(other, b=lines("elm", "fir"))
        commit(other, c=lines("yew"))
        check(derive(other, derive(store)), other)


def test_beyond_the_limit_the_dense_index_is_built_approximate(store: Store) -> None:
    commit(store, **{f"file{n}": lines(f"word{n}", "more", "ash") for n in range(20)})
    commit(store, file3=None)
    with store.snapshot() as snapshot:
        exact, approximate = build_dense(snapshot), build_dense(snapshot, exact_limit=10)
        ids = snapshot.ids()
    assert len(exact) == len(approximate) == len(ids) == 57
    assert approximate.agree(ids, exact.vectors(ids)).all()
    assert (approximate.vectors(ids) != exact.vectors(ids)).any()


def test_many_removals_rebuild_the_lexical_index(store: Store) -> None:
    commit(store, **{f"file{n}": lines(f"word{n}") for n in range(20)})
    removed = []
    for n in range(6):
        commit(store, **{f"file{n}": None})
        removed.append(TantivyIndex.open(store.folder / LEXICAL).removed)
        check(derive(store), store)
    # 4 of 16 are more than a fifth.
    assert (removed, REBUILD_AT) == ([1, 2, 3, 4, 0, 1], 0.2)


def test_files_behind_after_a_crash_are_caught_up(store: Store) -> None:
    """Killed between SQLite's commit and the derived files': the next one to open finds the older files."""
    commit(store, a=lines("ash", "oak"))
    update(store, a=lines("ash", "beech"), b=lines("elm"))
    assert stamps(store) == (1, 1)
    check(derive(store), store)
    assert stamps(store)[1] == 2


@pytest.mark.parametrize("name", [DENSE, LEXICAL])
def test_one_file_behind_the_other_is_caught_up(store: Store, tmp_path: Path, name: str) -> None:
    """Killed between the two derived files, simulated by putting the older of one back."""
    commit(store, a=lines("ash", "oak"))
    old = shutil.move(store.folder / name, tmp_path / "old")
    derive(store)
    commit(store, a=lines("beech"), b=lines("elm"))
    replace(store.folder / name, Path(old))
    check(derive(store), store)


def test_files_of_a_future_that_never_was_are_made_anew(store: Store, tmp_path: Path) -> None:
    """A backup of the store is put back and goes on to the same generation number with other articles."""
    commit(store, a=lines("ash", "oak"))
    store.close()
    backup = shutil.copy(store_path(store.folder), tmp_path / "backup")
    with Store.open(store.folder) as first:
        commit(first, b=lines("elm", "box"), **many("box"))
    future = shutil.copytree(store.folder, tmp_path / "future")
    shutil.copy(backup, store_path(store.folder))
    with Store.open(store.folder) as second:
        update(second, c=lines("fir", "yew"), **many("fir"))
        assert second.generation == stamps(second)[0] == stamps(second)[1] == 2
        check(derive(second), second)
        replace(store.folder / LEXICAL, future / LEXICAL)
        check(derive(second), second)
        replace(store.folder / DENSE, future / DENSE)
        check(derive(second), second)


def test_a_generation_that_the_store_has_lost_is_reported(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """As after damage to SQLite's log, which SQLite takes for a log that ends there."""
    commit(store, a=lines("ash", "oak"))
    store.close()
    older = shutil.copy(store_path(store.folder), tmp_path / "older")
    with Store.open(store.folder) as newer:
        commit(newer, b=lines("elm"))
    shutil.copy(older, store_path(store.folder))
    with Store.open(store.folder) as again:
        check(derive(again), again)
    assert "generation 2, but the library has only 1: later updates are lost; update the library" in caplog.text


def test_files_of_another_library_are_made_anew(store: Store, tmp_path: Path) -> None:
    commit(store, a=lines("ash", "oak"))
    with Store.create(tmp_path / "other") as other:
        commit(other, b=lines("elm"))
        for name in (DENSE, LEXICAL):
            replace(other.folder / name, store.folder / name)
        check(derive(other), other)


@pytest.mark.parametrize("harm", ["flip", "truncate", "remove"])
@pytest.mark.parametrize(
    "name",
    [
        f"{DENSE}/manifest",
        f"{DENSE}/*.segment",
        *(f"{LEXICAL}/{name}" for name in ("meta.json", "manifest.json", "*.idx")),
    ],
)
def test_a_damaged_file_is_reported_and_made_anew(
    store: Store, name: str, harm: str, caplog: pytest.LogCaptureFixture
) -> None:
    commit(store, a=lines("ash", "oak"), b=lines("elm"))
    (path,) = store.folder.glob(name)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2] + (b"" if harm == "truncate" else b"\xff" + whole[len(whole) // 2 + 1 :]))
    if harm == "remove":
        path.unlink()
    check(derive(store), store)
    assert harm == "remove" or "can't be used" in caplog.text
    caplog.clear()
    check(derive(store), store)
    assert caplog.text == ""


def test_while_another_writes_the_files_the_generation_before_is_served(store: Store) -> None:
    commit(store, a=lines("ash", "oak"), c=lines("fir"))
    commit(store, c=None, d=lines("yew"))
    update(store, b=lines("elm"), a=None)
    with update_lock(store.folder, 0):
        derived = derive(store)
        assert (derived.generation, stamps(store)[1]) == (2, 2)
        ids = sorted(derived.dense.search(vector_of(""), 100)[0].tolist())
        assert ids == sorted(derived.lexical.search("line", 100)[0].tolist())
        assert [passage.text for passage in store.passages(as_ids(ids), 2)] == [
            "line of ash",
            "line of oak",
            "line of yew",
        ]
    check(derive(store), store)


def test_without_files_or_the_lock_it_is_served_from_memory(store: Store) -> None:
    commit(store, a=lines("ash", "oak"))
    update(store, b=lines("elm"))
    with update_lock(store.folder, 0):
        shutil.rmtree(store.folder / LEXICAL)
        shutil.rmtree(store.folder / DENSE)
        check(derive(store, wait=0.1), store)
    assert not (store.folder / DENSE).exists()


def test_where_a_file_cannot_be_written_it_is_served_from_memory(store: Store) -> None:
    commit(store, a=lines("ash", "oak"))
    shutil.rmtree(store.folder / LEXICAL)
    (store.folder / LEXICAL).write_text("in the way")
    shutil.rmtree(store.folder / DENSE)
    (store.folder / DENSE).write_text("in the way")
    check(derive(store), store)


def test_a_store_that_lacks_a_vector_is_damaged(store: Store) -> None:
    commit(store, a=lines("ash", "oak"))
    connection = sqlite3.connect(store_path(store.folder))
    with connection:
        connection.execute("DELETE FROM vector WHERE passage_id = 2")
    connection.close()
    shutil.rmtree(store.folder / DENSE)
    with raises_mended_by("rebuild_from_articles", IndexDamagedError):
        derive(store)
