"""The list of articles: the articles found for a query, and the reply to a forged query."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest

from rag.library import Library
from rag_ui.articles import articles_pane
from rag_ui.articles.article_filters import read_query
from rag_ui.language.strings import ENGLISH
from tests.fake_library import FakeLibrary, make_article
from tests.libraries import write

TODAY = datetime.date(2026, 6, 10)
STORIES = {
    "Sea": ("2024-03-01", "Osk Gazette", "The harbour’s walls 😀 broke. Harbour and walls were old."),
    "Town": ("2025-03-01", "Mell Times", "The council met. The walls of the harbour were on its list for a long time."),
    "Wood": ("2024-05-01", "Osk Gazette", "A fox was seen."),
}
ARTICLES = (
    make_article("Talks in Muscat.", "Talks reopen", source="The Courier", published="2025-04-12"),
    make_article("Snow fell.", "Snow", source="The Courier", published="2026-01", byline="Ada Voss", section="Weather"),
    make_article("A boat sank.", "A boat", source="Wikinews", published="2019-02-05", byline="Jan Vik and Ada Voss"),
    make_article("Nobody knows.", "Élan", source=None, published=None, path="notes/undated.txt"),
)


def find(sent: object) -> dict[str, object]:
    return articles_pane.Catalogue(FakeLibrary(ARTICLES, {}), ENGLISH).find(read_query(sent), TODAY)


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
        ({"sources": ["Wikinews"]}, ["A boat"]),
        ({"sources": ["Nobody"]}, []),
        ({"authors": ["Ada Voss"]}, ["Snow", "A boat"]),
        ({"authors": ["Jan Vik"]}, ["A boat"]),
        ({"authors": ["Ada Voss"], "sections": ["Weather"]}, ["Snow"]),
        ({"sections": ["Sport"]}, []),
        ({"sources": ["The Courier", "Wikinews"]}, ["Snow", "Talks reopen", "A boat"]),
        ({"authors": ["Jan Vik", "Nobody"]}, ["A boat"]),
        ({"sources": ["Wikinews", "Nobody"], "sections": ["Weather"]}, []),
        ({"since": "2025-04-12"}, ["Snow", "Talks reopen"]),
        ({"since": "2026-01-20"}, ["Snow"]),
        ({"since": "2026-02-01"}, []),
        ({"until": "2025-04-11"}, ["A boat"]),
        ({"since": "2019-01-01", "until": "2025-12-31", "sources": ["The Courier"]}, ["Talks reopen"]),
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
        {"sources": "The Courier"},
        {"sources": ["x" * 1001]},
        {"sources": ["x"] * 201},
        {"authors": [""]},
        {"sections": [3]},
    ],
)
def test_what_is_no_query_gets_the_newest(sent: object) -> None:
    assert find(sent)["count"] == ENGLISH.found_articles(4, 4)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("pane")
    for name, (published, source, text) in STORIES.items():
        stated = f"---\ntitle: {name}\ndate: {published}\nsource: {source}\n---\n"
        write(folder / "news" / f"{name}.md", f"{stated}{text}\n")
    with Library.open(folder / "index", create=True) as library:
        library.update(folder / "news")
        yield library


def test_words_are_searched_in_the_texts_and_the_best_come_first(library: Library) -> None:
    shown = articles_pane.Catalogue(library, ENGLISH).find(read_query({"words": "harbour walls"}), TODAY)
    assert (shown["count"], shown["is_ranked"]) == ("2 of 3 articles", True)
    assert [line["title"] for line in shown["articles"]] == ["Sea", "Town"]
    ((first, *_), *_) = (line["snippets"] for line in shown["articles"])
    assert first[:4] == [("The ", False), ("harbour", True), ("’s ", False), ("walls", True)]
    assert "".join(text for text, _ in first) in STORIES["Sea"][2]
    assert [bar["name"] for bar in shown["bins"] if bar["count"]] == ["March 2024", "March 2025"]


def test_dates_narrow_the_list_and_not_the_bars(library: Library) -> None:
    asked = read_query({"words": "harbour", "since": "2025-01-01"})
    shown = articles_pane.Catalogue(library, ENGLISH).find(asked, TODAY)
    assert [line["title"] for line in shown["articles"]] == ["Town"]
    assert [bar["name"] for bar in shown["bins"] if bar["count"]] == ["March 2024", "March 2025"]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ('"walls of the harbour"', ["Town"]),
        ("harbour NOT council", ["Sea"]),
        ("NOT council", []),
        ("Seas", ["Sea"]),
        ("Gazet", ["Sea", "Wood"]),
        ("hedgehog", []),
        ("  ", ["Town", "Wood", "Sea"]),
    ],
)
def test_phrases_operators_and_the_beginnings_of_titles_and_sources(
    library: Library, words: str, titles: list[str]
) -> None:
    shown = articles_pane.Catalogue(library, ENGLISH).find(read_query({"words": words}), TODAY)
    assert sorted(line["title"] for line in shown["articles"]) == sorted(titles)
