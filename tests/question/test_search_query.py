"""The words of a full-text search: phrases, operators, parentheses, and what is not well-formed."""

from __future__ import annotations

import pytest
from hypothesis import given

from rag.core.errors import QuestionError
from rag.question.search_query import must_hold_a_word, parse_search, words_to_find, write_query
from tests.any_text import any_text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("tram", "tram"),
        ("tram strike", "tram AND strike"),
        ("tram AND strike", "tram AND strike"),
        ("tram OR ferry strike", "tram OR (ferry AND strike)"),
        ("(tram OR ferry) strike", "(tram OR ferry) AND strike"),
        ("tram NOT strike", "tram AND NOT strike"),
        ("tram AND NOT strike", "tram AND NOT strike"),
        ("tram -strike", "tram AND NOT strike"),
        ("-strike tram", "NOT strike AND tram"),
        ('tram -"night bus"', 'tram AND NOT "night bus"'),
        ("tram -(strike OR fog)", "tram AND NOT (strike OR fog)"),
        ("tram NOT NOT strike", "tram AND strike"),
        ("tram NOT (NOT strike)", "tram AND strike"),
        ('"night bus" tram', '"night bus" AND tram'),
        ("“night bus”", '"night bus"'),
        ("«night bus»", '"night bus"'),
        ('"of the"', '"of the"'),
        ('"AND tram"', '"AND tram"'),
        ("tram and strike", "tram AND strike"),
        ("the tram in the fog", "tram AND fog"),
        ("tram NOT the", "tram"),
        ("tram the OR of", "tram"),
        ("the", "the"),
        ("tram tram TRAM", "tram AND TRAM"),
        ("tram (ferry (bus))", "tram AND ferry AND bus"),
        ("cease-fire", "cease-fire"),
        ("mayor's", "mayor"),
        ("tram - strike", "tram AND strike"),
    ],
)
def test_words_are_joined_by_operators(written: str, read: str) -> None:
    assert write_query(parse_search(written)) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('tram "night bus', "tram AND night AND bus"),
        ('"night bus" tram"', '"night bus" AND tram'),
        ('6" pipe', "6 AND pipe"),
        ("tram OR", "tram"),
        ("AND tram", "tram"),
        ("OR tram AND", "tram"),
        ("tram AND OR strike", "tram OR strike"),
        ("AND", "AND"),
        ("OR AND", "OR AND AND"),
        ("(tram", "tram"),
        ("tram)", "tram"),
        (")tram( strike", "tram AND strike"),
        ("tram () strike", "tram AND strike"),
        ('tram ""', "tram"),
        ("tram && !!", "tram"),
        ("tram\x00strike\ud800", "tram AND strike"),
    ],
)
def test_what_is_not_well_formed_is_read_as_plain_words(written: str, read: str) -> None:
    assert write_query(parse_search(written)) == read


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "no word"),
        (' "" ()', "no word"),
        ("?!", "no word"),
        ("NOT tram", "leave out"),
        ("-tram -bus", "leave out"),
        ("tram OR NOT bus", "leave out"),
        ("tram NOT", "NOT has no word behind it"),
        ("NOT", "NOT has no word behind it"),
        ("tram NOT AND bus", "NOT has no word behind it"),
        ("(tram NOT) bus", "NOT has no word behind it"),
        ("tram " * 500, "2,499 characters"),
        ("(a OR " * 60 + "b" + ")" * 60, "60 parentheses"),
    ],
)
def test_what_may_mean_the_opposite_is_refused_with_advice(written: str, message: str) -> None:
    with pytest.raises(QuestionError, match=message) as caught:
        parse_search(written)
    assert str(caught.value.remedy)


def test_something_that_is_no_text_is_refused() -> None:
    with pytest.raises(QuestionError, match="not int"):
        parse_search(7)  # type: ignore[arg-type]


def test_words_to_leave_out_are_not_found() -> None:
    query = parse_search('tram AND (ferry OR "night bus") NOT (strike OR fog)')
    assert [one.words for one in words_to_find(query)] == ["tram", "ferry", "night bus"]


@given(written=any_text())
def test_any_text_is_read_or_refused_and_reads_the_same_when_written_out(written: str) -> None:
    try:
        query = parse_search(written)
    except QuestionError:
        return
    assert must_hold_a_word(query)
    assert words_to_find(query)
    assert write_query(parse_search(write_query(query))) == write_query(query)
