"""Names and the words with a capital that are none."""

from __future__ import annotations

import pytest

from rag.text.grammar.names import bare, names_in, own_words


def test_months_titles_and_first_words_are_no_names() -> None:
    assert [match.group() for match in names_in("The mayor met Tora Vik in May. When? On Sunday.")] == ["Tora Vik"]
    assert bare("When President Vik's") == ["Vik"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Former President Otto Vik", ["Otto", "Vik"]),
        ("The Osk Mayor Otto Vik", ["Otto", "Vik"]),
        ("World War I", ["World", "War", "I"]),
        ("When", []),
    ],
)
def test_a_name_begins_behind_its_last_title(name: str, words: list[str]) -> None:
    assert own_words(name) == words
