"""What might be quoted: the spans that the reader found, in their sentences, with all that speaks for each of them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rag.answering.asked_speaker import Speaker
from rag.answering.confidence import FAR, Calibration, Signals
from rag.answering.value_numbers import start_with_bound
from rag.answering.values import Value, group_values, read_value
from rag.core.article import QUOTABLE, Article, Hit, Reading, Sentence, Span
from rag.question.overlap import Overlap
from rag.question.question import Kind, fits_kind, kind_of
from rag.retrieval.retriever import RANK_CONSTANT
from rag.text.english.function_words import LIST_OPENERS, REFERRING_BACK
from rag.text.english.patterns import any_of
from rag.text.english.people import NAME_PARTICLES, NAME_PREPOSITIONS

POOL = 6
"""How many spans are looked at closely: the reader's best of all passages, each in other sentences."""
_CELLS = re.compile(r"(?<=[^|\s])\s*\|\s*(?=[^|\s])")
"""What parts two cells of a table's row."""
Likeness = Callable[[Sequence[str]], Sequence[float]]
"""The cosine of each text with the question, as the embedder sees them."""
_ITEM = r"(?:the )?[A-Z][\w’'-]*(?: (?:of |of the )?[A-Z][\w’'-]*)*"
_LISTED = re.compile(rf".+, {_ITEM}", re.DOTALL)
_LIST_GOES_ON = re.compile(rf"(?:, {_ITEM})*,? (?:and|or|&) {_ITEM}(?!\w)")
"""The rest of a list of names of which some, parted by commas, were picked."""
_IN = re.compile(rf"{any_of(NAME_PREPOSITIONS)} (?=\w)", re.IGNORECASE)
"""What a place or a time is named with, and is no part of its name; "near" and "since" tell more."""
_STOPPED = re.compile(r"[a-z]{3}[.,]\Z")
"""How a sentence's words end, and no abbreviation or initial."""
_WORD = re.compile(r"\w")
_PARTICLE = re.compile(rf"{any_of(NAME_PARTICLES)}[ -](?=\w)")
_FIRST_NAME = re.compile(r"(?<!\w)[A-Z][\w’'-]* \Z")
"""A name that was picked from its particle on, and the word before it."""
_LISTS = re.compile(rf"{any_of(LIST_OPENERS)}\b")
"""How a sentence begins that lists what the one before announced: quoted with it, neither can be understood alone."""
_REFERS_BACK = re.compile(rf"{any_of(REFERRING_BACK)}\b")
"""How a sentence begins that can't be understood without the one before."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span with the sentences that are quoted around it, what it says, and the probability that it is right."""

    span: Span
    value: Value
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
    def quote(self) -> str:
        """The sentences around the span."""
        return self.article.text[self.start : self.end]

    @property
    def is_short(self) -> bool:
        """Whether the span is less than the sentences it stands in, closing marks aside."""
        return self.words.strip(" .\"“”'") != self.quote.strip(" .\"“”'")

    @property
    def short_answer(self) -> str | None:
        """The span's words where they are less than the quote."""
        return self.words if self.is_short else None


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
    kind = kind_of(question)
    speaker = Speaker.asked_for(question)
    if kind == "reason":
        readings = [_by_sentences(reading) for reading in readings]
    elif speaker:
        readings = [speaker.with_words(reading) for reading in readings]
    places = _best_places(readings)
    quotes = [place.article.text[place.start : place.end] for place in places]
    likenesses = likeness(quotes) if quotes else ()
    spans = [_whole_answer(place, kind) for place in places]
    values = [_value(place.article, span, kind) for place, span in zip(places, spans, strict=True)]
    beside = zip(likenesses, _margins(places, values), _agreements(places, values, readings, kind), strict=True)
    found = []
    for place, span, value, (alike, margin, agreement) in zip(places, spans, values, beside, strict=True):
        signals = _signals(question, place, alike, margin, agreement)
        said = speaker.share(place.reading.hit.passage, place.start, place.end) if speaker else 0.0
        confidence = calibration.spoken * said if said else calibration.confidence(signals)
        found.append(Candidate(span, value, place.reading.hit, place.start, place.end, signals, confidence))
    return sorted(found, key=lambda c: (-c.confidence, -c.signals.quote_similarity, c.hit.rank, c.span.start))


def _by_sentences(reading: Reading) -> Reading:
    """The reading with each span's score that of its sentence, the log-odds of all that begins there over no answer.

    Where sentences answer, many spans of one share what a single one has where words do.
    """
    sentences, nothing = reading.hit.passage.sentences, max(1e-6, 1.0 - sum(reading.evidence))
    spans = []
    for span in reading.spans:
        around = (e for e, s in zip(reading.evidence, sentences, strict=True) if s.start <= span.start < s.end)
        odds = max(sum(around), 1e-6) / nothing
        spans.append(Span(span.start, span.end, max(span.score, math.log(odds))))
    return Reading(reading.hit, tuple(sorted(spans, key=lambda span: -span.score)), reading.evidence)


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
        has_words = _WORD.search(passage.article.text, span.start, span.end) is not None
        if first < last and has_words and all(sentence.kind in QUOTABLE for sentence in passage.sentences[first:last]):
            yield _Place(span, reading, first, last)


