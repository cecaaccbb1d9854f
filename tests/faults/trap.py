"""Builds and controls the trap of `trap.c`, and reads its log."""

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
"""What the trap does at the step: nothing special, kill the process before it, or let it fail."""

OPEN, CREATE, READ, WRITE, SYNC, TRUNCATE, RENAME, UNLINK, MKDIR, RMDIR = "ocRwstrudx"
"""The kinds of steps. CREATE is each opening that creates a missing file."""
CHANGES = CREATE + WRITE + SYNC + TRUNCATE + RENAME + UNLINK + MKDIR + RMDIR
"""The kinds of steps that change the disk."""
ACKNOWLEDGED = "a"
"""The log's mark of a call of `Trap.mark`. It is not a step."""

_RECORD = struct.Struct("<qqqiiii")
"""Header of a step in the log: `struct record` of trap.c."""
_SOURCE = Path(__file__).with_name("trap.c")


@dataclass(frozen=True, slots=True)
class Plan:
    """What the trap does.

    Attributes:
        action: COUNT, KILL or FAIL.
        at: Number of the step, from 1; 0 for no step.
        kinds: Kinds of the steps that fail.
        error: The error number of a failing step.
        lasting: Whether all later steps of these kinds fail too.
    """

    action: int = COUNT
    at: int = 0
    kinds: str = ""
    error: int = 0
    lasting: bool = False

    def to_json(self) -> dict[str, Any]:
        """Returns the plan's fields."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Step:
    """A logged step.

    Attributes:
        kind: The kind of the step.
        path: The file or folder.
        target: The new path of a RENAME.
        offset: Offset of a WRITE; new length of a TRUNCATE.
        data: Bytes of a WRITE.
        truncates: Whether a CREATE truncates the file.
        failed: Whether the step failed.
    """

    kind: str
    path: str
    target: str = ""
    offset: int = 0
    data: bytes = b""
    truncates: bool = False
    failed: bool = False


def build(folder: Path) -> Path:
    """Compiles the trap.

    Args:
        folder: The folder for the shared library.

    Returns:
        The shared library.

    Raises:
        FileNotFoundError: If there is no C compiler.
    """
    compiler = shutil.which("cc")
    if compiler is None:
        raise FileNotFoundError("no C compiler for tests/faults/trap.c; install one: apt-get install gcc libc6-dev")
    library = folder / "trap.so"
    command = [compiler, "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", str(library), str(_SOURCE)]
    subprocess.run(command, check=True, capture_output=True, text=True)
    return library


class Trap:
    """The trap in this process. It can't be removed."""

    def __init__(self, library: str) -> None:
        """Sets the trap. The process must have one thread.

        Args:
            library: The shared library.

        Raises:
            OSError: If the kernel refuses the trap.
        """
        self._trap = ctypes.CDLL(library)
        self._trap.arm.restype = self._trap.mark.restype = self._trap.disarm.restype = None
        wrong = self._trap.set()
        if wrong:
            raise OSError(wrong, os.strerror(wrong))

    def arm(self, root: Path, plan: Plan, log: str | None = None) -> None:
        """Numbers the steps from now on and acts as planned, until `disarm`.

        Args:
            root: Only steps below this folder count.
            plan: What the trap does.
            log: The file for the log; None for no log.
        """
        descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) if log else -1
        # The trap compares it with paths from the kernel, which contain no symbolic links.
        path = os.path.realpath(root).encode()
        at, kinds = ctypes.c_long(plan.at), plan.kinds.encode()
        self._trap.arm(path, descriptor, plan.action, at, kinds, plan.error, plan.lasting)

    def mark(self) -> None:
        """Writes a mark into the log."""
        self._trap.mark()

    def disarm(self) -> None:
        """Stops numbering and failing steps."""
        self._trap.disarm()


def read_log(path: Path) -> Iterator[Step]:
    """Reads the logged steps in order."""
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
    """Returns the numbers of the steps before which a kill makes a difference, and the number after the last step.

    A kill after a step is the same as a kill before the next one. Steps that only read change nothing.
    """
    return [n for n, step in enumerate(steps, 1) if step.kind in CHANGES and not step.failed] + [len(steps) + 1]
