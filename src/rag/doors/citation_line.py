"""A quote with its source as one line that can be printed."""

from __future__ import annotations

from rag.core.citation import Citation, reference_of
from rag.core.plain_text import visible
from rag.verification.results import QuotePlace


def citation_line(quoted: Citation | QuotePlace) -> str:
    """Writes a quote, who says it, and its article as one line.

    Args:
        quoted: The quote and its place.

    Returns:
        Such as `“It closes in May.”, Ann Lind (Jo Berg: Bridge to close. The Gazette, 2025-04-12. Page 3)`. The quote
        is verbatim, except that white space becomes a single space and control characters are shown as codes.
    """
    return f"“{visible(quoted.quote)}”{_speaker(quoted)} ({reference_of(quoted)})"


def _speaker(quoted: Citation | QuotePlace) -> str:
    """The speaker, if the article's text names one."""
    said_by = quoted.said_by if isinstance(quoted, Citation) else None
    return f", {visible(said_by.name)}" if said_by is not None and said_by.name and not said_by.guessed else ""
