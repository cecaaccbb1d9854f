"""Dates and sources: which articles may answer, which come first, and that the same day gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from rag.core.errors import QuestionError
from rag.core.schema import Answer, render_text
from rag.library import Library
from rag_ui.chat.card import Cards
from rag_ui.language.strings import ENGLISH
from tests.cli.command import run

CARDS = Cards(ENGLISH)

REPORTS = (
    ("2019-05-02", "The Lune Gazette", "The old bridge over the Lune costs 14 million pounds, the council said."),
    ("2021-03-11", "The Harbour Post", "The old bridge over the Lune costs 19 million pounds, the council said."),
    ("2024-04-03", "The Lune Gazette", "The old bridge over the Lune costs 27 million pounds, the council said."),
    ("", "The Undated", "The old bridge over the Lune costs 11 million pounds, the council said."),
)
QUESTION = "How much does the old bridge over the Lune cost?"


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("when")
    rows = [
        {"id": source + day, "title": "The bridge", "date": day, "source": source, "text": text}
        for day, source, text in REPORTS
    ]
    filler = [
        {"id": f"f{n}", "title": "Harvest", "date": "2022-01-01", "text": f"Farm {n} harvested {n} tons of apples."}
        for n in range(40)
    ]
    (folder / "all.jsonl").write_text("\n".join(json.dumps(row) for row in rows + filler))
    with Library.open(folder / "index", create=True) as library:
        library.update(folder / "all.jsonl")
    return folder / "index"


@pytest.fixture(scope="module")
def library(index: Path) -> Iterator[Library]:
    with Library.open(index) as library:
        yield library


def cited(answer: Answer) -> set[str | None]:
    """Returns the dates of all articles that an answer quotes, near misses included."""
    others = [citation for other in answer.other_answers for citation in other.citations]
    every = (*answer.citations, *answer.near_misses, *others)
    return {citation.published for citation in every}


def test_only_articles_of_the_time_answer(library: Library) -> None:
    assert cited(library.answer(QUESTION, since="2020", until="2021")) == {"2021-03-11"}
    assert cited(library.answer(QUESTION, since="2024-04")) == {"2024-04-03"}
    assert cited(library.answer(QUESTION, until="2019-05-02")) == {"2019-05-02"}
    assert library.answer(QUESTION, since="2025").reason == "nothing_in_scope"


def test_only_the_sources_answer(library: Library) -> None:
    assert cited(library.answer(QUESTION, sources=["harbour post"])) == {"2021-03-11"}
    assert cited(library.answer(QUESTION, sources=["gazette"], until="2020")) == {"2019-05-02"}


def test_what_was_not_yet_known_does_not_answer(library: Library) -> None:
    assert cited(library.answer(QUESTION, as_of="2020-01-01")) <= {"2019-05-02", None}


def test_a_scope_is_part_of_the_answer(library: Library) -> None:
    scope = library.answer(QUESTION, since="May 2020", sources="post").scope
    assert scope is not None
    assert (scope.since, scope.sources) == ("2020-05", ("post",))
    assert library.answer(QUESTION).scope is None


@pytest.mark.parametrize("wrong", [{"since": "soon"}, {"as_of": "2024-02-31"}, {"since": "2024", "until": "2020"}])
def test_a_date_that_is_none_is_refused_in_one_line(library: Library, wrong: dict[str, str]) -> None:
    with pytest.raises(QuestionError):
        library.answer(QUESTION, **wrong)  # type: ignore[arg-type]


def test_a_filtered_search_still_finds_as_many_as_are_wanted(library: Library) -> None:
    assert len(library.retrieve("How many tons of apples were harvested in 2022?", 30)) == 30
    assert len(library.retrieve("What did the old bridge over the Lune cost in 2019?", 30)) == 30


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("What is the latest cost of the old bridge over the Lune?", "2024-04-03"),
        ("What did the old bridge over the Lune cost in 2019?", "2019-05-02"),
        ("What did the old bridge over the Lune cost in March 2021?", "2021-03-11"),
    ],
)
def test_a_time_in_the_question_is_looked_at_first(library: Library, question: str, first: str) -> None:
    assert library.retrieve(question)[0].passage.article.published == first


def test_news_are_quoted_from_the_newest_article(library: Library) -> None:
    answer = library.answer("How much does the old bridge over the Lune cost now?")
    quoted = [*answer.citations, *answer.near_misses]
    assert quoted[0].published == "2024-04-03"


def test_what_is_asked_as_of_a_day_is_looked_for_first_in_the_weeks_before(library: Library) -> None:
    for day, source in (("2019-05-20", "The Lune Gazette"), ("2021-04-01", "The Harbour Post")):
        assert library.answer(QUESTION, as_of=day).citations[0].source == source


def test_a_relative_time_is_told_from_the_day_that_is_named(library: Library) -> None:
    answer = library.answer("What did the bridge cost last month?", as_of="2021-04-20")
    assert answer.period is not None
    assert (answer.period.since, answer.period.until) == ("2021-03-01", "2021-03-31")


def test_the_age_is_shown_and_not_stored(library: Library) -> None:
    answer = library.answer(QUESTION, since="2024")
    assert "2024-04-03 (2 months ago)" in render_text(answer, date(2024, 6, 10))
    assert "2 months ago" in CARDS.answer_card(answer, date(2024, 6, 10))
    assert "ago" not in answer.model_dump_json()
    assert library.answer(QUESTION, since="2024").model_dump_json() == answer.model_dump_json()


def test_the_command_line_takes_the_same(index: Path) -> None:
    limits = ["--since", "2020", "--until", "2021", "--source", "post", "--as-of", "2022"]
    done = run(*limits, "--json", QUESTION, "--index", str(index), cwd=index.parent)
    answer = json.loads(done.stdout)
    assert {citation["published"] for citation in answer["citations"] + answer["near_misses"]} == {"2021-03-11"}
    given = {"since": "2020", "until": "2021", "sources": ["post"], "as_of": "2022"}
    assert answer["scope"] == given | {"authors": [], "sections": [], "where": [], "naming": []}
    wrong = run("--since", "soon", QUESTION, "--index", str(index), cwd=index.parent)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
