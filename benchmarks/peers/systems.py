"""The systems that are compared, and the process that each of them is asked in."""

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
"""Environments, weights, articles and indexes; not in git, and may be deleted at any time."""
THREADS = 2
"""For each system; this project reads on a pool of two by itself."""


@dataclass(frozen=True, slots=True)
class System:
    """One of the compared systems; `name` is its folder's here, `title` what the tables call it."""

    name: str
    title: str

    @property
    def environment(self) -> Path:
        """Its virtual environment, made by `benchmarks.peers.environments`."""
        return WORK / "environments" / self.name

    @property
    def requirements(self) -> Path:
        """What is installed there."""
        return Path(__file__).parent / self.name / "requirements.txt"

    @property
    def installed(self) -> bool:
        """Whether its environment is whole, and has what its requirements pin today."""
        return self.stamp.exists() and self.stamp.read_bytes() == self.requirements.read_bytes()

    @property
    def stamp(self) -> Path:
        """A copy of the requirements that the environment was made with, put there last."""
        return self.environment / ".installed"

    @property
    def python(self) -> str:
        """The interpreter of its environment; this project can also be asked from the one that runs."""
        own = not self.installed and self.name == NEWSROOM.name
        return sys.executable if own else str(self.environment / "bin" / "python")


NEWSROOM = System("newsroom", "this project")
SYSTEMS = (NEWSROOM, System("haystack", "Haystack 2.31"), System("txtai", "txtai 9.14"))


class DriverError(RuntimeError):
    """A system could not do what it was asked to; the message is its own."""


class Client:
    """A system's driver in a process of its own, ready to answer from an index once made; use it in a `with`."""

    def __init__(self, system: System, index: Path, weights: Weights) -> None:
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
            self.call("open", index=str(index), embedder=str(weights.embedder), reader=str(weights.reader))
        except DriverError:
            self.close()
            raise

    def call(self, do: str, **arguments: Any) -> Any:
        """The result of one request. Raises DriverError."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        reply = json.loads(line) if line else {"error": f"ended: {self._last_words()}"}
        if "error" in reply:
            raise DriverError(f"{do}: {reply['error']}")
        return reply["result"]

    def timed(self, do: str, **arguments: Any) -> tuple[float, Any]:
        """Wall seconds from the outside, and the result."""
        start = time.perf_counter()
        result = self.call(do, **arguments)
        return time.perf_counter() - start, result

    def peak_mb(self) -> int:
        """The most memory that the process has had until now, as the system counts it (VmHWM)."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
        return round(int(line.split()[1]) / 1024)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets the process end, and waits for it."""
        with self._errors, self._process:
            pass

    def _last_words(self) -> str:
        self._errors.seek(0)
        return self._errors.read()[-2000:].strip()
