"""Fixtures of the update tests: a folder of two articles, and an embedder that needs no model."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fakes import HashingEmbedder
from tests.libraries import story, write


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    write(folder / "bridge.txt", story("The bridge over the Lune reopened on Monday."))
    write(folder / "fire.txt", story("A fire destroyed the Halton mill on Sunday."))
    return folder


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()
