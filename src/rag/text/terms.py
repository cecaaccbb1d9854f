"""Analyses the words of a text into terms, the form in which questions, sentences and the BM25 index compare words."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from rag.text.english.function_words import STOP_WORDS

_DESIGNATIONS = re.compile(r"\b([A-Za-z]+-?\d+)s\b")
"""Plurals of type designations: B-2s, F16s. Snowball does not remove this s. Decades (the 1990s) keep theirs."""


@cache
def analyzer() -> Any:
    """Returns tantivy's analyser: lower case, no accents, English stems (Snowball), no words of 64 bytes or more."""
    import tantivy

    return _folding().filter(tantivy.Filter.stemmer("english")).build()


@cache
def exact_analyzer() -> Any:
    """Returns the same analyser without stems, for words that are searched as they are written."""
    return _folding().build()


def _folding() -> Any:
    import tantivy

    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(64))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
    )


@cache
def _stop_terms() -> frozenset[str]:
    return frozenset(term for word in STOP_WORDS for term in analyzer().analyze(word))


def analyzable(text: str) -> str:
    """Prepares a text for the analyser.

    Lone surrogates are replaced by "?", because tantivy can't take them, and type designations get their singular."""
    return _DESIGNATIONS.sub(r"\1", encodable(text))


def encodable(text: str) -> str:
    """Replaces lone surrogates by "?", because tantivy can't take them."""
    return text.encode("utf-8", "replace").decode()


def analyze(text: str) -> list[str]:
    """Returns the analysed words in their order, stop words included."""
    words: list[str] = analyzer().analyze(analyzable(text))
    return words


def fold(text: str) -> list[str]:
    """Returns the words in their order, in lower case and without accents, but not stemmed."""
    words: list[str] = exact_analyzer().analyze(encodable(text))
    return words


# Cached, because one question compares the same sentences and titles several times.
@lru_cache(maxsize=1024)
def terms(text: str) -> tuple[str, ...]:
    """Returns the analysed words in their order, without stop words."""
    stop = _stop_terms()
    return tuple(term for term in analyze(text) if term not in stop)
