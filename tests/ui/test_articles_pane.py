"""The list of articles: the articles found for a query, and the reply to a forged query."""

from __future__ import annotations

import datetime

import pytest

from rag_ui import articles_pane
from rag_ui.strings import ENGLISH
from tests.fake_library import FakeLibrary, make_article

TODAY = datetime.date(2026, 6, 10)
ARTICLES = (
    make_article("Talks in Muscat.", "Talks reopen", source="The Courier", published="2025-04-12"),
    make_article("Snow fell.", "Snow", source="The Courier", published="2026-01", byline="Ada Voss", section="Weather"),
    make_article("A boat sank.", "A boat", source="Wikinews", published="2019-02-05", byline="Jan Vik and Ada Voss"),
    make_article("Nobody knows.", "Élan", source=None, published=None, path="notes/undated.txt"),
)


def find(sent: object) -> dict[str, object]:
    return articles_pane.Catalogue(FakeLibrary(ARTICLES, {}), ENGLISH).find(articles_pane.read_query(sent), TODAY)


def titles(**query: object) -> list[str]:
    return [line["title"] for line in find(query)["articles"]]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Snow", "Talks reopen", "A boat", "Élan"]),
        ({"sort": "oldest"}, ["A boat", "Talks reopen", "Snow", "Élan"]),
        ({"sort": "title"}, ["A boat", "Snow", "Talks reopen", "Élan"]),
        ({"words": "TALKS"}, ["Talks reopen"]),
        ({"words": "courier snow"}, ["Snow"]),
        ({"words": "élan"}, ["Élan"]),
        ({"words": "notes/"}, ["Élan"]),
        ({"words": "nothing like it"}, []),
        ({"source": "Wikinews"}, ["A boat"]),
        ({"source": "Nobody"}, []),
        ({"author": "Ada Voss"}, ["Snow", "A boat"]),
        ({"author": "Jan Vik"}, ["A boat"]),
        ({"author": "Ada Voss", "section": "Weather"}, ["Snow"]),
        ({"section": "Sport"}, []),
        ({"since": "2025-04-12"}, ["Snow", "Talks reopen"]),
        ({"since": "2026-01-20"}, ["Snow"]),
        ({"since": "2026-02-01"}, []),
        ({"until": "2025-04-11"}, ["A boat"]),
        ({"since": "2019-01-01", "until": "2025-12-31", "source": "The Courier"}, ["Talks reopen"]),
        ({"limit": 1}, ["Snow"]),
    ],
)
def test_the_list_holds_what_was_asked_for_in_that_order(query: dict[str, object], found: list[str]) -> None:
    assert titles(**query) == found


def test_it_says_how_many_there_are_and_whether_there_are_more() -> None:
    assert find({})["count"] == "4 articles"
    assert find({"words": "snow"})["count"] == "1 of 4 articles"
    assert (find({"limit": 3})["more"], find({"limit": 4})["more"]) == (True, False)
    assert find({})["sources"] == [("The Courier", 2), ("Wikinews", 1)]
    assert find({})["authors"] == [("Ada Voss", 2), ("Jan Vik", 1)]
    assert find({})["sections"] == [("Weather", 1)]


def test_a_line_has_source_date_and_age_or_the_name_of_the_file() -> None:
    facts = {line["title"]: line["facts"] for line in find({})["articles"]}  # type: ignore[attr-defined]
    assert facts["Talks reopen"] == ["The Courier", "12 April 2025", "13 months ago"]
    assert facts["Élan"] == ["undated.txt"]


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "words",
        {"words": "x" * 201},
        {"words": 3},
        {"since": "last year"},
        {"sort": "random"},
        {"limit": 0},
        {"limit": 10**9},
        {"more": 1},
    ],
)
def test_what_is_no_query_gets_the_newest(sent: object) -> None:
    assert find(sent)["count"] == ENGLISH.found_articles(4, 4)
