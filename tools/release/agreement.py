"""Checks that the code, the changelog, the description of REST, the tag and the work tree state one version."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

CODE = Path("src/rag/__init__.py")
CHANGELOG = Path("CHANGELOG.md")
DESCRIPTIONS = (Path("docs/reference/openapi.json"), Path("docs/reference/openapi-collections.json"))
UNRELEASED = "Unreleased"
"""Heading of the changelog's section of what is not released."""
VERSION_LINE = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)
RELEASED = re.compile(r"\d+\.\d+\.\d+")
"""A version that can be released: no `.dev1`, no `rc1`."""
_HEADING = re.compile(r"^## (.+)$", re.MULTILINE)
_DATED = re.compile(rf"({RELEASED.pattern}) \(\d{{4}}-\d\d-\d\d\)")
_PREPARE = "run: make version VERSION=…, with the version to release"
_SHOWN = 5
"""Changed files that are named."""


def version_of(code: str) -> str:
    """Reads the version in the text of `rag/__init__.py`; "" if there is none."""
    found = VERSION_LINE.search(code)
    return found[1] if found else ""


def tag_of(version: str) -> str:
    """Names the tag of a version: `v0.2.0`."""
    return f"v{version}"


def find_problems(root: Path) -> list[str]:
    """Finds what keeps the work tree in a folder from being released.

    Args:
        root: The folder of the repository.

    Returns:
        One line for each problem, with what to do; none if all of it agrees.
    """
    version = version_of((root / CODE).read_text("utf-8"))
    if not RELEASED.fullmatch(version):
        return [f"{CODE} has the version {version!r}, which is not like 0.2.0; {_PREPARE}"]
    return [
        *problems_of_changelog((root / CHANGELOG).read_text("utf-8"), version),
        *_problems_of_descriptions(root, version),
        *_problems_of_git(root, tag_of(version)),
    ]


def problems_of_changelog(changelog: str, version: str) -> list[str]:
    """Finds what the changelog lacks: its first section must be that of the version, with its date."""
    headings = _HEADING.findall(changelog)
    first = headings[0] if headings else "nothing"
    dated = _DATED.fullmatch(first)
    if dated and dated[1] == version:
        return []
    return [f"{CHANGELOG} begins with {first!r}, not with {version} and its date; {_PREPARE}"]


def _problems_of_descriptions(root: Path, version: str) -> list[str]:
    stated = {path: json.loads((root / path).read_text("utf-8"))["info"]["version"] for path in DESCRIPTIONS}
    return [
        f"{path} has the version {other}, not {version}; run: python -m tools.openapi"
        for path, other in stated.items()
        if other != version
    ]


def _problems_of_git(root: Path, tag: str) -> list[str]:
    problems = []
    changed = git(root, "status", "--porcelain").splitlines()
    if changed:
        named = ", ".join(line[3:] for line in changed[:_SHOWN]) + (", …" if len(changed) > _SHOWN else "")
        problems.append(f"{len(changed)} files are not committed ({named}); commit them")
    if git(root, "tag", "--list", tag) and git(root, "rev-list", "-n1", tag) != git(root, "rev-parse", "HEAD"):
        problems.append(f"the tag {tag} names another commit; release a higher version")
    return problems


def git(root: Path, *arguments: str) -> str:
    """Runs git in a folder, and returns what it prints without the white space at the end."""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.rstrip()
