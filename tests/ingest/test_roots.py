"""A folder is dropped from a library, or followed to another place without reading it again."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from rag.core.errors import ArticleError, IndexDamagedError
from rag.core.index_layout import store_path
from rag.ingest.by_hand.folders import forget_root, move_root
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.files import json_lines
from tests.libraries import ids, names, passages, story, write, write_reports

pytestmark = pytest.mark.slow


@pytest.fixture
def archive(tmp_path: Path, store: Store) -> Path:
    folder = write_reports(tmp_path / "archive", range(3))
    lines = [{"id": str(n), "text": f"This is story {n}."} for n in range(2)]
    (folder / "all.jsonl").write_bytes(json_lines(*lines))
    write(tmp_path / "other" / "bridge.txt", story("The bridge over the Lune reopened on Monday."))
    update_library(store, [folder, tmp_path / "other"], HashingEmbedder())
    return folder


def update_without_work(store: Store) -> None:
    """Asserts that an update finds nothing to do."""
    embedder = HashingEmbedder()
    report = update_library(store, [], embedder)
    assert (report.unchanged, report.added, report.changed, report.renamed, report.removed) == (6, (), (), (), ())
    assert (report.skipped, embedder.embedded) == ((), [])


def test_a_forgotten_folder_takes_its_articles_along_and_stays_away(
    store: Store, archive: Path, tmp_path: Path
) -> None:
    report = forget_root(store, archive)
    assert (len(report.removed), report.articles) == (5, 1)
    assert (sorted(passages(store)), store.roots(), store.signatures()) == (["bridge.txt"], [tmp_path / "other"], {})
    assert update_library(store, [], HashingEmbedder()).articles == 1
    assert update_library(store, [archive], HashingEmbedder()).articles == 6


def test_a_missing_folder_can_be_forgotten(store: Store, archive: Path, tmp_path: Path) -> None:
    archive.rename(tmp_path / "away")
    assert forget_root(store, archive).articles == 1
    assert update_library(store, [], HashingEmbedder()).skipped == ()


@pytest.mark.parametrize("path", ["archive/report-001.txt", "nowhere", "arch", "archive/2025"])
def test_only_what_is_followed_can_be_forgotten(store: Store, archive: Path, tmp_path: Path, path: str) -> None:
    with pytest.raises(ArticleError, match=f"name one of its folders: {archive}, {tmp_path / 'other'}"):
        forget_root(store, tmp_path / path)
    assert store.counts()[0] == 6


def test_a_moved_folder_is_known_again(store: Store, archive: Path, tmp_path: Path) -> None:
    before, had = ids(store), passages(store)
    archive.rename(tmp_path / "new place")
    report = move_root(store, archive, tmp_path / "new place")
    assert (len(report.renamed), report.articles) == (5, 6)
    assert (ids(store), passages(store)) == (before, had)
    assert store.roots() == [tmp_path / "new place", tmp_path / "other"]
    update_without_work(store)


def test_an_update_of_the_new_place_knows_a_moved_folder_too(store: Store, archive: Path, tmp_path: Path) -> None:
    before = ids(store)
    archive.rename(tmp_path / "moved")
    embedder = HashingEmbedder()
    report = update_library(store, [tmp_path / "moved"], embedder)
    assert (len(report.renamed), report.added, report.articles, embedder.embedded) == (5, (), 6, [])
    assert ids(store) == before
    assert store.roots() == [tmp_path / "moved", tmp_path / "other"]
    update_without_work(store)


def test_what_is_not_found_at_the_new_place_stays(store: Store, archive: Path, tmp_path: Path) -> None:
    archive.rename(tmp_path / "moved")
    (tmp_path / "moved" / "report-001.txt").unlink()
    report = update_library(store, [tmp_path / "moved"], HashingEmbedder())
    assert (len(report.renamed), report.articles) == (4, 6)
    assert archive in store.roots()


def test_a_copy_of_a_folder_that_is_still_there_is_no_move(store: Store, archive: Path, tmp_path: Path) -> None:
    write_reports(tmp_path / "copy", range(3))
    report = update_library(store, [tmp_path / "copy"], HashingEmbedder())
    assert (len(report.added), report.renamed, report.articles) == (3, (), 9)


def test_articles_that_are_there_twice_are_one_again(store: Store, archive: Path, tmp_path: Path) -> None:
    before = ids(store)
    write_reports(tmp_path / "copy", range(3))
    update_library(store, [tmp_path / "copy"], HashingEmbedder())
    move_root(store, archive, tmp_path / "copy")
    after = ids(store)
    assert {name: after[name] for name in before} == before
    assert store.counts()[0] == 6


@pytest.mark.parametrize(("old", "new"), [("archive", "archive/2025"), ("archive/2025", "archive")])
def test_a_folder_moves_into_itself_or_out_of_itself(store: Store, tmp_path: Path, old: str, new: str) -> None:
    write(tmp_path / old / "a.txt", story("It is one."))
    write(tmp_path / old / "2025" / "a.txt", story("It is another."))
    update_library(store, [tmp_path / old], HashingEmbedder())
    before = {summary.id: summary.path for summary in store.articles()}
    (tmp_path / new).mkdir(parents=True, exist_ok=True)
    move_root(store, tmp_path / old, tmp_path / new)
    after = {summary.id: summary.path for summary in store.articles()}
    assert after == {key: path.replace(str(tmp_path / old), str(tmp_path / new), 1) for key, path in before.items()}


def test_all_folders_below_a_moved_one_move(store: Store, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    move_root(store, tmp_path / "other", tmp_path / "disk")
    assert names([str(root) for root in store.roots()]) == ["archive", "disk"]
    target = tmp_path.with_name(f"{tmp_path.name}-moved")
    tmp_path.rename(target)
    try:
        # The index moved too, so it is opened at its new place.
        with Store.open(target / "index") as moved:
            move_root(moved, tmp_path, target)
            assert names([str(root) for root in moved.roots()]) == ["archive", "disk"]
            assert all(Path(summary.path).is_relative_to(target) for summary in moved.articles())
    finally:
        target.rename(tmp_path)


def test_a_part_of_a_folder_that_moved_is_followed(store: Store, archive: Path, tmp_path: Path) -> None:
    write(archive / "2025" / "late.txt", story("It is late."))
    update_library(store, [], HashingEmbedder())
    (archive / "2025").rename(tmp_path / "2025")
    assert names(move_root(store, archive / "2025", tmp_path / "2025").renamed) == ["late.txt"]
    assert store.roots() == [tmp_path / "2025", archive, tmp_path / "other"]


def test_a_move_to_nowhere_or_from_nowhere_changes_nothing(store: Store, archive: Path, tmp_path: Path) -> None:
    for old, new in ((archive, tmp_path / "nowhere"), (tmp_path / "nowhere", archive), (archive, archive)):
        with pytest.raises(ArticleError):
            move_root(store, old, new)
    assert store.generation == 1


def test_a_name_that_is_not_utf_8_is_skipped_beside_a_part(store: Store, archive: Path) -> None:
    odd = Path(os.fsdecode(os.fsencode(archive) + b"/\xff.txt"))
    write(archive / "new.txt", story("The harbour closed on Tuesday."))
    report = update_library(store, [odd, archive / "new.txt"], HashingEmbedder())
    assert (len(report.added), len(report.skipped)) == (1, 1)


def test_a_lost_row_is_found_where_the_only_folder_is_named_like_a_record(store: Store, tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "news#1", range(3))
    update_library(store, [folder], HashingEmbedder())
    store.close()
    with closing(sqlite3.connect(store_path(store.folder))) as database, database:
        database.execute("DELETE FROM article WHERE rowid = 2")
    with Store.open(store.folder) as damaged, pytest.raises(IndexDamagedError):
        update_library(damaged, [], HashingEmbedder())
