"""A sentence in another language is told from the English text around it."""

from __future__ import annotations

import pytest
from hypothesis import given

from rag.text.foreign_words import is_foreign
from tests.any_text import any_text

FRENCH = "Le pont est vieux, plusieurs habitants ont perdu leur patience."
ENGLISH = "The bridge is old, and many people in the town have lost patience with the council that owns it. "


@pytest.mark.parametrize(
    ("words", "around", "foreign"),
    [
        (FRENCH, ENGLISH * 5 + FRENCH, True),
        (FRENCH, FRENCH * 5, False),  # an archive of another language
        (ENGLISH, ENGLISH * 5 + FRENCH, False),
        ("Otto Lind, Osk", ENGLISH * 5, False),  # names alone
    ],
)
def test_words_are_foreign_only_beside_english(words: str, around: str, foreign: bool) -> None:
    assert is_foreign(words, around) == foreign


@given(any_text(20))
def test_no_text_is_foreign_to_itself(text: str) -> None:
    assert not is_foreign(text, text)
