"""Finds or installs the Chromium for tests and pictures: `python -m tests.browser.chromium`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "google-chrome")
"""Browsers to look for, in this order."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # One process draws all tabs, which takes less processor time for each page.
    "--disable-features=IsolateOrigins,site-per-process",
    "--disable-site-isolation-trials",
    "--renderer-process-limit=1",
    "--num-raster-threads=1",
    "--disable-checker-imaging",
)
"""Options of the browser: it runs without a sandbox, as containers require, and without requests of its own."""
MISSING = (
    "The page's tests need Chromium, and there is none: set CHROMIUM to one, or as root run: "
    "apt-get update && apt-get install -y chromium"
)


def find_chromium() -> str | None:
    """Finds the browser that the variable CHROMIUM names, else the first of NAMES that this machine has.

    Returns:
        Its path; None if there is none.
    """
    named = os.environ.get("CHROMIUM")
    candidates = (named,) if named else NAMES
    return next((found for name in candidates if (found := shutil.which(name))), None)


def install_chromium() -> None:
    """Installs Debian's Chromium if this process may install packages; otherwise does nothing."""
    if shutil.which("apt-get") is None or os.geteuid() != 0:
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "update"], ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]):
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment).returncode:
            return


def main() -> None:
    """Finds or installs a browser and prints one line. Exits with code 1 only in CI if there is no browser."""
    if find_chromium() is None:
        install_chromium()
    found = find_chromium()
    print(Path(found).name if found else MISSING, file=sys.stderr)
    sys.exit(1 if found is None and os.environ.get("CI") else 0)


if __name__ == "__main__":
    main()