def _signals(question: str, place: _Place, alike: float, margin: float, agreement: int) -> Signals:
    overlap = Overlap(question, place.reading.hit.passage)
    words = place.article.text[place.span.start : place.span.end]
    return Signals(
        score=place.span.score,
        margin=margin,
        quote_similarity=alike,
        reciprocal_rank=1.0 / place.reading.hit.rank,
        fused=place.reading.hit.score * (RANK_CONSTANT + 1) / 2,
        agreement=agreement,
        coverage=overlap.coverage(place.first, place.last),
        pair_coverage=overlap.pair_coverage(place.first, place.last),
        names_partly=float(0.0 < overlap.names_missing < 1.0),
        names_nowhere=overlap.names_nowhere,
        kind_unmet=float(not fits_kind(kind_of(question), words)),
    )


def _sentences_around(text: str, span: Span, sentences: Sequence[Sentence]) -> tuple[int, int]:
    """The half-open range of the sentences that the span touches, with the one before where they can't stand alone."""
    touched = [index for index, s in enumerate(sentences) if s.start < span.end and span.start < s.end]
    if not touched:
        return 0, 0
    first, last = touched[0], touched[-1] + 1
    if first > 0 and (_lists(text, sentences[first]) or _refers_back(text, sentences[first - 1 : first + 1])):
        first -= 1
    if last < len(sentences) and _lists(text, sentences[last]):
        last += 1
    return first, last


def _refers_back(text: str, pair: Sequence[Sentence]) -> bool:
    """Whether the second of two sentences opens with a word for something in the first, and the first can be quoted."""
    return pair[0].kind in QUOTABLE and _REFERS_BACK.match(text, pair[1].start) is not None


def _lists(text: str, sentence: Sentence) -> bool:
    return sentence.kind in QUOTABLE and _LISTS.match(text, sentence.start) is not None


def _whole_answer(place: _Place, kind: Kind) -> Span:
    """The span as it may be shown by itself.

    A reason takes a sentence: the few words that a reader picks from it explain nothing. A number takes the words that
    bound it: 400 is not what "at least 400" says. A list of names of which some were picked goes on to its end, and a
    name begins before its particle, and that of a place or a time behind its "in". A table's row with several cells
    beside its name is shown whole, as only its head tells which of them is meant.
    """
    text = place.article.text
    start, end, score = place.span.start, place.span.end, place.span.score
    is_row = len(_CELLS.findall(text, place.start, place.end)) > 1
    is_sentence = any((start, end) == (s.start, s.end) for s in place.reading.hit.passage.sentences)
    if kind == "reason" or is_row or is_sentence:
        return Span(place.start, place.end, score)
    if _LISTED.fullmatch(text, start, end) and (rest := _LIST_GOES_ON.match(text, end, place.end)):
        end = rest.end()
    if _PARTICLE.match(text, start, end) and (first := _FIRST_NAME.search(text[place.start : start])):
        start -= len(first.group())
    if kind in ("place", "time") and (before := _IN.match(text, start, end)):
        start = before.end()
    bounded = start_with_bound(text, start) if kind == "quantity" else start
    return Span(*_without_torn_marks(text, max(place.start, bounded), end), score)


def _without_torn_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """The interval without a quotation mark at either end whose other half stands outside, and the stop before it."""
    words = text[start:end]
    if len(words) > 1 and words[0] in '"“' and not set(words[1:]) & set('"”'):
        start += 1
    if len(words) > 1 and words[-1] in '"”' and not set(words[:-1]) & set('"“'):
        end -= 1
        end -= _STOPPED.search(text[start:end]) is not None
    return start, end


def _value(article: Article, span: Span, kind: Kind) -> Value:
    return read_value(article.text[span.start : span.end], kind, article.published)


def _margins(places: Sequence[_Place], values: Sequence[Value]) -> list[float]:
    """By how much each place's score exceeds the best one of those that say something else; FAR where none does."""
    said = list(zip(places, group_values(values), strict=True))
    best = [max((other.span.score for other, what in said if what != group), default=None) for _, group in said]
    return [FAR if least is None else place.span.score - least for (place, _), least in zip(said, best, strict=True)]


def _agreements(
    places: Sequence[_Place], values: Sequence[Value], readings: Sequence[Reading], kind: Kind
) -> list[int]:
    """How many other articles' best spans say the same as each place; copies of one text count as one, its own not."""
    said = [
        (reading.hit.passage.article, _value(reading.hit.passage.article, reading.spans[0], kind))
        for reading in readings
        if reading.spans
    ]
    groups = group_values([*values, *(value for _, value in said)])
    own, others = groups[: len(values)], groups[len(values) :]
    voices = [(article.voice, group) for (article, _), group in zip(said, others, strict=True)]
    return [
        len({voice for voice, other in voices if other == group} - {place.article.voice})
        for place, group in zip(places, own, strict=True)
    ]
