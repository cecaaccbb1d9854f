"""Joins what the speaker tagger found with what the grammar gives, and tells who speaks in which part of an article.

The grammar comes first, because it is right more often. A tagged speech counts where the grammar names nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import NamedTuple

from rag.core.article import Article, Sentence, TaggedSpeech
from rag.text.english.patterns import any_of
from rag.text.english.people import TITLES
from rag.text.english.saying import OF_THINGS, THOUGHTS
from rag.text.grammar.antecedents import person_before
from rag.text.grammar.noun_phrases import phrase_at
from rag.text.grammar.quotations import find_quotations
from rag.text.grammar.saying import has_finite_verb, has_word_of_saying
from rag.text.grammar.speaking_clauses import is_unsaid
from rag.text.grammar.speeches import FEW_WORDS, Speech, find_speeches
from rag.text.terms import terms

_LINE = re.compile(r"[^\n]+")
_REST_OF_NAME = re.compile(r"(?<=\w)(?: [A-ZÀ-Þ][\w’'-]*)+")
"""Names that stand right behind a source, of which the tagger may take only the title."""
_IS_THOUGHT = re.compile(rf"\s+(?:\w+ly )?{any_of(THOUGHTS)}\b")
_OPENING_MARKS = ("“", '"', "„", "«", "``", "''")
_LONGEST_VERB = 20
"""Characters before a speech in which its verb is looked for."""
_MAINLY = 0.5
"""Share of the shorter of two speeches from which they count as the same words."""


_told_by_grammar = lru_cache(maxsize=64)(find_speeches)
"""Cached, because an update asks for the speeches of each article twice: before the tagger reads it, and after."""


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


def untold_lines(text: str, sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """Finds the lines that may have speech whose speaker the grammar does not give.

    The line before a line that begins with a quotation is taken along, because it may name the speaker.

    Args:
        text: The article's text.
        sentences: Its sentences, in order.

    Returns:
        The half-open intervals of the lines, in order.
    """
    told = [speech for speech in _told_by_grammar(text, sentences) if _is_told(speech)]
    quoted = [one for one in find_quotations(text) if len(text[one.start : one.end].split()) > FEW_WORDS]
    lines = [match.span() for match in _LINE.finditer(text) if not match.group().isspace()]
    wanted: set[int] = set()
    for number, (start, end) in enumerate(lines):
        own = [speech for speech in told if speech.start < end and start < speech.end]
        quotations = [one for one in quoted if one.start < end and start < one.end]
        is_untold = any(all(s.end <= one.start or one.end <= s.start for s in own) for one in quotations)
        if is_untold or (not own and has_word_of_saying(text[start:end])):
            opens = text[start:end].lstrip().startswith(_OPENING_MARKS)
            wanted |= {max(0, number - opens), number}
    return [lines[number] for number in sorted(wanted)]


@cache
def title_terms() -> frozenset[str]:
    """The terms of the titles that may come before a name."""
    return frozenset(terms(" ".join(sorted(TITLES))))


@lru_cache(maxsize=64)
def _joined(text: str, sentences: Sequence[Sentence], tagged: Sequence[TaggedSpeech]) -> tuple[Speech, ...]:
    """Cached, because an answer looks up several quotes of the same articles."""
    found = list(_told_by_grammar(text, sentences))
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
    rest = _REST_OF_NAME.match(text, tagged.source_end)
    phrase = phrase_at(text, tagged.source_start, rest.end() if rest else tagged.source_end)
    if phrase is None or is_unsaid(text, phrase.start):
        return None
    place = (phrase.start, phrase.end)
    is_direct = text.startswith(_OPENING_MARKS, tagged.start)
    if not is_direct and _IS_THOUGHT.match(text, phrase.end):
        return None  # the writer's words about someone's mind
    if not is_direct and _is_thing(text, tagged):
        return None
    named, pronoun = (place, None) if phrase.says_who else (None, place)
    return Speech(tagged.start, tagged.end, is_direct, named, pronoun)


def _is_thing(text: str, tagged: TaggedSpeech) -> bool:
    """Whether the words are a single one, or a thing behind a verb such as in `Vik admitted his guilt`."""
    words = text[tagged.start : tagged.end]
    before = text[max(0, tagged.start - _LONGEST_VERB) : tagged.start].split()[-1:]
    is_of_thing = before != [] and before[0].lower() in OF_THINGS
    return len(words.split()) == 1 or (is_of_thing and not has_finite_verb(words) and " to " not in words)


def _is_told(speech: Speech) -> bool:
    return speech.speaker is not None or speech.pronoun is not None


def _is_same(one: Speech, other: Speech) -> bool:
    """Whether two speeches share most of the shorter one."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared >= _MAINLY * min(one.end - one.start, other.end - other.start)
