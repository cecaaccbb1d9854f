"""Makes citations from places in articles."""

from __future__ import annotations

from rag.answering.candidates import Candidate
from rag.answering.speakers import attribution_beside
from rag.core.article import Article, Span
from rag.core.schema import Citation
from rag.text.grammar.quotations import find_quotations
from rag.text.relative_days import day_meant


def cite_candidate(candidate: Candidate, number: int, start: int, end: int) -> Citation:
    """Cites the text at `[start, end)` of a candidate's article.

    Args:
        candidate: The candidate. Its span is the short answer, if it lies inside and is shorter than its sentences.
        number: The citation's number in the answer, from 1.
        start: Start offset of the quote in the article's text, in characters.
        end: End offset, exclusive.
    """
    inside = candidate.is_short and start <= candidate.span.start and candidate.span.end <= end
    return cite(number, candidate.article, start, end, candidate.span if inside else None)


def cite(
    number: int, article: Article, start: int, end: int, short: Span | None = None, *, breaks_off: bool = False
) -> Citation:
    """Cites the text at `[start, end)` of an article, with the article's fields, the page and the speaker.

    Args:
        number: The citation's number in the answer, from 1.
        article: The article.
        start: Start offset of the quote in the article's text, in characters.
        end: End offset, exclusive.
        short: The short answer inside the quote, if there is one.
        breaks_off: Whether the text breaks off in the quote.
    """
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
        short_day=_day_of(article, short) if short else None,
        said_by=attribution_beside(article, *_told_in(article, start, end, short)),
        breaks_off=breaks_off,
    )


def _day_of(article: Article, short: Span) -> str | None:
    """The day that a relative time means; None inside a quotation, whose day may be another than the article's."""
    text = article.text
    around = next((s for s in article.sentences if s.start <= short.start and short.end <= s.end), short)
    before, behind = text[around.start : short.start], text[short.end : around.end]
    day = day_meant(text[short.start : short.end], article.published, before, behind)
    if day is None or any(one.start <= short.start < one.end for one in find_quotations(text, short.start, short.end)):
        return None
    return day


def _told_in(article: Article, start: int, end: int, short: Span | None) -> tuple[int, int]:
    """The part of a quote whose speaker is named: the sentences of the short answer, or else the whole quote."""
    if short is None:
        return start, end
    touched = [s for s in article.sentences if s.start < short.end and short.start < s.end]
    return (max(start, touched[0].start), min(end, touched[-1].end)) if touched else (start, end)
