"""Writes docs/licences.md, a table of all packages that `make install` installs, with their licences.

    python -m tools.licences

The versions come from requirements.lock and constraints.txt, the licences from the installed packages. Packages that
this platform does not need are left out, because they are not installed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
PROJECT = "newsroom-rag"

HEAD = """\
# Licences

The project is under the MIT licence. These are the packages that `make install` installs on Linux with Python 3.11, as
`make licences` found them. "Run" marks what a plain installation needs; the others serve development, documentation
and training.

| Package | Version | Licence | Needed to |
|---|---|---|---|
"""

_PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)
"""A line that pins a package: name and version."""
_CLASSIFIER = "License :: "
"""Beginning of the classifiers that name a licence."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the environment.

    Attributes:
        name: Its normalised name.
        version: Its version.
        licence: Its licence, or "not stated".
        runs: Whether the project needs it to run.
    """

    name: str
    version: str
    licence: str
    runs: bool


def pinned() -> dict[str, str]:
    """Reads the versions of the packages in the lock file, and of torch in constraints.txt.

    Returns:
        The versions by normalised name.
    """
    files = (ROOT / "constraints.txt", ROOT / "requirements.lock")
    return {_normal(name): version for file in files for name, version in _PIN.findall(file.read_text("utf-8"))}


def needed_by(name: str) -> set[str]:
    """Finds a package and all packages that it needs on this platform, without extras.

    Args:
        name: The package's name.

    Returns:
        Normalised names.
    """
    found: set[str] = set()
    waiting = [_normal(name)]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += [_normal(needed.name) for needed in _requirements(current)]
    return found


def licence_of(facts: Mapping[str, list[str]]) -> str:
    """Finds the licence in a package's metadata: its SPDX expression, else its classifiers, else its free text.

    Args:
        facts: The values of the fields `License-Expression`, `Classifier` and `License`.

    Returns:
        One line, or "not stated".
    """
    classifiers = [value for value in facts.get("Classifier", []) if value.startswith(_CLASSIFIER)]
    named = [value.rpartition(" :: ")[2] for value in classifiers if value != "License :: OSI Approved"]
    own = [value.strip().splitlines()[0] for value in facts.get("License", []) if value.strip()]
    return "; ".join(facts.get("License-Expression") or named or own) or "not stated"


def table(packages: list[Package]) -> str:
    """Renders the rows of a Markdown table, sorted by name."""
    rows = [(p.name, p.version, p.licence, "run" if p.runs else "develop") for p in packages]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n" for row in sorted(rows))


def installed() -> list[Package]:
    """Lists the pinned packages that this environment has installed."""
    needed = needed_by(PROJECT)
    packages = []
    for name, version in pinned().items():
        found = _find(name)
        if found is not None:
            fields = ("License-Expression", "Classifier", "License")
            facts = {field: found.metadata.get_all(field) or [] for field in fields}
            packages.append(Package(name, version, licence_of(facts), name in needed))
    return packages


def main() -> None:
    """Writes the page."""
    PAGE.write_text(HEAD + table(installed()), encoding="utf-8")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _find(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _requirements(name: str) -> list[Requirement]:
    found = _find(name)
    stated = [Requirement(line) for line in (found.requires or [] if found else [])]
    return [needed for needed in stated if needed.marker is None or needed.marker.evaluate({"extra": ""})]


if __name__ == "__main__":
    main()
