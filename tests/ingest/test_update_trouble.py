"""Updates with trouble: bad files, failures, a kill, two updates at once, another embedder, a full disk."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from rag.core.errors import EmbedderMismatchError, IndexBusyError, IndexNotWritableError
from rag.core.index_layout import LEXICAL
from rag.core.reports import UpdateReport
from rag.core.settings import UpdateSettings
from rag.ingest.file_reader import FileReader
from rag.ingest.load import Intake
from rag.ingest.staged_vectors import Staging
from rag.ingest.update import update_library
from rag.store.store import Store
from rag.store.update_lock import update_lock
from tests.fakes import FailingEmbedder, HashingEmbedder
from tests.libraries import ids, names, passages, story, write
from tests.remedies import raises_mended_by


def stop() -> None:
    raise KeyboardInterrupt


def test_bad_files_are_named_and_stop_nothing(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    (news / "empty.txt").write_bytes(b"")
    (news / "blank.txt").write_bytes(b" \n\t\n")
    (news / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (news / "dangling.txt").symlink_to(news / "nowhere")
    (news / "huge.txt").write_bytes(b"word " * (7 * 2**20))
    report = update_library(store, [news], embedder)
    assert names(report.added) == ["bridge.txt", "fire.txt"]
    skipped = {Path(entry.path).name: entry.why for entry in report.skipped}
    assert sorted(skipped) == ["binary.txt", "blank.txt", "dangling.txt", "empty.txt", "huge.txt"]
    assert all(skipped.values())


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="file names are Unicode there")
def test_a_name_that_is_no_unicode_is_reported(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    Path(os.fsdecode(os.fsencode(news) + b"/caf\xe9.txt")).write_text(story("It has opened."))
    write(news / "line\nbreak.txt", story("It has a strange name."))
    report = update_library(store, [news], embedder)
    assert names(report.added) == ["bridge.txt", "fire.txt", "line\nbreak.txt"]
    assert names([entry.path for entry in report.skipped]) == ["caf\ufffd.txt"]
    assert UpdateReport.model_validate_json(report.model_dump_json()) == report


def test_an_article_whose_file_became_unreadable_keeps_its_old_version(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    update_library(store, [news], embedder)
    (news / "fire.txt").write_bytes(b"")
    report = update_library(store, [news], embedder)
    assert (report.generation, report.articles, report.changed, report.removed) == (1, 2, (), ())
    assert names([entry.path for entry in report.skipped]) == ["fire.txt"]
    assert "Halton" in store.article(ids(store)["fire.txt"]).text


def test_a_file_that_changes_while_it_is_read_waits_for_the_next_update(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    with store.begin_update() as change, Staging(store.folder) as staging:
        (skipped,) = Intake(change, embedder, staging).take({str(news / "fire.txt"): "0" * 64}, FileReader())
        assert change.commit() == 0
    assert "changed while it was read" in skipped.why


def test_an_update_that_fails_leaves_the_old_generation_and_the_next_converges(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    update_library(store, [news], embedder)
    had = passages(store)
    for n in range(100):
        write(news / f"a{n:02}.txt", story(f"Report number {n}."))
    (news / "fire.txt").unlink()
    write(news / "zebra.txt", story("The zebra escaped."))
    with pytest.raises(KeyboardInterrupt):
        update_library(store, [news], FailingEmbedder("zebra", stop))
    assert (store.generation, passages(store)) == (1, had)
    report = update_library(store, [news], embedder)
    assert (report.generation, report.articles) == (2, 102)
    assert len(passages(store)) == 102


def test_the_old_generation_is_served_while_the_new_one_is_made(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    update_library(store, [news], embedder)
    had, seen = passages(store), []

    def look() -> None:
        with Store.open(store.folder) as other:
            seen.append((other.generation, passages(other)))

    write(news / "fire.txt", story("The zebra escaped from the fire."))
    update_library(store, [news], FailingEmbedder("zebra", look))
    assert seen == [(1, had)]
    assert store.generation == 2


KILLED = """
import os, signal, sys
from pathlib import Path
from rag.ingest.staged_vectors import Staging
from rag.store.store import Store
from rag.ingest.update import update_library
from tests.fakes import FailingEmbedder
with Store.create(Path(sys.argv[1])) as store:
    update_library(store, [Path(sys.argv[2])], FailingEmbedder("zebra", lambda: os.kill(os.getpid(), signal.SIGKILL)))
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL there")
def test_a_process_killed_in_its_update_leaves_the_old_generation(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    update_library(store, [news], embedder)
    had = passages(store)
    (news / "bridge.txt").unlink()
    for n in range(100):
        write(news / f"a{n:02}.txt", story(f"Report number {n}."))
    write(news / "zebra.txt", story("The zebra escaped."))
    arguments = [sys.executable, "-c", KILLED, str(store.folder), str(news)]
    done = subprocess.run(arguments, cwd=Path(__file__).parents[2], capture_output=True, check=False)
    assert done.returncode == -9, done.stderr
    assert (store.generation, passages(store)) == (1, had)
    assert update_library(store, [news], embedder).articles == 102


def test_another_embedder_is_one_clear_error(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    update_library(store, [news], embedder)
    with raises_mended_by(
        "change_embedder", EmbedderMismatchError, r"with hashing .*, but the one in use is other .*; use that embedder"
    ):
        update_library(store, [news], HashingEmbedder("other"))
    assert store.generation == 1


def test_a_second_update_waits_or_says_who_is_at_it(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    with update_lock(store.folder, 0), pytest.raises(IndexBusyError, match=f"Process {os.getpid()}"):
        update_library(store, [news], embedder, updates=UpdateSettings(wait_seconds=0.1))
    reports: list[UpdateReport] = []

    def update() -> None:
        patient = UpdateSettings(wait_seconds=30)
        reports.append(update_library(store, [news], HashingEmbedder(), updates=patient))

    threads = [threading.Thread(target=update) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(report.added) for report in reports) == [0, 0, 2]
    assert {report.generation for report in reports} == {1}


def test_an_index_that_cannot_be_written_to_is_one_clear_error(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    (store.folder / "update.lock").mkdir()
    with raises_mended_by("choose_index", IndexNotWritableError):
        update_library(store, [news], embedder)


def test_derived_files_that_cannot_be_written_lose_nothing(
    store: Store, news: Path, embedder: HashingEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    (store.folder / LEXICAL).write_text("in the way")
    assert update_library(store, [news], embedder).articles == 2
    assert "can't be written" in caplog.text
    assert sorted(passages(store)) == ["bridge.txt", "fire.txt"]
    (store.folder / LEXICAL).unlink()
    assert sorted(passages(store)) == ["bridge.txt", "fire.txt"]
    assert (store.folder / LEXICAL).is_dir()
