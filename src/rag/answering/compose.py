"""Composes an answer from what the reader found: chooses, quotes and cites, or abstains.

A quote is verbatim from the article. It consists of whole sentences and never of a fragment. A short answer stands
above the quotes only if its own confidence reaches its threshold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answering.abstention import Unsure, abstain, broken_off
from rag.answering.agreement import Saying, differing_from, group_candidates, newest_of_rising_first, timeline
from rag.answering.asked_speaker import is_off_topic, is_said_by, is_someone_else, is_untold
from rag.answering.build_answer import Composed
from rag.answering.candidates import Candidate, rank_candidates, without_denied
from rag.answering.citations import cite, cite_candidate
from rag.answering.material import Material
from rag.answering.precedence import NEARLY, in_precedence
from rag.answering.quotes.arrangement import in_telling_order, quotes_of_sides
from rag.answering.quotes.beside import without_other_matters, without_surroundings
from rag.answering.quotes.confidence import confidence_of
from rag.answering.quotes.contradictions import best_span, contradictions_of, value_at, voices_of
from rag.answering.quotes.ranking import RankedSentence, rank_sentences
from rag.answering.quotes.selection import Quote, first_quotes, select_quotes
from rag.answering.quotes.subject import is_about_another, on_subject
from rag.answering.speakers import attribution_of, with_introduction
from rag.answering.superseded import newer_value
from rag.answering.validation.misleading import is_denied, is_of_another, is_too_early, is_wrong_part
from rag.core.article import Span
from rag.core.schema import Citation, Form, OtherAnswer
from rag.question.question import Question

SHORT_FORMS: frozenset[Form] = frozenset({"fact", "list", "timeline", "keywords"})
"""Forms whose answer may be a few words. So may be "Who said …?" and "How does X describe …?"."""
AS_GOOD = 0.8
"""Share of the best candidate's probability from which another one is cited with it, if whole sentences answer."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the readings give, before it is decided whether it is an answer.

    Attributes:
        candidates: The candidates that may answer, best first.
        sentences: The sentences that don't mislead, most probable first.
        sayings: The short answers that are sure and differ, best first; empty if there is none.
        quotes: The quotes to show, in order. Those of the sure candidates come first.
        is_sure: Whether a candidate is sure.
    """

    candidates: list[Candidate]
    sentences: Sequence[RankedSentence]
    sayings: list[Saying]
    quotes: list[Quote]
    is_sure: bool


def compose(material: Material) -> Composed:
    """Composes the answer that the readings give, or the reason why they give none.

    Args:
        material: The question, its readings and the measures of likeness and confidence.

    Returns:
        Citations, the best first, if the confidence is at least the threshold. Otherwise a reason and near misses.
    """
    if not material.question.in_latin_script:
        return Composed(confidence=0.0, reason="not_english")
    ranked = rank_candidates(material)
    found = find_quotes(material, ranked, rank_sentences(material, ranked))
    confidence = round(confidence_of(material, found.candidates, found.quotes), 4)
    broken = None if found.is_sure else broken_off(material)
    is_sure = confidence >= material.quotes.threshold
    if broken or not is_sure or is_about_another(material.question, found.sentences):
        put_aside = [candidate for candidate in ranked if candidate.span not in {c.span for c in found.candidates}]
        return abstain(material, Unsure(found.candidates, put_aside, found.sentences, found.quotes, confidence), broken)
    found = with_contradictions(material, found)
    citations, is_list = _cite(found), material.question.form == "list"
    also = _others(found.sayings[1:], len(citations))
    return Composed(
        confidence=confidence,
        citations=citations,
        sources=found.sayings[0].voices if found.sayings else 0,
        other_answers=also,
        timeline=() if is_list else timeline([citations, *(other.citations for other in also)]),
    )


def find_quotes(material: Material, ranked: Sequence[Candidate], sentences: Sequence[RankedSentence]) -> Found:
    """Finds the sure short answers and the quotes that the readings give.

    Args:
        material: The question, its readings and the measures of likeness and confidence.
        ranked: The candidates, best first.
        sentences: The sentences, most probable first.
    """
    question, threshold = material.question, material.threshold
    in_time = [candidate for candidate in ranked if not is_too_early(question, candidate.article)]
    candidates = without_denied(question, _said_by_the_one_asked_for(question.speaker, in_time, threshold))
    candidates = in_precedence(question, candidates, threshold)
    kept = [one for one in sentences if not (one.says_nothing or _misleads(question, one))]
    timely = on_subject(question, [one for one in kept if not is_too_early(question, one.article)])
    if not candidates or candidates[0].confidence < threshold:
        quotes = _select(material, timely, quotes_of_sides(question, timely))
        return Found(candidates, kept, [], in_telling_order(question, quotes), is_sure=False)
    sayings = _weighed(material, _sayings(material, candidates), timely) if has_short_answer(question) else []
    newer = newer_value(question, sayings[0].best, sentences) if sayings and question.form != "list" else None
    if newer is not None:
        sayings = [Saying((newer,)), *sayings][: 1 + material.settings.other_answers]
    if sayings and question.form in ("fact", "keywords"):
        timely = without_surroundings(sayings[0].best, without_other_matters(question, sayings[0].best, timely))
    first = sayings[0].candidates if sayings else _nearly_as_good(candidates, threshold)[: material.settings.citations]
    shown_apart = [candidate for saying in sayings[1:] for candidate in saying.candidates]
    free = [one for one in timely if not any(one.is_in(candidate) for candidate in shown_apart)]
    given = [*(_quote(candidate, sentences) for candidate in first), *quotes_of_sides(question, free)]
    if newer is not None:  # it is as sure as the value that it replaces
        given[0] = replace(given[0], best=_quote(sayings[1].best, sentences).best)
    quotes = _select(material, free, given)
    is_outdated = question.wants_news and bool(sayings) and _is_outdated(sayings[0], quotes)
    if is_outdated or not any(quote.article.id == one.article.id for quote in quotes for one in first):
        sayings = []
    return Found(candidates, kept, sayings, in_telling_order(question, quotes), is_sure=True)


def may_contradict(question: Question) -> bool:
    """Returns whether a question asks for a value, so that articles which give two can't both be right."""
    return question.kind not in ("other", "reason") or question.form in ("fact", "keywords", "list")


