"""What is reported about a followed question: each kind of change once, and nothing else. With the real models."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.errors import QuestionError
from rag.library import Library
from rag.standing.results import StandingChange
from tests.standing.news import FLOOD, MAYOR, SERIES, TOLL, build, news_of, put, take


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with build(tmp_path) as library:
        yield library


def assert_verified(library: Library, changes: list[StandingChange]) -> None:
    for change in changes:
        for quote in (*change.new, *change.now.citations, *change.now.other_citations):
            text = library.article(quote.article_id, quote.content_hash).text
            assert text[quote.start : quote.end] == quote.quote


def test_a_question_is_kept_with_its_answer_and_only_once(library: Library) -> None:
    followed = library.follow(f" {TOLL}  ", since="2025")
    assert (followed.question, followed.answer.values, followed.answer.generation) == (TOLL, ("Five",), 1)
    assert followed.scope is not None and followed.scope.since == "2025"
    assert library.follow(TOLL, since="2025") == followed
    other = library.follow(TOLL)
    assert other.id != followed.id
    assert library.standing().questions == (followed, other)
    assert library.unfollow(followed.id) == (followed,)
    assert library.standing().questions == (other,)


@pytest.mark.parametrize(
    ("question", "filters", "words"),
    [
        ("", {}, "is empty"),
        ("Who won? And when did it rain?", {}, "several questions"),
        ("Hello", {}, "asks nothing of the articles"),
        (TOLL, {"since": "soon"}, "is not a date"),
        (TOLL, {"sources": ["Nobody's"]}, "No article is from"),
    ],
)
def test_what_cannot_be_followed_is_refused_and_nothing_is_kept(
    library: Library, question: str, filters: dict[str, list[str] | str], words: str
) -> None:
    with pytest.raises(QuestionError, match=words):
        library.follow(question, **filters)  # type: ignore[arg-type]
    assert library.standing().questions == ()
    assert not (Path(library.status().folder) / "standing.sqlite").exists()


def test_an_unknown_id_is_told_with_those_that_there_are_and_removes_none(library: Library) -> None:
    with pytest.raises(QuestionError, match="no question is followed"):
        library.unfollow("12345678")
    followed = library.follow(TOLL)
    with pytest.raises(QuestionError, match=f"name one of {followed.id}"):
        library.unfollow(followed.id, "12345678")
    assert library.standing().questions == (followed,)


@pytest.mark.slow
def test_each_kind_of_change_is_reported_once_with_its_new_quotes(library: Library, tmp_path: Path) -> None:
    library.follow(TOLL)
    library.follow(MAYOR)
    seen: list[int] = []
    told = []
    for number, day in enumerate(SERIES):
        take(tmp_path, number, day)
        changes = news_of(library, tmp_path, seen)
        assert_verified(library, changes)
        told.append([(c.question == TOLL, c.kinds, [Path(quote.path).stem for quote in c.new]) for c in changes])
    assert told == [
        [],  # a copy is no further source
        [],
        [(True, ("source",), ["fire"])],
        [],
        [(True, ("contradiction",), ["toll"])],
        [(False, ("answered",), ["mayor"])],
        [(True, ("contradiction",), ["toll"])],  # the article says another number now
        [],
        [(False, ("unanswered",), [])],
        [(False, ("answered",), ["next"])],
        [(True, ("changed",), ["toll"])],  # of two articles the newer one, with the higher number, leads
    ]
    assert library.check_standing().changes == ()


def test_another_value_is_reported_with_what_it_was(library: Library, tmp_path: Path) -> None:
    put(tmp_path, "mayor", "2025-03-01", "Mell Times", "Tora Lind is the mayor of Mell. She took office on Sunday.")
    library.update(tmp_path / "news")
    library.follow(MAYOR)
    put(tmp_path, "mayor", "2025-03-05", "Mell Times", "Bo Ek is the mayor of Mell. He took office on Sunday.")
    (change,) = news_of(library, tmp_path, [])
    assert change.kinds == ("changed",)
    assert (change.before.values, change.now.values) == (("Tora Lind",), ("Bo Ek",))
    assert [quote.quote for quote in change.new] == ["Bo Ek is the mayor of Mell."]
    assert str(change).splitlines()[1:4] == [
        "The answer is another one.",
        "Before: Tora Lind (1 source)",
        "Now: Bo Ek (1 source)",
    ]


def test_the_same_value_in_other_words_and_editions_is_no_change(library: Library, tmp_path: Path) -> None:
    library.follow(TOLL)
    put(tmp_path, "flood", "2025-03-02", "Osk Gazette", FLOOD.replace("Five people died", "5 people have died"))
    assert news_of(library, tmp_path, []) == []
    assert library.standing().questions[0].answer.values == ("Five",)


def test_an_answer_of_quotes_is_reported_when_a_source_or_an_edition_tells_more(
    library: Library, tmp_path: Path
) -> None:
    library.follow("What happened in Osk?")
    seen: list[int] = []
    put(tmp_path, "copy", "2025-03-02", "Mell Times", FLOOD)
    assert news_of(library, tmp_path, seen) == []
    put(tmp_path, "church", "2025-03-03", "Sund Post", "In Osk, the old church collapsed on Sunday. Nobody was inside.")
    (change,) = news_of(library, tmp_path, seen)
    assert change.kinds == ("source",) and Path(change.new[0].path).stem == "church"
    put(tmp_path, "church", "2025-03-04", "Sund Post", "In Osk, the old church was saved on Monday. It will stand.")
    (change,) = news_of(library, tmp_path, seen)
    assert change.kinds == ("source",) and "saved" in change.new[0].quote


def test_a_scope_holds_at_each_check(library: Library, tmp_path: Path) -> None:
    library.follow(TOLL, sources=["Osk Gazette"])
    put(tmp_path, "fire", "2025-03-02", "Lune Herald", "The flood in Osk killed nine people, said Ada Voss.")
    assert news_of(library, tmp_path, []) == []
    (tmp_path / "news" / "flood.md").unlink()
    (change,) = news_of(library, tmp_path, [])  # no article of that source is left, which is no error
    assert change.kinds == ("unanswered",)


def test_withdrawing_and_taking_back_are_changes_too(library: Library) -> None:
    library.follow(TOLL)
    library.withdraw("News flood")
    library.take_back("News flood")
    assert [change.kinds for change in library.standing().changes] == [("unanswered",), ("answered",)]


@pytest.mark.slow
def test_each_further_source_is_reported_once(library: Library, tmp_path: Path) -> None:
    library.follow(TOLL)
    seen: list[int] = []
    for number, town in enumerate(("Sund", "Lune", "Berg", "Holm", "Vik")):
        text = (
            f"Our reporter in {town} writes that five people died in the flood in Osk, and that helpers from {town} "
            f"brought {number + 3} boats, {number + 11} tents and warm soup for everyone who had to leave a house."
        )
        put(tmp_path, town, f"2025-03-{number + 2:02}", f"{town} Post", text)
        (change,) = news_of(library, tmp_path, seen)
        assert (change.kinds, [Path(quote.path).stem for quote in change.new]) == (("source",), [town])
    assert library.standing().questions[0].answer.sources == 6
