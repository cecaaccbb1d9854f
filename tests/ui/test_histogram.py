"""The histogram above the list of articles: its periods, and the number of articles in each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag_ui.archive.histogram import MOST, bins, labels, undated
from rag_ui.language.strings import ENGLISH

DATES = st.dates().map(lambda day: day.isoformat())


def test_months_with_the_empty_ones_between() -> None:
    dates = ["2023-12-30", "2024-02", "2024-02-10T08:00:00Z"]
    found = bins(dates, dates, ENGLISH)
    assert [(period.name, period.count) for period in found] == [
        ("December 2023", 1),
        ("January 2024", 0),
        ("February 2024", 2),
    ]
    assert [(period.since, period.until) for period in found][2] == ("2024-02-01", "2024-02-29")
    assert [period.label for period in found][:2] == ["December 2023: 1 article", "January 2024: 0 articles"]


@pytest.mark.parametrize(
    ("dates", "names"),
    [
        ([], []),
        (["spring", "", "20", "12345"], []),
        (["2025"], ["2025"]),
        (["2023-01", "2024"], ["2023", "2024"]),
        (["2020-01", "2024-01"], ["2020", "2021", "2022", "2023", "2024"]),
        (["1955", "1980"], [str(year) for year in range(1955, 1981)]),
        (["1979", "2025"], ["1970–1979", "1980–1989", "1990–1999", "2000–2009", "2010–2019", "2020–2029"]),
        (["2025-13"], ["2025"]),
    ],
)
def test_the_period_is_as_long_as_the_bars_need(dates: list[str], names: list[str]) -> None:
    assert [period.name for period in bins(dates, dates, ENGLISH)] == names


@pytest.mark.parametrize(
    ("dates", "names"),
    [
        ([], []),
        (["2025"], [("2025", "")]),
        (["2021", "2024"], [("2021", ""), ("2024", "")]),
        (["2020", "2024"], [("2020", ""), ("2022", "50.0%"), ("2024", "")]),
        (["2015", "2024"], [("2015", ""), ("2020", "55.0%"), ("2024", "")]),
    ],
)
def test_the_ends_have_labels_and_where_there_is_room_the_middle(
    dates: list[str], names: list[tuple[str, str]]
) -> None:
    assert labels(bins(dates, dates, ENGLISH)) == names


def test_what_has_no_date_is_counted_beside_the_bars() -> None:
    assert undated(["2025", "spring", "", "2025-04"]) == 2


@given(st.lists(DATES), st.lists(DATES, min_size=1))
def test_every_date_is_in_the_one_bar_that_it_lies_in(counted: list[str], others: list[str]) -> None:
    found = bins(counted + others, counted, ENGLISH)
    assert len(found) <= MOST
    assert sum(period.count for period in found) == len(counted)
    for period in found:
        assert period.count == sum(period.since <= date <= period.until for date in counted)
