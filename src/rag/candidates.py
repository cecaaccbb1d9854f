"""What might be quoted: the spans that the reader found, in their sentences, with all that speaks for each of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag.article import QUOTABLE, Article, Hit, Reading, Sentence, Span
from rag.confidence import Calibration, Signals
from rag.overlap import Overlap
from rag.question import fits_kind, kind_of
from rag.words import terms

POOL = 6
"""How many spans are looked at closely: the reader's best of all passages, each in other sentences."""
Likeness = Callable[[Sequence[str]], Sequence[float]]
"""The cosine of each text with the question, as the embedder sees them."""
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


@dataclass(frozen=True, slots=True)
class _Place:
    """A span, the reading that it comes from, and the half-open range of the passage's sentences to quote."""

    span: Span
    reading: Reading
    first: int
    last: int

    @property
    def start(self) -> int:
        return self.reading.hit.passage.sentences[self.first].start

    @property
    def end(self) -> int:
        return self.reading.hit.passage.sentences[self.last - 1].end

    @property
    def article(self) -> Article:
        return self.reading.hit.passage.article

    def overlaps(self, other: _Place) -> bool:
        """Whether both would quote some of the same words."""
        return self.article.id == other.article.id and self.start < other.end and other.start < self.end


def rank_candidates(
    question: str, readings: Sequence[Reading], calibration: Calibration, likeness: Likeness
) -> list[Candidate]:
    """The POOL best spans of the readings that can be quoted, most probable first; no two quote the same sentence."""
    places = _best_places(readings)
    quotes = [place.article.text[place.start : place.end] for place in places]
    likenesses = likeness(quotes) if quotes else ()
    said = _best_words(readings)
    # A reason takes a sentence; the few words that a reader picks from it explain nothing.
    asks_why = kind_of(question) == "reason"
    found = []
    for place, quote, alike in zip(places, quotes, likenesses, strict=True):
        signals = _signals(question, place, quote, alike, said)
        confidence = calibration.confidence(signals)
        span = Span(place.start, place.end, place.span.score) if asks_why else place.span
        found.append(Candidate(span, place.reading.hit, place.start, place.end, signals, confidence))
    return sorted(found, key=lambda c: (-c.confidence, c.hit.rank, c.span.start))


def _best_places(readings: Sequence[Reading]) -> list[_Place]:
    places = [place for reading in readings for place in _places(reading)]
    places.sort(key=lambda place: (-place.span.score, place.reading.hit.rank, place.span.start))
    kept: list[_Place] = []
    for place in places:
        if len(kept) < POOL and not any(place.overlaps(other) for other in kept):
            kept.append(place)
    return kept


def _places(reading: Reading) -> Iterator[_Place]:
    """The spans of one reading that stand in sentences fit to be quoted."""
    passage = reading.hit.passage
    for span in reading.spans:
        first, last = _sentences_around(passage.article.text, span, passage.sentences)
        if first < last and all(sentence.kind in QUOTABLE for sentence in passage.sentences[first:last]):
            yield _Place(span, reading, first, last)


def _signals(question: str, place: _Place, quote: str, alike: float, said: Sequence[tuple[Article, str]]) -> Signals:
    overlap = Overlap(question, place.reading.hit.passage)
    words = place.article.text[place.span.start : place.span.end]
    return Signals(
        score=place.span.score,
        quote_similarity=alike,
        reciprocal_rank=1.0 / place.reading.hit.rank,
        agreement=_agreement(place.span, place.article, said),
        coverage=overlap.coverage(place.first, place.last),
        pair_coverage=overlap.pair_coverage(place.first, place.last),
        names_missing=overlap.names_missing,
        kind_unmet=float(not fits_kind(kind_of(question), words)),
    )


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
