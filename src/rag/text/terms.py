"""The words of a text, brought to the one form in which a question, a sentence and the BM25 index compare them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from rag.text.english.function_words import STOP_WORDS

_DESIGNATIONS = re.compile(r"\b([A-Za-z]+-?\d+)s\b")
"""Several of one type: B-2s, F16s. Snowball takes the s off words only; decades (the 1990s) keep theirs."""


@cache
def analyzer() -> Any:
    """tantivy's analysis: words in lower case without accents, English endings cut off (Snowball), none too long."""
    import tantivy

    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(64))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


@cache
def _stop_terms() -> frozenset[str]:
    return frozenset(term for word in STOP_WORDS for term in analyzer().analyze(word))


def analyzable(text: str) -> str:
    """The text as it may be given to the analyzer: without lone surrogates, which are no letter of any word and can't
    cross into tantivy, and with types in the singular."""
    return _DESIGNATIONS.sub(r"\1", text.encode("utf-8", "replace").decode())


def analyze(text: str) -> list[str]:
    """The analysed words in their order, stop words among them."""
    words: list[str] = analyzer().analyze(analyzable(text))
    return words


# One question compares the same sentences, titles and itself several times over.
@lru_cache(maxsize=1024)
def terms(text: str) -> tuple[str, ...]:
    """The analysed words in their order, stop words left out."""
    stop = _stop_terms()
    return tuple(term for term in analyze(text) if term not in stop)
