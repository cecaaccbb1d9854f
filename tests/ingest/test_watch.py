"""Watched folders: finished files are added, half-written files wait, and other processes see the changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from rag.answering.confidence import load_calibration
from rag.core.errors import IndexNotWritableError
from rag.core.index_layout import HOLDER
from rag.core.reports import UpdateReport
from rag.ingest import watch
from rag.ingest.scan import scan_roots
from rag.ingest.watch import Follower, News
from rag.library import Library
from rag.models.sentence_reader import SentenceReader
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.files import json_lines
from tests.libraries import names, story, write

PATIENCE = 120.0


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    embedder = HashingEmbedder()
    store = Store.create(tmp_path / "index")
    with Library(store, embedder, SentenceReader(embedder), load_calibration("sentence")) as library:
        yield library


@pytest.fixture
def news(tmp_path: Path) -> Path:
    write(tmp_path / "news" / "bridge.txt", story("The bridge over the Lune reopened on Monday."))
    return tmp_path / "news"


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def there(library: Library) -> list[str]:
    return sorted(names([summary.path for summary in library.articles()]))


def test_a_record_that_changes_in_its_file_is_followed(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "news" / "all.jsonl"
    file.parent.mkdir()
    file.write_bytes(json_lines({"id": "a", "lead": "The bridge closed."}, {"id": "b", "lead": "The tram came."}))
    library.update(file.parent, fields={"text": "lead"})
    reports: list[UpdateReport] = []
    with Follower(library, [], reports.append):
        file.write_bytes(json_lines({"id": "a", "lead": "The bridge closed."}, {"id": "b", "lead": "The tram left."}))
        wait_for(lambda: reports)
    assert [(names(report.changed), report.unchanged, report.skipped) for report in reports] == [
        (["all.jsonl#b"], 1, ())
    ]


@pytest.mark.slow
def test_a_withdrawn_article_stays_out_while_its_folder_is_followed(library: Library, news: Path) -> None:
    reports: list[UpdateReport] = []
    with Follower(library, [news], reports.append):
        wait_for(lambda: reports)
        library.withdraw("bridge.txt")
        (news / "bridge.txt").rename(news / "renamed.txt")
        write(news / "fire.txt", story("A fire destroyed the Halton mill on Sunday."))
        wait_for(lambda: there(library))
    assert there(library) == ["fire.txt"]
    assert names([path for article in library.withdrawn() for path in (article.path, *article.copies)])[-1:] == [
        "renamed.txt"
    ]


def test_a_side_file_that_is_being_written_is_waited_for(news: Path, tmp_path: Path) -> None:
    article, beside = news / "bridge.txt", news / "bridge.txt.meta.json"
    write(beside, "{")
    os.utime(article, (0, 0))
    assert scan_roots([news], tmp_path / "index", settle=60).waiting == (str(article),)
    os.utime(beside, (0, 0))
    assert scan_roots([news], tmp_path / "index", settle=60).waiting == ()


@pytest.mark.slow
def test_what_changes_in_a_folder_is_followed(library: Library, news: Path) -> None:
    reports: list[UpdateReport] = []
    with Follower(library, [news], reports.append):
        wait_for(lambda: there(library) == ["bridge.txt"])
        write(news / "north" / "fire.txt", story("A fire destroyed the Halton mill."))
        wait_for(lambda: there(library) == ["bridge.txt", "fire.txt"])
        (news / "bridge.txt").rename(news / "river.txt")
        wait_for(lambda: there(library) == ["fire.txt", "river.txt"])
        write(news / "river.txt", story("The bridge closed again."))
        wait_for(lambda: reports and reports[-1].changed)
        (news / "north" / "fire.txt").unlink()
        wait_for(lambda: reports and reports[-1].removed)
        assert there(library) == ["river.txt"]
        quiet = len(reports)
        time.sleep(1.5)
        assert len(reports) == quiet, "reported without news"
    write(news / "late.txt", story("Nobody watches."))
    time.sleep(1.5)
    assert there(library) == ["river.txt"]


@pytest.mark.slow
def test_a_file_that_is_being_written_is_taken_whole(library: Library, news: Path) -> None:
    reports: list[UpdateReport] = []
    sentences = [f"Sentence {n} of the long report." for n in range(12)]
    with Follower(library, [news], reports.append):
        wait_for(lambda: reports)
        with (news / "long.txt").open("w", encoding="utf-8") as file:
            file.write("A story of the day\n\n")
            for sentence in sentences:
                file.write(f"{sentence} ")
                file.flush()
                time.sleep(0.25)
        wait_for(lambda: "long.txt" in there(library))
        time.sleep(1.5)
    article = next(library.article(summary.id) for summary in library.articles() if summary.path.endswith("long.txt"))
    assert all(sentence in article.text for sentence in sentences)
    assert [name for report in reports for name in names(report.changed)] == []


@pytest.mark.slow
def test_a_bad_file_is_said_once_and_stops_nothing(library: Library, news: Path) -> None:
    reports: list[UpdateReport] = []
    (news / "empty.txt").write_bytes(b"")
    with Follower(library, [news], reports.append):
        wait_for(lambda: reports and reports[-1].skipped)
        told = len(reports)
        os.utime(news / "bridge.txt")
        time.sleep(2.5)
        assert len(reports) == told
        write(news / "fire.txt", story("A fire destroyed the Halton mill."))
        wait_for(lambda: "fire.txt" in there(library))


def longer_than(reports: list[UpdateReport], count: int) -> bool:
    return len(reports) > count


def latest(follower: Follower) -> News:
    assert follower.news is not None
    return follower.news


def test_the_latest_news_of_a_folder_is_at_hand_trouble_included(library: Library, news: Path, tmp_path: Path) -> None:
    in_the_way = tmp_path / "index" / HOLDER
    in_the_way.mkdir()
    follower = Follower(library, [news], lambda report: None)
    assert follower.news is None
    with follower:
        wait_for(lambda: follower.news)
        assert isinstance(latest(follower).trouble, IndexNotWritableError)
        in_the_way.rmdir()
        wait_for(lambda: latest(follower).report)
        report = latest(follower).report
        assert report is not None
        assert names(report.added) == ["bridge.txt"]
        assert latest(follower).trouble is None
    assert follower.news


@pytest.mark.slow
def test_a_folder_that_goes_and_comes_back_is_followed_again(library: Library, news: Path, tmp_path: Path) -> None:
    with Follower(library, [news], lambda report: None):
        wait_for(lambda: there(library) == ["bridge.txt"])
        news.rename(tmp_path / "unmounted")
        time.sleep(1.5)
        assert there(library) == ["bridge.txt"], "articles of a folder that is away are lost"
        (tmp_path / "unmounted").rename(news)
        write(news / "fire.txt", story("A fire destroyed the Halton mill."))
        wait_for(lambda: there(library) == ["bridge.txt", "fire.txt"])
        write(news / "vote.txt", story("The council voted."))
        wait_for(lambda: len(there(library)) == 3)


@pytest.mark.slow
def test_a_file_by_itself_is_followed_as_editors_replace_it(library: Library, news: Path) -> None:
    reports: list[UpdateReport] = []
    with Follower(library, [news / "bridge.txt"], reports.append):
        wait_for(lambda: reports)
        for text in ("The bridge closed.", "The bridge fell."):
            told = len(reports)
            write(news / ".bridge.new", story(text))
            (news / ".bridge.new").replace(news / "bridge.txt")
            wait_for(partial(longer_than, reports, told))
            assert text in library.article(library.articles()[0].id).text


@pytest.mark.slow
def test_following_is_stopped_and_started_again(library: Library, news: Path) -> None:
    reports: list[UpdateReport] = []
    with Follower(library, [news], reports.append) as follower:
        wait_for(lambda: there(library) == ["bridge.txt"])
        follower.stop()
        assert not follower.is_on
        threads = [thread for thread in threading.enumerate() if thread.name == "watch"]
        for thread in threads:
            thread.join(PATIENCE)
        write(news / "tram.txt", story("The tram to the harbour was closed."))
        assert [thread for thread in threads if thread.is_alive()] == []
        follower.start()
        follower.start()
        assert follower.is_on
        wait_for(lambda: there(library) == ["bridge.txt", "tram.txt"])
    assert not follower.is_on


@pytest.mark.slow
def test_the_index_may_lie_in_the_folder(tmp_path: Path, library: Library) -> None:
    reports: list[UpdateReport] = []
    with Follower(library, [tmp_path], reports.append):
        write(tmp_path / "bridge.txt", story("The bridge reopened."))
        wait_for(lambda: reports)
        time.sleep(2.5)
        assert [names(report.added) for report in reports] == [["bridge.txt"]]


@pytest.mark.slow
def test_a_library_that_is_busy_is_tried_again(library: Library, news: Path, tmp_path: Path) -> None:
    (tmp_path / "index" / "update.lock").mkdir()
    with Follower(library, [news], lambda report: None):
        time.sleep(1.5)
        assert there(library) == []
        (tmp_path / "index" / "update.lock").rmdir()
        wait_for(lambda: there(library) == ["bridge.txt"])


def test_only_what_has_been_quiet_is_scanned(news: Path, tmp_path: Path) -> None:
    os.utime(news / "bridge.txt", (time.time() - 60, time.time() - 60))
    write(news / "fire.txt", story("A fire."))
    scan = scan_roots([news], tmp_path / "index", settle=30)
    assert names(list(scan.files)) == ["bridge.txt"]
    assert names(scan.waiting) == ["fire.txt"]
    assert not scan.is_gone(str(news / "fire.txt"))
    os.utime(news / "fire.txt", (time.time() + 60, time.time() + 60))
    assert len(scan_roots([news], tmp_path / "index", settle=30).files) == 2, "a clock that is ahead hides a file"


def silent(*_: object, stop_event: threading.Event, **__: object) -> Iterator[set[object]]:
    """Watches as `watchfiles.watch` does on a network share: nothing is ever reported."""
    while not stop_event.wait(0.1):
        yield set()


def refused(*_: object, **__: object) -> Iterator[set[object]]:
    """Watches as `watchfiles.watch` does if the system has no watch left."""
    raise OSError("OS file watch limit reached")
    yield set()


@pytest.mark.slow
@pytest.mark.parametrize("events", [silent, refused])
def test_changes_without_events_are_found(
    library: Library, news: Path, events: Callable[..., object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watchfiles.watch", events)
    monkeypatch.setattr("rag.ingest.watch._LEAST_PAUSE", 0.2)
    reports: list[UpdateReport] = []
    with Follower(library, [news], reports.append):
        wait_for(lambda: there(library) == ["bridge.txt"])
        write(news / "fire.txt", story("A fire destroyed the Halton mill."))
        wait_for(lambda: there(library) == ["bridge.txt", "fire.txt"])
        (news / "bridge.txt").unlink()
        wait_for(lambda: there(library) == ["fire.txt"])


def test_a_look_without_events_comes_within_a_minute_and_takes_little_time() -> None:
    assert 0 < watch._LEAST_PAUSE <= watch._MOST_PAUSE <= 60


@pytest.mark.slow
def test_a_followed_folder_that_is_suddenly_empty_is_told_and_stays(library: Library, news: Path) -> None:
    reports: list[UpdateReport] = []
    with Follower(library, [news], reports.append):
        wait_for(lambda: there(library) == ["bridge.txt"])
        (news / "bridge.txt").unlink()
        wait_for(lambda: reports and reports[-1].skipped)
        time.sleep(1.5)
    assert [entry.reason for entry in reports[-1].skipped] == ["files_missing"]
    assert there(library) == ["bridge.txt"]


def start_watch(news: Path, index: Path) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-m", "rag.cli", "watch", str(news), "--index", str(index)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="no SIGINT to send there")
def test_an_open_library_answers_from_what_another_process_watches(tmp_path: Path) -> None:
    write(
        tmp_path / "news" / "bridge.txt",
        "Bridge reopens\n\nThe old bridge over the Lune reopened on Monday. The works cost 14 million pounds.",
    )
    with start_watch(tmp_path / "news", tmp_path / "index") as process:
        assert process.stdout is not None
        assert process.stderr is not None
        lines = iter(process.stdout.readline, "")
        assert any("1 article," in line for line in lines)
        with Library.open(tmp_path / "index") as library:
            before = library.answer("How much did the works cost?")
            text = (tmp_path / "news" / "bridge.txt").read_text(encoding="utf-8")
            write(tmp_path / "news" / "bridge.txt", text.replace("14 million", "19 million"))
            assert any(line.startswith("~ ") for line in lines)
            after = library.answer("How much did the works cost?")
            library.verify(before)
            process.send_signal(signal.SIGINT)
            errors = process.stderr.read()
    assert ("14 million" in before.text, "19 million" in after.text) == (True, True)
    assert after.generation == before.generation + 1
    assert (process.returncode, errors) == (0, "")


@pytest.mark.slow
def test_one_question_is_answered_from_one_generation(library: Library, news: Path) -> None:
    """While generations change under it, what is found and what is quoted are always of one and the same."""
    for n in range(10):
        write(news / f"report-{n}.txt", story(f"The tram number 0 of line {n} runs."))
    library.update(news)
    done = threading.Event()
    mixed: list[set[str]] = []

    def ask() -> None:
        while not done.is_set():
            texts = [hit.passage.text for hit in library.retrieve("Which tram runs on the line?", 20)]
            numbers = {text.partition("number ")[2][:2].strip() for text in texts if "number " in text}
            if len(numbers) != 1:
                mixed.append(numbers)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for generation in range(1, 8):
        for n in range(10):
            write(news / f"report-{n}.txt", story(f"The tram number {generation} of line {n} runs."))
        library.update(news)
    done.set()
    for thread in threads:
        thread.join()
    assert mixed == []
