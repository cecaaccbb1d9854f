"""Finds or installs the programs from Debian that some tests run: `python -m tests.programs`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

PACKAGES = {"strace": "strace", "nginx": "nginx", "openssl": "openssl", "systemd-analyze": "systemd"}
"""The programs, each with the package of Debian that has it."""


def program(name: str) -> str:
    """Returns the path of a program. Without it the test is skipped, or fails in CI."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    if found is not None:
        return found
    missing = f"This test needs {name}, and there is none; as root run: apt-get install -y {PACKAGES[name]}"
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


def main() -> None:
    """Installs what is missing if this process may, and prints a line for each program that is still missing."""
    missing = [package for name, package in PACKAGES.items() if shutil.which(name) is None]
    if missing and shutil.which("apt-get") is not None and os.geteuid() == 0:
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
            subprocess.run(["apt-get", *command], check=False, stdout=subprocess.DEVNULL, env=environment)
    for name in PACKAGES:
        if shutil.which(name) is None:
            print(f"{name} is missing, so its tests are skipped", file=sys.stderr)


if __name__ == "__main__":
    main()
