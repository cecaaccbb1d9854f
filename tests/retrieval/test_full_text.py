"""Full-text search over small texts, compared with a reading of all their words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.article import Article, Passage, Sentence
from rag.core.passage_set import ListedPassages
from rag.core.ports import Ids, as_ids
from rag.indexes.lexical import TantivyIndex
from rag.question.search_query import (
    AllOf,
    AnyOf,
    Query,
    Sought,
    Without,
    must_hold_a_word,
    parse_search,
    words_to_find,
)
from rag.retrieval.full_text import FullText
from rag.retrieval.search_page import Page, search_page
from rag.text.terms import analyze, fold

PER_ARTICLE = 10
"""Most passages of an article here: its number is the passage's id divided by this."""


def article_of(number: int, title: str, parts: Sequence[str]) -> list[Passage]:
    """Makes an article whose passages and sentences are these parts."""
    text = "\n".join(parts)
    starts = [sum(len(part) + 1 for part in parts[:place]) for place in range(len(parts))]
    sentences = tuple(Sentence(start, start + len(part)) for start, part in zip(starts, parts, strict=True))
    article = Article(f"{number:012x}", f"{number}.txt", "0" * 64, text, title, sentences=sentences)
    return [Passage(number * PER_ARTICLE + place, article, s.start, s.end, (s,)) for place, s in enumerate(sentences)]


def full_text_of(articles: Sequence[tuple[str, Sequence[str]]]) -> FullText:
    passages = {
        passage.id: passage
        for number, (title, parts) in enumerate(articles)
        for passage in article_of(number, title, parts)
    }
    index = TantivyIndex.in_memory()
    index.add(as_ids(list(passages)), [f"{passage.article.title}\n{passage.text}" for passage in passages.values()])
    index.commit(1)

    def load(ids: Ids) -> list[Passage]:
        return [passages[passage_id] for passage_id in ids.tolist()]

    return FullText(index, lambda ids: as_ids(ids // PER_ARTICLE), load)


def found(articles: Sequence[tuple[str, Sequence[str]]], words: str) -> list[int]:
    """The numbers of the articles that fit, best first."""
    return [match.version for match in full_text_of(articles).find(parse_search(words)).ranked]


NEWS = [
    ("Tram strike", ["The tram drivers walked out.", "Buses ran at night."]),
    ("Ferry", ["The ferry and the tram collided in fog.", "Nobody walked."]),
    ("Fog", ["Fog closed the harbour.", "A night bus waited for the ferry."]),
]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("tram", {0, 1}),
        ("trams walking", {0, 1}),
        ("tram ferry", {1}),
        ("drivers night", {0}),
        ("strike night", {0}),
        ("tram OR harbour", {0, 1, 2}),
        ("fog NOT tram", {2}),
        ("ferry -(tram OR harbour)", set()),
        ("(tram OR harbour) AND fog", {1, 2}),
        ('"night bus"', {2}),
        ('"bus night"', set()),
        ('"the tram"', {0, 1}),
        ('"walked out buses"', set()),
        ('"strike the"', set()),
        ('"trams"', set()),
        ("fog AND (harbour OR NOT tram)", {2}),
        ("fog NOT (NOT tram AND NOT harbour)", {1, 2}),
        ("nowhere", set()),
    ],
)
def test_operators_apply_to_whole_articles(words: str, numbers: set[int]) -> None:
    assert set(found(NEWS, words)) == numbers


def test_only_the_articles_of_the_scope_are_found_and_left_out_words_count_there() -> None:
    full_text = full_text_of(NEWS)
    matches = full_text.find(parse_search("fog"), ListedPassages(as_ids([20, 21])))
    assert [match.version for match in matches.ranked] == [2]
    assert not full_text.find(parse_search("fog"), ListedPassages(as_ids([]))).ranked


def test_the_best_passage_ranks_an_article_and_ties_go_to_the_first() -> None:
    apart = ("One", ["Fog came.", "The ferry waited."])
    together = ("Two", ["Fog hid the ferry.", "Nobody came."])
    assert found([apart, together, together], "fog ferry") == [1, 2, 0]


def test_counts_are_of_all_articles_and_each_page_shows_its_part() -> None:
    articles = [("Fog", [f"Fog {number} came.", "Then it left."]) for number in range(25)]
    full_text = full_text_of(articles)
    matches = full_text.find(parse_search("fog came"))
    pages = [search_page(full_text, matches, Page(10, at), given="fog came", generation=1) for at in (0, 10, 20, 30)]
    assert [len(page.found) for page in pages] == [10, 10, 5, 0]
    assert {(page.articles, page.passages) for page in pages} == {(25, 50)}
    assert [hit.number for page in pages for hit in page.found] == list(range(1, 26))
    assert len({hit.article_id for page in pages for hit in page.found}) == 25
    assert [(word.words, word.articles) for word in pages[0].words] == [("fog", 25), ("came", 25)]


_WORDS = ["tram", "trams", "ferry", "fog", "the", "night", "bus"]
_TEXTS = st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join)
_ARTICLES = st.lists(st.tuples(_TEXTS, st.lists(_TEXTS.filter(bool), min_size=1, max_size=3)), min_size=1, max_size=5)
_SOUGHT = st.one_of(
    st.sampled_from(_WORDS).map(Sought),
    st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3).map(lambda words: Sought(" ".join(words), exact=True)),
)


def _joined(parts: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(several.map(AllOf), several.map(AnyOf), parts.map(Without))


def holds(text: str, sought: Sought) -> bool:
    """Whether one line of an article holds the word or phrase, by reading its words."""
    if not sought.exact:
        return analyze(sought.words)[0] in analyze(text)
    words, wanted = fold(text), fold(sought.words)
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


def fits(article: tuple[str, Sequence[str]], query: Query) -> bool:
    match query:
        case Sought():
            return any(holds(line, query) for line in (article[0], *article[1]))
        case Without(part):
            return not fits(article, part)
        case AllOf(parts):
            return all(fits(article, part) for part in parts)
        case AnyOf(parts):
            return any(fits(article, part) for part in parts)


@pytest.mark.slow
@given(articles=_ARTICLES, query=st.recursive(_SOUGHT, _joined, max_leaves=6).filter(must_hold_a_word))
def test_the_articles_found_are_those_that_a_reader_would_find(
    articles: list[tuple[str, list[str]]], query: Query
) -> None:
    matches = full_text_of(articles).find(query)
    assert {match.version for match in matches.ranked} == {
        number for number, article in enumerate(articles) if fits(article, query)
    }
    lines = [(article, part) for article in articles if fits(article, query) for part in article[1]]
    assert matches.passages == sum(
        any(holds(article[0], sought) or holds(part, sought) for sought in words_to_find(query))
        for article, part in lines
    )
