"""A question for a day, a year or another unit of time wants that unit, and a short answer tells it or does not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from rag.question.question import parse_question
from rag.question.unit import tells, unit_in
from tests.any_text import any_text


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("On what day did it open?", "day"),
        ("On which exact date was the pier opened?", "day"),
        ("What was the date of the vote?", "day"),
        ("In which year did it open?", "year"),
        ("What month was it?", "month"),
        ("At what time did it open?", "hour"),
        ("On what day of the week was the vote?", "weekday"),
        ("What percentage of the mills closed?", "share"),
        ("How high is the jobless rate?", "share"),
        ("What was the murder rate in Osk?", "share"),
        ("How high is the mill?", None),
        ("When did it open?", None),
        ("How many days did it last?", None),
        ("Who keeps the date palms?", None),
    ],
)
def test_the_unit_of_time_that_a_question_asks_for(question: str, unit: str | None) -> None:
    assert unit_in(question) == unit == parse_question(question, date(2025, 6, 18)).unit


@pytest.mark.parametrize(
    ("unit", "told", "not_told"),
    [
        ("day", "14 April 1987|April 14|Monday|2020-05-04|4/5/2020|the 3rd of May|yesterday", "spring|April 1987|1987"),
        ("year", "spring of 1987|last year|two years ago", "spring|on Monday|4 May|40,000"),
        ("month", "May 2020|last month|2020-05", "2020|Monday|spring"),
        ("hour", "5 p.m.|17:30|noon|five o'clock|half an hour later", "Monday|4 May|1987"),
        ("share", "5%|5 per cent|3 per 1,000|one in five|half of them|two percentage points", "5,000|1.1 million|May"),
        ("weekday", "on Friday|Monday 4 May", "4 May|yesterday"),
    ],
)
def test_words_that_tell_a_unit_of_time(unit: str, told: str, not_told: str) -> None:
    assert [words for words in told.split("|") if not tells(unit, words)] == []
    assert [words for words in not_told.split("|") if tells(unit, words)] == []


@given(any_text(12))
def test_any_text_names_at_most_one_unit(text: str) -> None:
    unit = unit_in(text)
    assert unit is None or tells(unit, text) in (True, False)
