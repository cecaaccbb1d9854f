"""Files that are added on the page: where they are stored, what is read, and what is reported for each."""

from __future__ import annotations

import errno
import html
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

import pytest

from rag.answering.confidence import load_calibration
from rag.core.errors import IndexBusyError
from rag.core.reports import ArticleSummary, FileStep, Skipped
from rag.core.settings import DEFAULTS, MEBIBYTE
from rag.library import Library
from rag.models.sentence_reader import SentenceReader
from rag.store.store import Store
from rag_ui.adding import stored_files
from rag_ui.adding.adding import Additions
from rag_ui.adding.upload import Upload
from rag_ui.language.strings import ENGLISH
from rag_ui.web.uploads import DAY
from tests.fakes import HashingEmbedder
from tests.hostile import HOSTILE
from tests.libraries import story, write
from tests.places import ROOT
from tests.ui.answers import Markup

LIMITS = DEFAULTS.page


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    embedder = HashingEmbedder()
    store = Store.create(tmp_path / "index")
    with Library(store, embedder, SentenceReader(embedder), load_calibration("sentence")) as library:
        yield library


def said(markup: str) -> str:
    return html.unescape(re.sub("<[^>]*>", " ", markup))


def test_a_file_whose_article_was_withdrawn_is_named_and_stays_on_the_disk(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "boats.txt", story("Seven boats left the harbour on Monday."))
    add = [tmp_path / "boats.txt"]
    list(Additions(library, ENGLISH).add(add))
    (stored,) = (summary.path for summary in library.articles())
    library.withdraw(stored)
    (tmp_path / "ships.txt").write_bytes(add[0].read_bytes())
    for file in (add[0], tmp_path / "ships.txt"):
        shown = said(list(Additions(library, ENGLISH).add([file]))[-1])
        assert ENGLISH.words.was_removed in shown and "already" not in shown
        assert (library.articles(), Path(stored).exists()) == ([], True)
    library.take_back(stored)
    assert stored in {summary.path for summary in library.articles()}


def test_what_can_be_read_becomes_articles_and_the_rest_is_named_with_why(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "in" / "boats.txt", story("Seven boats left the harbour on Monday."))
    write(tmp_path / "in" / "empty.txt", "")
    write(tmp_path / "in" / "photo.jpg", "x")
    shown = list(Additions(library, ENGLISH).add(sorted((tmp_path / "in").iterdir())))
    assert "1 article added" in said(shown[-1])
    assert "2 files skipped" in said(shown[-1])
    assert "empty.txt" in shown[-1]
    assert "photo.jpg" in shown[-1]
    assert ENGLISH.words.not_readable in said(shown[-1])
    (article,) = library.articles()
    assert Path(article.path).parent == tmp_path / "added"
    assert [path.name for path in (tmp_path / "added").iterdir()] == [Path(article.path).name]


def test_the_same_file_again_is_in_the_archive_already(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "boats.txt", story("Seven boats left the harbour on Monday."))
    for expected in ("1 article added", ENGLISH.already_there(1)):
        *_, last = Additions(library, ENGLISH).add([tmp_path / "boats.txt"])
        assert expected in said(last)
    assert len(library.articles()) == 1


def test_a_file_that_gave_no_article_is_not_said_to_be_in_the_archive(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "boats.md", f"---\ndraft: true\n---\n\n{story('Seven boats left the harbour on Monday.')}")
    *_, last = Additions(library, ENGLISH).add([tmp_path / "boats.md"])
    assert "1 file skipped" in said(last)
    assert ENGLISH.words.not_added in said(last)
    assert ENGLISH.already_there(1) not in said(last)
    assert list((tmp_path / "added").iterdir()) == []


def test_two_files_of_one_name_are_two_articles(library: Library, tmp_path: Path) -> None:
    for day in ("Monday", "Tuesday"):
        write(tmp_path / day / "boats.txt", story(f"Seven boats left the harbour on {day}, said the master."))
        list(Additions(library, ENGLISH).add([tmp_path / day / "boats.txt"]))
    assert len(library.articles()) == 2


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("boats.txt", r"boats-\w{12}\.txt"),
        ("..hidden.TXT", r"hidden-\w{12}\.txt"),
        ("a b<script>#1.jsonl.GZ", r"a-b-script-1-\w{12}\.jsonl\.gz"),
        ("été ☃.md", r"été-\w{12}\.md"),
        ("$(rm -rf).html", r"rm--rf-\w{12}\.html"),
        ("---.txt", r"article-\w{12}\.txt"),
        ("x" * 200 + ".txt", r"x{80}-\w{12}\.txt"),
    ],
)
def test_a_stored_name_is_made_here(tmp_path: Path, name: str, safe: str) -> None:
    write(tmp_path / name, "Some text.")
    assert re.fullmatch(safe, stored_files.safe_name(tmp_path / name))


