"""Abstains: gives the reason why there is no answer, and what comes nearest. The threshold is never lowered.

A passage is about a question if its cosine with the question is high enough or if it shares enough words. The limits
for both were chosen on the questions of `tests/measured/unanswered.jsonl`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answering.build_answer import Composed
from rag.answering.candidates import Candidate
from rag.answering.citations import cite
from rag.answering.material import Material
from rag.answering.quotes.ranking import RankedSentence
from rag.answering.quotes.selection import Quote, whole_quote
from rag.answering.validation.misleading import is_denied
from rag.core.article import QUOTABLE, Article, Reading, Sentence
from rag.core.schema import Citation, Reason
from rag.question.overlap import Overlap
from rag.question.question import AskedWords
from rag.text.english.nouns import CALLED_FOR
from rag.text.terms import terms

NEAR = 0.5
"""Share of the threshold from which a near candidate gives the reason "below_threshold" and not "not_said"."""
VERY_NEAR = 0.8
"""Share of the threshold from which the best candidate is about the question, without a look at words and cosines."""
SLIGHTLY_LIKE = 0.2
"""Least cosine of a passage that is about the question, if it has one of the question's names or numbers."""
LIKE = 0.3
"""Least cosine of a passage that is about a question without names and numbers."""
VERY_LIKE = 0.5
"""Least cosine of a passage that is about the question, if it has none of the question's names and numbers."""
_MOST_ALIKE = 1.0001
"""Upper limit of a cosine. Rounded floats may slightly exceed 1."""
HALF = 0.5
"""Share of the question's words from which a text is about the question. A passage must also share two words."""


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence that was compared with the question.

    Attributes:
        article: The sentence's article.
        sentence: The sentence.
        likeness: The cosine of question and sentence.
        shared: The share of the question's words that the sentence has, in [0, 1].
    """

    article: Article
    sentence: Sentence
    likeness: float
    shared: float

    @property
    def nearness(self) -> float:
        """The sum of likeness and shared words, by which sentences are compared."""
        return self.likeness + self.shared


@dataclass(frozen=True, slots=True)
class Unsure:
    """What was found for a question, if it is no answer.

    Attributes:
        candidates: The candidates that were not good enough, best first.
        put_aside: The candidates that can't answer, whatever their confidence: other people's words, what the text
            denies, and what came out before the time asked about.
        sentences: The sentences of the passages, most probable first.
        quotes: The quotes that are not shown as an answer, best first.
        confidence: The confidence of these quotes.
    """

    candidates: Sequence[Candidate]
    put_aside: Sequence[Candidate]
    sentences: Sequence[RankedSentence]
    quotes: Sequence[Quote]
    confidence: float


def abstain(material: Material, unsure: Unsure, broken: Near | None) -> Composed:
    """Composes the result for a question that the articles do not answer.

    Args:
        material: The question and its readings.
        unsure: What was found.
        broken: The sentence that `broken_off` found.

    Returns:
        The reason, the confidence, and near misses from at most `material.settings.near_misses` articles.
    """
    best = unsure.candidates[0].confidence if unsure.candidates else 0.0
    reason = _reason(material, best, unsure.put_aside, broken)
    return Composed(
        confidence=unsure.confidence,
        reason=reason,
        near_misses=_near_misses(unsure, broken, material.settings.near_misses, reason == "denied"),
    )


def _reason(material: Material, best: float, put_aside: Sequence[Candidate], broken: Near | None) -> Reason:
    aside = put_aside[0] if put_aside and put_aside[0].confidence >= max(best, material.threshold) else None
    if aside is not None and is_denied(material.question, aside.hit.passage, aside.span):
        return "denied"
    if broken or aside is not None:
        return "breaks_off" if broken else "not_said"
    about = (_is_about(material.question.words, reading) for reading in material.readings)
    if best < VERY_NEAR * material.threshold and not any(about):
        return "nothing_about_it"
    return "below_threshold" if best >= NEAR * material.threshold else "not_said"


def _is_about(asked: AskedWords, reading: Reading) -> bool:
    """Whether the passage is about the question. The more words they share, the lower the cosine may be."""
    passage, similarity = reading.hit.passage, reading.hit.similarity
    overlap = Overlap(asked, passage)
    wanted, shared = _words_shared(asked, f"{passage.article.title} {passage.text}")
    shares_enough = shared == wanted > 0 or (shared >= 2 and shared >= HALF * wanted)
    if overlap.has_names and overlap.names_missing == 1.0:
        return similarity >= VERY_LIKE
    return shares_enough or similarity >= (SLIGHTLY_LIKE if overlap.has_names else LIKE)


def _words_shared(asked: AskedWords, text: str) -> tuple[int, int]:
    """The number of words in the question, and the number of those that the text has."""
    wanted = set(asked.terms) - CALLED_FOR
    return len(wanted), len(wanted & set(terms(text)))


def _share(asked: AskedWords, text: str) -> float:
    wanted, shared = _words_shared(asked, text)
    return shared / max(1, wanted)


def broken_off(material: Material) -> Near | None:
    """Returns the sentence nearest to the question, if the text breaks off in it.

    It must have half of the question's words. If no sentence has any of them, it must have the cosine LIKE.

    Returns:
        The sentence; None if the nearest sentence is a whole one or not near enough.
    """
    places = [
        (reading.hit.passage.article, sentence)
        for reading in material.readings
        for sentence in reading.hit.passage.sentences
        if sentence.kind in QUOTABLE or sentence.kind == "fragment"
    ]
    distinct = list({(article.id, sentence.start): (article, sentence) for article, sentence in places}.values())
    texts = [article.text[sentence.start : sentence.end] for article, sentence in distinct]
    shares = [_share(material.question.words, text) for text in texts]
    enough = HALF if any(shares) else 0.0

    def near(numbers: Sequence[int]) -> list[Near]:
        alike = material.likeness([texts[number] for number in numbers])
        return [Near(*distinct[n], likeness, shares[n]) for n, likeness in zip(numbers, alike, strict=True)]

    broken = [n for n, (_, s) in enumerate(distinct) if s.kind == "fragment" and shares[n] >= enough]
    if not broken:
        return None
    # Embedding is slow, so sentences are skipped that share too few words to come nearest with any cosine.
    least = max(one.nearness for one in near(broken)) - _MOST_ALIKE
    nearest = max(near([n for n, share in enumerate(shares) if share >= least]), key=lambda one: one.nearness)
    is_near = nearest.shared >= HALF or (not any(shares) and nearest.likeness >= LIKE)
    return nearest if nearest.sentence.kind == "fragment" and is_near else None


def _near_misses(unsure: Unsure, broken: Near | None, most: int, is_denied_here: bool) -> tuple[Citation, ...]:
    """Cites the sentence that breaks off, or what the text denies, then the quotes, and then other articles' best."""
    misses = [cite(1, broken.article, broken.sentence.start, broken.sentence.end, breaks_off=True)] if broken else []
    denied = [(c.article, c.start, c.end) for c in unsure.put_aside[:1] if is_denied_here]
    quoted = {quote.article.id for quote in unsure.quotes}
    best = {one.article.id: one for one in reversed(unsure.sentences) if one.article.id not in quoted}
    nearest = (whole_quote(one) for one in unsure.sentences if best.get(one.article.id) is one)
    places = [*denied, *((quote.article, quote.start, quote.end) for quote in (*unsure.quotes, *nearest))]
    distinct = {(article.id, start): (article, start, end) for article, start, end in places}
    articles = list(dict.fromkeys([*(miss.article_id for miss in misses), *(key for key, _ in distinct)]))[:most]
    by_article = sorted(distinct.values(), key=lambda place: [*articles, place[0].id].index(place[0].id))
    shown = [place for place in by_article if place[0].id in articles]
    return (*misses, *(cite(number, *place) for number, place in enumerate(shown, len(misses) + 1)))
