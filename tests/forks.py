"""Runs programs as forks of one process that has imported what they need, because that takes longer than most tests.

What such a program does is the same, but it shows nothing about its imports and about options of Python itself.
"""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.imported"])


def start(
    program: Callable[[], object],
    arguments: Sequence[str],
    *,
    output: Path,
    errors: Path,
    cwd: Path,
    environment: Mapping[str, str],
) -> BaseProcess:
    """Starts a program.

    Args:
        program: A function of a module, which reads `sys.argv`.
        arguments: Its `sys.argv`.
        output: File for its standard output.
        errors: File for its error stream.
        cwd: Its working folder.
        environment: All its variables of the environment.
    """
    given = (program, list(arguments), output, errors, cwd, dict(environment))
    process = _FORKS.Process(target=_run, args=given, daemon=True)  # it ends with the tests, also if they are stopped
    process.start()
    return process


def run(
    program: Callable[[], object], arguments: Sequence[str], *, cwd: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Runs a program to its end. The arguments are those of `start`."""
    with tempfile.TemporaryDirectory() as folder:
        output, errors = (Path(folder) / name for name in ("output", "errors"))
        process = start(program, arguments, output=output, errors=errors, cwd=cwd, environment=environment)
        process.join()
        assert process.exitcode is not None
        said = output.read_text("utf-8"), errors.read_text("utf-8")
        return subprocess.CompletedProcess(list(arguments), process.exitcode, *said)


def _run(
    program: Callable[[], object],
    arguments: list[str],
    output: Path,
    errors: Path,
    cwd: Path,
    environment: dict[str, str],
) -> None:
    for descriptor, path in ((1, output), (2, errors)):
        with path.open("w") as file:
            os.dup2(file.fileno(), descriptor)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    sys.argv = arguments
    program()
