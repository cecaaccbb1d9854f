"""Writes docs/licences.md: every package that `make install` installs, with its licence.

    python -m tools.licences

Versions are those of requirements.lock and constraints.txt, licences those that the installed packages state. Packages
that this platform does not need are left out, as they are not installed and state nothing.
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
_CLASSIFIER = "License :: "


@dataclass(frozen=True, slots=True)
class Package:
    """A package of the environment."""

    name: str
    version: str
    licence: str
    runs: bool
    """Whether the project needs it to run."""


def pinned() -> dict[str, str]:
    """The version of each package of the lock file, and of torch, which stands in constraints.txt."""
    files = (ROOT / "constraints.txt", ROOT / "requirements.lock")
    return {_normal(name): version for file in files for name, version in _PIN.findall(file.read_text("utf-8"))}


def needed_by(name: str) -> set[str]:
    """The package and all that it needs on this platform, extras left out."""
    found: set[str] = set()
    waiting = [_normal(name)]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += [_normal(needed.name) for needed in _requirements(current)]
    return found


def licence_of(facts: Mapping[str, list[str]]) -> str:
    """The licence that a package's metadata states: its SPDX expression, else its classifiers, else its own words.

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
    """The rows of a Markdown table, by name."""
    rows = [(p.name, p.version, p.licence, "run" if p.runs else "develop") for p in packages]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n" for row in sorted(rows))


def installed() -> list[Package]:
    """The pinned packages that this environment has."""
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
