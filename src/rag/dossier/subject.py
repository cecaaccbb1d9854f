"""Reads what the articles have about a subject, once for all sections of a dossier."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from math import log

from rag.answering.candidates import rank_candidates
from rag.answering.pipeline import Serving
from rag.answering.quotes.ranking import RankedSentence, rank_sentences
from rag.answering.quotes.selection import Quote
from rag.core.article import Article, Passage
from rag.core.schema import Scope
from rag.dossier.standing_alone import stands_alone
from rag.question.question import Question
from rag.text.terms import terms

PASSAGES = 80
"""Passages that are read about a subject."""
ON_SUBJECT = 0.65
"""Share of the subject's weighted words from which a sentence is about it.

A word that only its passage has counts half. One of three equally rare words is enough if the passage has the others; a
word as common as "kill" is not.
"""
NAMED, TITLED = 0.7, 0.35
"""Share of the subject's weighted words from which a quote names the subject, and from which a title does."""


@dataclass(frozen=True)
class Subject:
    """What the articles have about a subject.

    Attributes:
        words: The subject.
        question: The question that was asked about it.
        scope: The articles that may be quoted; None for all.
        weights: The terms of the subject with their weights: the rarer a term is, the more it says.
        sentences: The sentences of its passages, most probable first.
    """

    words: str
    question: Question
    scope: Scope | None
    weights: Mapping[str, float]
    sentences: Sequence[RankedSentence]

    @property
    def topic(self) -> frozenset[str]:
        """The terms of the subject."""
        return frozenset(self.weights)

    @cached_property
    def about(self) -> list[RankedSentence]:
        """The sentences that are about the subject."""
        return [one for one in self.sentences if self.is_about(one.reading.hit.passage, *one.sentence[:2])]

    @cached_property
    def quotes(self) -> list[Quote]:
        """Those of these sentences that can be read alone, as quotes, most probable first."""
        whole = (Quote(one.article, one.sentence.start, one.sentence.end, one) for one in self.about)
        return [quote for quote in whole if stands_alone(quote.article, quote.start, quote.end)]

    @cached_property
    def passages(self) -> list[Passage]:
        """The passages with a sentence about the subject, best first."""
        found = {one.reading.hit.passage.id: one.reading.hit for one in self.about}
        return [hit.passage for hit in sorted(found.values(), key=lambda hit: hit.rank)]

    @cached_property
    def by_article(self) -> list[list[Passage]]:
        """The same passages, those of each article together, the best article first; of copies only one article."""
        found: dict[object, list[Passage]] = {}
        for passage in self.passages:
            group = found.setdefault(passage.article.voice, [])
            if not group or group[0].article.id == passage.article.id:
                group.append(passage)
        return list(found.values())

    def is_titled(self, article: Article) -> bool:
        """Returns whether an article's title names the subject."""
        return self._share(set(terms(article.title))) >= TITLED

    def is_named(self, quote: Quote) -> bool:
        """Returns whether a quote names the subject."""
        return self._share(set(terms(quote.text))) >= NAMED

    def is_about(self, passage: Passage, start: int, end: int) -> bool:
        """Returns whether the words at `[start, end)` of a passage's article are about the subject."""
        said = set(terms(passage.article.text[start:end]))
        around = said.union(terms(passage.text), terms(passage.article.title))
        return self._share(said) + self._share(around) >= 2 * ON_SUBJECT

    def _share(self, found: Set[str]) -> float:
        """The share of the subject's weighted words that are among these."""
        return sum(weight for term, weight in self.weights.items() if term in found) / (
            sum(self.weights.values()) or 1.0
        )


def read_subject(words: str, scope: Scope | None, serving: Serving, parse: Callable[[str], Question]) -> Subject:
    """Reads the best passages about a subject.

    Args:
        words: The subject.
        scope: The articles that may be quoted; None for all.
        serving: The generation that is read.
        parse: Parses a question.
    """
    question = parse(f"What is known about {words}?")
    settings = serving.settings.model_copy(update={"passages_read": PASSAGES, "further_passages": 0})
    material = replace(serving, settings=settings).material(question, scope)
    sentences = rank_sentences(material, rank_candidates(material))
    lexical = serving.full_text.lexical
    known = set(terms(words))
    weights = {term: log(1 + len(lexical) / (1 + len(lexical.find(term, exact=False)[0]))) for term in known}
    return Subject(words, question, scope, weights, sentences)
