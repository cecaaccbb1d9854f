"""Finds or installs the programs from Debian that some tests run: `python -m tests.programs`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

NAMES = ("strace", "nginx")
"""The programs. Each is in Debian's package of the same name."""


def program(name: str) -> str:
    """Returns the path of a program. Without it the test is skipped, or fails in CI."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if found is not None:
        return found
    missing = f"This test needs {name}, and there is none; as root run: apt-get install -y {name}"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


def main() -> None:
    """Installs what is missing if this process may, and prints a line for each program that is still missing."""
    missing = [name for name in NAMES if shutil.which(name) is None]
    if missing and shutil.which("apt-get") is not None and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
            subprocess.run(["apt-get", *command], check=False, stdout=subprocess.DEVNULL, env=environment)
    for name in NAMES:
        if shutil.which(name) is None:
            print(f"{name} is missing, so its tests are skipped", file=sys.stderr)


if __name__ == "__main__":
    main()