def _weighed(material: Material, sayings: list[Saying], sentences: Sequence[RankedSentence]) -> list[Saying]:
    """Adds the values that articles give in the same words as the best one. One that more sources name goes first."""
    if not sayings or not may_contradict(material.question):
        return sayings
    settings, (first, *others) = material.settings, sayings
    before: list[Saying] = []
    contradicting = contradictions_of(material, first.best.value, sentences)
    voices = voices_of(material, first.best.value) if contradicting else 0
    for other in contradicting:
        known = next((one for one in others if other.is_in((c.article, c.start, c.end) for c in one.candidates)), None)
        if known is None:
            others.append(Saying((other.as_candidate(first.best, first.voices),)))
        elif known.best.confidence >= NEARLY * first.best.confidence and voices_of(material, other.value) > voices:
            before.append(known)
    behind = [one for one in others if one not in before]
    most = 1 + (settings.items if material.question.form == "list" else settings.other_answers)
    return [*before, first, *behind][:most]


def with_contradictions(material: Material, found: Found) -> Found:
    """Adds quotes that tell the same as the first quote but with another value, if no short answer is sure.

    Args:
        material: The question, its readings and a search for passages that tell the same.
        found: What the readings give; it is an answer.

    Returns:
        The same with these quotes behind the first one, or before it if more articles read name their value.
    """
    if not found.quotes:
        return found
    first = found.quotes[0]
    span = None if found.sayings or not may_contradict(material.question) else best_span(first.best)
    if span is None:
        return found
    value = value_at(first.article, span, material.question.kind)
    others = contradictions_of(material, value, found.sentences)
    voices = voices_of(material, value) if others else 0
    new = [Quote(other.article, *other.place, best=first.best) for other in others]
    before = [quote for other, quote in zip(others, new, strict=True) if voices_of(material, other.value) > voices]
    rest = [quote for quote in found.quotes[1:] if not any(quote.touches(one) for one in new)]
    behind = [quote for quote in new if quote not in before]
    return replace(found, quotes=first_quotes([*before, first, *behind, *rest], material.settings))


