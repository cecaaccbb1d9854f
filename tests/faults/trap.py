"""The trap of `trap.c`: built with the machine's compiler, loaded, armed; and the log that it writes."""

from __future__ import annotations

import ctypes
import os
import shutil
import struct
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

COUNT, KILL, FAIL = range(3)
"""What happens at the step: nothing out of the ordinary, the process ends before it, it fails."""

OPEN, CREATE, READ, WRITE, SYNC, TRUNCATE, RENAME, UNLINK, MKDIR, RMDIR = "ocRwstrudx"
"""The kinds of steps. CREATE is every opening that would make the file if it weren't there."""
CHANGES = CREATE + WRITE + SYNC + TRUNCATE + RENAME + UNLINK + MKDIR + RMDIR
"""The kinds that change what is on the disk."""
ACKNOWLEDGED = "a"
"""Stands in the log, though no step, where `Trap.mark` was called."""

_RECORD = struct.Struct("<qqqiiii")
_SOURCE = Path(__file__).with_name("trap.c")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen at step `at`, from 1; with `lasting`, at all from there on that are of these kinds."""

    action: int = COUNT
    at: int = 0
    kinds: str = ""
    error: int = 0
    lasting: bool = False

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Step:
    """A step as it was logged: what it was, of which file, and of a write its offset and bytes."""

    kind: str
    path: str
    target: str = ""
    offset: int = 0
    data: bytes = b""
    truncates: bool = False
    failed: bool = False


def build(folder: Path) -> Path:
    """The trap as a shared library in this folder. Raises FileNotFoundError where there is no compiler."""
    compiler = shutil.which("cc")
    if compiler is None:
        raise FileNotFoundError("no C compiler for tests/faults/trap.c; install one: apt-get install gcc libc6-dev")
    library = folder / "trap.so"
    command = [compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", str(library), str(_SOURCE)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return library


class Trap:
    """The trap, set in this process for good; it must have one thread then. Raises OSError."""

    def __init__(self, library: str) -> None:
        self._trap = ctypes.CDLL(library)
        self._trap.arm.restype = self._trap.mark.restype = self._trap.disarm.restype = None
        wrong = self._trap.set()
        if wrong:
            raise OSError(wrong, os.strerror(wrong))

    def arm(self, root: Path, plan: Plan, log: str | None = None) -> None:
        """Numbers the steps under this root from here on, and acts as planned, until `disarm`."""
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) if log else -1
        # Compared with the paths that the kernel gives, which have no links in them.
        path = os.path.realpath(root).encode()
        at, kinds = ctypes.c_long(plan.at), plan.kinds.encode()
        self._trap.arm(path, descriptor, plan.action, at, kinds, plan.error, plan.lasting)

    def mark(self) -> None:
        """Notes in the log that this moment was reached."""
        self._trap.mark()

    def disarm(self) -> None:
        """No step counts, or fails, any more."""
        self._trap.disarm()


def read_log(path: Path) -> Iterator[Step]:
    """The steps in their order."""
    with path.open("rb") as file:
        while header := file.read(_RECORD.size):
            offset, result, length, kind, path_length, target_length, flags = _RECORD.unpack(header)
            yield Step(
                kind=chr(kind),
                path=os.fsdecode(file.read(path_length)),
                target=os.fsdecode(file.read(target_length)),
                offset=offset,
                data=file.read(length),
                truncates=bool(flags & os.O_TRUNC),
                failed=result < 0,
            )


def places(steps: Sequence[Step]) -> list[int]:
    """The numbers of the steps before which to kill, and the one after the last.

    What a kill leaves after a step is what one before the next leaves, and steps that only read change nothing.
    """
    return [n for n, step in enumerate(steps, 1) if step.kind in CHANGES and not step.failed] + [len(steps) + 1]
