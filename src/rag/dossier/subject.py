"""Reads what the articles have about a subject, once for all sections of a dossier."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rag.answering.asked_speaker import share_of_topic
from rag.answering.candidates import rank_candidates
from rag.answering.pipeline import Serving
from rag.answering.quotes.ranking import RankedSentence, rank_sentences
from rag.answering.quotes.selection import Quote, whole_quote
from rag.core.article import Article, Passage
from rag.core.schema import Scope
from rag.dossier.standing_alone import stands_alone
from rag.question.question import Question
from rag.text.terms import terms

PASSAGES = 80
"""Passages that are read about a subject."""
ON_SUBJECT = 0.5
"""Share of the subject's words above which a sentence is about it. A word that only its passage has counts half."""


@dataclass(frozen=True)
class Subject:
    """What the articles have about a subject.

    Attributes:
        words: The subject.
        question: The question that was asked about it.
        scope: The articles that may be quoted; None for all.
        sentences: The sentences of its passages, most probable first.
    """

    words: str
    question: Question
    scope: Scope | None
    sentences: Sequence[RankedSentence]

    @cached_property
    def topic(self) -> frozenset[str]:
        """The terms of the subject."""
        return frozenset(terms(self.words))

    @cached_property
    def about(self) -> list[RankedSentence]:
        """The sentences that are about the subject."""
        return [one for one in self.sentences if self.is_about(one.reading.hit.passage, *one.sentence[:2])]

    @cached_property
    def quotes(self) -> list[Quote]:
        """Quotes of these sentences that can be read alone, most probable first."""
        whole = map(whole_quote, self.about)
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
        """Returns whether at least half of the subject's words are in an article's title."""
        return 2 * len(self.topic.intersection(terms(article.title))) >= len(self.topic)

    def is_about(self, passage: Passage, start: int, end: int) -> bool:
        """Returns whether the words at `[start, end)` of a passage's article are about the subject."""
        return share_of_topic(self.topic, passage, start, end) > ON_SUBJECT


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
    return Subject(words, question, scope, sentences)
