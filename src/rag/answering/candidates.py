"""Ranks candidates: the reader's best spans, each with the sentences to quote, its features and its confidence."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.asked_speaker import share_said, speaker_of, with_speakers_asked, with_words_asked
from rag.answering.confidence import FAR, Signals
from rag.answering.material import Material
from rag.answering.quotable_span import QuotableSpan, quotable_spans, whole_answer
from rag.answering.validation.misleading import is_cut_out, is_denied, is_of_another, is_only_planned
from rag.answering.validation.rivals import asks_who_said_exactly
from rag.core.article import Article, Hit, Reading, Span
from rag.question.overlap import Overlap
from rag.question.question import Kind, Question, fits_kind
from rag.question.unit import tells
from rag.retrieval.retriever import RANK_CONSTANT
from rag.text.foreign_words import is_foreign
from rag.text.terms import terms
from rag.values.value import Value, group_values, read_value

_LETTER = re.compile(r"[^\W\d_]")
_OPEN_CLAUSE = re.compile(r"whether\b", re.IGNORECASE)
"""The start of a clause that says what is open and not how it ended: `whether the law holds`."""
POOL = 6
"""Most candidates per question: the reader's best spans of all passages. No two are in the same sentence."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible answer.

    Attributes:
        span: The words that answer, inside the quoted sentences.
        value: What these words say, in a form that can be compared.
        hit: The hit that the span is from.
        start: Start offset of the quoted sentences in the article's text, in characters.
        end: Their end offset, exclusive.
        signals: The features that the confidence is computed from.
        confidence: The probability that the candidate is right, in [0, 1].
    """

    span: Span
    value: Value
    hit: Hit
    start: int
    end: int
    signals: Signals
    confidence: float

    @property
    def article(self) -> Article:
        """The quoted article."""
        return self.hit.passage.article

    @property
    def words(self) -> str:
        """The words of the span."""
        return self.article.text[self.span.start : self.span.end]

    @property
    def quote(self) -> str:
        """The quoted sentences."""
        return self.article.text[self.start : self.end]

    @property
    def is_short(self) -> bool:
        """Whether the span has fewer words than the quoted sentences; quotation marks and full stops don't count."""
        return self.words.strip(" .\"“”'") != self.quote.strip(" .\"“”'")

    @property
    def short_answer(self) -> str | None:
        """The words of the span; None if the whole quote is the answer."""
        return self.words if self.is_short else None


def rank_candidates(material: Material) -> list[Candidate]:
    """Makes candidates from the best spans that can be quoted.

    Args:
        material: The question, its readings and the calibration.

    Returns:
        At most POOL candidates, most probable first. No two quote the same sentence.
    """
    kind = material.question.kind
    readings = [_as_asked(material.question, reading) for reading in material.readings]
    places = _best_places(material.question, readings)
    spans = [_shown(material.question, place) for place in places]
    values = [_value(place.article, span, kind) for place, span in zip(places, spans, strict=True)]
    likenesses = material.likeness([place.quote for place in places]) if places else ()
    beside = zip(likenesses, _margins(places, values), _agreements(places, values, _told(readings, kind)), strict=True)
    found = []
    for place, span, value, (alike, margin, agreement) in zip(places, spans, values, beside, strict=True):
        signals = _signals(material.question, place, alike, margin, agreement)
        confidence = _confidence(material, place, signals)
        found.append(Candidate(span, value, place.reading.hit, place.start, place.end, signals, confidence))
    return sorted(found, key=lambda c: (-c.confidence, -c.signals.quote_similarity, c.hit.rank, c.span.start))


