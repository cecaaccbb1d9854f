"""Finds the two sides of a comparison in a question: "Which is longer, the bridge or the tunnel?"."""

from __future__ import annotations

import re

from rag.text.english.forms import SIDES_COMPARED
from rag.text.terms import terms

_PATTERNS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in SIDES_COMPARED)


def sides_of(text: str) -> tuple[frozenset[str], ...]:
    """Finds what a question compares.

    Args:
        text: The question.

    Returns:
        The terms that only the first side has, and those that only the second side has (see `rag.text.terms`). Empty
        if the question compares nothing, or if one side has no terms of its own.
    """
    for pattern in _PATTERNS:
        if found := pattern.search(text):
            one, other = (frozenset(terms(side)) for side in found.group("one", "other"))
            return (one - other, other - one) if one - other and other - one else ()
    return ()
