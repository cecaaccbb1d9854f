"""From what the reader found to an answer: choose, quote, cite; or say that the articles don't.

A quote is whole sentences around the span, never a fragment, verbatim from the article.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.article import QUOTABLE, Article, Reading, Span
from rag.candidates import Candidate, Likeness, normalise, rank_candidates
from rag.confidence import Calibration
from rag.schema import Answer, Citation, OtherAnswer, Reason

MAX_CITATIONS = 3
MAX_NEAR_MISSES = 2
MAX_OTHER_ANSWERS = 2


def compose(
    question: str, readings: Sequence[Reading], calibration: Calibration, likeness: Likeness, generation: int
) -> Answer:
    """The answer that these readings support, best candidate first, or the reason why there is none."""
    candidates = rank_candidates(question, readings, calibration, likeness)
    best = candidates[0] if candidates else None
    if best is None or best.confidence < calibration.threshold:
        return _abstain(question, readings, candidates, generation)
    cited = _cited(candidates, calibration.threshold)
    citations = tuple(_citation(candidate, number) for number, candidate in enumerate(cited, start=1))
    return Answer(
        question=question,
        status="answered",
        text=" … ".join(citation.quote for citation in citations),
        short_answer=citations[0].short,
        citations=citations,
        confidence=round(best.confidence, 4),
        other_answers=_others(candidates, cited, calibration.threshold),
        generation=generation,
    )


def _cited(candidates: Sequence[Candidate], threshold: float) -> list[Candidate]:
    """The best candidate, and those that say the same or, where whole sentences answer, are nearly as probable."""
    best = candidates[0]
    cited = [best]
    for candidate in candidates[1:]:
        same = best.is_short and candidate.is_short and normalise(candidate.words) == normalise(best.words)
        as_good = not best.is_short and candidate.confidence >= max(threshold, 0.8 * best.confidence)
        if (same or as_good) and candidate.confidence >= threshold and len(cited) < MAX_CITATIONS:
            cited.append(candidate)
    return cited


def _others(candidates: Sequence[Candidate], cited: Sequence[Candidate], threshold: float) -> tuple[OtherAnswer, ...]:
    """Short answers above the threshold that differ from the first one, each once, best first."""
    seen = {normalise(candidate.words) for candidate in cited}
    others: list[OtherAnswer] = []
    for candidate in candidates:
        words = normalise(candidate.words)
        if candidate.confidence >= threshold and candidate.is_short and cited[0].is_short and words not in seen:
            seen.add(words)
            citation = _citation(candidate, len(cited) + len(others) + 1)
            others.append(
                OtherAnswer(short_answer=candidate.words, confidence=round(candidate.confidence, 4), citation=citation)
            )
    return tuple(others[:MAX_OTHER_ANSWERS])


def _abstain(question: str, readings: Sequence[Reading], candidates: Sequence[Candidate], generation: int) -> Answer:
    reason: Reason = "below_threshold" if candidates else "nothing_readable" if readings else "nothing_retrieved"
    return Answer(
        question=question,
        status="no_answer",
        reason=reason,
        confidence=round(candidates[0].confidence, 4) if candidates else 0.0,
        near_misses=_near_misses(candidates, readings),
        generation=generation,
    )


def _near_misses(candidates: Sequence[Candidate], readings: Sequence[Reading]) -> tuple[Citation, ...]:
    """The best candidates' quotes; without candidates, the likeliest quotable sentence of each near passage."""
    places = [(candidate.article, candidate.start, candidate.end) for candidate in candidates]
    for reading in [] if candidates else readings:
        sentences = reading.hit.passage.sentences
        ranked = sorted(zip(reading.evidence, sentences, strict=True), key=lambda pair: (-pair[0], pair[1].start))
        best = next((sentence for _, sentence in ranked if sentence.kind in QUOTABLE), None)
        if best is not None:
            places.append((reading.hit.passage.article, best.start, best.end))
    distinct = list(dict.fromkeys(places))[:MAX_NEAR_MISSES]
    return tuple(_cite(number, *place) for number, place in enumerate(distinct, start=1))


def _citation(candidate: Candidate, number: int) -> Citation:
    return _cite(
        number, candidate.article, candidate.start, candidate.end, candidate.span if candidate.is_short else None
    )


def _cite(number: int, article: Article, start: int, end: int, short: Span | None = None) -> Citation:
    return Citation(
        number=number,
        article_id=article.id,
        content_hash=article.content_hash,
        title=article.title,
        path=article.path,
        source=article.source,
        url=article.url,
        published=article.published,
        byline=article.byline,
        language=article.language,
        page=article.page_of(start),
        start=start,
        end=end,
        quote=article.text[start:end],
        short_start=short.start if short else None,
        short_end=short.end if short else None,
    )
