"""The page served by a process of its own, as a person's is: the tests see its address, its output and its end."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.library import Library

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.[12]:\d+/")


@contextmanager
def served(arguments: list[str], log: Path) -> Iterator[str]:
    """The address that `python arguments` prints; afterwards it may have written no traceback."""
    with served_process(arguments, log) as (url, _):
        yield url


@contextmanager
def served_process(arguments: list[str], log: Path) -> Iterator[tuple[str, int]]:
    """The same, with the id of the process."""
    with log.open("w") as errors:
        command = [sys.executable, *arguments]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        yield _address(process, log), process.pid
    finally:
        process.terminate()
        process.communicate(timeout=60)
    assert "Traceback" not in log.read_text(), log.read_text()


@contextmanager
def served_library(library: Library, log: Path, port: str = "0") -> Iterator[str]:
    """The address of the page over a real library's index, as `rag chat` serves it; by default at any free port."""
    index = library.status().folder
    with served(["-m", "rag.cli", "chat", "--index", index, "--port", port, "--no-browser"], log) as url:
        yield url


def _address(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := ADDRESS.search(line):
            return found.group()
    raise AssertionError(f"the page did not start:\n{log.read_text()}")
