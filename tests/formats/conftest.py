"""What the tests of the worker share."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with modules for the worker: readers that behave like broken parsers."""
    import rag.formats

    (tmp_path / "sitecustomize.py").write_text(f"import rag.formats; rag.formats.__path__.append({str(tmp_path)!r})")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert rag.formats.__path__
    return tmp_path