def _select(material: Material, sentences: Sequence[RankedSentence], given: Sequence[Quote] = ()) -> list[Quote]:
    """Selects quotes. If they have words of the person asked for, words of untold speakers are left out of them."""
    quotes = select_quotes(sentences, material.settings, given)
    name = material.question.speaker
    has_own = any(one.features["said_by_asked"] and one.is_in(quote) for one in sentences for quote in quotes)
    if name is None or not has_own:
        return quotes
    told = [one for one in sentences if not is_untold(name, one.article, one.sentence.start, one.sentence.end)]
    kept = [quote for quote in given if not is_untold(name, quote.article, quote.start, quote.end)]
    return select_quotes(told, material.settings, kept)


def has_short_answer(question: Question) -> bool:
    """Returns whether a few words of a sentence can answer: a value, a name, a date, but not what happened or why."""
    if question.form == "said":
        return question.words_asked is None and (question.speaker is not None or question.kind == "person")
    names_no_value = question.is_broad or question.asks_what_was_done
    return question.form in SHORT_FORMS and not (names_no_value and question.kind == "other")


def _misleads(question: Question, one: RankedSentence) -> bool:
    """Whether the sentence is someone else's words, tells of someone or something else, or denies what is asked for."""
    if question.speaker is not None and one.features["said_by_other"]:
        return True
    passage, asked = one.reading.hit.passage, question.words_asked
    if asked is not None and is_off_topic(asked, passage, one.sentence.start, one.sentence.end):
        return True
    own = (span for span in one.reading.spans if one.sentence.start <= span.start < one.sentence.end)
    inside = (span for span in own if not is_wrong_part(question, passage, span))
    span = next(inside, Span(one.sentence.start, one.sentence.end, 0.0))
    asks_for_value = question.kind not in ("other", "reason")
    return is_of_another(question, passage, span) or (asks_for_value and is_denied(question, passage, span))


def _is_outdated(saying: Saying, quotes: Sequence[Quote]) -> bool:
    """Whether a quote is from a newer article than the value. Then the value may not be the latest."""
    newest = max((candidate.article.published or "" for candidate in saying.candidates), default="")
    return any((quote.article.published or "") > newest for quote in quotes)


def _quote(candidate: Candidate, sentences: Sequence[RankedSentence]) -> Quote:
    best = next(one for one in sentences if one.is_in(candidate))
    return Quote(candidate.article, candidate.start, candidate.end, best)


def _cite(found: Found) -> tuple[Citation, ...]:
    """Cites the quotes. A quote that holds a sure short answer names its place."""
    sure = found.sayings[0].candidates if found.sayings else ()
    return tuple(_citation(quote, number, sure) for number, quote in enumerate(found.quotes, start=1))


def _citation(quote: Quote, number: int, sure: Sequence[Candidate]) -> Citation:
    for candidate in sure:
        if candidate.article.id == quote.article.id and quote.start <= candidate.span.start < quote.end:
            return cite_candidate(candidate, number, quote.start, quote.end)
    return cite(number, quote.article, quote.start, quote.end)


def _said_by_the_one_asked_for(name: str | None, candidates: Sequence[Candidate], threshold: float) -> list[Candidate]:
    """If a speaker is asked for, drops other people's words and adds to each quote the sentence that introduces it.

    Words of an untold speaker are dropped too, if words of the person reach the threshold.
    """
    if name is None:
        return list(candidates)
    places = [with_introduction(c.article, c.start, c.end) for c in candidates]
    told = [attribution_of(c.article, *place) for c, place in zip(candidates, places, strict=True)]
    has_own = any(
        is_said_by(name, c.article, who) and c.confidence >= threshold for c, who in zip(candidates, told, strict=True)
    )
    return [
        replace(candidate, start=start, end=end)
        for candidate, (start, end), who in zip(candidates, places, told, strict=True)
        if not is_someone_else(name, candidate.article, who)
        and not (has_own and is_untold(name, candidate.article, start, end))
    ]


def _sayings(material: Material, candidates: Sequence[Candidate]) -> list[Saying]:
    """Groups the sure short answers by value: the best, and those that can't be true beside it; may be empty.

    Of a number that rises from article to article the newest is the best.

    The items of a list can all be true, so there it is the best and all others.
    """
    if not candidates[0].is_short:
        return []
    said = group_candidates([c for c in candidates if c.is_short and c.confidence >= material.threshold])
    first, *others = newest_of_rising_first(said) if material.question.period is None else said
    if material.question.form == "list":
        return [first, *others[: material.settings.items - 1]]
    return [first, *differing_from(first, others)[: material.settings.other_answers]]


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
