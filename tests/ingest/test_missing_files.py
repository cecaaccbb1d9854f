"""Folders that lost most of their files: an update leaves them as they were until a person confirms."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from rag.core.errors import ArticleError
from rag.ingest.rebuild import rebuild_library
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.files import json_lines
from tests.libraries import confirmed, ids, names, story, write, write_reports
from tests.remedies import raises_mended_by


@pytest.fixture
def reports(tmp_path: Path, store: Store) -> Path:
    folder = write_reports(tmp_path / "reports", range(5))
    update_library(store, [folder], HashingEmbedder())
    return folder


def lose(folder: Path, *numbers: int) -> None:
    for n in numbers:
        (folder / f"report-{n:03}.txt").unlink()


@pytest.mark.parametrize("lost", [(0, 1, 2), (0, 1, 2, 3, 4)])
def test_a_folder_that_lost_more_than_half_of_its_files_stays_as_it_was(
    store: Store, reports: Path, lost: tuple[int, ...]
) -> None:
    before = ids(store)
    lose(reports, *lost)
    write(reports / "new.txt", story("It came with the loss."))
    if len(lost) < 5:
        write(reports / "report-004.txt", story("It was changed with the loss."))
    report = update_library(store, [], HashingEmbedder())
    (skipped,) = report.skipped
    assert (skipped.path, skipped.reason) == (str(reports), "files_missing")
    assert skipped.facts == {"missing": len(lost), "known": 5}
    assert "confirm" in skipped.why
    assert (report.added, report.changed, report.removed, report.generation) == ((), (), (), 1)
    assert ids(store) == before
    assert update_library(store, [], HashingEmbedder(), look=confirmed).articles == 6 - len(lost)


def test_half_of_the_files_may_go(store: Store, reports: Path) -> None:
    write(reports / "sixth.txt", story("It makes six of them."))
    update_library(store, [], HashingEmbedder())
    lose(reports, 0, 1, 2)
    report = update_library(store, [], HashingEmbedder())
    assert (len(report.removed), report.skipped, report.articles) == (3, (), 3)


def test_files_that_come_back_are_as_they_were(store: Store, reports: Path, tmp_path: Path) -> None:
    reports.rename(tmp_path / "away")
    reports.mkdir()
    assert len(update_library(store, [], HashingEmbedder()).skipped) == 1
    reports.rmdir()
    (tmp_path / "away").rename(reports)
    report = update_library(store, [], HashingEmbedder())
    assert (report.unchanged, report.skipped, report.generation) == (5, (), 1)


def test_files_that_moved_are_not_lost(store: Store, reports: Path) -> None:
    for n in range(5):
        write(reports / "2025" / f"report-{n:03}.txt", (reports / f"report-{n:03}.txt").read_text())
        lose(reports, n)
    report = update_library(store, [], HashingEmbedder())
    assert (len(report.renamed), report.removed, report.skipped) == (5, (), ())


def test_other_folders_go_on(store: Store, reports: Path, tmp_path: Path) -> None:
    write_reports(tmp_path / "others", range(10, 14))
    update_library(store, [tmp_path / "others"], HashingEmbedder())
    lose(reports, 0, 1, 2)
    (tmp_path / "others" / "report-010.txt").unlink()
    write(tmp_path / "others" / "new.txt", story("It is news."))
    report = update_library(store, [], HashingEmbedder())
    assert (names(report.added), names(report.removed)) == (["new.txt"], ["report-010.txt"])
    assert [entry.path for entry in report.skipped] == [str(reports)]


def test_a_known_folder_is_found_missing_when_the_one_above_it_is_updated(
    store: Store, reports: Path, tmp_path: Path
) -> None:
    write_reports(tmp_path / "others", range(10, 30))
    update_library(store, [tmp_path / "others"], HashingEmbedder())
    shutil.rmtree(reports)
    report = update_library(store, [tmp_path], HashingEmbedder())
    assert ([entry.path for entry in report.skipped], report.removed) == ([str(reports)], ())
    reports.mkdir()
    for paths in ([], [tmp_path], []):
        again = update_library(store, paths, HashingEmbedder())
        assert ([entry.path for entry in again.skipped], again.articles) == ([str(reports)], 25)
    assert update_library(store, [], HashingEmbedder(), look=confirmed).articles == 20
    update_library(store, [tmp_path], HashingEmbedder())
    assert store.roots() == [tmp_path]


def test_a_folder_of_many_files_that_is_there_and_empty_is_a_missing_disk(store: Store, tmp_path: Path) -> None:
    archive = write_reports(tmp_path / "archive", range(30))
    write_reports(archive / "disk", range(100, 110))
    write_reports(archive / "deleted", range(200, 210))
    write_reports(archive / "small", range(300, 302))
    update_library(store, [archive], HashingEmbedder())
    shutil.rmtree(archive / "deleted")
    for file in (*(archive / "disk").iterdir(), *(archive / "small").iterdir()):
        file.unlink()
    report = update_library(store, [], HashingEmbedder())
    assert [entry.path for entry in report.skipped] == [str(archive / "disk")]
    assert len(report.removed) == 12


def test_a_file_of_many_articles_counts_as_one_file(store: Store, tmp_path: Path) -> None:
    folder = write_reports(tmp_path / "wire", range(2))
    lines = [{"id": str(n), "text": f"This is story {n}."} for n in range(9)]
    (folder / "all.jsonl").write_bytes(json_lines(*lines))
    update_library(store, [folder], HashingEmbedder())
    (folder / "all.jsonl").write_bytes(json_lines(*lines[:2]))
    assert len(update_library(store, [], HashingEmbedder()).removed) == 7
    (folder / "all.jsonl").unlink()
    assert len(update_library(store, [], HashingEmbedder()).removed) == 2


def test_a_file_of_many_articles_in_such_a_folder_is_read_when_it_is_confirmed(store: Store, reports: Path) -> None:
    lines = [{"id": str(n), "text": f"This is story {n}."} for n in range(3)]
    (reports / "all.jsonl").write_bytes(json_lines(*lines[:2]))
    update_library(store, [], HashingEmbedder())
    lose(reports, 0, 1, 2, 3)
    (reports / "all.jsonl").write_bytes(json_lines(*lines))
    assert update_library(store, [], HashingEmbedder()).articles == 7
    assert update_library(store, [], HashingEmbedder(), look=confirmed).articles == 4


def test_a_rebuild_of_a_folder_that_lost_its_files_is_refused(store: Store, reports: Path) -> None:
    lose(reports, 0, 1, 2)
    with raises_mended_by("rebuild_without_missing", ArticleError, "3 of 5 files are missing"):
        rebuild_library(store.folder, [], HashingEmbedder())
    assert store.counts()[0] == 5
    assert rebuild_library(store.folder, [], HashingEmbedder(), removes=True).articles == 2


def test_a_rebuild_takes_files_that_moved_within_their_folder(store: Store, reports: Path) -> None:
    (reports / "2025").mkdir()
    for n in range(5):
        (reports / f"report-{n:03}.txt").rename(reports / "2025" / f"{n}.txt")
    assert rebuild_library(store.folder, [], HashingEmbedder()).articles == 5


def test_a_folder_that_never_had_an_article_is_reported_to_the_one_who_named_it(store: Store, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert update_library(store, [tmp_path / "none"], HashingEmbedder()).empty == (str(tmp_path / "none"),)
    assert update_library(store, [], HashingEmbedder()).empty == ()
