"""Runs the command `rag` as a person does."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from rag.cli.main import main
from tests import forks

RAG = Path(sys.executable).parent / "rag"


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs `rag` with these arguments and variables, in a fork that has imported everything."""
    return forks.run(main, ["rag", *arguments], cwd=cwd, environment=_variables(environment))


def run_program(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Does the same in a new process, which imports what it needs."""
    command = [str(RAG), *arguments]
    return subprocess.run(command, cwd=cwd, env=_variables(environment), capture_output=True, text=True, check=False)


def _variables(added: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "RAG_INDEX"} | added
