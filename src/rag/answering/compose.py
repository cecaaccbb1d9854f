"""Composes an answer from what the reader found: chooses, quotes and cites, or abstains.

A quote is verbatim from the article. It consists of whole sentences around the span and never of a fragment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rag.answering.abstention import abstain
from rag.answering.agreement import Saying, differing_from, group_candidates, timeline
from rag.answering.asked_speaker import is_said_by, is_someone_else
from rag.answering.build_answer import Composed
from rag.answering.candidates import Candidate, rank_candidates, without_denied
from rag.answering.citations import cite_candidate
from rag.answering.material import Material
from rag.answering.speakers import attribution_of, with_introduction
from rag.answering.supporting_sentences import quotes_of
from rag.core.schema import OtherAnswer

NEARLY = 0.7
"""Share of the best candidate's probability from which a newer article's candidate goes first, if news is wanted."""
AS_GOOD = 0.8
"""Share of the best candidate's probability from which another one is cited with it, if whole sentences answer."""


def compose(material: Material) -> Composed:
    """Composes the answer that the readings give, or the reason why they give none.

    Args:
        material: The question, its readings and the measures of likeness and confidence.

    Returns:
        Citations, best candidate first, if the best confidence is at least the threshold. Otherwise a reason and near
        misses.
    """
    question, threshold = material.question, material.threshold
    if not question.in_latin_script:
        return Composed(confidence=0.0, reason="not_english")
    ranked = rank_candidates(material)
    candidates = without_denied(question, _said_by_the_one_asked_for(question.speaker, ranked))
    if question.wants_news:
        candidates = _newest_first(candidates, threshold)
    best = candidates[0] if candidates else None
    if best is None or best.confidence < threshold:
        put_aside = [candidate for candidate in ranked if candidate.span not in {c.span for c in candidates}]
        return abstain(material, candidates, put_aside)
    sayings = _sayings(candidates, threshold)
    cited = sayings[0].candidates if sayings else _nearly_as_good(candidates, threshold)
    around = quotes_of(best, material.likeness) if question.wants_explanation else []
    places = [(best, place) for place in around if _is_theirs(question.speaker, best, place)]
    places += [(candidate, (candidate.start, candidate.end)) for candidate in cited if not _is_among(candidate, places)]
    shown = places if sayings else places[: material.settings.citations]
    citations = tuple(
        cite_candidate(candidate, number, *place) for number, (candidate, place) in enumerate(shown, start=1)
    )
    differing = differing_from(sayings[0], sayings[1:]) if sayings else []
    also = _others(differing[: material.settings.other_answers], len(citations))
    return Composed(
        confidence=round(best.confidence, 4),
        citations=citations,
        sources=sayings[0].voices if sayings else 0,
        other_answers=also,
        timeline=timeline([citations, *(other.citations for other in also)]),
    )


def _said_by_the_one_asked_for(name: str | None, candidates: Sequence[Candidate]) -> list[Candidate]:
    """If a speaker is asked for, drops other people's words and adds to each quote the sentence that introduces it."""
    if name is None:
        return list(candidates)
    places = [with_introduction(c.article, c.start, c.end) for c in candidates]
    return [
        replace(candidate, start=start, end=end)
        for candidate, (start, end) in zip(candidates, places, strict=True)
        if not is_someone_else(name, attribution_of(candidate.article, start, end))
    ]


def _is_theirs(name: str | None, best: Candidate, place: tuple[int, int]) -> bool:
    """Whether a place belongs to the words of the speaker who is asked for: the best quote itself, or said by name."""
    is_own = place[0] < best.end and best.start < place[1]
    return name is None or is_own or is_said_by(name, attribution_of(best.article, *place))


def _newest_first(candidates: Sequence[Candidate], threshold: float) -> list[Candidate]:
    """Puts the newest first among the candidates that reach the threshold and NEARLY of the best; the others follow."""
    least = max([threshold, *(NEARLY * candidate.confidence for candidate in candidates[:1])])
    good = [candidate for candidate in candidates if candidate.confidence >= least]
    good.sort(key=lambda candidate: candidate.article.published or "", reverse=True)
    return [*good, *(candidate for candidate in candidates if candidate.confidence < least)]


def _is_among(candidate: Candidate, places: Sequence[tuple[Candidate, tuple[int, int]]]) -> bool:
    """Whether the candidate's quote overlaps one of the places."""
    return any(
        candidate.article.id == other.article.id and start < candidate.end and candidate.start < end
        for other, (start, end) in places
    )


def _sayings(candidates: Sequence[Candidate], threshold: float) -> list[Saying]:
    """Groups the short answers that reach the threshold by value, best first; empty if whole sentences answer."""
    if not candidates[0].is_short:
        return []
    return group_candidates([c for c in candidates if c.is_short and c.confidence >= threshold])


def _nearly_as_good(candidates: Sequence[Candidate], threshold: float) -> Sequence[Candidate]:
    """The best candidate, and others that are about as probable."""
    enough = max(threshold, AS_GOOD * candidates[0].confidence)
    return [candidates[0], *(candidate for candidate in candidates[1:] if candidate.confidence >= enough)]


def _others(sayings: Sequence[Saying], shown: int) -> tuple[OtherAnswer, ...]:
    """Makes the other answers, best first, with one citation per source; numbers continue after `shown`."""
    others: list[OtherAnswer] = []
    for saying in sayings:
        first = shown + 1
        shown += saying.voices
        citations = tuple(
            cite_candidate(candidate, number, candidate.start, candidate.end)
            for number, candidate in enumerate(saying.candidates, start=first)
        )
        confidence = round(saying.best.confidence, 4)
        others.append(OtherAnswer(short_answer=saying.best.words, confidence=confidence, citations=citations))
    return tuple(others)
