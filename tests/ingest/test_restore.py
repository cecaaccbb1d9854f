"""A restored backup, and an index that was exchanged under an open library, answer with the next question."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.answering.confidence import load_calibration
from rag.core.errors import BackupError, IndexBusyError, IndexDamagedError
from rag.core.index_layout import DENSE, settings_path, store_path
from rag.core.place import AnyPlace
from rag.ingest.check import check_library
from rag.ingest.rebuild import rebuild_library
from rag.ingest.restore import restore_library
from rag.ingest.update import update_library
from rag.library import Library
from rag.models.sentence_reader import SentenceReader
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.libraries import story, write

pytestmark = pytest.mark.databases

QUESTION = "What happened to the bridge over the Lune?"


def open_library(place: AnyPlace, dimension: int = 16) -> Library:
    embedder = HashingEmbedder(dimension=dimension)
    return Library(Store.open(place), embedder, SentenceReader(embedder), load_calibration("sentence"))


def say(library: Library) -> str:
    """The words of the best passage about the bridge."""
    return library.retrieve(QUESTION, 1)[0].passage.text


def told(store: Store, news: Path, verb: str) -> None:
    write(news / "bridge.txt", story(f"The bridge over the Lune {verb} on Monday."))
    update_library(store, [news], HashingEmbedder())


@pytest.fixture
def library(store: Store, news: Path) -> Iterator[Library]:
    told(store, news, "closed")
    with open_library(store.place) as library:
        yield library


def no_findings(place: AnyPlace) -> bool:
    return [finding.what for finding in check_library(place).findings if "embedder" not in finding.what] == []


def test_an_open_library_answers_from_a_restored_backup(
    library: Library, store: Store, news: Path, tmp_path: Path
) -> None:
    library.backup(tmp_path / "saved.backup")
    told(store, news, "reopened")
    (news / "fire.txt").unlink()
    told(store, news, "fell")
    assert "fell" in say(library)
    settings_path(store.folder).write_text("[answers]\ncitations = 2\n")
    restored = restore_library(store.place, tmp_path / "saved.backup")
    assert (restored.number, restored.articles) == (1, 2)
    assert "closed" in say(library)
    assert len(library.articles()) == 2
    assert library.status().generation == 1
    assert settings_path(store.folder).exists(), "the settings were lost"
    assert no_findings(store.place)


def test_ids_that_were_given_again_after_a_restore_mean_the_new_texts(
    library: Library, store: Store, news: Path, tmp_path: Path
) -> None:
    library.backup(tmp_path / "saved.backup")
    told(store, news, "reopened")
    assert "reopened" in say(library)
    restore_library(store.place, tmp_path / "saved.backup")
    told(store, news, "fell")
    assert library.status().generation == 2, "the number is the same as before, and the texts are others"
    assert "fell" in say(library)
    assert all(library.article(hit.passage.article.id) for hit in library.retrieve(QUESTION))


def test_an_update_goes_on_from_a_restored_backup(library: Library, store: Store, news: Path, tmp_path: Path) -> None:
    library.backup(tmp_path / "saved.backup")
    told(store, news, "reopened")
    restore_library(store.place, tmp_path / "saved.backup")
    report = update_library(store, [], HashingEmbedder())
    assert (len(report.changed), report.unchanged) == (1, 1)
    assert "reopened" in say(library)


def test_a_backup_is_restored_where_there_is_no_index(library: Library, tmp_path: Path) -> None:
    library.backup(tmp_path / "saved.backup")
    restore_library(tmp_path / "elsewhere" / "index", tmp_path / "saved.backup")
    with open_library(tmp_path / "elsewhere" / "index") as other:
        assert "closed" in say(other)


@pytest.mark.databases("folder")
def test_a_damaged_index_is_restored(library: Library, store: Store, tmp_path: Path) -> None:
    library.backup(tmp_path / "saved.backup")
    library.close()
    store.close()
    for name in ("-wal", "-shm"):
        store_path(store.folder).with_name(f"library.sqlite{name}").unlink(missing_ok=True)
    store_path(store.folder).write_bytes(b"This is not a database. " * 1000)
    with pytest.raises(IndexDamagedError):
        Store.open(store.place)
    restore_library(store.place, tmp_path / "saved.backup")
    with open_library(store.place) as again:
        assert "closed" in say(again)


def test_a_backup_of_nothing_leaves_the_index_as_it_was(library: Library, store: Store, tmp_path: Path) -> None:
    (tmp_path / "saved.backup").write_bytes(b"x" * 20_000)
    for name in ("saved.backup", "nowhere"):
        with pytest.raises(BackupError):
            restore_library(store.place, tmp_path / name)
    assert "closed" in say(library)
    assert not (store.folder / "rebuild").exists()


def test_a_running_update_is_waited_for(library: Library, store: Store, tmp_path: Path) -> None:
    library.backup(tmp_path / "saved.backup")
    with store.lock(0), pytest.raises(IndexBusyError):
        restore_library(store.place, tmp_path / "saved.backup", timeout=0.1)


@pytest.mark.databases("folder")
@pytest.mark.parametrize("how", ["the file", "the folder"])
def test_an_open_library_answers_from_an_index_that_was_put_in_the_place_of_its_own(
    library: Library, store: Store, news: Path, tmp_path: Path, how: str
) -> None:
    assert "closed" in say(library)
    with Store.create(tmp_path / "other") as other:
        told(other, news, "reopened")
        assert other.newest.number == store.newest.number, "the numbers don't tell them apart"
    if how == "the folder":
        store.folder.rename(tmp_path / "before")
        (tmp_path / "other").rename(store.folder)
    else:
        for log in store.folder.glob("library.sqlite-*"):
            log.unlink()
        store_path(tmp_path / "other").replace(store_path(store.folder))
    assert "reopened" in say(library)
    assert "reopened" in say(library)
    assert no_findings(store.place)


def test_a_folder_that_is_gone_for_a_moment_is_no_trouble(library: Library, store: Store, tmp_path: Path) -> None:
    store.folder.rename(tmp_path / "away")
    assert "closed" in say(library)
    (tmp_path / "away").rename(store.folder)
    assert "closed" in say(library)


@pytest.mark.databases("folder")
def test_a_folder_that_was_copied_over_and_over_is_followed(library: Library, store: Store, tmp_path: Path) -> None:
    for n in range(4):
        shutil.copytree(store.folder, tmp_path / f"copy-{n}")
        store.folder.rename(tmp_path / f"before-{n}")
        (tmp_path / f"copy-{n}").rename(store.folder)
        assert "closed" in say(library)


@pytest.mark.slow
def test_a_rebuild_and_a_restore_look_like_damage_to_nobody(
    library: Library, store: Store, news: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    library.backup(tmp_path / "saved.backup")
    done, troubles = threading.Event(), []

    def ask() -> None:
        while not done.is_set():
            try:
                assert "bridge" in say(library)
                assert len(library.articles()) == 2
            except Exception as error:
                troubles.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    for _ in range(4):
        rebuild_library(store.place, [], HashingEmbedder(), timeout=60)
        restore_library(store.place, tmp_path / "saved.backup", timeout=60)
    done.set()
    for thread in threads:
        thread.join()
    assert troubles == []
    assert [record.message for record in caplog.records] == []


def test_dense_files_that_a_question_finds_damaged_are_made_again_before_it_is_answered(
    store: Store, news: Path, caplog: pytest.LogCaptureFixture
) -> None:
    dimension = 512  # so that the vectors fill more than the block of 64 KiB that opening the files checks
    for number in range(60):
        write(news / f"{number}.txt", story(f"The bridge number {number} over the Lune closed on Monday."))
    update_library(store, [news], HashingEmbedder(dimension=dimension))
    with open_library(store.place, dimension) as sound:
        expected = sound.retrieve(QUESTION, 10)
    (path,) = (store.folder / DENSE).glob("*.segment")
    with path.open("r+b") as file:
        file.write(b"\x7f" * 64)
    with open_library(store.place, dimension) as library:
        assert caplog.text == ""
        assert library.retrieve(QUESTION, 10) == expected
    assert "is damaged and is made again" in caplog.text
    assert no_findings(store.place)
