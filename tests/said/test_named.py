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


def test_two_people_of_one_family_name_are_counted_each_by_herself(tmp_path: Path) -> None:
    with build(tmp_path) as library:
        assert [(one.name, one.articles) for one in library.most_named().people] == [("Otto Vik", 6), ("Runa Vik", 2)]


def test_only_articles_that_fit_words_and_filters_are_counted(tmp_path: Path) -> None:
    with build(tmp_path) as library:
        for words, filters, people in (
            ("ferry", {}, [("Otto Vik", 1)]),
            ("roof", {}, [("Runa Vik", 1)]),
            ("bridge OR roof", {}, [("Otto Vik", 2), ("Runa Vik", 1)]),
            ("hedgehog", {}, []),
            (None, {"sources": ["Mell Times"]}, [("Otto Vik", 2), ("Runa Vik", 1)]),
            ("soup", {"sources": ["Osk Gazette"]}, []),
            ("Vik", {"since": "2024-06", "until": "2024-07"}, [("Runa Vik", 2), ("Otto Vik", 1)]),
        ):
            named = library.most_named(words=words, **filters)
            assert [(one.name, one.articles) for one in named.people] == people, (words, filters)
        with pytest.raises(QuestionError):
            library.most_named(words=" ")


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Peter Vik, of the Department of Natural Resources, said no. Resources said so.", ["Peter Vik"]),
        ("Secretary of State Antony Blinken was late. “Sorry,” Blinken said.", ["Antony Blinken"]),
        ("The White House said no. House said little.", []),
        ("Getty Images showed it. Maria Lind said so.", ["Maria Lind"]),
        ("Runa Wrenfold was there. “No,” said Wrenfold.", ["Runa Wrenfold"]),
        ("Runa Wrenfold was there. Nobody said a word.", []),
    ],
)
def test_a_name_is_a_persons_by_a_first_name_or_because_the_person_speaks(
    tmp_path: Path, text: str, people: list[str]
) -> None:
    write(tmp_path / "news" / "one.txt", f"A story of the day\n\n{text}\n")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "news")
        assert [one.name for one in library.most_named().people] == people


def test_an_empty_library_names_nobody(tmp_path: Path) -> None:
    with Library.open(tmp_path / "index", create=True) as library:
        named = library.most_named()
    assert (named.people, named.places) == ((), ())


@pytest.mark.parametrize("count", [0, 101, "8", True, None])
def test_a_count_that_is_not_possible_is_refused(tmp_path: Path, count: Any) -> None:
    with Library.open(tmp_path / "index", create=True) as library, pytest.raises(QuestionError, match="from 1 to 100"):
        library.most_named(count)
