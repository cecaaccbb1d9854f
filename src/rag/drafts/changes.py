"""Finds which of a person's statements repeat an earlier one with another figure, or with a word's opposite."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rag.core.article import Article, Passage
from rag.drafts.comparing import Found, compare
from rag.drafts.draft import DraftStatement, read_statements
from rag.drafts.evidence import Window, windows_of
from rag.drafts.verdicts import LEAST_MATCHED, judge
from rag.drafts.words import has_opposite
from rag.said.results import ChangedWords, Said, Statement

_NO_MARKS = str.maketrans(dict.fromkeys('"“”„«»', " "))
_KINDS = frozenset(("figure", "words"))
"""What is said otherwise later. Another name or day, or a "not", is more often another matter."""


def with_changes(said: Said, article_of: Callable[[Statement], Article]) -> Said:
    """Adds to the statements of a person which of them say otherwise than an earlier one.

    A sentence does if an earlier one has all its words but for one figure, or one word and its opposite.
    What is said in other words is not found.

    Args:
        said: The statements of one person, by date.
        article_of: Reads the article of a statement, in the edition that it quotes.
    """
    dated = [one for one in said.statements if one.published]
    editions = {(one.article_id, one.content_hash): one for one in dated}
    articles = {edition: article_of(one) for edition, one in editions.items()}
    passages = {one.number: _passage(one, articles[one.article_id, one.content_hash]) for one in dated}
    changes: list[ChangedWords] = []
    for later in dated:
        earlier = [one for one in dated if (one.published or "") < (later.published or "")]
        places = {one.number: passages[one.number] for one in earlier}
        changes += _changes(later, passages[later.number].article, places)
    return said.model_copy(update={"changes": tuple(changes)})


def _passage(one: Statement, article: Article) -> Passage:
    inside = tuple(s for s in article.sentences if one.start <= s.start and s.end <= one.end)
    return Passage(0, article, one.start, one.end, inside)


def _changes(later: Statement, article: Article, earlier: dict[int, Passage]) -> Iterator[ChangedWords]:
    """What a statement says otherwise, each with the newest statement that differs."""
    for place, sentence in _sentences(later, article):
        told = windows_of(sentence.told, earlier.values(), LEAST_MATCHED)
        found = [(_number_of(window, earlier), window) for window in told]
        for number, window in sorted((pair for pair in found if pair[0]), key=lambda pair: -pair[0]):
            part = _difference(sentence, window)
            if part is None or part.place is None:
                continue
            start = place + sentence.start + part.start
            yield ChangedWords(
                number=later.number,
                start=start,
                end=start + part.end - part.start,
                words=article.text[start : start + part.end - part.start],
                before=number,
                before_start=window.start + part.place[0],
                before_end=window.start + part.place[1],
                before_words=window.text[slice(*part.place)],
            )
            break


def _sentences(one: Statement, article: Article) -> Iterator[tuple[int, DraftStatement]]:
    """The sentences of the person's own words, each with the offset of these words in the article."""
    for words in one.words:
        # Quotation marks become spaces: what stands in them is not compared letter for letter.
        text = article.text[words.start : words.end].translate(_NO_MARKS)
        for sentence in read_statements(text):
            if any(item.figure or (item.word and has_opposite(item.word)) for item in sentence.told.items):
                yield words.start, sentence


def _number_of(window: Window, statements: dict[int, Passage]) -> int:
    """The number of the statement that a window lies in; 0 if it lies in none."""
    holding = (
        number
        for number, place in statements.items()
        if place.article.id == window.article.id and place.start <= window.start and window.end <= place.end
    )
    return next(holding, 0)


def _difference(sentence: DraftStatement, window: Window) -> Found | None:
    """The one part of a sentence that a window says otherwise; None if there is none, or more than that."""
    evidence = judge(sentence, compare(sentence.told, window))
    if evidence.verdict != "stated_otherwise":
        return None
    (part,) = (part for part in evidence.parts if part.status == "otherwise")
    return part if part.kind in _KINDS else None
