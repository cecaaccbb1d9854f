"""Installs a package into a fresh environment, and lets it answer a question there."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("trial_program.py")
_SMALLER = ("-qq", "--disable-pip-version-check", "--no-compile")


def try_out(package: Path, version: str, folder: Path) -> str:
    """Installs a wheel or a source distribution, updates an index from the seeds with it, and asks a question.

    The packages have the versions of requirements.lock and constraints.txt, and come from the package registry. The
    program itself then asks no network.

    Args:
        package: The file.
        version: The version that it must have.
        folder: An empty folder for the environment and the index.

    Returns:
        What the program printed: one line.

    Raises:
        subprocess.CalledProcessError: If it could not be installed, did not answer or a quote is not verified.
    """
    environment = folder / "environment"
    venv.create(environment, with_pip=True, symlinks=True)
    python = str(environment / "bin" / "python")
    # torch by pip, which may find its CPU build where uv does not look, as in the Makefile.
    _run([python, "-m", "pip", "install", *_SMALLER, "--constraint", str(ROOT / "constraints.txt"), "torch"], folder)
    uv = [str(Path(sys.executable).with_name("uv")), "pip", "install", "--quiet", "--python", python]
    _run([*uv, "--constraint", str(ROOT / "requirements.lock"), str(package)], folder)
    asked = [python, "-I", str(PROGRAM), version, str(ROOT / "seeds"), str(folder / "index")]
    return _run(asked, folder).strip()


def _run(command: Sequence[str], folder: Path) -> str:
    """Runs a program in a folder from which none of the repository's modules can be imported."""
    quiet = {"HF_HUB_OFFLINE": "1", "RAG_CACHE": str(folder / "cache")}
    return subprocess.run(
        command, cwd=folder, env={**os.environ, **quiet}, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
