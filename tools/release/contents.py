"""Checks what is in a wheel and in a source distribution."""

from __future__ import annotations

import email
import tarfile
import zipfile
from collections.abc import Collection, Mapping
from pathlib import Path

LARGEST_WHEEL = 60_000_000
"""Most bytes of a wheel."""
ESSENTIAL = (
    "rag/py.typed",
    "rag/weights/reader/model.onnx",
    "rag/weights/speaker/model.onnx",
    "rag/text/english/words.txt",
    "rag_ui/language/english.py",
    "rag_ui/language/german.py",
)
"""Files of a wheel without which nothing answers: models, word lists, both languages of the page, the types."""
_PACKAGES: Mapping[str, str] = {"src/rag/": "rag/", "ui/": "rag_ui/"}
"""Folders of the repository, and of the wheel."""
_ROOT_FILES = ("LICENSE", "README.md", "pyproject.toml")
"""Files that a source distribution has besides the packages."""
_SHOWN = 5
"""Files that one line names."""


def packaged(tracked: Collection[str]) -> dict[str, str]:
    """Names the files of a repository that belong into a wheel.

    Args:
        tracked: The paths of the files that git knows.

    Returns:
        The path in the wheel for each path in the repository.
    """
    return {
        path: inside + path.removeprefix(folder)
        for folder, inside in _PACKAGES.items()
        for path in tracked
        if path.startswith(folder)
    }


def problems_of_wheel(wheel: Path, version: str, tracked: Collection[str]) -> list[str]:
    """Finds what is wrong with a wheel.

    Args:
        wheel: The file.
        version: The version that it must have.
        tracked: The paths of the files that git knows.

    Returns:
        One line for each problem.
    """
    wanted = {*packaged(tracked).values(), *ESSENTIAL}
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if not name.endswith("/")}
        (facts,) = [name for name in names if name.endswith(".dist-info/METADATA")]
        stated = email.message_from_bytes(archive.read(facts))["Version"]
    own = {name for name in names if ".dist-info/" not in name}
    problems = [f"{wheel.name} lacks {_some(wanted - own)}"] if wanted - own else []
    if own - wanted:
        problems.append(f"{wheel.name} has {_some(own - wanted)}, which is not in the packages of the repository")
    if stated != version:
        problems.append(f"{wheel.name} has the version {stated} and not {version}")
    if wheel.stat().st_size > LARGEST_WHEEL:
        problems.append(f"{wheel.name} has {wheel.stat().st_size / 1e6:.1f} MB, more than {LARGEST_WHEEL / 1e6:.0f} MB")
    return problems


def problems_of_source(source: Path, tracked: Collection[str]) -> list[str]:
    """Finds what is wrong with a source distribution: files that a wheel is built from are missing, or tests are in it.

    Args:
        source: The file, `.tar.gz`.
        tracked: The paths of the files that git knows.

    Returns:
        One line for each problem.
    """
    with tarfile.open(source) as archive:
        names = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    missing = {*packaged(tracked), *_ROOT_FILES} - names
    problems = [f"{source.name} lacks {_some(missing)}"] if missing else []
    if tests := {name for name in names if name.startswith("tests/")}:
        problems.append(f"{source.name} has {_some(tests)}")
    return problems


def _some(names: Collection[str]) -> str:
    first = sorted(names)[:_SHOWN]
    return ", ".join(first) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
