"""The log of the command line: quiet by default, with `--verbose` one escaped line per event."""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.cli.log import BRIEF, FULL, LOGGED, OneLine, show_log
from rag.core.errors import IndexDamagedError
from rag.core.remedies import Remedy

RAG = Path(sys.executable).parent / "rag"
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def loggers() -> Iterator[list[logging.Logger]]:
    """The loggers of the command line. Their state is restored afterwards."""
    shown = [logging.getLogger(name) for name in LOGGED]
    before = [(list(logger.handlers), logger.level) for logger in shown]
    yield shown
    for logger, (handlers, level) in zip(shown, before, strict=True):
        logger.handlers = handlers
        logger.setLevel(level)


def event(message: str, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("rag.store", logging.WARNING, __file__, 1, message, arguments, None)


def test_control_characters_and_line_breaks_are_escaped() -> None:
    assert OneLine(BRIEF).format(event("read %s", "a\x1b[31m\nb\x07")) == "rag: read a\\x1b[31m b\\x07"


def test_a_traceback_stays_in_the_line() -> None:
    try:
        raise ZeroDivisionError("by\nnothing")
    except ZeroDivisionError:
        record = event("failed")
        record.exc_info = sys.exc_info()
    line = OneLine(BRIEF).format(record)
    assert "\n" not in line
    assert line.startswith("rag: failed Traceback") and line.endswith("ZeroDivisionError: by nothing")


def test_an_error_and_a_remedy_are_told_as_commands() -> None:
    error = IndexDamagedError("It is damaged", remedy=Remedy(action="rebuild"))
    record = event("%s or %s", error, Remedy(action="update"))
    assert OneLine(BRIEF).format(record) == "rag: It is damaged; run: rag rebuild or run: rag update"
    assert record.getMessage() == "It is damaged; rebuild the search indexes or update the library"


def test_each_line_has_time_level_and_module_where_all_is_shown() -> None:
    line = OneLine(FULL).format(event("done"))
    assert line.endswith(" WARNING rag.store: done")
    assert line[:4].isdecimal()


def test_warnings_are_shown_and_with_verbose_events(
    loggers: list[logging.Logger], capsys: pytest.CaptureFixture[str]
) -> None:
    for verbose, expected in ((False, 1), (True, 2)):
        show_log(verbose)
        for logger in loggers:
            logger.info("an event")
            logger.warning("a warning")
        shown = capsys.readouterr()
        assert (shown.out, shown.err.count("\n")) == ("", expected * len(loggers))


@pytest.mark.parametrize("module", ["rag", "rag_ui"])
def test_the_library_is_quiet_until_somebody_listens(module: str) -> None:
    probe = f"import {module}, logging; logging.getLogger('{module}.part').warning('seen')"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("", "")


@pytest.mark.slow
def test_verbose_tells_each_event_on_the_error_stream_alone(tmp_path: Path) -> None:
    command = [str(RAG), "-v", "update", str(SEEDS)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    events = done.stderr.splitlines()
    assert all(" INFO rag." in line for line in events)
    assert any("INFO rag.ingest.update: generation 1: 1 added" in line for line in events)
    assert "INFO" not in done.stdout
    quiet = subprocess.run([str(RAG), "update"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert quiet.stderr == ""
