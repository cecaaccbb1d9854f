"""Compares two answers to one question: whether the value changed, and which sources are new.

Two quotes are of one source if they stand in one article, in its editions, or in copies of one text. A source that says
the same in other words is not new; a new edition is, if it says what the older one did not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.core.article import Article
from rag.core.citation import Citation, Frozen
from rag.core.errors import CitationError
from rag.core.schema import Answer
from rag.question.question import Kind
from rag.standing.results import ChangeKind, StandingAnswer
from rag.values.value import group_values, read_value

MOST_KNOWN = 1000
"""Most statements that are kept for a question, the newest."""

ReadArticle = Callable[[str, str], Article]
"""Reads an article in the edition with this content hash."""


class Statement(Frozen):
    """What one source says to a followed question.

    Attributes:
        value: The short answer; empty if the whole quote answers.
        published: The date of the article, from which relative dates are read.
        article_id: The article.
        content_hash: Its edition.
        quote: The quote.
    """

    value: str
    published: str | None
    article_id: str
    content_hash: str
    quote: str


def answer_of(answer: Answer) -> StandingAnswer:
    """Makes the brief form of an answer, with all its quotes."""
    values = _values(answer)
    others = () if answer.form == "list" else tuple(other.short_answer for other in answer.other_answers)
    differing = tuple(citation for other in answer.other_answers for citation in other.citations)
    is_list = answer.form == "list"
    return StandingAnswer(
        answered=answer.answered,
        form=answer.form,
        values=values,
        others=others,
        citations=(*answer.citations, *differing) if is_list else answer.citations,
        other_citations=() if is_list else differing,
        sources=answer.sources,
        generation=answer.generation,
    )


def _values(answer: Answer) -> tuple[str, ...]:
    if not answer.answered:
        return ()
    if answer.count is not None:
        return (str(answer.count.articles),)
    first = [answer.short_answer] if answer.short_answer else [stated.value for stated in answer.stated]
    items = [other.short_answer for other in answer.other_answers] if answer.form == "list" else []
    return tuple(dict.fromkeys([*first, *items]))


def statements_of(answer: StandingAnswer) -> list[tuple[Statement, Citation]]:
    """Lists what the sources of an answer say, with their quotes; those that give the answer come first.

    If there is a short answer, quotes that only add to it count for nothing.
    """
    giving = [citation for citation in answer.citations if citation.short]
    return [_statement(citation) for citation in (*(giving or answer.citations), *answer.other_citations)]


def _statement(citation: Citation) -> tuple[Statement, Citation]:
    return (
        Statement(
            value=citation.short or "",
            published=citation.published,
            article_id=citation.article_id,
            content_hash=citation.content_hash,
            quote=citation.quote,
        ),
        citation,
    )


@dataclass(frozen=True, slots=True)
class Comparison:
    """What became of an answer.

    Attributes:
        kinds: What changed; empty if nothing did that is worth a report.
        new: The quotes that are new.
        known: All that is known now of what sources say to the question.
    """

    kinds: tuple[ChangeKind, ...]
    new: tuple[Citation, ...]
    known: tuple[Statement, ...]


class Comparer:
    """Compares answers to one question.

    Args:
        kind: The kind of thing that the question asks for.
        article: Reads an article.
    """

    def __init__(self, kind: Kind, article: ReadArticle) -> None:
        self._kind = kind
        self._article = article

    def compare(self, before: StandingAnswer, now: StandingAnswer, known: Sequence[Statement]) -> Comparison:
        """Compares an answer with the one that was reported last.

        Args:
            before: The answer that was reported last.
            now: The answer now.
            known: What sources are known to say to the question.
        """
        said = statements_of(now) if now.answered else []
        new = [(one, citation) for one, citation in said if not any(self._is_known(old, one) for old in known)]
        kinds = self._kinds(before, now, [citation for _, citation in new])
        quotes = said if kinds == ("answered",) else new
        if "changed" in kinds and not new:  # a source that was known gives the answer now
            quotes = [(one, citation) for one, citation in said if citation not in now.other_citations]
        # Copies of a known source are kept too: they stay known if that one is removed.
        every = (*known, *(one for one, _ in said if one not in known))
        return Comparison(kinds, tuple(citation for _, citation in quotes) if kinds else (), every[-MOST_KNOWN:])

    def _kinds(self, before: StandingAnswer, now: StandingAnswer, new: Sequence[Citation]) -> tuple[ChangeKind, ...]:
        if before.answered != now.answered:
            return ("answered",) if now.answered else ("unanswered",)
        if not now.answered:
            return ()
        kinds: list[ChangeKind] = []
        differs = any(citation in now.other_citations for citation in new)
        if self._differ(before, now):
            kinds.append("changed")
        elif any(citation not in now.other_citations for citation in new):
            kinds.append("source")
        return (*kinds, "contradiction") if differs else tuple(kinds)

    def _differ(self, before: StandingAnswer, now: StandingAnswer) -> bool:
        """Whether a value of one answer is not in the other. Where one has no value, its quotes are searched."""
        return not (
            all(self._gives(now, value, before) for value in before.values)
            and all(self._gives(before, value, now) for value in now.values)
        )

    def _gives(self, answer: StandingAnswer, value: str, of: StandingAnswer) -> bool:
        if answer.values:
            return any(self._same(value, _date_of(of, value), one, _date_of(answer, one)) for one in answer.values)
        return any(_has_words(citation.quote, value) for citation in answer.citations)

    def _same(self, one: str, day: str | None, other: str, other_day: str | None) -> bool:
        values = [read_value(one, self._kind, day), read_value(other, self._kind, other_day)]
        return one == other or len(set(group_values(values))) == 1

    def _is_known(self, old: Statement, now: Statement) -> bool:
        """Whether a statement is of a known source, and says what that source said."""
        if not self._is_same_source(old, now):
            return False
        if old.value and now.value:
            return self._same(old.value, old.published, now.value, now.published)
        if old.value or now.value:
            return _has_words(old.quote, now.value) if now.value else _has_words(now.quote, old.value)
        if old.article_id != now.article_id or old.content_hash == now.content_hash:
            return True
        former = self._read(old)
        return former is not None and now.quote in former.text

    def _is_same_source(self, old: Statement, now: Statement) -> bool:
        if old.article_id == now.article_id or old.content_hash == now.content_hash:
            return True
        first, second = self._read(old), self._read(now)
        return first is not None and second is not None and first.group is not None and first.group == second.group

    def _read(self, one: Statement) -> Article | None:
        """Reads the article of a statement; None if a rebuilt library no longer has it."""
        try:
            return self._article(one.article_id, one.content_hash)
        except CitationError:
            return None


def _date_of(answer: StandingAnswer, value: str) -> str | None:
    """The date of the first article of an answer that gives a value."""
    cited = (citation for citation in (*answer.citations, *answer.other_citations) if citation.short == value)
    return next((citation.published for citation in cited), None)


def _has_words(quote: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", quote) is not None
