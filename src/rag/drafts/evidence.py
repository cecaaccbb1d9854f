"""Finds the sentences of the archive with which a statement is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.core.article import Article, Passage, Sentence
from rag.drafts.told import Told, read_told
from rag.drafts.words import words_of

PASSAGES = 24
"""Passages that are searched for a statement."""
SENTENCES = 8
"""Sentences that are compared with a statement, those with the most of its words."""
_WITH_NEIGHBOURS = 5
"""Sentences among them that are also compared together with the one before, and the one behind."""
_KINDS = frozenset(("sentence", "pull_quote", "fragment"))
_LONGEST = 1200
"""Most characters of the sentences that are compared at once, to bound the time."""


@dataclass(frozen=True, slots=True)
class Window:
    """A sentence of an article, or two neighbouring ones, at `article.text[start:end]`.

    Attributes:
        article: The article.
        first: The index of the first sentence.
        last: The index behind the last one.
    """

    article: Article
    first: int
    last: int

    @property
    def start(self) -> int:
        """Start offset in the article's text, in characters."""
        return self.article.sentences[self.first].start

    @property
    def end(self) -> int:
        """End offset, exclusive."""
        return self.article.sentences[self.last - 1].end

    @property
    def text(self) -> str:
        """Its words."""
        return self.article.text[self.start : self.end]

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Its sentences."""
        return self.article.sentences[self.first : self.last]

    @property
    def ends(self) -> tuple[int, ...]:
        """Where each of its sentences ends in its text."""
        return tuple(sentence.end - self.start for sentence in self.sentences)

    def told(self) -> Told:
        """Returns what it tells, with offsets in its own text."""
        return read_told(self.text)

    def can_be_quoted(self) -> bool:
        """Returns whether none of its sentences breaks off."""
        return all(sentence.kind != "fragment" for sentence in self.sentences)


def windows_of(given: Told, passages: Iterable[Passage], least: int = 1) -> list[Window]:
    """Finds the sentences that have most of a statement's words, alone and with their neighbours.

    Args:
        given: The statement.
        passages: The passages that were found for it.
        least: Fewest words that a sentence shares with it. All figures count as one.

    Returns:
        The windows, the likeliest first.
    """
    wanted = frozenset(item.key for item in given.items).union(word.key for word in given.words if word.tells)
    scored: list[tuple[float, Article, int]] = []
    seen: set[tuple[object, str]] = set()
    for passage in passages:
        for index in _indices(passage):
            sentence = passage.article.sentences[index]
            words = passage.article.text[sentence.start : sentence.end]
            voice = (passage.article.voice, words)
            if sentence.kind not in _KINDS or voice in seen or len(words) > _LONGEST:
                continue
            seen.add(voice)
            shared = len(wanted & _keys(words))
            if shared >= least:
                scored.append((shared, passage.article, index))
    scored.sort(key=lambda one: -one[0])
    best = scored[:SENTENCES]
    single = [Window(article, index, index + 1) for _, article, index in best]
    return [*single, *_neighbours(single[:_WITH_NEIGHBOURS])]


def _neighbours(windows: Sequence[Window]) -> Iterator[Window]:
    """Each sentence together with the one before it, and with the one behind."""
    seen: set[tuple[str, int]] = set()
    for window in windows:
        for first in (window.first - 1, window.first):
            pair = Window(window.article, first, first + 2)
            if first < 0 or first + 2 > len(window.article.sentences) or (window.article.id, first) in seen:
                continue
            seen.add((window.article.id, first))
            if all(sentence.kind in _KINDS for sentence in pair.sentences) and pair.end - pair.start <= _LONGEST:
                yield pair


def window_at(article: Article, start: int, end: int) -> Window | None:
    """Returns the sentences that touch a place of an article; None if one of them can't be compared."""
    touched = [n for n, s in enumerate(article.sentences) if s.start < end and start < s.end]
    if not touched or any(article.sentences[n].kind not in _KINDS for n in touched):
        return None
    return Window(article, touched[0], touched[-1] + 1)


def _indices(passage: Passage) -> range:
    """The indices of a passage's sentences in its article."""
    numbers = [n for n, s in enumerate(passage.article.sentences) if passage.start <= s.start and s.end <= passage.end]
    return range(numbers[0], numbers[-1] + 1) if numbers else range(0)


@lru_cache(maxsize=8192)
def _keys(words: str) -> frozenset[str]:
    """The keys of all that a sentence says. Figures and dates count once, because most sentences have one."""
    told = [word.key for word in words_of(words) if word.tells]
    return frozenset(("#", *told)) if any(key[0].isdecimal() for key in told) else frozenset(told)
