"""Finds the places of searched words in a text, by the same analysis as the BM25 index."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from rag.text.terms import analyze, fold

_CHUNK = re.compile(r"[^\x00-/:-@\[-`{-\x7f\s]+")
"""Characters that may be in one word: no white space and no ASCII mark."""
_WORD = re.compile(r"[^\W_]+")
"""A word as tantivy's tokenizer cuts it: letters and digits. It counts some combining marks as letters too."""
Place = tuple[int, int]
"""The place of a word or phrase: start and end offset in a text, in characters; the end is exclusive."""
Analysis = Callable[[str], list[str]]
"""A function from a text to its words in the form in which they are compared."""


def find_word(word: str, text: str) -> list[Place]:
    """Finds a word in any inflection. A word with a mark inside ("cease-fire") is found as a phrase.

    Args:
        word: The word.
        text: The text to search.

    Returns:
        The places, in order.
    """
    wanted = analyze(word)
    return _find(wanted, text, _stems) if len(wanted) == 1 else find_phrase(word, text)


def find_phrase(phrase: str, text: str) -> list[Place]:
    """Finds these words as they are written and in this order, whatever their case and accents.

    Args:
        phrase: The words.
        text: The text to search.

    Returns:
        The places, in order. None overlaps the one before.
    """
    return _find(fold(phrase), text, _exact)


def _find(wanted: Sequence[str], text: str, analysis: Analysis) -> list[Place]:
    if not wanted:
        return []
    words = list(_words(text, analysis))
    places: list[Place] = []
    at = 0
    while at <= len(words) - len(wanted):
        if all(words[at + number][2] == term for number, term in enumerate(wanted)):
            places.append((words[at][0], words[at + len(wanted) - 1][1]))
            at += len(wanted)
        else:
            at += 1
    return places


def _words(text: str, analysis: Analysis) -> Iterator[tuple[int, int, str]]:
    """Yields the start, the end and the term of each word."""
    for chunk in _CHUNK.finditer(text):
        terms = analysis(chunk[0])
        if chunk[0].isascii():  # one word, because ASCII marks part chunks
            yield from ((*chunk.span(), term) for term in terms)
            continue
        apart = [(*word.span(), term) for word in _WORD.finditer(text, *chunk.span()) for term in analysis(word[0])]
        if [term for *_, term in apart] == terms:
            yield from apart
        else:  # tantivy cuts other words: the place is the whole chunk
            yield from ((*chunk.span(), term) for term in terms)


@lru_cache(maxsize=8192)
def _stems(word: str) -> list[str]:
    return analyze(word)


@lru_cache(maxsize=8192)
def _exact(word: str) -> list[str]:
    return fold(word)
