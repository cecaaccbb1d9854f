"""The Python interface over a real index."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.core.errors import CitationError, IndexMissingError, QuestionError
from rag.core.place import Place
from rag.core.schema import Answer
from rag.library import Library
from tests.remedies import raises_mended_by

pytestmark = pytest.mark.databases


def write_article(folder: Path) -> Path:
    articles = folder / "articles"
    articles.mkdir()
    (articles / "bridge.txt").write_text(
        "Bridge reopens\n\nApril 3, 2024\n\nThe old bridge over the Lune reopened on Monday after long repairs. "
        "The works cost 14 million pounds. Mayor Ruth Hale cut the ribbon.",
        encoding="utf-8",
    )
    return articles


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A library that no test changes."""
    place = tmp_path_factory.mktemp("library")
    with Library.open(place / "index", create=True) as library:
        library.update(write_article(place))
        yield library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_article(tmp_path)


@pytest.fixture
def own_library(place: Place, folder: Path) -> Library:
    library = Library.open(place, create=True)
    library.update(folder)
    return library


def test_a_missing_index_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with raises_mended_by("build", IndexMissingError):
        Library.open(tmp_path / "none")


def test_an_empty_library_says_that_nothing_is_about_it(tmp_path: Path) -> None:
    with Library.open(tmp_path / "index", create=True) as library:
        answer = library.answer("Who cut the ribbon?")
    assert (answer.status, answer.reason) == ("no_answer", "nothing_about_it")


def test_an_article_answers_and_the_answer_verifies(library: Library) -> None:
    answer = library.answer("Who cut the ribbon on the bridge?")
    assert answer.answered
    assert "Ruth Hale" in answer.text
    library.verify(answer)


def test_a_quote_that_was_tampered_with_does_not_verify(library: Library) -> None:
    answer = library.answer("Who cut the ribbon on the bridge?")
    citation = answer.citations[0]
    altered = citation.model_copy(update={"quote": citation.quote.replace("Ruth", "Anna")})
    with pytest.raises(CitationError, match=r"\[1\]"):
        library.verify(answer.model_copy(update={"citations": (altered,)}))


def test_a_citation_of_an_unknown_article_does_not_verify(library: Library) -> None:
    answer = library.answer("Who cut the ribbon on the bridge?")
    altered = answer.citations[0].model_copy(update={"article_id": "nowhere"})
    with pytest.raises(CitationError):
        library.verify(answer.model_copy(update={"citations": (altered,)}))


def test_a_changed_article_answers_anew_and_the_old_citation_still_resolves(own_library: Library, folder: Path) -> None:
    before = own_library.answer("How much did the works cost?")
    path = folder / "bridge.txt"
    path.write_text(path.read_text("utf-8").replace("14 million", "19 million"), encoding="utf-8")
    report = own_library.update(folder)
    assert len(report.changed) == 1
    after = own_library.answer("How much did the works cost?")
    assert "14 million" in before.text
    assert "19 million" in after.text
    assert after.generation == before.generation + 1
    own_library.verify(before)


def test_an_open_library_serves_what_another_process_committed(
    place: Place, own_library: Library, folder: Path
) -> None:
    (folder / "fire.txt").write_text(
        "Fire at the mill\n\nA fire destroyed the Halton mill on Sunday night.", encoding="utf-8"
    )
    with Library.open(place) as other:
        other.update(folder)
    assert "Halton" in own_library.answer("What did the fire destroy?").text


def test_an_answer_round_trips_through_json(library: Library) -> None:
    answer = library.answer("Who cut the ribbon on the bridge?")
    assert Answer.model_validate_json(answer.model_dump_json()).model_dump() == answer.model_dump()


def test_an_empty_question_is_refused(library: Library) -> None:
    with pytest.raises(QuestionError):
        library.answer(" ")


def test_a_follow_up_is_asked_as_it_was_completed(library: Library) -> None:
    first = library.answer("Where is the old bridge?")
    alone = library.answer("When did the old bridge reopen?")
    followed = library.answer("When did it reopen?", history=[first])
    assert (followed.question, followed.standalone_question) == ("When did it reopen?", alone.question)
    assert followed.text == alone.text
    assert alone.standalone_question is None
    assert library.answer(alone.question, history=[first]).standalone_question is None
    assert library.answer("When did it reopen?").standalone_question is None


def test_threads_share_a_library(library: Library) -> None:
    expected = library.answer("Who cut the ribbon on the bridge?").model_dump_json()
    answers: list[str] = []

    def ask() -> None:
        answers.append(library.answer("Who cut the ribbon on the bridge?").model_dump_json())

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [expected] * 8


def test_it_says_what_it_holds_also_when_it_is_closed(own_library: Library, place: Place) -> None:
    told = f"<Library {place.name!r}: 1 article, {own_library.status().passages} passages, generation 1"
    assert repr(own_library) == f"{told}>"
    own_library.close()
    assert repr(own_library) == f"{told}, closed>"


@pytest.mark.parametrize(
    "history", [["Who cut the ribbon?"], "Who?", [None], [{"question": "Who?"}], {"question": "Who?"}, 5, [b"x"], None]
)
def test_a_history_that_has_no_answers_is_refused_in_one_line(library: Library, history: Any) -> None:
    with pytest.raises(QuestionError, match="the answers that `answer` returned") as refused:
        library.answer("And when?", history=history)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "text", ["Who cut\ud800 the ribbon?", "\udfff Who cut the ribbon?", "Who cut the ribbon? 🌉\ud83c"]
)
def test_a_lone_surrogate_breaks_nothing(library: Library, text: str) -> None:
    answer = library.answer(text)
    with pytest.raises(QuestionError, match="No article is from"):
        library.answer(text, sources=["\ud800"])
    for told in (answer, library.answer(text, history=[answer])):
        told.model_dump_json()
        str(told).encode()
    assert answer.answered


def test_copies_of_a_text_take_no_place_from_other_passages(tmp_path: Path) -> None:
    told = "The old mill at Halton burned down on Sunday night, and nobody was hurt in the fire."
    for number in range(4):
        (tmp_path / f"copy-{number}.txt").write_text(f"The mill\n\n{told} {told.replace('Sunday', 'that Sunday')}")
    (tmp_path / "other.txt").write_text("A bakery\n\nA bakery in Halton was closed on Friday for a week.")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path)
        hits = library.retrieve("What burned down at Halton?", 2)
    assert [Path(hit.passage.article.path).name for hit in hits] == ["copy-0.txt", "other.txt"]
    assert [hit.rank for hit in hits] == [1, 2]
