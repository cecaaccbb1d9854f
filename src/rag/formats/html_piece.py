"""Reads a piece of HTML without a page around it, as a content system exports an article's body. Runs in the worker."""

from __future__ import annotations

from rag.formats.extracted import Extracted
from rag.formats.markup import read_value
from rag.text.decode import decode


def extract(data: bytes) -> list[Extracted]:
    """Reads the article in a piece of HTML.

    Args:
        data: The bytes of the file.

    Returns:
        One article; its text is "" if no element has text.

    Raises:
        ArticleError: If the bytes are not text.
    """
    return [Extracted(read_value(decode(data)))]
