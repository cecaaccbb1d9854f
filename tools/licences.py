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
EXTRAS = ("serve", "postgres")
"""The extras of the project that are for its users."""

HEAD = """\
# Licences

The project is under the MIT licence. These are the packages that `make install` installs on Linux with Python 3.11, as
`make licences` found them. "Run" marks what a plain installation needs, "serve" what `rag serve` and `rag mcp` need
besides (the extra `serve`), "postgres" what a library in a PostgreSQL database needs besides (the extra `postgres`);
the others serve development, documentation and training.

psycopg and its parts are under the GNU Lesser General Public License 3.0. The project imports them unchanged, and only
for a library in PostgreSQL; its own code stays under the MIT licence.

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
        needed_to: "run", one of `EXTRAS`, or "develop".
    """

    name: str
    version: str
    licence: str
    needed_to: str


def pinned() -> dict[str, str]:
    """Reads the versions of the packages in the lock file, and of torch in constraints.txt.

    Returns:
        The versions by normalised name.
    """
    files = (ROOT / "constraints.txt", ROOT / "requirements.lock")
    return {_normal(name): version for file in files for name, version in _PIN.findall(file.read_text("utf-8"))}


def needed_by(name: str, extra: str = "") -> set[str]:
    """Finds a package and all packages that it needs on this platform.

    Args:
        name: The package's name.
        extra: The extra that is installed with it; none by default.

    Returns:
        Normalised names.
    """
    found: set[tuple[str, str]] = set()
    waiting = [(_normal(name), extra)]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += [(_normal(r.name), extra) for r in requirements_of(*current) for extra in ("", *r.extras)]
    return {name for name, _ in found}


def requirements_of(name: str, extra: str = "") -> list[Requirement]:
    """Reads what an installed package requires on this platform; nothing if it is not installed."""
    found = _find(name)
    stated = [Requirement(line) for line in (found.requires or [] if found else [])]
    return [needed for needed in stated if needed.marker is None or needed.marker.evaluate({"extra": extra})]


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
    rows = [(p.name, p.version, p.licence, p.needed_to) for p in packages]
    return "".join(f"| {' | '.join(cell.replace('|', '/') for cell in row)} |\n" for row in sorted(rows))


def installed() -> list[Package]:
    """Lists the pinned packages that this environment has installed."""
    needed = {"run": needed_by(PROJECT)} | {extra: needed_by(PROJECT, extra) for extra in EXTRAS}
    packages = []
    for name, version in pinned().items():
        found = _find(name)
        if found is not None:
            fields = ("License-Expression", "Classifier", "License")
            facts = {field: found.metadata.get_all(field) or [] for field in fields}
            needed_to = next((purpose for purpose, names in needed.items() if name in names), "develop")
            packages.append(Package(name, version, licence_of(facts), needed_to))
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


if __name__ == "__main__":
    main()
