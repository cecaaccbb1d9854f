"""A process that answers: `python -m tests.answering_process INDEX` reads a JSON list of arguments of `Library.answer`.

Each answer is a line of JSON on its output. A line on the error stream names every wall clock and every source of
chance that was read for it, by any thread.
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
_DATES = {"now", "utcnow", "today"}


@contextmanager
def impurities() -> Iterator[list[str]]:
    """Fills the list with the wall clocks and sources of chance that this thread, and those begun here, read."""
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
    """The name of a built-in function that is not told by what it is given; None for all others."""
    name, owner = called.__name__, called.__self__
    read = (
        (getattr(called, "__module__", None) == "time" and name in _CLOCKS)
        or (isinstance(owner, type) and issubclass(owner, datetime.date) and name in _DATES)
        or isinstance(owner, random.Random)
        or name == "urandom"
    )
    return name if read else None


def main() -> None:
    """Opens, asks, prints."""
    with Library.open(Path(sys.argv[1])) as library, impurities() as found:
        for asked in json.load(sys.stdin):
            found.clear()
            print(library.answer(**asked).model_dump_json())
            print(*found, file=sys.stderr)


if __name__ == "__main__":
    main()
