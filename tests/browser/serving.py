"""Serves the page in a separate process, as for a person. The tests get its address, its output and its end."""

from __future__ import annotations

import os
import re
import runpy
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.process import BaseProcess
from pathlib import Path

from rag.library import Library
from tests import forks
from tests.places import ROOT

ADDRESS = re.compile(r"http://127\.0\.0\.[12]:\d+/(?:\w+/)?")
"""The page's address as the server prints it."""
_START_SECONDS, _END_SECONDS = 120, 60


@contextmanager
def served(arguments: Sequence[str], log: Path, **variables: str) -> Iterator[str]:
    """Runs `python -m ARGUMENTS` during the block, and asserts at the end that the process wrote no traceback.

    Args:
        arguments: Name of the module, and its arguments.
        log: File for the process's error stream.
        **variables: More variables of the environment.

    Yields:
        The address that the process prints.

    Raises:
        AssertionError: If the process prints no address or writes a traceback.
    """
    with served_process(arguments, log, **variables) as (url, _):
        yield url


@contextmanager
def served_process(arguments: Sequence[str], log: Path, **variables: str) -> Iterator[tuple[str, int]]:
    """Does the same as `served`, and yields the id of the process too."""
    output = log.with_name(f"{log.name}.output")
    process = forks.start(
        _run_module, arguments, output=output, errors=log, cwd=ROOT, environment={**os.environ, **variables}
    )
    try:
        assert process.pid is not None
        yield _address(process, output, log), process.pid
    finally:
        process.terminate()
        process.join(_END_SECONDS)
    assert process.exitcode is not None
    assert "Traceback" not in log.read_text(), log.read_text()


@contextmanager
def served_library(library: Library, log: Path, *options: str, port: str = "0", **variables: str) -> Iterator[str]:
    """Serves a real library's index with `rag chat` during the block.

    Args:
        library: The library.
        log: File for the process's error stream.
        *options: More options of the command.
        port: The port; "0" for any free one.
        **variables: More variables of the environment.

    Yields:
        The page's address.
    """
    command = ["rag.cli", "chat", "--index", library.status().folder, "--port", port, "--no-browser", *options]
    with served(command, log, **variables) as url:
        yield url


def _run_module() -> None:
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _address(process: BaseProcess, output: Path, log: Path) -> str:
    ending = time.monotonic() + _START_SECONDS
    while time.monotonic() < ending:
        has_ended = not process.is_alive()
        if output.exists() and (found := ADDRESS.search(output.read_text())):
            return found.group()
        if has_ended:
            break
        time.sleep(0.02)
    raise AssertionError(f"the page did not start:\n{log.read_text()}")
