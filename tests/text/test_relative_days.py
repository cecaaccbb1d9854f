"""The calendar day that "yesterday" or "Wednesday" means in an article."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.english.calendar import WEEKDAYS
from rag.text.relative_days import day_meant
from tests.any_text import any_text

WEDNESDAY = "2019-07-17"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("yesterday", "2019-07-16"),
        ("yesterday morning", "2019-07-16"),
        ("last night", "2019-07-16"),
        ("today", "2019-07-17"),
        ("this afternoon", "2019-07-17"),
        ("tomorrow", "2019-07-18"),
        ("on Wednesday", "2019-07-17"),
        ("late on Tuesday", "2019-07-16"),
        ("Friday", "2019-07-12"),
        ("Thursday", None),  # six days ago, or the article is dated a day too early
        ("Monday night", "2019-07-15"),
        ("last Wednesday", None),  # this week's or the one before
        ("next Friday", None),
        ("Wednesday, 3 May", None),  # names its day itself
        ("last week", None),
        ("two days after Monday", None),
        ("", None),
    ],
)
def test_news_is_written_as_its_day_sees_it(words: str, day: str | None) -> None:
    assert day_meant(words, WEDNESDAY, "The bridge closed ") == day


@pytest.mark.parametrize(
    ("before", "behind", "day"),
    [
        ("The council will vote on ", "", "2019-07-19"),
        ("On ", ", the council will vote.", "2019-07-19"),
        ("The vote is due on ", "", "2019-07-19"),
        ("It is expected to be held on ", "", "2019-07-19"),
        ("The council approved the plan on ", "", "2019-07-12"),
        ("Lund, who is due to retire, was hurt on ", "", "2019-07-12"),
        ("Lund said on ", " that she will run.", "2019-07-12"),
        ("On ", ", a bridge built by Lund collapsed.", "2019-07-12"),
        ("The museum opens on ", "", None),
        ("Lund said the museum opens on ", "", None),
        ("Leaders meet on ", "", None),
        ("They met every ", "", None),
        ("They met on ", ", 3 May.", None),
        ("They met on ", " in the spring of 1999.", None),
        ("It was closed until ", "", None),
    ],
)
def test_the_nearest_verb_tells_whether_a_weekday_is_still_to_come(before: str, behind: str, day: str | None) -> None:
    assert day_meant("Friday", WEDNESDAY, before, behind) == day


def test_the_weekday_of_writing_is_unclear_of_the_future() -> None:
    assert day_meant("Wednesday", WEDNESDAY, "The council will vote on ") is None


@pytest.mark.parametrize("published", [None, "2019", "2019-07", "no date at all"])
def test_without_a_full_date_no_day_is_known(published: str | None) -> None:
    assert day_meant("yesterday", published) is None


@given(st.sampled_from(WEEKDAYS), st.dates(min_value=date(1900, 1, 1)))
def test_a_weekday_is_at_most_six_days_back(weekday: str, written: date) -> None:
    found = day_meant(weekday, written.isoformat(), "They met on ")
    if found is None:
        assert (written.weekday() - WEEKDAYS.index(weekday)) % len(WEEKDAYS) == len(WEEKDAYS) - 1
        return
    day = date.fromisoformat(found)
    assert day.strftime("%A").lower() == weekday
    assert 0 <= (written - day).days < len(WEEKDAYS)


@given(any_text(10), any_text(10))
def test_any_words_and_dates_can_be_read(words: str, published: str) -> None:
    found = day_meant(words, published, words)
    assert found is None or date.fromisoformat(found)
