"""Joins what the speaker tagger found with what the grammar gives, and tells who speaks in which part of an article.

The grammar comes first, because it is right more often. A tagged speech counts where the grammar names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from rag.core.article import Article, Sentence, TaggedSpeech
from rag.text.english.people import TITLES
from rag.text.grammar.antecedents import person_before
from rag.text.grammar.noun_phrases import phrase_at
from rag.text.grammar.speeches import Speech, find_speeches
from rag.text.terms import terms

_OPENING_MARKS = ("“", '"', "„", "«", "``", "''")
_MAINLY = 0.5
"""Share of the shorter of two speeches from which they count as the same words."""


class SpokenPart(NamedTuple):
    """A part of an article with the words of one speaker, at `text[start:end]`.

    Attributes:
        start: Start offset in the text, in characters.
        end: End offset, exclusive.
        words: The terms of the speaker's name, without titles.
    """

    start: int
    end: int
    words: frozenset[str]


def speeches_of(article: Article) -> tuple[Speech, ...]:
    """Finds the quotations and the reported statements of an article, with their speakers.

    Args:
        article: The article.

    Returns:
        The speeches, by their start. Speeches may overlap.
    """
    return _joined(article.text, article.sentences, article.speeches or ())


def spoken_parts(article: Article) -> Iterator[SpokenPart]:
    """Yields the speeches whose speaker has a name, also one that only a pronoun stands for."""
    for speech in speeches_of(article):
        named = speech.speaker
        if named is None and speech.pronoun is not None:
            named = person_before(article.text, article.sentences, speech.pronoun[0])
        if named is not None:
            words = frozenset(terms(article.text[slice(*named)])) - title_terms()
            yield SpokenPart(speech.start, speech.end, words)


@cache
def title_terms() -> frozenset[str]:
    """The terms of the titles that may come before a name."""
    return frozenset(terms(" ".join(sorted(TITLES))))


@lru_cache(maxsize=64)
def _joined(text: str, sentences: Sequence[Sentence], tagged: Sequence[TaggedSpeech]) -> tuple[Speech, ...]:
    """Cached, because an answer looks up several quotes of the same articles."""
    found = list(find_speeches(text, sentences))
    for one in tagged:
        speech = _speech(text, one)
        if speech is None or any(_is_told(other) and _is_same(other, speech) for other in found):
            continue
        found = [
            replace(other, speaker=speech.speaker, pronoun=speech.pronoun)
            if not _is_told(other) and _is_same(other, speech)
            else other
            for other in found
        ]
        found.append(speech)
    return tuple(sorted(found, key=lambda speech: (speech.start, -speech.end)))


def _speech(text: str, tagged: TaggedSpeech) -> Speech | None:
    """The speech with its speaker's name or pronoun; None if the words for the source are no noun phrase."""
    phrase = phrase_at(text, tagged.source_start, tagged.source_end)
    if phrase is None:
        return None
    place = (phrase.start, phrase.end)
    is_direct = text.startswith(_OPENING_MARKS, tagged.start)
    named, pronoun = (place, None) if phrase.says_who else (None, place)
    return Speech(tagged.start, tagged.end, is_direct, named, pronoun)


def _is_told(speech: Speech) -> bool:
    return speech.speaker is not None or speech.pronoun is not None


def _is_same(one: Speech, other: Speech) -> bool:
    """Whether two speeches share most of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared >= _MAINLY * min(one.end - one.start, other.end - other.start)
