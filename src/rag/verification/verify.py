"""Checks quotes: whether an article says this letter for letter, said it before, or says something like it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice

from rag.core.article import Article
from rag.core.citation import Citation
from rag.core.errors import QuestionError
from rag.core.plain_text import without_surrogates
from rag.verification.archive import Archive
from rag.verification.matching import Near, changes, find_near, find_whole
from rag.verification.results import (
    LONGEST_QUOTE,
    MOST_QUOTES,
    QuoteClaim,
    QuoteDifference,
    QuotePlace,
    QuoteStatus,
    Verification,
)

NEAR = 0.7
"""Least similarity of words that are shown as nearly the quote."""
_NEAR_ENOUGH = 0.9
"""Similarity from which no other article is compared."""
_PLACES = 10
"""Most places that are shown."""


def read_claims(quotes: Iterable[str | QuoteClaim | Citation]) -> list[QuoteClaim]:
    """Makes claims of quotes.

    Raises:
        QuestionError: If there are too many, or one is empty, too long or no text.
    """
    claims = []
    for number, quote in enumerate(quotes, start=1):
        if number > MOST_QUOTES:
            raise QuestionError(f"There are more than {MOST_QUOTES} quotes", remedy="check them in several steps")
        claims.append(_claim(quote, number))
    return claims


def _claim(quote: str | QuoteClaim | Citation, number: int) -> QuoteClaim:
    given = quote if isinstance(quote, str) else getattr(quote, "quote", None)
    if not isinstance(given, str) or not given.strip():
        raise QuestionError(
            f"Quote {number} is empty or no text", "question_empty", remedy="give the words to look for"
        )
    if len(given) > LONGEST_QUOTE:
        raise QuestionError(
            f"Quote {number} has more than {LONGEST_QUOTE:,} characters",
            "question_too_long",
            remedy="check it in parts",
            characters=len(given),
            most=LONGEST_QUOTE,
        )
    if isinstance(quote, QuoteClaim | Citation):
        return QuoteClaim(quote=given, article_id=quote.article_id, start=quote.start)
    return QuoteClaim(quote=without_surrogates(given))


def verify_claims(claims: Sequence[QuoteClaim], archive: Archive) -> tuple[Verification, ...]:
    """Checks quotes against one generation; returns a result for each, in their order."""
    checked = (_verify(claim, archive) for claim in claims)
    return tuple(one.model_copy(update={"note": one.told}) for one in checked)


def _verify(claim: QuoteClaim, archive: Archive) -> Verification:
    """Tries in turn: the stated place, all articles, former texts, similar words."""
    quote = claim.quote.strip()
    stated = archive.article(claim.article_id) if claim.article_id else None
    if stated is not None and (found := _at_stated_place(claim, stated)):
        return _told(quote, "exact", found, archive)
    has_words = [stated] if stated else []
    places = _standing(quote, _once(chain(has_words, archive.with_phrase(quote))))
    if not places:
        alike = _once([*has_words, *archive.alike(quote)])
        places = _standing(quote, alike)
    if places:
        return _told(quote, "moved" if claim.article_id else "exact", places, archive)
    return _changed(quote, alike, archive) or _near(quote, alike, archive)


def _at_stated_place(claim: QuoteClaim, article: Article) -> list[QuotePlace]:
    """The quote's places in the stated article; only the stated one, if an offset is stated."""
    quote = claim.quote.strip()
    if claim.start is None:
        return _standing(quote, [article])
    start = claim.start + len(claim.quote) - len(claim.quote.lstrip())
    is_there = start in find_whole(quote, article.text, _edges(article), begin=start)[:1]
    return [_place(article, start, start + len(quote))] if is_there else []


def _standing(quote: str, articles: Iterable[Article]) -> list[QuotePlace]:
    """The places of a quote, letter for letter."""
    found = (
        _place(article, start, start + len(quote))
        for article in articles
        for start in find_whole(quote, article.text, _edges(article))
    )
    return list(islice(found, _PLACES))


def _changed(quote: str, alike: Sequence[Article], archive: Archive) -> Verification | None:
    """The result for a quote that an article had before; None if none had it."""
    places: list[QuotePlace] = []
    for article in archive.former_texts(quote, alike):
        if len(places) < _PLACES:
            places += [_former(place, archive) for place in _standing(quote, [article])]
    if not places:
        return None
    result = _told(quote, "changed", places[:_PLACES], archive)
    current = archive.article(places[0].article_id)
    near = find_near(quote, current.text) if current else None
    if current is None or near is None or near.similarity < NEAR:
        return result
    differences = _differences(quote, current, near)
    now = _place(current, near.start, near.end)
    return result.model_copy(update={"now": now, "differences": differences})


def _near(quote: str, alike: Sequence[Article], archive: Archive) -> Verification:
    """The result for a quote that no article has or had: the most similar words, if any are similar enough."""
    near, article = Near(0, 0, 0.0), None
    for candidate in alike:  # the likeliest first
        found = find_near(quote, candidate.text)
        if found is not None and found.similarity > near.similarity:
            near, article = found, candidate
        if near.similarity >= _NEAR_ENOUGH:
            break
    if article is None or near.similarity < NEAR:
        return _told(quote, "absent", [], archive).model_copy(update={"similarity": near.similarity})
    result = _told(quote, "nearly", [_place(article, near.start, near.end)], archive)
    return result.model_copy(update={"similarity": near.similarity, "differences": _differences(quote, article, near)})


def _told(quote: str, status: QuoteStatus, places: Sequence[QuotePlace], archive: Archive) -> Verification:
    return Verification(quote=quote, status=status, places=tuple(places), similarity=1.0, generation=archive.generation)


def _differences(quote: str, article: Article, near: Near) -> tuple[QuoteDifference, ...]:
    return tuple(
        QuoteDifference(
            given=quote[slice(*change.given)],
            given_start=change.given[0],
            stated=article.text[near.start + change.stated[0] : near.start + change.stated[1]],
            start=near.start + change.stated[0],
            end=near.start + change.stated[1],
        )
        for change in changes(quote, article.text[near.start : near.end])
    )


def _former(place: QuotePlace, archive: Archive) -> QuotePlace:
    """Adds what became of the text."""
    editions = archive.editions(place.article_id)
    edition = next(each for each in reversed(editions) if each.content_hash == place.content_hash)
    return place.model_copy(update={"state": edition.state, "until": edition.until})


def _place(article: Article, start: int, end: int) -> QuotePlace:
    return QuotePlace(
        article_id=article.id,
        content_hash=article.content_hash,
        title=article.title,
        path=article.path,
        source=article.source,
        url=article.url,
        published=article.published,
        byline=article.byline,
        page=article.page_of(start),
        start=start,
        end=end,
        quote=article.text[start:end],
    )


def _edges(article: Article) -> frozenset[int]:
    """Offsets at which a sentence begins or ends. A dirty text may have lost the space there."""
    return frozenset(offset for sentence in article.sentences for offset in (sentence.start, sentence.end))


def _once(articles: Iterable[Article]) -> list[Article]:
    return list({article.id: article for article in articles}.values())
