"""Writes a new version into the code, the changelog and the description of REST: `make version VERSION=0.2.0`.

    python -m tools.release.prepare 0.2.0

Nothing is committed.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from datetime import date
from pathlib import Path

from tools.release.agreement import CHANGELOG, CODE, RELEASED, UNRELEASED, VERSION_LINE, version_of

ROOT = Path(__file__).parents[2]


def with_version(code: str, version: str) -> str:
    """Writes a version into the text of `rag/__init__.py`.

    Raises:
        ValueError: If the version is not like 0.2.0, or lower than the one in the text.
    """
    if not RELEASED.fullmatch(version):
        raise ValueError(f"{version!r} is not like 0.2.0")
    if _numbers(version) < _numbers(version_of(code)):
        raise ValueError(f"{version} is lower than {version_of(code)}")
    return VERSION_LINE.sub(f'__version__ = "{version}"', code)


def with_heading(changelog: str, version: str, day: date) -> str:
    """Makes the changelog's section of what is not released that of a version, with the day.

    Raises:
        ValueError: If there is no such section.
    """
    heading = f"## {UNRELEASED}\n"
    if heading not in changelog:
        raise ValueError(f"{CHANGELOG} has no section {UNRELEASED!r}")
    return changelog.replace(heading, f"## {version} ({day.isoformat()})\n", 1)


def main() -> None:
    """Writes the files, all of them or none."""
    parser = argparse.ArgumentParser(prog="python -m tools.release.prepare", description=__doc__)
    parser.add_argument("version", metavar="VERSION", help="the new version, such as 0.2.0")
    version = parser.parse_args().version
    code, changelog = ROOT / CODE, ROOT / CHANGELOG
    try:
        written = {
            code: with_version(code.read_text("utf-8"), version),
            changelog: with_heading(changelog.read_text("utf-8"), version, date.today()),
        }
    except ValueError as error:
        sys.exit(f"version: {error}")
    for path, text in written.items():
        path.write_text(text, encoding="utf-8")
    # In a process of its own, which imports the new version.
    subprocess.run([sys.executable, "-m", "tools.openapi"], cwd=ROOT, check=True)
    print(f"version: {version} is written; look at it with git diff, commit it, then run: make release")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


if __name__ == "__main__":
    main()
