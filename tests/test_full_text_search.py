"""Full-text search, filters and counts over a real library of files that state authors, sections and own fields."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from rag.core.errors import QuestionError
from rag.core.index_layout import LEXICAL
from rag.core.search_results import SearchResult
from rag.library import Library
from tests.libraries import write
from tests.older_formats import make_older

PAGE = """<html lang="en"><head><title>Harbour closed by fog</title>
<meta property="article:section" content="Weather"><meta name="author" content="Émile Roe">
<meta property="article:published_time" content="2024-11-02"></head><body><article><h1>Harbour closed by fog</h1>
<p>Fog closed the harbour of Arne on Saturday, and the ferry to Lind island stayed at its pier all day long.</p>
<p>The harbour master said that the night bus had to wait for passengers who never came over the water.</p>
<p>Ada Vane, who runs the ferry, expects the fog to lift before Monday, as the weather office does.</p>
</article></body></html>"""
TRAM = """---
title: Tram drivers walk out
author: [Jane Doe, Bob Roe]
section: Local News
date: 2024-10-01
desk: politics
tags: [transport, strikes]
premium: true
---
Tram drivers in Arne walked out on Tuesday. Ada Vane said the city would run a night bus instead.

No ferry was late because of it, and the strike ended at midnight.
"""
RECORDS = [
    {
        "id": "budget",
        "title": "Council passes budget",
        "body": "The council of Arne passed its budget on Friday. Ada Vane voted against it. The red flags flew.",
        "byline": "Jane Doe",
        "sectionName": "Politics",
        "date": "2024-09-06",
        "desk": "Politics",
    },
    {
        "id": "flag",
        "title": "A red flag over the beach",
        "body": "A red flag flew over the beach of Arne. Bathers stayed away, and the red flag came down at night.",
        "author": {"name": "Tom Lind"},
        "category": [{"name": "Local"}, {"name": "Weather"}],
        "date": "2023-07-01",
        "desk": "city",
    },
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    write(folder / "fog.html", PAGE)
    write(folder / "tram.md", TRAM)
    write(folder / "records.json", json.dumps(RECORDS))
    return folder


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Path:
    index = tmp_path_factory.mktemp("search") / "index"
    with Library.open(index, create=True) as library:
        assert len(library.update(folder).added) == 4
    return index


@pytest.fixture(scope="module")
def library(index: Path) -> Library:
    return Library.open(index)


def titles(result: SearchResult) -> set[str]:
    return {found.title.split()[0] for found in result.found}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("ferry", {"Harbour", "Tram"}),
        ('"night bus" -fog', {"Tram"}),
        ('"red flag"', {"A"}),
        ("red flag", {"A", "Council"}),
        ('vane AND (budget OR "night bus")', {"Harbour", "Tram", "Council"}),
        ("ada -vane", set()),
        ('"of the harbour', {"Harbour"}),
    ],
)
def test_articles_are_found_with_exact_snippets(library: Library, words: str, found: set[str]) -> None:
    result = library.search(words)
    assert titles(result) == found
    assert (result.articles, result.generation) == (len(found), 1)
    for hit in result.found:
        article = library.article(hit.article_id, hit.content_hash)
        for snippet in hit.snippets:
            assert article.text[snippet.start : snippet.end] == snippet.text
            assert all(snippet.start <= at.start < at.end <= snippet.end for at in snippet.words)


def test_the_places_are_those_of_the_found_words(library: Library) -> None:
    (hit,) = library.search('"night bus" NOT fog').found
    text = library.article(hit.article_id).text
    assert [text[at.start : at.end] for snippet in hit.snippets for at in snippet.words] == ["night bus"]
    (hit,) = library.search("closing", count=1).found
    assert [hit.title[at.start : at.end] for at in hit.title_words] == ["closed"]


def test_a_search_gives_the_same_bytes_twice(library: Library, index: Path) -> None:
    with Library.open(index) as other:
        assert other.search("arne OR vane").model_dump_json() == library.search("arne OR vane").model_dump_json()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"authors": ["Jane Doe"]}, {"Tram", "Council"}),
        ({"authors": ["roe"]}, {"Tram", "Harbour"}),
        ({"authors": ["emile roe"]}, {"Harbour"}),
        ({"authors": "Tom Lind"}, {"A"}),
        ({"sections": ["politics"]}, {"Council"}),
        ({"sections": ["Weather"]}, {"Harbour", "A"}),
        ({"sections": ["local", "politics"]}, {"Tram", "A", "Council"}),
        ({"where": {"desk": "politics"}}, {"Tram", "Council"}),
        ({"where": {"Desk": ["politics", "city"]}}, {"Tram", "Council", "A"}),
        ({"where": {"desk": "politics", "tags": "strikes"}}, {"Tram"}),
        ({"where": {"premium": "true"}}, {"Tram"}),
        ({"where": {"category": "local"}}, {"A"}),
        ({"authors": ["Jane Doe"], "since": "2024-09-10"}, {"Tram"}),
        ({"authors": ["Jane Doe"], "sections": ["Weather"]}, set()),
    ],
)
def test_filters_limit_a_search_and_a_question(library: Library, filters: dict[str, Any], found: set[str]) -> None:
    result = library.search("arne", **filters)
    assert titles(result) == found
    assert result.scope is not None
    answer = library.answer("What happened in Arne?", **filters)
    assert answer.scope == result.scope
    shown = (*answer.citations, *answer.near_misses)
    assert {citation.title.split()[0] for citation in shown} <= found
    assert (answer.reason == "nothing_in_scope") == (not found)


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"authors": ["Jane Do"]}, "No article is by 'Jane Do'.*'Jane Doe'"),
        ({"sections": ["Wether"]}, "No article is in the section 'Wether'.*'Weather'"),
        ({"where": {"desk": "sport"}}, "No article has the field 'desk=sport'.*'desk=Politics'|'desk=politics'"),
        ({"where": {"desc": "city"}}, "No article has the field 'desc=city'.*'desk=city'"),
        ({"where": {"desk": ""}}, "lacks its name or its value"),
        ({"where": "desk=politics"}, "are a mapping"),
        ({"sources": ["Gazette"]}, "No article is from 'Gazette'"),
    ],
)
def test_a_filter_that_fits_no_article_names_the_nearest(
    library: Library, filters: dict[str, Any], message: str
) -> None:
    for ask in (library.search, library.answer):
        with pytest.raises(QuestionError, match=message):
            ask("arne", **filters)


@pytest.mark.parametrize("page", [{"count": 0}, {"count": 1001}, {"offset": -1}, {"count": "ten"}, {"count": True}])
def test_an_impossible_page_is_refused(library: Library, page: dict[str, Any]) -> None:
    with pytest.raises(QuestionError, match="is not possible; give a whole number"):
        library.search("arne", **page)


def test_articles_keep_their_section_and_fields(library: Library) -> None:
    tram = next(summary for summary in library.articles() if summary.title.startswith("Tram"))
    assert (tram.byline, tram.section) == ("Jane Doe, Bob Roe", "Local News")
    assert tram.fields == (
        ("desk", "politics"),
        ("premium", "true"),
        ("section", "Local News"),
        ("tags", "strikes"),
        ("tags", "transport"),
    )
    assert library.article(tram.id).fields == tram.fields


def test_a_count_is_told_outside_of_the_quotes(library: Library) -> None:
    answer = library.answer("How many articles mention Ada Vane?")
    assert (answer.form, answer.status, answer.short_answer) == ("count", "answered", None)
    assert answer.count is not None
    assert (answer.count.words, answer.count.articles, answer.count.mentions) == ('"Ada Vane"', 3, None)
    assert len({citation.article_id for citation in answer.citations}) == 3
    assert all("Ada Vane" in citation.quote for citation in answer.citations)
    assert str(answer).startswith('3 articles mention "Ada Vane".\n')
    library.verify(answer)


def test_mentions_are_counted_each_once_and_a_time_and_an_author_narrow_the_count(library: Library) -> None:
    often = library.answer("How often is the red flag mentioned?")
    assert often.count is not None
    assert (often.count.articles, often.count.mentions) == (1, 2)
    assert str(often).startswith('1 article mentions "red flag", 2 times in all.')
    since = library.answer("How many articles mention Ada Vane since October 2024?")
    assert str(since).startswith('2 articles from 2024-10-01 mention "Ada Vane".')
    by = library.answer("How many articles by Jane Doe mention Ada Vane?", until="2024-09")
    assert str(by).startswith('1 article by Jane Doe mentions "Ada Vane".')


def test_a_count_of_nothing_says_so(library: Library) -> None:
    answer = library.answer("How many articles mention Otto Keller?")
    assert (answer.status, answer.citations) == ("no_answer", ())
    assert str(answer).startswith('No article mentions "Otto Keller".')


def test_an_older_index_is_searched_and_filtered_without_reading_or_embedding_again(
    index: Path, tmp_path: Path, folder: Path
) -> None:
    older = tmp_path / "older"
    shutil.copytree(index, older)
    make_older(older, "3, release 0.1.0")
    manifest = older / LEXICAL / "manifest.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": 1}))
    with Library.open(older) as library:
        assert titles(library.search('"night bus"')) == {"Harbour", "Tram"}
        assert titles(library.search("arne", authors=["Jane Doe"])) == {"Tram", "Council"}
        with pytest.raises(QuestionError, match="leave the section out: no article states one"):
            library.search("arne", sections=["Weather"])
        assert library.update(folder).unchanged == 4
    with Library.open(older) as library:
        write(tmp_path / "tram.md", TRAM)
        library.forget(folder)
        library.update(tmp_path / "tram.md")
        assert titles(library.search("arne", sections=["local news"])) == {"Tram"}


def test_articles_are_counted_by_their_dates(library: Library) -> None:
    counted = [(one.published, one.articles) for one in library.count_by_date("Arne")]
    assert counted == [("2023-07-01", 1), ("2024-09-06", 1), ("2024-10-01", 1), ("2024-11-02", 1)]
    assert [one.published for one in library.count_by_date("Arne", since="2024-10")] == ["2024-10-01", "2024-11-02"]
    assert library.count_by_date("hedgehog") == ()
    with pytest.raises(QuestionError):
        library.count_by_date("NOT")


def test_a_sentence_that_stands_twice_in_a_page_is_shown_once(tmp_path: Path) -> None:
    line, filler = "The lantern hung over the quay of Arne.", "Gulls cried all day. " * 120
    write(tmp_path / "news" / "quay.txt", f"{line}\n\n{filler}\n\n{line}\n\n{filler}\n\nNobody lit the lantern again.")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "news")
        (found,) = library.search("lantern").found
    shown = [snippet.text for snippet in found.snippets]
    assert len(shown) == len(set(shown)) == 2
