"""Tells a fault of this program from a request that only a program with other intentions sends."""

from __future__ import annotations

import traceback
from pathlib import Path

import rag

_OURS = (Path(rag.__file__).parent, Path(__file__).parent.parent)
_SERVING = (Path(__file__).parent, Path(__file__).parent.parent / "app.py")
"""The parts that pass requests on to Gradio."""


def is_ours(error: BaseException) -> bool:
    """Whether an error came up in a handler of the page or in the library.

    Gradio alone raises errors of many kinds on requests that don't fit the page.
    """
    files = {Path(frame.filename) for frame in traceback.extract_tb(error.__traceback__)}
    return any(
        any(file.is_relative_to(folder) for folder in _OURS)
        and not any(file.is_relative_to(place) for place in _SERVING)
        for file in files
    )
