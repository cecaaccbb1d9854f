"""Compares who says something in a draft with who says it in an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.core.article import Article
from rag.drafts.draft import Speaker
from rag.drafts.results import PartStatus
from rag.drafts.words import are_near, words_of
from rag.said.names import read_names
from rag.text.english.function_words import PREPOSITIONS
from rag.text.grammar.antecedents import person_before
from rag.text.grammar.speeches import Speech
from rag.text.grammar.tagged_speeches import speeches_of

_MAINLY = 0.5
"""Share of a statement's words from which they are in a speech."""


@dataclass(frozen=True, slots=True)
class Said:
    """Who says words in an article.

    Attributes:
        speech: The speech that has them.
        name: The speaker's name or role; None if the article doesn't tell who it is.
        place: The place of the name in the article's text, half-open; None without one.
        is_guess: Whether it is a guess for a pronoun.
    """

    speech: Speech
    name: str | None
    place: tuple[int, int] | None
    is_guess: bool


def said_at(article: Article, places: Sequence[tuple[int, int]]) -> Said | None:
    """Finds who says the words at some places of an article.

    Args:
        article: The article.
        places: The half-open places of the words.

    Returns:
        The speech with most of them; None if the article says them itself.
    """
    best: tuple[int, int, Speech] | None = None
    for speech in speeches_of(article):
        inside = sum(speech.start <= start and end <= speech.end for start, end in places)
        if (
            inside >= _MAINLY * len(places)
            and inside
            and (best is None or (inside, speech.start - speech.end) > best[:2])
        ):
            best = inside, speech.start - speech.end, speech
    if best is None:
        return None
    speech = best[2]
    place = speech.speaker
    if place is None and speech.pronoun is not None:
        place = person_before(article.text, article.sentences, speech.pronoun[0])
    return Said(speech, article.text[slice(*place)] if place else None, place, speech.speaker is None)


def compare_speakers(given: Speaker, stated: Said | None) -> PartStatus:
    """Compares the speaker of a statement with the one whom an article names."""
    if stated is None or (stated.name is None and given.name is not None):
        return "not_found"
    if given.name is None or stated.name is None:
        return "stated"
    ours, theirs = read_names(_head(given.name)), read_names(_head(stated.name))
    if ours and theirs:
        if all(any(one.fits(other) for other in theirs) for one in ours):
            return "stated"
        if _share_words(" ".join(one.shown for one in ours), stated.name):
            return "stated"  # "Pakistani Ambassador to the U.S. Asad M. Khan" is read as another name
        return "not_found" if given.is_guess or stated.is_guess else "otherwise"
    return "stated" if _share_words(given.name, stated.name) else "not_found"


def _head(words: str) -> str:
    """The words for a speaker without what follows a preposition: "Mike Jasko" of the Party for Peace and Bread."""
    every = words.split()
    ends = next((n for n, word in enumerate(every) if n and word in PREPOSITIONS), len(every))
    return " ".join(every[:ends])


def _share_words(one: str, other: str) -> bool:
    """Whether all words of one name or role are in the other: "officials" and "Russian officials"."""
    first, second = ([word for word in words_of(words) if word.tells] for words in (one, other))
    fewer, more = sorted((first, second), key=len)
    return bool(fewer) and all(any(are_near(word, longer) for longer in more) for word in fewer)
