"""Turns an unexpected error into one that costs a single article or passage, and names the place in the code."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from rag.core.errors import ArticleError, RagError
from rag.core.plain_text import visible

_PACKAGE = Path(__file__).parent.parent
_LONGEST = 200
"""Characters of the unexpected error's own text that are shown."""
_Result = TypeVar("_Result")
_log = logging.getLogger(__name__)


def describe_fault(error: Exception) -> str:
    """Describes an unexpected error in one line: its class, its text, and the last line of this package that ran."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if Path(frame.filename).is_relative_to(_PACKAGE)]
    place = "".join(f" in {Path(frame.filename).name}, line {frame.lineno}" for frame in (ours or frames)[-1:])
    said = visible(str(error))[:_LONGEST]
    return f"{type(error).__name__}{f': {said}' if said else ''}{place}"


def attempt(work: Callable[[], _Result]) -> _Result | ArticleError:
    """Does work on one article, so that an unexpected error costs this article and no other.

    Args:
        work: Reads, splits or embeds one article.

    Returns:
        The result, or the error of the article.

    Raises:
        RagError: If the index or a model failed. That is not the article's fault.
    """
    try:
        return work()
    except ArticleError as error:
        return error
    except RagError:
        raise
    except Exception as error:
        fault = describe_fault(error)
        _log.info("an article was left out: %s", fault, exc_info=True)
        return ArticleError(
            f"This program has a fault that this article shows ({fault})",
            "program_fault",
            remedy="report this line; the other articles were read",
            fault=fault,
        )
