"""The public names of the package: what `dir(rag)` shows, what each name is, and that names are loaded when used."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import rag

ROOT = Path(__file__).parent.parent


def fresh(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_dir_shows_the_public_names_and_only_those() -> None:
    import_module("rag.core.schema")
    assert dir(rag) == sorted([*rag.__all__, "__version__"])
    assert {"answer", "Library", "Answer", "RagError"} <= set(rag.__all__)


@pytest.mark.parametrize("name", rag.__all__)
def test_each_name_is_what_its_module_defines(name: str) -> None:
    assert getattr(rag, name).__name__ == name
    assert getattr(rag, name).__module__.startswith("rag.")


def test_an_unknown_name_is_an_attribute_error() -> None:
    misspelt = "Anwser"
    with pytest.raises(AttributeError, match="'rag' has no attribute 'Anwser'"):
        getattr(rag, misspelt)


def test_a_star_import_brings_the_public_names() -> None:
    names = fresh("from rag import *; print(*sorted(name for name in dir() if not name.startswith('_')))").split()
    assert names == sorted(rag.__all__)


def test_the_import_and_the_version_load_nothing_else() -> None:
    loaded = fresh("import sys, rag; rag.__version__; dir(rag); print(*sys.modules)").split()
    assert [
        name for name in loaded if name.startswith("rag.") or name in ("pydantic", "numpy", "torch", "fastapi", "mcp")
    ] == []


def test_the_version_stands_once() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["dynamic"] == ["version"]
    assert project["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "rag.__version__"}
    assert re.fullmatch(r"\d+\.\d+\.\d+", rag.__version__)
