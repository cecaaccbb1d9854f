"""The file of followed questions: whole after a failure, safe for two processes, and no update fails because of it."""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import filelock
import pytest

from rag.core.errors import IndexBusyError, IndexNotWritableError, StandingError
from rag.core.index_layout import STANDING_LOCK, standing_path
from rag.core.settings import DEFAULTS
from rag.core.settings_written import StandingSettings
from rag.library import Library
from rag.standing.register import Register
from rag.standing.results import Standing
from rag.store.backends import backend_of
from tests.standing.news import TOLL, build, put


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a library in which a question is followed, and an article that the library does not know yet."""
    with build(tmp_path) as library:
        library.follow(TOLL)
    put(tmp_path, "more", "2025-03-03", "Sund Post", "Three people died in the flood in Osk, a doctor said.")
    return tmp_path


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    with Library.open(home / "index") as library:
        yield library


def file_of(library: Library) -> Path:
    return standing_path(Path(library.status().folder))


def test_questions_outlive_the_process_and_are_no_part_of_a_backup(library: Library, tmp_path: Path) -> None:
    (question,) = library.standing().questions
    assert question.question == TOLL and question.answer.values == ("Five",)
    library.backup(tmp_path / "saved.backup")
    assert TOLL.encode() in file_of(library).read_bytes()


def test_without_a_followed_question_no_file_is_made(tmp_path: Path) -> None:
    with build(tmp_path) as library:
        assert library.check_standing().asked == 0
        assert library.standing().questions == () and library.standing_feed("http://localhost/feed")
    assert not list((tmp_path / "index").glob("standing*"))


@pytest.mark.parametrize("step", ["UPDATE question", "INSERT INTO change", "INSERT INTO unsent", "COMMIT"])
def test_a_write_that_fails_loses_nothing_and_the_next_check_reports(
    library: Library, home: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    from rag.store.sqlite.connection import SqliteConnection

    settings = DEFAULTS.model_copy(update={"standing": StandingSettings(webhook="http://127.0.0.1:9/")})
    monkeypatch.setattr(library, "_settings", settings)
    before = library.standing()
    real = SqliteConnection.run

    def run(self: SqliteConnection, sql: str, parameters: Any = ()) -> int:
        if sql.startswith(step):
            raise IndexNotWritableError("The disk is full", remedy="make room")
        return real(self, sql, parameters)

    real_many = SqliteConnection.run_many

    def run_many(self: SqliteConnection, sql: str, parameters: Any) -> int:
        if sql.startswith(step):
            raise IndexNotWritableError("The disk is full", remedy="make room")
        return real_many(self, sql, parameters)

    with monkeypatch.context() as patched:
        patched.setattr(SqliteConnection, "run", run)
        patched.setattr(SqliteConnection, "run_many", run_many)
        assert library._store.generation == 1
        # The update itself writes to the store through the same class; only the register has these statements.
        if step == "COMMIT":
            with pytest.raises(IndexNotWritableError):
                Register(backend_of(home / "index")).remove([before.questions[0].id])
        else:
            assert len(library.update(home / "news").added) == 1
    assert library.standing() == before
    if step == "COMMIT":
        library.update(home / "news")
    else:
        library.check_standing()
    assert [change.kinds for change in library.standing().changes] == [("changed",)]


def test_a_damaged_file_is_told_with_what_to_do_and_never_fails_an_update(
    library: Library, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = file_of(library)
    file.write_bytes(b"This is no database." * 1000)
    for work in (library.standing, library.check_standing, lambda: library.follow("Who is Bo Ek?")):
        with pytest.raises(StandingError, match="move the file away, and follow the questions again"):
            work()
    assert len(library.update(home / "news").added) == 1
    (warning,) = caplog.messages
    assert warning.startswith("The followed questions were not asked: ") and "is damaged" in warning
    file.unlink()
    library.follow(TOLL)
    with sqlite3.connect(file) as damaged:
        damaged.execute("UPDATE question SET answer = '{}'")
    damaged.close()
    with pytest.raises(StandingError, match="is damaged"):
        library.standing()


def test_a_file_of_a_later_release_is_refused(library: Library) -> None:
    with sqlite3.connect(file_of(library)) as later:
        later.execute("PRAGMA user_version = 99")
    later.close()
    with pytest.raises(StandingError, match="has the format 99"):
        library.standing()


def test_while_another_process_checks_this_one_waits_and_then_says_so(library: Library, home: Path) -> None:
    updates = DEFAULTS.updates.model_copy(update={"wait_seconds": 0.1})
    library._settings = DEFAULTS.model_copy(update={"updates": updates})
    with filelock.FileLock(home / "index" / STANDING_LOCK):
        with pytest.raises(IndexBusyError, match="Another process is asking"):
            library.check_standing()
        assert len(library.update(home / "news").added) == 1
    assert len(library.check_standing().changes) == 1


def test_a_question_that_fails_costs_no_other(library: Library, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library.follow("Who is the mayor of Mell?")
    real = library._ask_standing

    def ask(question: str, *given: Any) -> Any:
        if question == TOLL:
            raise ZeroDivisionError("a fault")
        return real(question, *given)

    monkeypatch.setattr(library, "_ask_standing", ask)
    library.update(home / "news")
    check = library.check_standing()
    assert list(check.failed) == [library.standing().questions[0].id]
    assert "ZeroDivisionError: a fault" in next(iter(check.failed.values()))
    assert check.kept == 1
    monkeypatch.undo()
    assert len(library.check_standing().changes) == 1


def test_a_question_that_is_removed_while_it_is_asked_is_not_reported(library: Library, home: Path) -> None:
    (entry,) = Register(backend_of(home / "index")).entries()
    library.update(home / "news")
    (change,) = library.standing().changes
    library.unfollow(entry.question.id)
    assert library.standing().changes == ()
    assert Register(backend_of(home / "index")).record(entry, change, ["webhook"]) is None
    assert library.standing() == Standing()


def _check(folder: str, results: Any) -> None:
    with Library.open(folder) as library:
        results.put(len(library.check_standing().changes))


def _follow(folder: str, number: int) -> None:
    with Library.open(folder) as library:
        library.follow(f"How many people died in Osk in 19{number}?")


@pytest.mark.slow
def test_two_processes_report_a_change_once_and_lose_no_question(home: Path) -> None:
    context = multiprocessing.get_context("spawn")
    folder = str(home / "index")
    with Library.open(folder) as library:
        library._after_change = lambda: None  # type: ignore[method-assign]
        library.update(home / "news")
        results = context.Queue()
        checks = [context.Process(target=_check, args=(folder, results)) for _ in range(2)]
        follows = [context.Process(target=_follow, args=(folder, number)) for number in (10, 11)]
        for process in (*checks, *follows):
            process.start()
        found = sorted(results.get(timeout=120) for _ in checks)
        for process in (*checks, *follows):
            process.join(120)
            assert process.exitcode == 0
        assert found == [0, 1]
        assert len(library.standing().changes) == 1
        assert len(library.standing().questions) == 3
