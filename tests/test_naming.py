"""Only articles that name some people or places may answer, be found or be counted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.core.errors import QuestionError
from rag.core.schema import Answer, Scope
from rag.library import Library
from rag.standing.checking import id_of
from rag_ui.chat import link
from tests.said.archive import build

QUESTION = "What did Vik say?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with build(tmp_path_factory.mktemp("naming")) as library:
        yield library


def quoted(answer: Answer) -> set[str]:
    others = (citation for other in answer.other_answers for citation in other.citations)
    return {citation.title for citation in (*answer.citations, *answer.near_misses, *others)}


def test_only_articles_that_name_all_of_them_answer(library: Library) -> None:
    assert quoted(library.answer(QUESTION, naming=["Runa Vik"])) <= {"The school", "The dinner"}
    both = library.answer(QUESTION, naming=["Otto Vik", "runa vik"])
    assert quoted(both) == {"The dinner"}
    assert both.scope == Scope(naming=("Otto Vik", "runa vik"))
    of_one = library.answer(QUESTION, naming="Runa Vik", sources=["Osk Gazette"])
    assert quoted(of_one) == {"The school"}
    assert library.answer(QUESTION, naming="Runa Vik", since="2024-09").reason == "nothing_in_scope"


def test_as_many_articles_are_searched_as_are_counted_for_the_name(library: Library) -> None:
    named = library.most_named(8)
    assert {one.name for one in named.people} >= {"Otto Vik", "Runa Vik"}
    for one in (*named.people, *named.places):
        assert library.search("Vik", naming=[one.name]).articles == one.articles  # all of them have this word


@pytest.mark.parametrize("name", ["Ada Quill", "!!!", "Otto Lind"])
def test_a_name_that_no_article_has_is_an_error_that_says_what_to_do(library: Library, name: str) -> None:
    with pytest.raises(QuestionError, match=f"No article names '{name}'") as told:
        library.answer(QUESTION, naming=[name])
    assert str(told.value.remedy) == "write the name as the articles do"


def test_a_name_that_has_nothing_is_no_filter(library: Library) -> None:
    assert library.answer(QUESTION, naming=["", " "]).scope is None


def test_ids_and_links_of_older_releases_hold(library: Library) -> None:
    scope = Scope(sources=("Osk Gazette",))
    assert id_of("Who?", scope) == "d7c4f3cc"
    assert id_of("Who?", Scope(sources=("Osk Gazette",), naming=("Otto Vik",))) != id_of("Who?", scope)
    answer = library.answer("How long is the river?", naming=["Otto Vik"])
    opened = link.read(link.write(answer))
    assert opened is not None
    assert (opened.scope, opened.tells_answer) == (answer.scope, True)
    forged = link.read(link.write(answer).replace("Otto", "Runa"))
    assert forged is not None
    assert not forged.tells_answer
