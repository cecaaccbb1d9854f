"""From what the reader found to an answer: choose, quote, cite; or say that the articles don't.

A quote is whole sentences around the span, never a fragment, verbatim from the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.article import QUOTABLE, Article, Hit, Reading, Sentence, Span
from rag.confidence import Calibration, Signals
from rag.overlap import Overlap
from rag.schema import Answer, Citation, OtherAnswer, Reason
from rag.words import terms

MAX_CITATIONS = 3
MAX_NEAR_MISSES = 2
MAX_OTHER_ANSWERS = 2
_LISTS = re.compile(r"(?:(?:Chief|Foremost|First) a|A)mong (?:them|these)\b|(?:These|They) include\b|Namely\b")
"""How a sentence begins that lists what the one before announced: quoted with it, neither can be understood alone."""
_ARTICLES = re.compile(r"\b(?:a|an|the)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span with the sentences that are quoted around it, and the probability that it is right."""

    span: Span
    hit: Hit
    start: int
    end: int
    signals: Signals
    confidence: float

    @property
    def article(self) -> Article:
        """The article quoted."""
        return self.hit.passage.article

    @property
    def words(self) -> str:
        """The span's own words."""
        return self.article.text[self.span.start : self.span.end]

    @property
    def is_short(self) -> bool:
        """Whether the span is less than the sentences it stands in, closing marks aside."""
        quote = self.article.text[self.start : self.end]
        return self.words.strip(" .\"“”'") != quote.strip(" .\"“”'")


def compose(question: str, readings: Sequence[Reading], calibration: Calibration, generation: int) -> Answer:
    """The answer that these readings support, best candidate first, or the reason why there is none."""
    candidates = rank_candidates(question, readings, calibration)
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


def rank_candidates(question: str, readings: Sequence[Reading], calibration: Calibration) -> list[Candidate]:
    """Every quotable span of the readings, most probable first; spans that overlap a better one are left out."""
    said = _best_words(readings)
    found = [candidate for reading in readings for candidate in _candidates(question, reading, said, calibration)]
    found.sort(key=lambda c: (-c.confidence, c.hit.rank, c.span.start))
    kept: list[Candidate] = []
    for candidate in found:
        if not any(_overlap(candidate, other) for other in kept):
            kept.append(candidate)
    return kept


def _candidates(
    question: str, reading: Reading, said: Sequence[tuple[Article, str]], calibration: Calibration
) -> Iterator[Candidate]:
    """The spans of one reading that stand in sentences fit to be quoted."""
    hit = reading.hit
    overlap, texts = Overlap(question, hit.passage), hit.passage.sentence_texts
    for span in reading.spans:
        first, last = _sentences_around(hit.passage.article.text, span, hit.passage.sentences)
        quoted = hit.passage.sentences[first:last]
        if quoted and all(sentence.kind in QUOTABLE for sentence in quoted):
            signals = Signals(
                score=span.score,
                similarity=hit.similarity,
                reciprocal_rank=1.0 / hit.rank,
                agreement=_agreement(span, hit.passage.article, said),
                coverage=overlap.coverage(first, last),
                pair_coverage=overlap.pair_coverage(first, last),
                kind_unmet=float(overlap.kind_unmet(" ".join(texts[first:last]))),
                names_missing=overlap.names_missing,
            )
            yield Candidate(span, hit, quoted[0].start, quoted[-1].end, signals, calibration.confidence(signals))


def normalise(answer: str) -> str:
    """An answer's words in the form in which two answers count as the same: case, articles and punctuation gone."""
    return " ".join(terms(_ARTICLES.sub(" ", answer))) or answer.casefold().strip()


def _sentences_around(text: str, span: Span, sentences: Sequence[Sentence]) -> tuple[int, int]:
    """The half-open range of the sentences that the span touches, a list with the sentence that announces it."""
    touched = [index for index, s in enumerate(sentences) if s.start < span.end and span.start < s.end]
    if not touched:
        return 0, 0
    first, last = touched[0], touched[-1] + 1
    if first > 0 and _lists(text, sentences[first]):
        first -= 1
    if last < len(sentences) and _lists(text, sentences[last]):
        last += 1
    return first, last


def _lists(text: str, sentence: Sentence) -> bool:
    return sentence.kind in QUOTABLE and _LISTS.match(text, sentence.start) is not None


def _best_words(readings: Sequence[Reading]) -> list[tuple[Article, str]]:
    """What each reading's best span says, normalised, with the article that says it."""
    said = []
    for reading in readings:
        if reading.spans:
            article, best = reading.hit.passage.article, reading.spans[0]
            said.append((article, normalise(article.text[best.start : best.end])))
    return said


def _agreement(span: Span, own: Article, said: Sequence[tuple[Article, str]]) -> int:
    """How many other articles' best spans say the same; copies of one text count as one, and those of its own not."""
    words = normalise(own.text[span.start : span.end])
    return len({article.voice for article, what in said if what == words} - {own.voice})


def _overlap(one: Candidate, other: Candidate) -> bool:
    return one.article.id == other.article.id and one.start < other.end and other.start < one.end


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
