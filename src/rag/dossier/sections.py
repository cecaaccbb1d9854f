"""Chooses the quotes of the overview, the timeline, the figures and the differences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rag.answering.quotes.arrangement import in_telling_order
from rag.answering.quotes.selection import Quote, select_quotes
from rag.core.article import Article, Span
from rag.core.citation import Citation
from rag.core.dates import in_words
from rag.core.settings import AnswerSettings
from rag.dossier.figures import Figure, changes_of, differing_on_a_day
from rag.dossier.results import DossierEntry
from rag.dossier.shown import Shown, say_the_same
from rag.dossier.standing_alone import is_speech
from rag.dossier.subject import Subject
from rag.text.english.patterns import any_of
from rag.text.english.scraps import COMMENT

OVERVIEW = AnswerSettings(citations=5, words=200)
"""Limits of the overview."""
DATES = 15
"""Most dates of the timeline."""
LEAST = 0.02
"""Least probability of a quote of the timeline."""
_OF_ONE = 2
"""Most quotes of the overview from one article and its copies."""
_ENOUGH = 0.1
"""Least probability of a quote of the overview, as a share of the best one's."""
_COMMENT = re.compile(rf"\b{any_of(COMMENT)}\b", re.IGNORECASE)


def is_comment(article: Article) -> bool:
    """Returns whether an article's source, section or address says that it is a comment, and no report."""
    return _COMMENT.search(" ".join(filter(None, (article.source, article.section, article.url)))) is not None


def reports(subject: Subject) -> list[Quote]:
    """Returns the quotes about a subject that are no one's speech; of comments only if there are no reports."""
    told = [quote for quote in subject.quotes if not is_speech(quote.text)]
    return [quote for quote in told if not is_comment(quote.article)] or told


def overview(subject: Subject, shown: Shown) -> list[DossierEntry]:
    """Quotes what is known: the best quote first, and what followed by date."""
    counts: Counter[object] = Counter()
    chosen = []
    told = reports(subject)
    best = max((quote.best.probability for quote in told), default=0.0)
    for quote in sorted(told, key=lambda quote: not subject.is_named(quote)):
        counts[quote.article.voice] += 1
        if counts[quote.article.voice] <= _OF_ONE and quote.best.probability >= _ENOUGH * best:
            chosen.append(quote.best)
    quotes = in_telling_order(subject.question, select_quotes(chosen, OVERVIEW))
    cited = tuple(shown.cite(quote.article, quote.start, quote.end) for quote in quotes)
    return [DossierEntry(heading="", citations=cited)] if cited else []


def timeline(subject: Subject, shown: Shown) -> list[DossierEntry]:
    """Quotes what the articles of each day report, if there are several days."""
    best: dict[str, Quote] = {}
    for quote in reports(subject):
        day = quote.article.published
        if day and day not in best and quote.best.probability >= LEAST and _is_new(quote, shown, best.values()):
            best[day] = quote
    kept = sorted(best, key=lambda day: -best[day].best.probability)[:DATES]
    if len(kept) < 2:
        return []
    return [DossierEntry(heading=in_words(day), citations=(_cited(best[day], shown),)) for day in sorted(kept)]


def _is_new(quote: Quote, shown: Shown, others: Iterable[Quote]) -> bool:
    """Whether neither the dossier nor one of these quotes says the same."""
    return shown.is_new(quote.article, quote.start, quote.end) and not any(
        say_the_same(quote.text, other.text) for other in others
    )


def _cited(quote: Quote, shown: Shown) -> Citation:
    return shown.cite(quote.article, quote.start, quote.end)


def _cited_figure(figure: Figure, shown: Shown) -> Citation:
    quote = figure.quote
    return shown.cite(quote.article, quote.start, quote.end, Span(figure.start, figure.end, 0.0))


def figures(groups: Sequence[Sequence[Figure]], shown: Shown) -> Iterator[DossierEntry]:
    """Quotes the numbers of each group, each value once, by date; not if all of them are of one day and differ."""
    yield from _entries([group for group in groups if len(differing_on_a_day(group)) < len(group)], shown)


def differences(groups: Sequence[Sequence[Figure]], shown: Shown) -> Iterator[DossierEntry]:
    """Quotes the numbers of one day that can't both be right."""
    yield from _entries([differing for group in groups if (differing := differing_on_a_day(group))], shown)


def _entries(groups: Iterable[Sequence[Figure]], shown: Shown) -> Iterator[DossierEntry]:
    """An entry for what is counted; numbers that count no victims are told together."""
    by_heading: dict[str, list[Figure]] = {}
    for group in groups:
        by_heading.setdefault(group[0].heading, []).extend(changes_of(group))
    for heading, told in by_heading.items():
        yield DossierEntry(heading=heading, citations=tuple(_cited_figure(figure, shown) for figure in told))
