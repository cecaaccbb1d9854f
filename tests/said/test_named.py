"""The people and places that most articles name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rag.core.errors import QuestionError
from rag.library import Library
from tests.libraries import write
from tests.said.archive import build

TEXTS = (
    "Peter Vik said the ferry to Norway would be late. Maria Lind said so too.",
    "Peter Vik told the council that Norway should pay. “We will,” said Runa Wrenfold of the Osk Press.",
    "Wrenfold said the ferry was on time. Norway was glad. The White House said nothing. A spokesman said less.",
    "Runa Wrenfold, who leads the harbour, was asked again. Wrenfold said the quay was safe.",
    "The White House said the pier was American. The Osk Press said it was from Peru.",
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for number, text in enumerate(TEXTS):
        write(tmp_path / "news" / f"{number}.txt", text)
    library = Library.open(tmp_path / "index", create=True)
    library.update(tmp_path / "news")
    return library


def test_people_who_speak_and_places_are_counted_by_articles(library: Library) -> None:
    named = library.most_named()
    assert [(one.name, one.articles) for one in named.people] == [
        ("Peter Vik", 2),
        ("Runa Wrenfold", 2),
        ("Maria Lind", 1),
    ]
    assert [(one.name, one.articles) for one in named.places] == [("Norway", 3), ("Peru", 1)]
    assert [one.question for one in (named.people[0], named.places[0])] == [
        "What did Peter Vik say?",
        "What happened in Norway?",
    ]
    assert library.most_named(1).places == named.places[:1]


def test_removed_articles_no_longer_count(library: Library, tmp_path: Path) -> None:
    for number in (0, 4):
        (tmp_path / "news" / f"{number}.txt").unlink()
    library.update(tmp_path / "news", removed=True)
    named = library.most_named()
    assert [(one.name, one.articles) for one in named.people] == [("Runa Wrenfold", 2), ("Peter Vik", 1)]
    assert [(one.name, one.articles) for one in named.places] == [("Norway", 2)]


def test_of_two_people_of_one_family_name_the_one_named_more_often_is_shown(tmp_path: Path) -> None:
    with build(tmp_path) as library:
        assert [one.name for one in library.most_named().people] == ["Otto Vik"]


def test_an_empty_library_names_nobody(tmp_path: Path) -> None:
    with Library.open(tmp_path / "index", create=True) as library:
        named = library.most_named()
    assert (named.people, named.places) == ((), ())


@pytest.mark.parametrize("count", [0, 101, "8", True, None])
def test_a_count_that_is_not_possible_is_refused(tmp_path: Path, count: Any) -> None:
    with Library.open(tmp_path / "index", create=True) as library, pytest.raises(QuestionError, match="from 1 to 100"):
        library.most_named(count)
