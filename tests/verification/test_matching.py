"""Quotes in a text, letter for letter, and the words that are most like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.verification.matching import changes, find_near, find_whole

TEXT = "It cost $5 million and can't be mended. The well-known pier lost 3.5 % of 1,000 guests.The café is shut."


@pytest.mark.parametrize(
    "quote",
    ["It cost $5 million", "can't be mended.", "The well-known pier", "3.5 %", "1,000 guests.", "The café is shut"],
)
def test_whole_words_are_found_at_their_place(quote: str) -> None:
    assert find_whole(quote, TEXT) == [TEXT.index(quote)]


@pytest.mark.parametrize(
    ("quote", "why"),
    [
        ("It cost $5", "a magnitude follows"),
        ("5 million", "a currency stands before it"),
        ("and can", "the word goes on behind the apostrophe"),
        ("known pier", "the word begins before the hyphen"),
        ("lost 3", "the number goes on"),
        ("5 % of", "the number begins before"),
        ("lost 3.5", "a percent sign follows"),
        ("of 1", "the number goes on"),
        ("000 guests", "the number begins before"),
        ("t cost $5 million", "a letter is missing"),
        ("The caf", "a letter is missing"),
        ("The pier", "these words do not stand together"),
        ("", "nothing is asked"),
    ],
)
def test_a_part_of_a_word_or_number_is_not_found(quote: str, why: str) -> None:
    assert find_whole(quote, TEXT) == [], why


def test_a_letter_without_its_accent_is_not_found() -> None:
    assert find_whole("The cafe", "The cafe\u0301 is shut.") == []


def test_a_sentence_may_begin_where_its_text_lost_a_space() -> None:
    text = "BackgroundThe mill is old."
    assert find_whole("The mill is old.", text) == []
    assert find_whole("The mill is old.", text, edges=[10, len(text)]) == [10]


@pytest.mark.parametrize(
    ("text", "torn", "whole"),
    [
        ("“Too late,” he said.", "Too late,” he said.", "Too late,"),
        ("He said “too late”.", "He said “too late", "too late"),
        ('"Too late," he said.', 'Too late," he said.', "Too late,"),
        ("The mill (sold in May) is old.", "sold in May) is old.", "sold in May"),
        ("The mill (sold in May) is old.", "The mill (sold in May", "The mill (sold in May) is"),
    ],
)
def test_a_pair_of_marks_is_not_torn(text: str, torn: str, whole: str) -> None:
    assert find_whole(torn, text) == []
    assert find_whole(whole, text) == [text.index(whole)]


def test_at_most_ten_places_of_a_text_are_found() -> None:
    assert find_whole("so", "so " * 30) == [3 * number for number in range(10)]


@pytest.mark.parametrize(
    ("quote", "stated"),
    [
        ("It cost $6 million", "It cost $5 million"),
        ("can't be repaired.", "can't be mended."),
        ("The pier lost 3.5 % of 1,000 guests.", "The well-known pier lost 3.5 % of 1,000 guests."),
        ("Nobody doubts that it cost $5 million", "It cost $5 million"),
    ],
)
def test_the_most_similar_words_are_found(quote: str, stated: str) -> None:
    near = find_near(quote, TEXT)
    assert near is not None
    assert TEXT[near.start : near.end] == stated


def test_repeated_words_do_not_lead_away() -> None:
    text = "The pier at Osk\n\nBy Ann Lind\n\nThe pier at Osk will close in May."
    near = find_near("The pier at Osk will close in June.", text)
    assert near is not None
    assert text[near.start : near.end] == "The pier at Osk will close in May."


def test_no_word_in_common_is_no_place() -> None:
    assert find_near("Zebra", TEXT) is None
    assert find_near("…!", TEXT) is None
    assert find_near("Zebra", "") is None


@pytest.mark.parametrize(
    ("quote", "stated", "differ"),
    [
        ("It cost $6 million", "It cost $5 million", [("6", "5")]),
        ("It did cost $5", "It cost $5", [("did", "")]),
        ("It cost $5", "It did cost $5", [("", "did")]),
        ("it cost", "It cost", [("it", "It")]),
        ("It cost $5.", "It cost $5", [(".", "")]),
        ("“It” cost", '"It" cost', [("“", '"'), ("”", '"')]),
        ("It  cost", "It cost", []),
    ],
)
def test_differences_are_told_word_by_word(quote: str, stated: str, differ: list[tuple[str, str]]) -> None:
    found = changes(quote, stated)
    assert [(quote[slice(*each.given)], stated[slice(*each.stated)]) for each in found] == differ


@given(st.text(), st.text())
def test_in_any_text_places_lie_inside(quote: str, text: str) -> None:
    for start in find_whole(quote, text):
        assert text[start : start + len(quote)] == quote
    near = find_near(quote, text)
    if near is not None:
        assert 0 <= near.start <= near.end <= len(text) and 0 <= near.similarity <= 1
        for change in changes(quote, text[near.start : near.end]):
            assert 0 <= change.given[0] <= change.given[1] <= len(quote)
            assert 0 <= change.stated[0] <= change.stated[1] <= near.end - near.start
