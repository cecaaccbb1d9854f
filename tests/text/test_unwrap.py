"""Words that a line end divides are whole afterwards, and compounds keep their hyphen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.broken_words import join_word
from rag.text.unwrap import mend_broken_words
from tests.any_text import any_text


@pytest.mark.parametrize(
    ("left", "right", "word"),
    [
        ("mil-", "lion", "million"),
        ("break-", "water,", "breakwater,"),
        ("(archi-", "tect)", "(architect)"),
        ("archi\ufffe", "tect’s", "architect’s"),
        ("co\xad", "operative", "cooperative"),
        ("long-", "term", "long-term"),
        ("state-", "owned", "state-owned"),
        ("Anglo-", "American", "Anglo-American"),
        ("US-", "led", "US-led"),
        ("30-", "year", "30-year"),
        ("pre-", "and", "pre- and"),
        ("2019-", "the", "2019- the"),
    ],
)
def test_a_divided_word_is_joined_with_or_without_its_hyphen(left: str, right: str, word: str) -> None:
    assert join_word(left, right, frozenset()) == word


def test_what_the_text_writes_elsewhere_decides() -> None:
    assert join_word("web-", "site", {"web-site"}) == "web-site"
    assert join_word("well-", "being", {"wellbeing"}) == "wellbeing"


def test_a_text_with_divided_words_is_unwrapped_by_paragraphs() -> None:
    wrapped = (
        "Lighthouse sold\r\n\r\nThe keeper of the old light-\r\nhouse at Vessel Point has bought it for 3 mil-\r\n"
        "lion crowns, the mayor\r\nsaid.\r\n\r\nIt was built\r\nin 1877.\r\n"
    )
    assert mend_broken_words(wrapped) == (
        "Lighthouse sold\r\n\r\nThe keeper of the old lighthouse at Vessel Point has bought it for 3 million crowns, "
        "the mayor said.\r\n\r\nIt was built in 1877.\r\n"
    )


@pytest.mark.parametrize(
    "text", ["A plan -\nno more.", "one - two\n", "self-\n\nA new paragraph.", "--\nname", "x\ny", "pages 10-\n12"]
)
def test_a_text_without_divided_words_is_left_as_it_is(text: str) -> None:
    assert mend_broken_words(text) == text


@given(any_text(), st.sampled_from(["mil-\nlion", "of-\r\nfice", "x-\n\ny"]))
def test_only_line_ends_and_hyphens_are_changed(text: str, broken: str) -> None:
    mended = mend_broken_words(text + broken)
    bare = str.maketrans("", "", "-\xad\u2010\u2011\x02\ufffe")
    assert "".join(mended.translate(bare).split()) == "".join((text + broken).translate(bare).split())
