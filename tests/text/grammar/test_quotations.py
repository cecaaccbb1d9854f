"""Where quotations begin and end, also where a mark behind a digit measures inches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.grammar.quotations import find_quotations
from tests.any_text import any_text


def quoted(text: str) -> list[str]:
    return [text[one.start : one.end] for one in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        ('He said: "We laid a 24" pipe and closed it."', ['"We laid a 24" pipe and closed it."']),
        ("“The snow was 6” deep and cold,” said Vik.", ["“The snow was 6” deep and cold,”"]),
        ('"He was 6\'2" and thin," said Vik. "We saw him."', ['"He was 6\'2" and thin,"', '"We saw him."']),
        ('"A 3½" nail," Vik said, "or a 4" one."', ['"A 3½" nail,"', '"or a 4" one."']),
        ('"A 24"x36" print," said Vik.', ['"A 24"x36" print,"']),
        ("\"A 24'' pipe,\" said Vik.", ["\"A 24'' pipe,\""]),
        ('“A 6" crack in the 30" pipe in 2023”, said Vik.', ['“A 6" crack in the 30" pipe in 2023”']),
        ('"We won in 2024" and left. "We lost in 2019," he said.', ['"We won in 2024"', '"We lost in 2019,"']),
        ("Vik calls it “Plan 24” and “a joke”.", ["“Plan 24”", "“a joke”"]),
        ('The "class of 2024" won and the 30" screens broke.', ['"class of 2024"']),
        ('The pipe is 24" wide. "It burst," said Vik.', ['"It burst,"']),
        ('"We need 30" Vik said."We have 20," she added.', ['"We need 30"']),
    ],
)
def test_a_mark_behind_a_digit_closes_only_what_no_other_mark_closes(text: str, quotations: list[str]) -> None:
    assert quoted(text)[: len(quotations)] == quotations


@given(
    st.lists(st.sampled_from(["pipe", "road", "cold", "then", "was"]), min_size=1, max_size=5),
    st.integers(1, 99),
    st.sampled_from(['""', "“”"]),
)
def test_inches_inside_a_quotation_never_close_it(words: list[str], size: int, marks: str) -> None:
    spoken = f"{marks[0]}It is {size}{marks[1]} {' '.join(words)}.{marks[1]}"
    assert quoted(f"He said: {spoken}") == [spoken]


@given(st.integers(1000, 2999), st.sampled_from(['""', "“”"]), st.sampled_from([" and left.", ".", ", she said.", ""]))
def test_a_quotation_may_end_with_a_number(number: int, marks: str, behind: str) -> None:
    spoken = f"{marks[0]}We won in {number}{marks[1]}"
    assert quoted(f"She said {spoken}{behind}") == [spoken]


@given(st.one_of(st.text(alphabet="1½'\"“”‘’ ax\n.", max_size=40), any_text(20)))
def test_quotations_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = find_quotations(text)
    places = [place for one in found for place in (one.start, one.end)]
    assert places == sorted(places) and all(0 <= place <= len(text) for place in places)
    assert all(one.start < one.end for one in found)


@given(
    st.one_of(st.text(alphabet="½1'\"“”‘’ ax\n.", max_size=60), any_text(20)),
    st.tuples(st.integers(0, 80), st.integers(0, 80)),
)
def test_a_part_of_the_text_has_the_quotations_that_the_whole_has_there(text: str, place: tuple[int, int]) -> None:
    start, end = sorted(min(one, len(text)) for one in place)
    whole, part = find_quotations(text), find_quotations(text, start, end)
    there = [one for one in whole if one.start < end and start < one.end]
    assert set(there) <= set(part) <= set(whole)
