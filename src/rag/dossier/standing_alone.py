"""Tells whether words can be read alone: whole sentences in the article's own voice that need nothing before them."""

from __future__ import annotations

import re

from rag.core.article import Article
from rag.text.english.calendar import MONTH, MONTHS, WEEKDAYS
from rag.text.english.function_words import (
    ADVERBS,
    BEFORE_SUBJECTS,
    CLAUSE_STARTS,
    CONJUNCTIONS,
    DEMONSTRATIVES,
    FIRST_PERSONS,
    FIRST_WORDS,
    POINTING_BACK,
    PREPOSITIONS,
    SECOND_PERSONS,
    THIRD_PERSONS,
)
from rag.text.english.patterns import any_of, capitalised
from rag.text.english.people import OPENING_PARTICLES
from rag.text.english.scraps import BYLINE_INSIDE, CREDITS, SCRAPS
from rag.text.grammar.link_text import is_link_text, words_of

FEWEST, MOST = 7, 80
"""Number of words that a quote may have."""
_RUN = 4
"""Number of words that no sentence has twice in this order. A caption that was scraped twice has."""
_OUTSIDE = 4
"""Number of words outside of quotation marks from which a quote tells something itself."""
_OPENING = re.compile(rf"[“\"‘']?(?:[A-Z0-9$€£](?!\))|(?={any_of(OPENING_PARTICLES)}[ -]))")
_REFERS_BACK = re.compile(
    rf"(?:{any_of(POINTING_BACK)}|\W+{any_of(POINTING_BACK - FIRST_PERSONS - SECOND_PERSONS)})\b", re.IGNORECASE
)
_CONJUNCTION = re.compile(rf"{any_of(CONJUNCTIONS)}\b", re.IGNORECASE)
_ENDING = re.compile(r"(?<![:;,–—-])[.!][”\"’')\]]*\Z|[”\"]\Z")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_PERSONAL = re.compile(rf"\b(?:{any_of(FIRST_PERSONS | SECOND_PERSONS)}|let[’']s)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(rf"(?:[\w’'-]+ ){{0,5}}[\w’'-]+, {any_of(DEMONSTRATIVES | THIRD_PERSONS | {'it'})}\b(?!-)")
"""A phrase in front, and a subject that only the sentence before tells: `Unlike Osk, these towns …`."""
_DAY = rf"{MONTH}\.? \d{{1,2}}, (?P<year>\d{{4}})"
_CAPTION = re.compile(rf"{_DAY}\W*\Z|{'|'.join(CREDITS)}", re.IGNORECASE)
"""The end of a caption, which has its year, or a photographer. A report leaves out the year of its own day."""
_PERSON = re.compile(r"\b(?:he|she|him|his|her)\b(?!-)", re.IGNORECASE)
_CAPITAL = re.compile(r"\b[A-Z][\w’'-]*")
_NO_NAMES = capitalised(
    (*FIRST_WORDS, *PREPOSITIONS, *CLAUSE_STARTS, *BEFORE_SUBJECTS, *ADVERBS, *WEEKDAYS, *MONTHS, "according")
)
"""Words with a capital that name nobody."""
_BYLINE = re.compile(BYLINE_INSIDE)
_SCRAP = re.compile("|".join(SCRAPS), re.IGNORECASE)


def stands_alone(article: Article, start: int, end: int) -> bool:
    """Returns whether the words at `[start, end)` can be read without what stands around them.

    They are sentences with a beginning and an end, don't refer back, are no question, are no words of the writer about
    himself, and no link text or caption.

    Args:
        article: The article.
        start: Start offset in its text, in characters.
        end: End offset, exclusive.
    """
    words = article.text[start:end]
    is_whole = _OPENING.match(words) is not None and _ENDING.search(words) is not None
    refers_back = _REFERS_BACK.match(words) or _POINTS_BACK.match(words)
    is_told = refers_back is None and not has_unknown_person(words) and not _is_personal(words)
    return is_whole and is_told and is_clean(article, start, end) and not _is_caption(article, words)


def begins_whole(words: str) -> bool:
    """Returns whether words begin as a sentence does, and with no conjunction that joins it to the one before."""
    return _OPENING.match(words) is not None and _CONJUNCTION.match(words) is None


def is_clean(article: Article, start: int, end: int) -> bool:
    """Returns whether words are of a fit length and neither torn nor mixed with link text; see `stands_alone`."""
    words = article.text[start:end]
    every = words.split()
    if not FEWEST <= len(every) <= MOST or _SCRAP.search(words) or _BYLINE.search(words):
        return False
    torn = words.count("“") != words.count("”") or words.count('"') % 2 or words.count("(") != words.count(")")
    runs = [tuple(every[place : place + _RUN]) for place in range(len(every) - _RUN + 1)]
    return not torn and len(set(runs)) == len(runs) and not is_link_text(words, lambda: words_of(article.text))


def _is_caption(article: Article, words: str) -> bool:
    found = _CAPTION.search(words)
    return found is not None and (found["year"] or "") in (article.published or "")


def is_speech(words: str) -> bool:
    """Returns whether words are someone's speech, with hardly a word outside of the quotation marks."""
    return len(_QUOTED.sub(" ", words).split()) < _OUTSIDE


def has_unknown_person(words: str) -> bool:
    """Returns whether a "he" or "she" stands before all names, so that only the sentence before tells who is meant."""
    told = _QUOTED.sub(" ", words)
    pronoun = _PERSON.search(told)
    return pronoun is not None and all(name in _NO_NAMES for name in _CAPITAL.findall(told[: pronoun.start()]))


def _is_personal(words: str) -> bool:
    """Whether the writer speaks of himself or to the reader, outside of quotation marks."""
    return _PERSONAL.search(_QUOTED.sub(" ", words)) is not None
