"""Builds regular expressions from lists of words and from tables of patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """A row of a table of patterns.

    Attributes:
        pattern: A regular expression, in lower case.
        matches: A text that it matches.
        leaves: A similar text that it must not match.
    """

    pattern: str
    matches: str
    leaves: str


def any_of(words: Iterable[str]) -> str:
    """Returns a group that matches any of these words literally; the longest is tried first."""
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))})"


def in_either_case(words: Iterable[str]) -> str:
    """Returns a group that matches any of these words, with the first letter in either case."""
    alternatives = sorted(words, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(f'[{word[0].upper()}{word[0]}]{re.escape(word[1:])}' for word in alternatives)})"


def any_row(rows: Iterable[Row]) -> str:
    """Returns a group that matches any of these rows' patterns; the first is tried first."""
    return f"(?:{'|'.join(row.pattern for row in rows)})"


def capitalised(words: Iterable[str]) -> frozenset[str]:
    """Returns the words with their first letter in upper case."""
    return frozenset(word[:1].upper() + word[1:] for word in words)
