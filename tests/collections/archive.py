"""A folder with two small collections of made-up news."""

from __future__ import annotations

from pathlib import Path

from rag.library import Library
from tests.libraries import write
from tests.verification.archive import MILL, PIER, STORM

CUP = """The pier cup

The pier cup of Osk was won by Nils Aker on Saturday. The regatta around the pier took him 3 hours. “I have waited for
this since 1998,” he said. The club of Osk pays him a prize of 500 crowns.
"""
TEXTS = {"politics": {"pier": PIER, "mill": MILL}, "sports": {"cup": CUP, "storm": STORM}}


def build(folder: Path) -> Path:
    """Makes the collections `politics` and `sports`. Returns their folder; their files lie beside it."""
    for name, texts in TEXTS.items():
        for title, text in texts.items():
            write(folder / "news" / name / f"{title}.txt", text)
        with Library.open(folder / "all" / name / "index", create=True) as library:
            library.update(folder / "news" / name)
    return folder / "all"
