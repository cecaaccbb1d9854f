"""Why there is no answer, and what comes nearest: said, never made up for by a lower threshold.

Whether an article is about a question is told by how like it the passages are and by the words that they share;
the embedder's cosine and the share of words were chosen on the questions of `tests/measured/unanswered.jsonl`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.answering.build_answer import Composed
from rag.answering.candidates import Candidate
from rag.answering.citations import cite
from rag.answering.material import Material
from rag.core.article import QUOTABLE, Article, Reading, Sentence
from rag.core.schema import Citation, Reason
from rag.question.overlap import Overlap
from rag.question.question import AskedWords
from rag.text.terms import terms

MAX_NEAR_MISSES = 2
NEAR, VERY_NEAR = 0.5, 0.8
"""The shares of the threshold from which the best candidate is an answer that is too unsure, below it none at all;
and is about the question, whatever words they share."""
SLIGHTLY_LIKE, LIKE, VERY_LIKE = 0.2, 0.3, 0.5
"""The cosine from which a passage is about a question that has a name in common with it; that has no name; that has
names, of which the passage has none."""
_MOST_ALIKE = 1.0001
"""More than the cosine of two vectors can be, as floats are rounded."""
HALF = 0.5
"""The share of the question's words, two of them at least, that tells the same of one without a name."""
_ASKED_FOR = frozenset(("name", "call"))
"""What a question asks for, and an article doesn't say: "the name of the strait"."""


@dataclass(frozen=True, slots=True)
class _Near:
    """A sentence of a passage, and how near the question it comes: its likeness, and its share of the words."""

    article: Article
    sentence: Sentence
    likeness: float
    shared: float

    @property
    def nearness(self) -> float:
        return self.likeness + self.shared


def abstain(material: Material, candidates: Sequence[Candidate]) -> Composed:
    """That the articles don't say, why, and the nearest passages, none of which is an answer.

    Args:
        material: The question and what was read for it.
        candidates: What might be quoted, the best first.

    Returns:
        A reason, the best candidate's confidence, and near misses.
    """
    broken = _broken_off(material)
    best = candidates[0].confidence if candidates else 0.0
    return Composed(
        confidence=round(best, 4),
        reason="breaks_off" if broken else _reason(material, best),
        near_misses=_near_misses(candidates, material.readings, broken),
    )


def _reason(material: Material, best: float) -> Reason:
    about = (_is_about(material.question.words, reading) for reading in material.readings)
    if best < VERY_NEAR * material.threshold and not any(about):
        return "nothing_about_it"
    return "below_threshold" if best >= NEAR * material.threshold else "not_said"


def _is_about(asked: AskedWords, reading: Reading) -> bool:
    """Whether the passage is about what is asked: the more they have in common, the less alike they need be."""
    passage, similarity = reading.hit.passage, reading.hit.similarity
    overlap = Overlap(asked, passage)
    if overlap.has_names:
        return similarity >= (VERY_LIKE if overlap.names_missing == 1.0 else SLIGHTLY_LIKE)
    wanted, shared = _words_shared(asked, f"{passage.article.title} {passage.text}")
    return similarity >= LIKE or (shared >= 2 and shared >= HALF * wanted)


def _words_shared(asked: AskedWords, text: str) -> tuple[int, int]:
    """How many words the question asks with, and how many of them the text has."""
    wanted = set(asked.terms) - _ASKED_FOR
    return len(wanted), len(wanted & set(terms(text)))


def _share(asked: AskedWords, text: str) -> float:
    wanted, shared = _words_shared(asked, text)
    return shared / max(1, wanted)


def _broken_off(material: Material) -> _Near | None:
    """The sentence nearest to the question in the passages read, where that is one that the text breaks off in.

    It has half of the question's words; or no sentence has any of them, and it is like the question all the same.
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

    def near(numbers: Sequence[int]) -> list[_Near]:
        alike = material.likeness([texts[number] for number in numbers])
        return [_Near(*distinct[n], likeness, shares[n]) for n, likeness in zip(numbers, alike, strict=True)]

    broken = [n for n, (_, s) in enumerate(distinct) if s.kind == "fragment" and shares[n] >= enough]
    if not broken:
        return None
    # Embedding takes its time, and most sentences have too few of the words to come nearer, however alike.
    least = max(one.nearness for one in near(broken)) - _MOST_ALIKE
    nearest = max(near([n for n, share in enumerate(shares) if share >= least]), key=lambda one: one.nearness)
    is_near = nearest.shared >= HALF or (not any(shares) and nearest.likeness >= LIKE)
    return nearest if nearest.sentence.kind == "fragment" and is_near else None


def _near_misses(
    candidates: Sequence[Candidate], readings: Sequence[Reading], broken: _Near | None
) -> tuple[Citation, ...]:
    """The sentence that breaks off, if that is nearest, and the best candidates' quotes; else the likeliest."""
    misses = [cite(1, broken.article, broken.sentence.start, broken.sentence.end, breaks_off=True)] if broken else []
    places = [(c.article, c.start, c.end) for c in candidates] or list(_likeliest(readings))
    for place in dict.fromkeys(places):
        if len(misses) < MAX_NEAR_MISSES:
            misses.append(cite(len(misses) + 1, *place))
    return tuple(misses)


def _likeliest(readings: Sequence[Reading]) -> Iterator[tuple[Article, int, int]]:
    """The likeliest quotable sentence of each passage."""
    for reading in readings:
        sentences = reading.hit.passage.sentences
        ranked = sorted(zip(reading.evidence, sentences, strict=True), key=lambda pair: (-pair[0], pair[1].start))
        best = next((sentence for _, sentence in ranked if sentence.kind in QUOTABLE), None)
        if best is not None:
            yield reading.hit.passage.article, best.start, best.end
