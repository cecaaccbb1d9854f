"""Reads from one generation of the library where people of a name speak."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import groupby

import numpy as np

from rag.answering.pipeline import Serving
from rag.core.article import Article, Passage
from rag.core.errors import QuestionError
from rag.core.ports import Ids, as_ids
from rag.said.identity import has_rare_word
from rag.said.names import Name, names_in, read_names
from rag.store.store import Store
from rag.text.grammar.tagged_speeches import speeches_of, title_terms
from rag.text.terms import terms

_AT_ONCE = 64
"""Passages that are loaded at a time."""
_NEAREST = 5
"""Most names that are offered for an unknown one."""
_NEAR_WORDS = 6
"""Words of speakers' names with a near spelling that are looked up."""
_NEAR_PASSAGES = 8
"""Passages that are read for each of these words."""
_ALIKE = 65.0
"""Least similarity of spelling, from 0 to 100."""


@dataclass(frozen=True, slots=True)
class SpeakerArchive:
    """The articles of a generation, by who speaks in them.

    Attributes:
        serving: The generation.
        store: The articles.
    """

    serving: Serving
    store: Store

    def passages_of(self, name: Name) -> Ids:
        """Finds the passages in which someone of this family name may speak, or of the first word of this whole name.

        Returns:
            The ids, ascending, shape (n,).
        """
        full_text = self.serving.full_text
        having, _ = full_text.lexical.find(name.shown, exact=True)
        if name.indexed in title_terms() or not terms(name.indexed):
            return having  # the store leaves titles and stop words out of a speaker's words, and King and May are such
        found = self.serving.said_by(name.indexed)
        first = next(iter(name.given), "")
        if name.is_bare or len(first) < 2:
            return found
        by_first = self.serving.said_by(first)
        is_in_article = np.isin(full_text.versions_of(by_first), full_text.versions_of(having))
        return np.union1d(found, by_first[is_in_article])

    def passages_naming(self, name: Name) -> Ids:
        """Finds the passages that have the family name; returns the ids, ascending, shape (n,)."""
        return self.serving.full_text.lexical.find(name.shown.split()[-2 if name.generation else -1], exact=True)[0]

    def names(self, name: Name) -> bool:
        """Returns whether an article has a name as it was asked for."""
        return len(self.serving.full_text.lexical.find(name.shown, exact=True)[0]) > 0

    def full_names(self, ids: Ids, family: str) -> Counter[Name]:
        """Counts the full names with a family name in the articles of passages; each once for an article."""
        found: Counter[Name] = Counter()
        for passages in self.by_article(ids):
            names = {name for name, _ in names_in(passages[0].article, family)}
            found.update(name for name in names if not name.is_bare)
        return found

    def speaks(self, name: Name) -> bool:
        """Returns whether somebody speaks under all words of a full name."""
        words = [word for word in terms(name.shown) if len(word) > 1 and word not in title_terms()]
        found = reduce(np.intersect1d, map(self.serving.said_by, words)) if words else as_ids([])
        if not len(found) or has_rare_word(name):
            return bool(len(found))
        # "Senior Keller aides say" and "Mark Keller says" look alike to the store: the articles tell.
        articles = (passages[0].article for passages in self.by_article(found[:_NEAR_PASSAGES]))
        return any(name in names for names in map(speakers_in, articles))

    def by_article(self, ids: Ids) -> Iterator[list[Passage]]:
        """Yields the passages of each article together, in the order of the ids, loaded a few at a time."""
        rest: list[Passage] = []
        for start in range(0, len(ids), _AT_ONCE):
            loaded = [*rest, *self.serving.full_text.load(ids[start : start + _AT_ONCE])]
            groups = [list(group) for _, group in groupby(loaded, key=lambda passage: passage.article.id)]
            rest = groups.pop()  # its other passages may be among the next
            yield from groups
        if rest:
            yield rest

    def nobody(self, name: Name) -> QuestionError:
        """Makes the error for a name under which nobody speaks. It offers the nearest names of those who do."""
        nearest = self._nearest(name)
        named = ", ".join(f"'{each}'" for each in nearest)
        remedy = (
            f"the nearest names: {named}" if named else "no speaker has a name like it; search for the name instead"
        )
        return QuestionError(
            f"Nobody named '{name.shown}' speaks in the articles",
            "no_speaker",
            remedy=remedy,
            name=name.shown,
            nearest=named or "–",
        )

    def _nearest(self, name: Name) -> list[str]:
        from rapidfuzz import fuzz, process

        words = list(self.store.speakers(self.serving.generation))
        alike = process.extract(name.indexed, words, scorer=fuzz.ratio, limit=_NEAR_WORDS, score_cutoff=_ALIKE)
        given = [word for word in name.given if len(word) > 1 and word in words]
        known: dict[str, None] = {}
        for word in dict.fromkeys([*(word for word, _, _ in alike), *given]):
            known |= dict.fromkeys(self._speakers_with(word))
        known.pop(name.shown, None)
        ranked = process.extract(name.shown, list(known), scorer=fuzz.WRatio, limit=_NEAREST, score_cutoff=_ALIKE)
        return [found for found, _, _ in ranked]

    def _speakers_with(self, word: str) -> Iterator[str]:
        """The names of speakers that have a word."""
        for passages in self.by_article(self.serving.said_by(word)[:_NEAR_PASSAGES]):
            for one in speakers_in(passages[0].article):
                if word in (one.indexed, *one.given):
                    yield one.shown


def speakers_in(article: Article, within: Sequence[Passage] | None = None) -> list[Name]:
    """Reads the names of all who speak in an article.

    Args:
        article: The article.
        within: Passages of it; then only those who speak in one of them. None for the whole article.
    """
    speeches = speeches_of(article)
    if within is not None:
        speeches = tuple(s for s in speeches if any(one.start < s.end and s.start < one.end for one in within))
    places = (speech.speaker for speech in speeches)
    return [name for place in places if place is not None for name in read_names(article.text[slice(*place)])]
