"""Ranks the sentences of all passages read by the probability that they tell what is asked."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rag.answering.asked_speaker import is_said_by, is_someone_else
from rag.answering.candidates import Candidate
from rag.answering.confidence import log_odds
from rag.answering.material import Material
from rag.answering.speakers import attribution_of
from rag.core.article import QUOTABLE, Article, Reading, Sentence
from rag.question.overlap import Overlap
from rag.question.question import Question, could_answer
from rag.retrieval.retriever import RANK_CONSTANT

_NO_SPAN = -12.0
"""Score of a sentence without a span, in log-odds. Scores are clipped at ±12."""
_LONG = 40
"""Number of words from which a sentence counts as long."""
_SHORT = 6
"""Number of words below which a sentence counts as short."""
_FEWEST = 3
"""Fewest words of a sentence that is quoted for itself, unless it is a quotation or has a number."""
_MARKS = frozenset('“”"')
"""Quotation marks."""


class Quoted(Protocol):
    """Sentences of an article at `article.text[start:end]`, as candidates and quotes have them."""

    @property
    def article(self) -> Article:
        """The article."""

    @property
    def start(self) -> int:
        """Start offset, in characters."""

    @property
    def end(self) -> int:
        """End offset, exclusive."""


@dataclass(frozen=True, slots=True)
class RankedSentence:
    """A sentence that could be quoted.

    Attributes:
        reading: The reading of its passage.
        index: Its index in the passage's sentences.
        features: The features that the probability is computed from.
        probability: The probability that it tells what is asked, in [0, 1].
    """

    reading: Reading
    index: int
    features: dict[str, float]
    probability: float

    @property
    def article(self) -> Article:
        """The sentence's article."""
        return self.reading.hit.passage.article

    @property
    def sentence(self) -> Sentence:
        """The sentence's place in the article's text."""
        return self.reading.hit.passage.sentences[self.index]

    @property
    def text(self) -> str:
        """The sentence's words."""
        return self.article.text[self.sentence.start : self.sentence.end]

    def is_in(self, quote: Quoted) -> bool:
        """Returns whether the sentence begins in a quote."""
        return self.article.id == quote.article.id and quote.start <= self.sentence.start < quote.end

    @property
    def says_nothing(self) -> bool:
        """Whether it has a word or two and is neither a quotation nor has a number, as `Why?`."""
        return len(self.text.split()) < _FEWEST and _MARKS.isdisjoint(self.text) and not re.search(r"\d", self.text)


def rank_sentences(material: Material, candidates: Sequence[Candidate]) -> list[RankedSentence]:
    """Ranks the quotable sentences of all readings.

    Args:
        material: The question, its readings and the calibration.
        candidates: The candidates of the question.

    Returns:
        The sentences, most probable first. A sentence that two passages share occurs once, with its better reading.
    """
    readings = material.every_reading
    best = max((log_odds(e) for reading in readings for e in reading.evidence), default=0.0)
    ranked: dict[tuple[str, int], RankedSentence] = {}
    for reading in readings:
        for one in _of_reading(material, reading, candidates, best):
            key = (one.article.id, one.sentence.start)
            if key not in ranked or ranked[key].probability < one.probability:
                ranked[key] = one
    return in_order(ranked.values())


def in_order(sentences: Iterable[RankedSentence]) -> list[RankedSentence]:
    """Sorts sentences, the most probable first; equal ones by the rank of their passage and their place."""
    return sorted(sentences, key=lambda one: (-one.probability, one.reading.hit.rank, one.sentence.start))


def _of_reading(
    material: Material, reading: Reading, candidates: Sequence[Candidate], best: float
) -> Iterator[RankedSentence]:
    passage = reading.hit.passage
    overlap = Overlap(material.question.words, passage)
    common = _passage_features(reading, overlap)
    own = [candidate for candidate in candidates if candidate.article.id == passage.article.id]
    for index, sentence in enumerate(passage.sentences):
        if sentence.kind not in QUOTABLE:
            continue
        conf = max((c.confidence for c in own if c.start < sentence.end and sentence.start < c.end), default=0.0)
        evidence = log_odds(reading.evidence[index])
        features = {
            **common,
            "evidence": evidence,
            "evidence_gap": evidence - best,
            "span": _best_span(reading, sentence),
            "candidate": conf,
            "coverage": overlap.coverage(index, index + 1),
            "pair_coverage": overlap.pair_coverage(index, index + 1),
            **_sentence_features(material.question, passage.article, sentence),
        }
        probability = material.quotes.sentence.probability(features)
        yield RankedSentence(reading, index, features, probability)


def _passage_features(reading: Reading, overlap: Overlap) -> dict[str, float]:
    hit = reading.hit
    return {
        "passage_evidence": log_odds(sum(reading.evidence)),
        "reciprocal_rank": 1.0 / (hit.rank + 3),
        "fused": min(1.0, hit.score * (RANK_CONSTANT + 1) / 2),
        "similarity": hit.similarity,
        "names_partly": float(0.0 < overlap.names_missing < 1.0),
        "names_nowhere": overlap.names_nowhere,
    }


def _best_span(reading: Reading, sentence: Sentence) -> float:
    inside = (span.score for span in reading.spans if sentence.start <= span.start < sentence.end)
    return max(_NO_SPAN, min(-_NO_SPAN, max(inside, default=_NO_SPAN)))


def _sentence_features(question: Question, article: Article, sentence: Sentence) -> dict[str, float]:
    text = article.text[sentence.start : sentence.end]
    words = len(text.split())
    # The first sentences of an article tell what it is about.
    lead = 1.0 / (1 + bisect_left(article.sentences, sentence.start, key=lambda one: one.start))
    quoted = float(not _MARKS.isdisjoint(text))
    said, other = _speaker_features(question, article, sentence)
    return {
        "lead": lead,
        "lead_of_overview": lead * question.is_broad,
        "length": min(1.0, words / _LONG),
        "short": float(words < _SHORT),
        "quoted": quoted,
        "quoted_if_said": quoted * (question.form == "said"),
        "kind_met": float(could_answer(question.kind, text)),
        "said_by_asked": said,
        "said_by_other": other,
    }


def _speaker_features(question: Question, article: Article, sentence: Sentence) -> tuple[float, float]:
    """Whether the sentence is said by the person asked for, and whether by someone else."""
    if question.speaker is None:
        return 0.0, 0.0
    attribution = attribution_of(article, sentence.start, sentence.end)
    name = question.speaker
    return float(is_said_by(name, article, attribution)), float(is_someone_else(name, article, attribution))
