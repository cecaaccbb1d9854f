"""Serves the page in a separate process, as for a person. The tests get its address, its output and its end."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.library import Library

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.[12]:\d+/(?:\w+/)?")
"""The page's address as the server prints it."""


@contextmanager
def served(arguments: list[str], log: Path, **variables: str) -> Iterator[str]:
    """Runs `python ARGUMENTS` during the block, and asserts at the end that the process wrote no traceback.

    Args:
        arguments: The arguments of Python.
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
def served_process(arguments: list[str], log: Path, **variables: str) -> Iterator[tuple[str, int]]:
    """Does the same as `served`, and yields the id of the process too."""
    with log.open("w") as errors:
        command = [sys.executable, *arguments]
        environment = {**os.environ, **variables}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        yield _address(process, log), process.pid
    finally:
        process.terminate()
        process.communicate(timeout=60)
    assert "Traceback" not in log.read_text(), log.read_text()


@contextmanager
def served_library(library: Library, log: Path, port: str = "0") -> Iterator[str]:
    """Serves a real library's index with `rag chat` during the block.

    Args:
        library: The library.
        log: File for the process's error stream.
        port: The port; "0" for any free one.

    Yields:
        The page's address.
    """
    index = library.status().folder
    with served(["-m", "rag.cli", "chat", "--index", index, "--port", port, "--no-browser"], log) as url:
        yield url


def _address(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := ADDRESS.search(line):
            return found.group()
    raise AssertionError(f"the page did not start:\n{log.read_text()}")
