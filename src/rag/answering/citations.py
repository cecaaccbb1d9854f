"""Places in articles to citations."""

from __future__ import annotations

from rag.answering.candidates import Candidate
from rag.answering.speakers import attribution_of
from rag.core.article import Article, Span
from rag.core.schema import Citation


def cite_candidate(candidate: Candidate, number: int, start: int, end: int) -> Citation:
    """The quote at `[start, end)`; the candidate's span is its short answer where it stands in there and is one."""
    inside = candidate.is_short and start <= candidate.span.start and candidate.span.end <= end
    return cite(number, candidate.article, start, end, candidate.span if inside else None)


def cite(
    number: int, article: Article, start: int, end: int, short: Span | None = None, *, breaks_off: bool = False
) -> Citation:
    """The quote at `[start, end)` of an article, with all that is known of where it stands."""
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
        said_by=attribution_of(article, start, end),
        breaks_off=breaks_off,
    )
