"""The folders beside an index."""

from __future__ import annotations

from pathlib import Path

from rag.core.index_layout import ADDED, DEFAULT, beside


def test_indexes_side_by_side_have_folders_of_their_own(tmp_path: Path) -> None:
    assert beside(tmp_path / DEFAULT, ADDED) == tmp_path / "added"
    assert beside(tmp_path / "news", ADDED) == tmp_path / "news-added"
    assert beside(Path("news"), ADDED) == Path.cwd() / "news-added"
