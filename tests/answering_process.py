"""A process that answers questions: `python -m tests.answering_process INDEX`.

It reads a JSON list of keyword arguments of `Library.answer` from standard input. For each answer it prints a line of
JSON, and to standard error a line with the names of all wall clocks and random sources that any thread read for it.
"""

from __future__ import annotations

import datetime
import json
import random
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from rag.library import Library

_CLOCKS = {"time", "time_ns", "clock_gettime", "clock_gettime_ns", "localtime", "gmtime", "ctime", "strftime"}
"""Functions of `time` that read the wall clock."""
_DATES = {"now", "utcnow", "today"}
"""Methods of dates that read the wall clock."""


@contextmanager
def impurities() -> Iterator[list[str]]:
    """Collects the reads of wall clocks and random sources by this thread and by threads started in the block.

    Yields:
        The list of names, which grows with each read.
    """
    found: list[str] = []

    def note(_: FrameType, event: str, called: Any) -> None:
        if event == "c_call" and (name := _impurity(called)):
            found.append(name)

    before = sys.getprofile()
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(before)
        threading.setprofile(None)


def _impurity(called: Any) -> str | None:
    """The name of a built-in function that reads a wall clock or a random source; None for all other functions."""
    name, owner = called.__name__, called.__self__
    read = (
        (getattr(called, "__module__", None) == "time" and name in _CLOCKS)
        or (isinstance(owner, type) and issubclass(owner, datetime.date) and name in _DATES)
        or isinstance(owner, random.Random)
        or name == "urandom"
    )
    return name if read else None


def main() -> None:
    """Opens the library, asks the questions and prints the answers."""
    with Library.open(Path(sys.argv[1])) as library, impurities() as found:
        for asked in json.load(sys.stdin):
            found.clear()
            print(library.answer(**asked).model_dump_json())
            print(*found, file=sys.stderr)


if __name__ == "__main__":
    main()
