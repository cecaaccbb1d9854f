"""The places of searched words in a text."""

from __future__ import annotations

import pytest
from hypothesis import given

from rag.text.found_words import find_phrase, find_word
from rag.text.terms import fold
from tests.any_text import any_text


def shown(text: str, places: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in places]


@pytest.mark.parametrize(
    ("word", "text", "found"),
    [
        ("strike", "Strikes: they were striking, a STRIKE.", ["Strikes", "striking", "STRIKE"]),
        ("café", "The CAFE and the cafés", ["CAFE", "cafés"]),
        ("B-2", "Two B-2s and a B-2 bomber", ["B-2"]),
        ("F16", "F16s over the F16", ["F16s", "F16"]),
        ("cease-fire", "a cease-fire, the cease fire, no ceasefire", ["cease-fire", "cease fire"]),
        ("mayor", "The mayor’s car", ["mayor"]),
        ("", "anything", []),
        ("art", "party", []),
    ],
)
def test_a_word_is_found_in_any_inflection(word: str, text: str, found: list[str]) -> None:
    assert shown(text, find_word(word, text)) == found


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("red flag", "Red flag! A red\n flag; red flags, flag red", ["Red flag", "red\n flag"]),
        ("of the", "Of the many of  the few", ["Of the", "of  the"]),
        ("no no", "no no no no no", ["no no", "no no"]),
        ("Đặng", "dang", ["dang"]),
        ("strike", "strikes and a strike", ["strike"]),
    ],
)
def test_a_phrase_is_found_as_it_is_written(phrase: str, text: str, found: list[str]) -> None:
    assert shown(text, find_phrase(phrase, text)) == found


@given(text=any_text())
def test_each_word_of_a_text_is_found_in_it(text: str) -> None:
    for word in set(fold(text)):
        if fold(word) == [word]:
            places = find_phrase(word, text)
            assert places
            assert all(word in fold(text[start:end]) for start, end in places)
            assert set(places) <= set(find_word(word, text))