def without_denied(question: Question, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Drops the candidates whose sentence denies or doubts them.

    If the question asks for no particular kind of thing, such a candidate becomes its whole quote instead.

    Args:
        question: The question.
        candidates: The candidates, in any order.

    Returns:
        The others, in their order.
    """
    kept = []
    for candidate in candidates:
        if not is_denied(question, candidate.hit.passage, candidate.span):
            kept.append(candidate)
        elif question.kind in ("other", "reason"):
            kept.append(replace(candidate, span=Span(candidate.start, candidate.end, candidate.span.score)))
    return kept


def _as_asked(question: Question, reading: Reading) -> Reading:
    """Scores whole sentences, if the question asks for a reason or for someone's words."""
    if question.kind == "reason":
        return _by_sentences(reading)
    if question.statement:
        return with_speakers_asked(question.statement, reading)
    return with_words_asked(question.words_asked, reading) if question.words_asked else reading


def _by_sentences(reading: Reading) -> Reading:
    """Raises each span's score to the log-odds of its whole sentence over no answer.

    If whole sentences answer, the probability is spread over many spans of a sentence. The evidence adds them up.
    """
    sentences, nothing = reading.hit.passage.sentences, max(1e-6, 1.0 - sum(reading.evidence))
    spans = []
    for span in reading.spans:
        around = (e for e, s in zip(reading.evidence, sentences, strict=True) if s.start <= span.start < s.end)
        odds = max(sum(around), 1e-6) / nothing
        spans.append(Span(span.start, span.end, max(span.score, math.log(odds))))
    return Reading(reading.hit, tuple(sorted(spans, key=lambda span: -span.score)), reading.evidence)


def _best_places(question: Question, readings: Sequence[Reading]) -> list[QuotableSpan]:
    places = _in_unit_asked(question, [place for reading in readings for place in quotable_spans(reading)])
    places.sort(key=lambda place: (-place.span.score, place.reading.hit.rank, place.span.start))
    kept: list[QuotableSpan] = []
    for place in places:
        if len(kept) == POOL:
            break
        is_new = not any(place.overlaps(other) for other in kept)
        passage = place.reading.hit.passage
        if (
            is_new
            and not is_of_another(question, passage, place.span)
            and not is_foreign(place.quote, place.article.text)
        ):
            kept.append(place)
    return kept


def _in_unit_asked(question: Question, places: list[QuotableSpan]) -> list[QuotableSpan]:
    """If the question asks for a day, a year or the like, and a place with a positive score tells one: such places."""
    unit = question.unit
    if unit is None:
        return places
    exact = [place for place in places if tells(unit, place.article.text[place.span.start : place.span.end])]
    return exact if any(place.span.score > 0 for place in exact) else places


def _confidence(material: Material, place: QuotableSpan, signals: Signals) -> float:
    """The probability that the place answers. For the words of a speaker who was asked for, a rule gives it."""
    asked = material.question.words_asked
    said = share_said(asked, place.reading.hit.passage, place.start, place.end) if asked else 0.0
    statement = material.question.statement
    if statement and speaker_of(statement, place.article, place.start, place.end) is not None:
        said = len(statement.intersection(terms(place.quote))) / len(statement)
    return material.calibration.spoken * said if said else material.calibration.confidence(signals)


def _shown(question: Question, place: QuotableSpan) -> Span:
    """The words to show alone. The whole quote, if they tell nothing alone.

    A clause may leave it open, what is planned may not come, a number is no item of a list, who said something is only
    whom the text names, and a part of a phrase may mean something else.
    """
    span = whole_answer(place, question.kind)
    words = place.article.text[span.start : span.end]
    passage = place.reading.hit.passage
    is_bare_number = question.form == "list" and question.kind == "other" and not _LETTER.search(words)
    is_no_speaker = (
        asks_who_said_exactly(question.text)
        and speaker_of(question.statement, place.article, place.start, place.end) is None
    )
    tells_nothing = is_bare_number or is_no_speaker or _OPEN_CLAUSE.match(words) is not None
    if tells_nothing or is_only_planned(question, passage, span) or is_cut_out(question, passage, span):
        return Span(place.start, place.end, span.score)
    return span


def _signals(question: Question, place: QuotableSpan, alike: float, margin: float, agreement: int) -> Signals:
    overlap = Overlap(question.words, place.reading.hit.passage)
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
        kind_unmet=float(not fits_kind(question.kind, words)),
    )


def _value(article: Article, span: Span, kind: Kind) -> Value:
    return read_value(article.text[span.start : span.end], kind, article.published)


def _margins(places: Sequence[QuotableSpan], values: Sequence[Value]) -> list[float]:
    """Each place's score minus the best score of a place that says something else; FAR if no place does."""
    said = list(zip(places, group_values(values), strict=True))
    best = [max((other.span.score for other, what in said if what != group), default=None) for _, group in said]
    return [FAR if least is None else place.span.score - least for (place, _), least in zip(said, best, strict=True)]


def _told(readings: Sequence[Reading], kind: Kind) -> list[tuple[Article, Value]]:
    """The value of each reading's best span, with its article."""
    best = [(reading.hit.passage.article, reading.spans[0]) for reading in readings if reading.spans]
    return [(article, _value(article, span, kind)) for article, span in best]


def _agreements(
    places: Sequence[QuotableSpan], values: Sequence[Value], told: Sequence[tuple[Article, Value]]
) -> list[int]:
    """For each place, the number of other sources whose best span says the same. Copies of one text are one source."""
    groups = group_values([*values, *(value for _, value in told)])
    own, others = groups[: len(values)], groups[len(values) :]
    voices = [(article.voice, group) for (article, _), group in zip(told, others, strict=True)]
    return [
        len({voice for voice, other in voices if other == group} - {place.article.voice})
        for place, group in zip(places, own, strict=True)
    ]
