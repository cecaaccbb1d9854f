"""Beside a sure short answer, neither another matter's number or name nor what stands around it is quoted."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.library import Library
from tests.libraries import write

SIRENS = "Sirens for Osk\n\n2 June 2025\n\nThe town of Osk will replace its sirens. They will cost 2.3 million euros."
TRAMS = "Free trams\n\n19 June 2025\n\nPupils in Osk ride free from August. The plan costs 4.1 million euros a year."
DEARER = "Sirens dearer\n\n3 July 2025\n\nThe new sirens of Osk will cost 2.9 million euros, the council said."


@pytest.fixture
def library(tmp_path: Path) -> Library:
    for name, text in (("sirens", SIRENS), ("trams", TRAMS), ("dearer", DEARER)):
        write(tmp_path / f"articles/{name}.txt", text)
    return Library.open(tmp_path / "index", create=True)


def test_another_cost_of_another_thing_is_not_quoted(library: Library, tmp_path: Path) -> None:
    library.update(tmp_path / "articles/sirens.txt", tmp_path / "articles/trams.txt")
    answer = library.answer("How much will the sirens of Osk cost?")
    assert answer.short_answer == "2.3 million euros"
    assert "4.1 million" not in str(answer)


def test_what_another_article_says_of_the_same_is_shown(library: Library, tmp_path: Path) -> None:
    library.update(tmp_path / "articles")
    shown = str(library.answer("How much will the sirens of Osk cost?"))
    assert "2.3 million" in shown
    assert "2.9 million" in shown
    assert "4.1 million" not in shown


BRIDGE = (
    "Bridge at Osk\n\n5 May 2025\n\nThe bridge at Osk was designed by Ines Falk. The bridge has two towers. "
    "Osk has waited for its bridge since 1950. People of Osk walk over the bridge at night."
)
ALSO = "A name\n\n9 May 2025\n\nInes Falk, who designed the bridge at Osk, wants it named after her aunt."


def test_what_the_article_says_around_the_answer_is_left_out_but_not_what_another_one_says(
    library: Library, tmp_path: Path
) -> None:
    write(tmp_path / "more/bridge.txt", BRIDGE)
    write(tmp_path / "more/also.txt", ALSO)
    library.update(tmp_path / "more")
    answer = library.answer("Who designed the bridge at Osk?")
    assert answer.short_answer == "Ines Falk"
    assert {citation.quote for citation in answer.citations} == {
        "The bridge at Osk was designed by Ines Falk.",
        "Ines Falk, who designed the bridge at Osk, wants it named after her aunt.",
    }
