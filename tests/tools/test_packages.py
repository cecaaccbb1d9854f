"""The wheel has every package: `pyproject.toml` lists them, because the page's folder has another name there."""

from __future__ import annotations

import tomllib

from tests.places import ROOT


def test_every_package_is_in_the_wheel() -> None:
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    of_library = {".".join(file.parent.relative_to(ROOT / "src").parts) for file in (ROOT / "src").rglob("__init__.py")}
    of_page = {
        ".".join(("rag_ui", *file.parent.relative_to(ROOT / "ui").parts)) for file in (ROOT / "ui").rglob("__init__.py")
    }
    assert set(listed) == of_library | of_page
    assert len(listed) == len(set(listed))
