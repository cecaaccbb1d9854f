"""Figures, dates, names and words of a draft are read and compared with those of articles."""

from __future__ import annotations

import pytest

from rag.drafts import dates, figures
from rag.drafts.dates import find_moments
from rag.drafts.draft import read_statements
from rag.drafts.figures import find_figures
from rag.drafts.told import read_told
from rag.drafts.words import are_near, are_opposite, words_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It cost $1.2bn in the third quarter.", ["$1.2bn"]),
        ("They voted 228 to 193, or 54-46, on 9/11.", ["228 to 193", "54-46", "9/11"]),
        ("One of the two was the third of May.", ["two"]),
        ("Some 5 to 10 million of 45% came.", ["Some 5 to 10 million", "45%"]),
        ("Sixty per cent stayed for 29 days.", ["Sixty per cent", "29 days"]),
    ],
)
def test_figures_are_found_with_their_units(text: str, found: list[str]) -> None:
    taken = [(moment.start, moment.end) for moment in find_moments(text)]
    assert [text[one.start : one.end] for one in find_figures(text, taken)] == found


@pytest.mark.parametrize(
    ("stated", "given", "tells", "differs"),
    [
        ("450 people", "450 people", True, False),
        ("450 people", "more than 400 people", True, False),
        ("450 people", "at most 400 people", False, True),
        ("4,500 people", "more than 400 people", False, False),
        ("about 3,500 people", "3,500 people", False, False),
        ("3,498 people", "about 3,500 people", True, False),
        ("at least 14 people", "14 people", False, False),
        ("up to $150", "up to $160", False, True),
        ("14 to 15 people", "14 to 25 people", False, True),
        ("5-4", "4-5", False, False),
        ("5-4", "5-3", False, True),
        ("29 days", "29 people", False, False),
        ("two weeks", "14 days", True, False),
    ],
)
def test_a_figure_tells_another_or_differs(stated: str, given: str, tells: bool, differs: bool) -> None:
    one, other = find_figures(stated)[0].value, find_figures(given)[0].value
    assert (figures.tells(one, other), figures.differs(one, other)) == (tells, differs)


@pytest.mark.parametrize(
    ("stated", "given", "tells", "excludes"),
    [
        ("on 3 May 2019", "in 2019", True, False),
        ("in 2019", "on 3 May 2019", False, False),
        ("on Dec. 3", "on 3 December 2023", True, False),
        ("on Dec. 3", "on 4 December", False, True),
        ("on Monday", "on 4 March 2024", True, False),
        ("on Monday", "on 5 March 2024", False, False),
        ("on Monday", "on Tuesday", False, True),
        ("on 4 March 2024", "on Monday", True, False),
        ("in May 2019", "in June 2019", False, True),
        ("at 3 p.m.", "at 15:00", True, False),
        ("at 3 p.m.", "at 4 p.m.", False, True),
    ],
)
def test_a_date_tells_another_or_excludes_it(stated: str, given: str, tells: bool, excludes: bool) -> None:
    (one,), (other,) = find_moments(stated), find_moments(given)
    assert (dates.tells(one, other, "2024-03-06"), dates.excludes(one, other)) == (tells, excludes)


def test_months_that_are_other_words_are_no_dates() -> None:
    assert find_moments("He may march on. The March on Osk was long.") == ()
    assert [moment.day for moment in find_moments("In May, and since March 2020.")] == ["--05", "2020-03"]


def test_names_are_runs_of_capitals() -> None:
    text = "Meanwhile Sen. Ada Moe of the U.S. met Mohammed bin Salman in St. Ives. Canada's George W. Bush left."
    told = read_told(text)
    names = [text[told.items[first].start : told.items[last - 1].end] for first, last in told.names]
    assert names == ["Sen. Ada Moe", "U.S.", "Mohammed bin Salman", "St. Ives", "Canada", "George W. Bush"]


@pytest.mark.parametrize(
    ("one", "other", "near", "opposite"),
    [
        ("fell", "dropped", True, False),
        ("fell", "rose", False, True),
        ("Iran", "Iranian", True, False),
        ("Dutch", "Netherlands", True, False),
        ("US", "American", True, False),
        ("us", "American", False, False),
        ("Sen", "senator", True, False),
        ("programme", "programming", True, False),
        ("bill", "law", False, False),
        ("nominated", "appointed", False, False),
    ],
)
def test_words_are_near_or_opposite(one: str, other: str, near: bool, opposite: bool) -> None:
    (first,), (second,) = words_of(one), words_of(other)
    assert (are_near(first, second), are_opposite(first, second)) == (near, opposite)


def test_statements_have_their_places_quotations_and_speakers() -> None:
    draft = "Lind spoke.\n\n“The old piers may well sink,” she said. Police said two men fled. Is it so?"
    first, second, third = read_statements(draft)
    assert draft[first.start : first.end] == "Lind spoke."
    assert [quoted.words for quoted in second.quotations] == ["The old piers may well sink"]
    assert second.speaker is not None and second.speaker.is_guess
    assert third.speaker is not None and third.speaker.name == "Police"
