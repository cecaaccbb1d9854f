"""Example questions are made from the newest articles that were chosen, and these articles answer them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.core.errors import QuestionError
from rag.library import Library
from tests.libraries import write

NEWS = {
    "Osk Gazette": ("2024-03-01", "Maria Lindqvist won the harbour race of Osk in June. It rained all day in Osk."),
    "Mell Times": (
        "2023-03-01",
        "Peter Aasen built the old lighthouse of Mell in 1910. It stands on the northern pier.",
    ),
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for source, (published, text) in NEWS.items():
        stated = f"---\ntitle: {source} news\ndate: {published}\nsource: {source}\n---\n"
        write(tmp_path / "news" / f"{source}.md", f"{stated}{text}\n")
    library = Library.open(tmp_path / "index", create=True)
    library.update(tmp_path / "news")
    return library


def test_questions_are_of_the_articles_chosen(library: Library) -> None:
    osk, mell = (library.suggestions(sources=[source]) for source in NEWS)
    assert [question.split()[1] for question in (*osk, *mell)] == ["won", "built"]
    assert set(library.suggestions()) == {*osk, *mell}
    assert library.suggestions(since="2024") == osk
    assert library.suggestions(since="2030") == ()
    with pytest.raises(QuestionError, match="No article is from"):
        library.suggestions(sources=["Oks Gazete"])


def test_no_two_questions_are_the_same_but_for_small_words(tmp_path: Path) -> None:
    for number, words in enumerate(("the harbour race of Osk", "the Osk harbour race", "the regatta of Mell")):
        write(
            tmp_path / "news" / f"{number}.txt", f"Race {number}\n\nMaria Lindqvist won {words} in June. It rained.\n"
        )
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "news")
        found = library.suggestions()
    assert len([question for question in found if "harbour" in question]) == 1
    assert len([question for question in found if "regatta" in question]) == 1
