"""Tells a fault of this program from a request that only a program with other intentions sends."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

import rag

_log = logging.getLogger(__name__)

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


def forgiving(process: Callable[..., Any]) -> Callable[..., Any]:
    """Wraps Gradio's processing of an event, which would write a traceback for a request that doesn't fit the page.

    Args:
        process: `Blocks.process_api`.

    Returns:
        The same, with an error of one line for such a request.
    """

    async def process_forgiving(*arguments: Any, **options: Any) -> Any:
        try:
            return await process(*arguments, **options)
        except gr.Error as error:
            error.print_exception = False
            raise
        except Exception as error:
            if is_ours(error):
                raise
            _log.info("a request does not fit the page", exc_info=error)
            raise gr.Error(type(error).__name__, print_exception=False) from error

    return process_forgiving
