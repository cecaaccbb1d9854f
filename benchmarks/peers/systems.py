"""The systems that are compared, and a client for the process of each system."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.weights import Weights

ROOT = Path(__file__).parent.parent.parent
WORK = ROOT / "benchmarks" / "work"
"""Folder of environments, weights, articles and indexes. It is not in git and may be deleted at any time."""
THREADS = 2
"""Threads of each system, as many as this project's own pool of readers has."""


@dataclass(frozen=True, slots=True)
class System:
    """One of the compared systems.

    Attributes:
        name: Name of its folder here.
        title: Its name in the tables.
        short_answers: Whether it gives short answers, which can be compared with gold ones.
    """

    name: str
    title: str
    short_answers: bool = True

    @property
    def environment(self) -> Path:
        """Folder of its virtual environment, which `benchmarks.peers.environments` makes. mypy skips hidden folders."""
        return WORK / ".environments" / self.name

    @property
    def requirements(self) -> Path:
        """File of the requirements that its environment has installed."""
        return Path(__file__).parent / self.name / "requirements.txt"

    @property
    def installed(self) -> bool:
        """Whether its environment is complete and made from the present requirements."""
        return self.stamp.exists() and self.stamp.read_bytes() == self.requirements.read_bytes()

    @property
    def stamp(self) -> Path:
        """Copy of the requirements that the environment was made with. It is written last."""
        return self.environment / ".installed"

    @property
    def python(self) -> str:
        """The interpreter of its environment. Without an environment, this project uses the running interpreter."""
        own = not self.installed and self.name == NEWSROOM.name
        return sys.executable if own else str(self.environment / "bin" / "python")


NEWSROOM = System("newsroom", "this project")
SYSTEMS = (
    NEWSROOM,
    System("haystack", "Haystack 3.4"),
    System("txtai", "txtai 9.14"),
    System("verbatim", "VerbatimRAG 0.2.8", short_answers=False),
)
"""All systems, this project first."""


class DriverError(RuntimeError):
    """A system failed. The message is the system's own."""


class Client:
    """Runs a system's driver in a separate process. A context manager; leaving it ends the process."""

    def __init__(self, system: System, index: Path, weights: Weights) -> None:
        """Starts the process and opens the index.

        Args:
            system: The system.
            index: The index folder.
            weights: The weights.

        Raises:
            DriverError: If the system can't open the index.
        """
        self.system = system
        self._weights = weights
        self._errors = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115
        environment = {**os.environ, "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": str(THREADS)}
        environment |= {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "HAYSTACK_TELEMETRY_ENABLED": "False"}
        self._process = subprocess.Popen(
            [system.python, "-m", f"benchmarks.peers.{system.name}.driver"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            env=environment,
            text=True,
            encoding="utf-8",
        )
        try:
            self.open(index)
        except DriverError:
            self.close()
            raise

    def open(self, index: Path) -> None:
        """Opens an index, in place of the one that was open.

        Args:
            index: The index folder, which may be missing.

        Raises:
            DriverError: If the system can't open it.
        """
        self.call("open", index=str(index), embedder=str(self._weights.embedder), reader=str(self._weights.reader))

    def call(self, do: str, **arguments: Any) -> Any:
        """Sends one request and returns its result.

        Args:
            do: Name of a method of `Driver`.
            arguments: Its arguments.

        Raises:
            DriverError: If the system fails or its process has ended.
        """
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        reply = json.loads(line) if line else {"error": f"ended: {self._last_words()}"}
        if "error" in reply:
            raise DriverError(f"{do}: {reply['error']}")
        return reply["result"]

    def timed(self, do: str, **arguments: Any) -> tuple[float, Any]:
        """Sends one request as `call` does. Returns its wall seconds and its result."""
        start = time.perf_counter()
        result = self.call(do, **arguments)
        return time.perf_counter() - start, result

    def peak_mb(self) -> int:
        """Reads the peak memory so far in MB, as Linux counts it (VmHWM), of the process and of those it started."""
        return round(sum(map(_peak_kb, _family(self._process.pid))) / 1024)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the process and waits for it."""
        with self._errors, self._process:
            pass

    def _last_words(self) -> str:
        self._errors.seek(0)
        return self._errors.read()[-2000:].strip()


def _family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _peak_kb(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:"))
