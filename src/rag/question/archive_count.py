"""Reads questions that count the archive's own articles: "How many articles mention the harbour?"

A question counts the archive only if it says nothing else: "How many articles of the treaty mention fishing?" does not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rag.question.periods import period_of
from rag.question.search_query import AllOf, AnyOf, Query, Sought, Without
from rag.text.english.forms import (
    ARCHIVE,
    ARTICLES_COUNTED,
    BEFORE_COUNTED,
    COUNTED_PASSIVELY,
    COUNTS_MENTIONS,
    IN_THE_ARCHIVE,
    MENTIONED,
    MENTIONS,
    TIME_BEGINS,
)
from rag.text.grammar.saying import NAME
from rag.text.terms import fold, terms

_FLAGS = re.IGNORECASE
_WITHIN = rf"(?: (?:in|of|from|within) (?:{ARCHIVE}))?"
_NARROWED = rf"{_WITHIN}(?P<narrowed>(?: (?-i:by {NAME}))?[^?]{{0,40}}?){_WITHIN}"
_MANY = (
    r"(?:how many|(?:(?:what is|what's|give me) )?(?:the )?number of|count (?:the|all)(?: the)?)"
    rf" (?:{ARTICLES_COUNTED})"
)
_OFTEN = rf"(?P<often>{COUNTS_MENTIONS})"
_IS, _DOES = "(?:is|are|was|were|has|have)", "(?:does|do|did)"
_PATTERNS = tuple(
    re.compile(rf"\W*(?:and |so |but |please )?{pattern}{_WITHIN}(?: (?:{IN_THE_ARCHIVE}))?[\s?.!]*", _FLAGS)
    for pattern in (
        rf"{_MANY}{_NARROWED} (?:(?:that|which) )?(?:{MENTIONS}) (?P<counted>.+?)",
        rf"(?:in )?{_MANY}{_NARROWED} (?:{_IS}|{_DOES}) (?P<counted>.+?) (?:{COUNTED_PASSIVELY})",
        rf"{_OFTEN} {_IS} (?P<counted>.+?) (?:been )?(?:{MENTIONED})",
        rf"{_OFTEN} {_DOES} (?:{ARCHIVE}) (?:{MENTIONS}) (?P<counted>.+?)",
        rf"{_OFTEN} {_DOES} (?P<counted>.+?) (?:{COUNTED_PASSIVELY})",
    )
)
_NO_NAME = re.compile(r"\A(?:that|whether|how|why|who|what|when|where)\b|\b(?:did|does|do)\b", _FLAGS)
"""A clause in the place of what is counted. Its question is no count of articles."""
_AUTHOR = re.compile(rf" by ({NAME})")
_TIME = re.compile(rf"(?:^|\s)(?={TIME_BEGINS}\b)", _FLAGS)
_TIME_LEFT = re.compile(r"\s(?:in|during|over|within|from)(?: the)?\Z", _FLAGS)
_BEFORE = re.compile(rf"\A(?:(?:{BEFORE_COUNTED})\s+)+", _FLAGS)
_QUOTED = re.compile(r"[\"“”«»„]([^\"“”«»„]+)[\"“”«»„]")


@dataclass(frozen=True, slots=True)
class CountAsked:
    """What a question counts in the archive.

    Attributes:
        query: The words that the articles must hold.
        author: The author whose articles are counted; None for all.
        wants_mentions: Whether it asks how often the words stand in the articles.
    """

    query: Query
    author: str | None = None
    wants_mentions: bool = False


def count_asked(text: str, today: date) -> CountAsked | None:
    """Reads what a question counts in the archive.

    Args:
        text: The question.
        today: The day from which relative times are counted.

    Returns:
        What is counted. A time in the question is no part of it. None if the question does not count articles.
    """
    for pattern in _PATTERNS:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        stated = match.groupdict()
        narrowed = stated.get("narrowed") or ""
        author = _AUTHOR.match(narrowed)
        rest = narrowed[author.end() :] if author else narrowed
        query = _query(_without_time(stated["counted"], today))
        if query is not None and not _without_time(rest, today).strip():
            return CountAsked(query, author[1] if author else None, wants_mentions=bool(stated.get("often")))
    return None


def _without_time(words: str, today: date) -> str:
    """The words before the time at their end: "the fire in 2019" asks for the fire."""
    for match in reversed(list(_TIME.finditer(words))):
        if period_of(words[match.end() :], today) is not None:
            return _TIME_LEFT.sub("", words[: match.start()])
    return words


def _query(words: str) -> Query | None:
    """The words joined as they are in English: "Lind and Roe", "Lind or Roe", "Lind but not Roe"."""
    first, *left_out = re.split(r",? (?:but|and) not | without (?:mentioning )?", words, flags=_FLAGS)
    found = _any_of(first)
    without = [query for part in left_out if (query := _any_of(part)) is not None]
    if found is None or not without:
        return found
    return AllOf((*(found.parts if isinstance(found, AllOf) else [found]), *map(Without, without)))


def _any_of(words: str) -> Query | None:
    parts = [query for part in re.split(r",? or ", words, flags=_FLAGS) if (query := _all_of(part)) is not None]
    return AnyOf(tuple(dict.fromkeys(parts))) if len(set(parts)) > 1 else next(iter(parts), None)


def _all_of(words: str) -> Query | None:
    parts = dict.fromkeys(
        sought for part in re.split(r",? and | as well as ", words, flags=_FLAGS) if (sought := _sought(part))
    )
    return AllOf(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def _sought(part: str) -> Sought | None:
    """The word or phrase to count. A name and a phrase are counted as they are written, a word in any inflection."""
    quoted = _QUOTED.search(part)
    if quoted:
        return Sought(quoted[1].strip(), exact=True) if fold(quoted[1]) else None
    words = re.sub(r"['’]s\Z", "", _BEFORE.sub("", part.strip(" ,;:!'’"), count=1))
    if _NO_NAME.search(words) or not terms(words):
        return None
    return Sought(words, exact=len(fold(words)) > 1 or not words[0].islower())
