"""Tells whether words are in another language than the English text around them, as a quoted tweet may be."""

from __future__ import annotations

import re

from rag.text.english.spelling import common_words

_WORD = re.compile(r"(?<![\w’'-])[a-z]{3,}(?![\w’'-])")
"""A word in lower case, which is no name."""
_FEWEST = 3
"""Words in lower case by which a language is told."""
_FOREIGN, _ENGLISH = 0.5, 0.8
"""Shares of common English words: a foreign sentence has fewer than the first, an English text at least the second."""


def is_foreign(words: str, around: str) -> bool:
    """Returns whether words are not English, though the text around them is.

    In an archive of another language nothing is foreign.

    Args:
        words: A sentence.
        around: The article that it is from.
    """
    return _share_english(words) < _FOREIGN and _share_english(around) >= _ENGLISH


def _share_english(text: str) -> float:
    """The share of common English words among those in lower case; 1 if there are too few to tell."""
    words = _WORD.findall(text)
    if len(words) < _FEWEST:
        return 1.0
    return sum(word in common_words() for word in words) / len(words)
