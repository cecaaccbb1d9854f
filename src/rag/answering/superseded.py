"""Finds out whether a later article gives a newer value of what an answer tells: a toll, a rate, a sentence cut.

Reporters ask for the value that holds, and the first report is often told in the question's own words, the last one
not. A later value counts only where its sentence says so: it names the change from the answer's own value, or tells how
high a count stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from rag.answering.agreement import is_later_report
from rag.answering.candidates import Candidate
from rag.answering.quotes.contradictions import has_names, value_at
from rag.answering.quotes.ranking import RankedSentence
from rag.answering.validation.misleading import is_denied, is_of_another
from rag.answering.validation.other_times import changes_in, state_asked
from rag.core.article import Hit, Span
from rag.question.question import Question
from rag.text.english.nouns import COUNTS_OF_FATE, FATES
from rag.text.english.numbers import NUMBER_WORD, STANDING_AT
from rag.text.grammar.names import bare, names_in
from rag.text.terms import terms
from rag.values.value import Quantity, Value, read_value

_FIGURE = rf"(?:\d[\d.,]*\d|\d|\b{NUMBER_WORD}\b)"
_UNIT = re.compile(r"\s?%|[ -][a-z]+(?: points?\b)?", re.IGNORECASE)
_COUNT = re.compile(rf"\b(?P<count>{COUNTS_OF_FATE})\b[^.;\d]{{0,40}}? {STANDING_AT} (?P<new>{_FIGURE})", re.IGNORECASE)
_FATES = {fate: re.compile(rf"\b{words}\b", re.IGNORECASE) for fate, words in FATES}
_ASKS_FIRST = re.compile(r"\b(?:first|initial(?:ly)?|original(?:ly)?|earl(?:y|ier|iest))\b", re.IGNORECASE)
_FEWEST_IN_TITLES = 2
"""Fewest terms that the titles of two articles on one event share, if the question has no name."""


def newer_value(question: Question, best: Candidate, sentences: Sequence[RankedSentence]) -> Candidate | None:
    """Finds the newest value that a later article gives in place of the best candidate's.

    Args:
        question: The question.
        best: The candidate that would be shown.
        sentences: The sentences read. Whether one misleads is judged here by its newer value alone.

    Returns:
        The candidate of the newest value, with the best one's confidence; None if no later sentence gives one, or if
        the question asks for the value of a time.
    """
    is_of_time = question.period is not None or state_asked(question.text) == "before"
    if is_of_time or not isinstance(best.value, Quantity) or _ASKS_FIRST.search(question.text):
        return None
    day = best.article.published or ""
    later = [one for one in sentences if is_later_report(day, one.article.published or "")]
    found = [place for one in later if (place := _new_place(question, best, one)) is not None]
    if not found:
        return None
    one, span = max(found, key=lambda place: place[0].article.published or "")
    hit = Hit(one.reading.hit.passage, best.hit.rank, best.hit.score, best.hit.similarity)
    value = value_at(one.article, span, question.kind)
    return replace(best, span=span, value=value, hit=hit, start=one.sentence.start, end=one.sentence.end)


def _is_of_same_event(question: Question, best: Candidate, one: RankedSentence) -> bool:
    """Whether both articles are about what is asked: by its names, or without any by their titles.

    The titles share two words, or one of the question and the later article has a name of the first one's title.
    """
    if question.words.proper_names:
        return has_names(question, one.article)
    first, later = best.article.title, one.article.title
    shared = set(terms(first)).intersection(terms(later))
    if len(shared) >= _FEWEST_IN_TITLES:
        return True
    if shared.isdisjoint(question.words.terms):
        return False
    named = {word for name in names_in(first)[1:] for word in bare(name.group())}
    return any(re.search(rf"\b{re.escape(word)}\b", one.article.text) for word in named)


def _new_place(question: Question, best: Candidate, one: RankedSentence) -> tuple[RankedSentence, Span] | None:
    """The place of the newer value in a sentence; None if it gives none."""
    span = _of_change(question, best, one) or _of_count(question, best, one)
    if span is None or not _is_of_same_event(question, best, one):  # the second reads the whole article
        return None
    passage = one.reading.hit.passage
    is_misleading = is_of_another(question, passage, span) or is_denied(question, passage, span)
    return None if is_misleading else (one, span)


def _of_change(question: Question, best: Candidate, one: RankedSentence) -> Span | None:
    """The new figure, if the sentence tells the change from the candidate's own figure, of what is asked about."""
    if set(terms(one.text)).isdisjoint(question.words.terms):
        return None
    for new, old in changes_in(one.text):
        if _number(one.text[slice(*old)]) == _number(best.words):
            end = _end_of_unit(one.text, new, best.value)
            return Span(one.sentence.start + new[0], one.sentence.start + end, 0.0)
    return None


def _end_of_unit(text: str, figure: tuple[int, int], known: Value) -> int:
    """The end of a figure with its unit, if that follows and is the known value's: `from 24 to 19 months`."""
    unit = _UNIT.match(text, figure[1])
    value = read_value(text[figure[0] : unit.end()], "quantity", None) if unit else None
    has_unit = isinstance(value, Quantity) and isinstance(known, Quantity) and value.unit == known.unit != ""
    return unit.end() if unit and has_unit else figure[1]


def _of_count(question: Question, best: Candidate, one: RankedSentence) -> Span | None:
    """The figure at which a count of the asked fate stands, if it is above the candidate's."""
    counted = _COUNT.search(one.text)
    if counted is None or _fates_in(question.text).isdisjoint(_fates_in(counted["count"])):
        return None
    number, known = _number(counted["new"]), _number(best.words)
    is_above = number is not None and known is not None and number > known
    begin, end = counted.span("new")
    return Span(one.sentence.start + begin, one.sentence.start + end, 0.0) if is_above else None


def _fates_in(text: str) -> set[str]:
    """The fates of people that a text names. A toll is that of the dead."""
    toll = {"killed"} if re.search(r"\btoll\b", text, re.IGNORECASE) else set()
    return toll | {fate for fate, words in _FATES.items() if words.search(text)}


def _number(words: str) -> Fraction | None:
    """The first figure of some words, without its unit."""
    figure = re.search(_FIGURE, words, re.IGNORECASE)
    value = read_value(figure.group(), "quantity", None) if figure else None
    return value.low if isinstance(value, Quantity) else None