def test_too_many_files_are_left_out_and_said_so(library: Library, tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.jpg" for number in range(LIMITS.upload_files + 1)]
    *_, last = Additions(library, ENGLISH).add(files)
    assert ENGLISH.words.too_many_files.format(most=LIMITS.upload_files) in said(last)
    assert ENGLISH.files_skipped(len(files)) in said(last)


def test_what_has_no_room_any_more_is_left_out_and_said_so(library: Library, tmp_path: Path) -> None:
    (tmp_path / "added").mkdir()
    with (tmp_path / "added" / "large.txt").open("wb") as large:
        large.truncate(LIMITS.stored_megabytes * MEBIBYTE - 100)  # takes no room on the disk, as nothing is written
    write(tmp_path / "small.txt", "Boats left.")
    write(tmp_path / "boats.txt", story("Seven boats left the harbour on Monday." * 5))
    upload = Upload(["boats.txt", "small.txt"], lambda markup: None, ENGLISH)
    taken = stored_files.take([tmp_path / "boats.txt", tmp_path / "small.txt"], tmp_path / "added", upload, LIMITS)
    assert taken.skipped == (Skipped(path="boats.txt", why=ENGLISH.words.no_room),)
    assert list(taken.stored.values()) == ["small.txt"]


@pytest.mark.parametrize("after", [0, 1, 20_000])
def test_a_full_disk_while_a_file_is_copied_leaves_nothing_and_the_next_try_is_whole(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    text = story("Seven boats left the harbour on Monday. " * 1000)
    write(tmp_path / "boats.txt", text)

    def fill(content: BinaryIO, out: BinaryIO) -> None:
        out.write(content.read(after))
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(shutil, "copyfileobj", fill)
        *_, last = Additions(library, ENGLISH).add([tmp_path / "boats.txt"])
    assert "No space left on device" in said(last)
    assert list((tmp_path / "added").iterdir()) == []
    *_, last = Additions(library, ENGLISH).add([tmp_path / "boats.txt"])
    assert "1 article added" in said(last)
    (stored,) = (tmp_path / "added").iterdir()
    assert stored.read_text("utf-8") == text


@pytest.mark.slow
@pytest.mark.parametrize("step", ["os.fsync", "os.replace", "os.rename"])
def test_a_kill_at_any_step_leaves_nothing_that_is_taken_for_known(library: Library, tmp_path: Path, step: str) -> None:
    text = story("Seven boats left the harbour on Monday. " * 1000)
    write(tmp_path / "boats.txt", text)
    place = tmp_path / "added" / stored_files.safe_name(tmp_path / "boats.txt")
    place.parent.mkdir()
    code = (
        f"import os, pathlib\nfrom rag_ui.adding.stored_files import store\n"
        f"{step} = lambda *_, **__: os.kill(os.getpid(), 9)\n"
        f"store(pathlib.Path({str(tmp_path / 'boats.txt')!r}), pathlib.Path({str(place)!r}))"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)
    assert not place.exists() or place.read_text("utf-8") == text
    report = library.update(place.parent)
    assert len(report.added) == place.exists() and not report.skipped
    *_, last = Additions(library, ENGLISH).add([tmp_path / "boats.txt"])
    assert ("1 article added" in said(last)) == (not report.added)
    assert place.read_text("utf-8") == text


def test_what_a_kill_left_goes_after_a_day(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "added" / f"{stored_files.ARRIVING}12-old.txt.new", "Half a st")
    write(tmp_path / "added" / f"{stored_files.ARRIVING}34-new.txt.new", "Half a st")
    then = time.time() - DAY - 60
    os.utime(tmp_path / "added" / f"{stored_files.ARRIVING}12-old.txt.new", (then, then))
    write(tmp_path / "boats.txt", story("Seven boats left the harbour on Monday."))
    list(Additions(library, ENGLISH).add([tmp_path / "boats.txt"]))
    assert [path.name for path in (tmp_path / "added").glob(".*")] == [f"{stored_files.ARRIVING}34-new.txt.new"]


def test_a_file_whose_update_failed_is_not_known_the_next_time(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "boats.txt", story("Seven boats left the harbour on Monday."))

    def busy(*_: object, **__: object) -> None:
        raise IndexBusyError("Another process is updating", remedy="try again")

    with monkeypatch.context() as failing:
        failing.setattr(Library, "update", busy)
        *_, last = Additions(library, ENGLISH).add([tmp_path / "boats.txt"])
    assert "Another process" in said(last)
    *_, last = Additions(library, ENGLISH).add([tmp_path / "boats.txt"])
    assert "1 article added" in said(last)


def test_a_file_that_is_gone_is_named_and_the_others_are_added(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "boats.txt", story("Seven boats left the harbour on Monday."))
    *_, last = Additions(library, ENGLISH).add([tmp_path / "gone.txt", tmp_path / "boats.txt"])
    assert "1 article added" in said(last) and "gone.txt" in said(last)


def test_an_update_that_fails_is_one_line(tmp_path: Path) -> None:
    class Broken(Library):
        def update(self, *paths: object, **options: object) -> object:  # type: ignore[override]
            raise ZeroDivisionError

    embedder = HashingEmbedder()
    write(tmp_path / "boats.txt", story("Seven boats left the harbour."))
    with Broken(
        Store.create(tmp_path / "index"), embedder, SentenceReader(embedder), load_calibration("sentence")
    ) as library:
        *_, last = Additions(library, ENGLISH).add([tmp_path / "boats.txt"])
    assert ENGLISH.words.adding_failed in said(last)


def test_names_of_files_stay_text(library: Library, tmp_path: Path) -> None:
    name = "<img src=x onerror=alert(1)>${1}.jpg"
    write(tmp_path / name, "x")
    *_, last = Additions(library, ENGLISH).add([tmp_path / name])
    assert "<img" not in last
    assert "$" not in last
    assert name in said(last)


def test_each_file_is_shown_with_its_stage_from_waiting_to_done_or_skipped(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "boats.txt", story("Seven boats left the harbour on Monday."))
    write(tmp_path / "empty.txt", "")
    files = [tmp_path / name for name in ("boats.txt", "empty.txt", "photo.jpg")]
    shown: list[str] = []
    upload = Upload([file.name for file in files], shown.append, ENGLISH)
    stored_files.take(files, tmp_path / "added", upload, LIMITS)
    library.update(tmp_path / "added", progress=upload.embed, on_file=upload.step)
    row = r'<li data-stage="(\w+)">.*?<span class="file" dir="auto">([^<]*)'
    steps = [{name: stage for stage, name in re.findall(row, step)} for step in shown]
    told = {file.name: [stage for stage, _ in groupby(step[file.name] for step in steps)] for file in files}
    assert told == {
        "boats.txt": ["waiting", "copying", "waiting", "reading", "read", "embedding", "done"],
        "empty.txt": ["waiting", "copying", "waiting", "reading", "skipped"],
        "photo.jpg": ["waiting", "copying", "skipped"],
    }
    assert said(shown[0]).startswith(f" {ENGLISH.files_done(0, 0, 3)} ")
    assert said(shown[-1]).startswith(f" {ENGLISH.files_done(1, 2, 3)} ")
    assert "add the article’s text" in said(shown[-1]).replace("'", "’")
    assert '<progress max="1" value="1"' in shown[-1]


def test_a_file_that_is_there_already_is_shown_so(library: Library, tmp_path: Path) -> None:
    write(tmp_path / "boats.txt", story("Seven boats left the harbour on Monday."))
    list(Additions(library, ENGLISH).add([tmp_path / "boats.txt"]))
    shown: list[str] = []
    stored_files.take(
        [tmp_path / "boats.txt"], tmp_path / "added", Upload(["boats.txt"], shown.append, ENGLISH), LIMITS
    )
    assert ENGLISH.words.file_stages["known"] in said(shown[-1])
    assert ENGLISH.files_done(1, 0, 1) in said(shown[-1])


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_shown_as_text_while_files_are_added_and_after(name: str) -> None:
    shown: list[str] = []
    upload = Upload([name], shown.append, ENGLISH)
    upload.embed(1, 2)
    upload.place(0, Path("a.txt"), is_known=False)
    upload.step(FileStep(path="a.txt", stage="read", articles=1, title=name, published=name))
    upload.link(Path("a.txt"), [ArticleSummary(id=name, title=name, path="a.txt", published=name, passages=1)])
    upload.note("a.txt", name)
    upload.skip(0, name)
    for markup in shown:
        found = Markup(markup)
        assert name[:80] in found.text
        assert set(found.tags) <= {"div", "ul", "li", "span", "p", "progress", "button"}
        assert {name for name, _ in found.attributes} <= {
            "class",
            "role",
            "dir",
            "max",
            "value",
            "aria-label",
            "data-stage",
            "data-id",
            "type",
        }
