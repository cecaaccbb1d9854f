"""Selects the quotes of an answer: probable, new, whole, and few words in all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.answering.quotable_span import sentences_around
from rag.answering.quotes.ranking import RankedSentence
from rag.answering.speakers import attribution_of
from rag.core.article import QUOTABLE, Article, Passage, Sentence, Span
from rag.core.schema import Attribution
from rag.core.settings import AnswerSettings
from rag.text.terms import terms

ENOUGH = 0.05
"""Least probability of a further sentence, as a share of the best one's."""
REPEATED = 0.7
"""Share of a sentence's terms in one chosen quote from which it says nothing new."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Whole sentences of an article, at `article.text[start:end]`.

    Attributes:
        article: The article.
        start: Start offset, in characters.
        end: End offset, exclusive.
        best: The most probable sentence among them.
    """

    article: Article
    start: int
    end: int
    best: RankedSentence

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.article.text[self.start : self.end]

    @property
    def speaker(self) -> Attribution | None:
        """Who says the words; None if the article speaks in its own voice."""
        return attribution_of(self.article, self.start, self.end)

    def touches(self, other: Quote) -> bool:
        """Returns whether both quotes overlap, or only white space is between them and both tell who says what."""
        if self.article.id != other.article.id:
            return False
        first, second = sorted((self, other), key=lambda quote: quote.start)
        if second.start < first.end:
            return True
        if self.article.text[first.end : second.start].strip():
            return False
        speakers = [one for one in (first.speaker, second.speaker) if one is not None]
        tell = all(one.start is not None and first.start <= one.start < second.end for one in speakers)
        return tell or first.speaker == second.speaker

    def joined(self, other: Quote) -> Quote:
        """Returns one quote from the start of the first to the end of the last."""
        best = max((self.best, other.best), key=lambda one: one.probability)
        return Quote(self.article, min(self.start, other.start), max(self.end, other.end), best)


def select_quotes(
    ranked: Sequence[RankedSentence], settings: AnswerSettings, given: Iterable[Quote] = ()
) -> list[Quote]:
    """Selects quotes from ranked sentences (greedy, by probability; a sentence that repeats a quote is left out).

    Args:
        ranked: The sentences, most probable first.
        settings: How many quotes and words an answer has at most. The first quote may have more words.
        given: Quotes that are shown in any case, before the selected ones.

    Returns:
        The given quotes and then the most probable ones. Neighbouring sentences are one quote.
    """
    chosen: list[Quote] = []
    for quote in given:
        chosen = _join(quote, chosen)
    least = ENOUGH * ranked[0].probability if ranked else 0.0
    for one in ranked:
        if one.probability < least:
            break
        quote = whole_quote(one)
        if _repeats(quote, chosen):
            continue
        joined = _join(quote, chosen)
        if chosen and (len(joined) > settings.citations or _words(joined) > settings.words):
            continue
        chosen = joined
    return chosen


def first_quotes(quotes: Sequence[Quote], settings: AnswerSettings) -> list[Quote]:
    """Returns the first quotes, as many as an answer may have. The first one may have more words."""
    count = min(len(quotes), settings.citations)
    while count > 1 and _words(quotes[:count]) > settings.words:
        count -= 1
    return list(quotes[:count])


def whole_quote(one: RankedSentence) -> Quote:
    """Returns a sentence with the sentences before and after that it needs to be understood."""
    return Quote(one.article, *place_to_quote(one.reading.hit.passage, one.sentence), one)


def place_to_quote(passage: Passage, sentence: Sentence) -> tuple[int, int]:
    """Returns the start and the end of a passage's sentence with those around it that it needs to be understood."""
    span = Span(sentence.start, sentence.end, 0.0)
    first, last = sentences_around(passage.article.text, span, passage.sentences)
    around = passage.sentences[first:last]
    if not around or any(one.kind not in QUOTABLE for one in around):
        return sentence.start, sentence.end
    return around[0].start, around[-1].end


def _repeats(quote: Quote, chosen: Sequence[Quote]) -> bool:
    """Whether one chosen quote has the same sentence, or REPEATED of its terms."""
    said = set(terms(quote.best.text))
    return any(
        quote.best.is_in(other) or len(said & set(terms(other.text))) >= REPEATED * max(1, len(said))
        for other in chosen
    )


def _join(quote: Quote, chosen: Sequence[Quote]) -> list[Quote]:
    """The chosen quotes with one more. It is joined with those that it touches, at the place of the first of them."""
    kept: list[Quote] = []
    place: int | None = None
    for other in chosen:
        if other.touches(quote):
            quote = quote.joined(other)
            place = len(kept) if place is None else place
        else:
            kept.append(other)
    kept.insert(len(kept) if place is None else place, quote)
    return kept


def _words(quotes: Iterable[Quote]) -> int:
    return sum(len(quote.text.split()) for quote in quotes)
