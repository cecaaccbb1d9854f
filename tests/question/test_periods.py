"""The period that a question names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.dates import age
from rag.question.periods import period_of, wants_news
from tests.any_text import any_text

TODAY = date(2025, 6, 18)
"""A Wednesday."""


@pytest.mark.parametrize(
    ("question", "since", "until"),
    [
        ("What happened in April 2025?", "2025-04-01", "2025-04-30"),
        ("What happened in March?", "2025-03-01", "2025-03-31"),
        ("What happened in November?", "2024-11-01", "2024-11-30"),
        ("What happened in May?", "2025-05-01", "2025-05-31"),
        ("What did Iran say in 2019?", "2019-01-01", "2019-12-31"),
        ("What has Iran said since 2018?", "2018-01-01", None),
        ("What did Vik promise before the 2018 vote?", None, "2018-12-31"),
        ("Who led after the 2018 vote?", "2018-01-01", None),
        ("Who led before 2018?", None, "2017-12-31"),
        ("What was built since last March?", "2025-03-01", None),
        ("Who governed before 2020?", None, "2019-12-31"),
        ("Who governed until 2020?", None, "2020-12-31"),
        ("Who governed after 2020?", "2021-01-01", None),
        ("Who resigned between 2018 and 2020?", "2018-01-01", "2020-12-31"),
        ("Who resigned from March to May 2024?", "2025-03-01", "2024-05-31"),
        ("What happened on April 3, 2024?", "2024-04-03", "2024-04-03"),
        ("What happened on 3 April 2024?", "2024-04-03", "2024-04-03"),
        ("What happened on 2024-04-03?", "2024-04-03", "2024-04-03"),
        ("What happened on July 4?", "2024-07-04", "2024-07-04"),
        ("What happened last month?", "2025-05-01", "2025-05-31"),
        ("What happened this year?", "2025-01-01", "2025-12-31"),
        ("What happened last year?", "2024-01-01", "2024-12-31"),
        ("What happened last week?", "2025-06-09", "2025-06-15"),
        ("What happened this week?", "2025-06-16", "2025-06-22"),
        ("What happened yesterday?", "2025-06-17", "2025-06-17"),
        ("What happened today?", "2025-06-18", "2025-06-18"),
        ("What happened on Monday?", "2025-06-16", "2025-06-16"),
        ("What happened in the last three weeks?", "2025-05-28", "2025-06-18"),
        ("What happened two years ago?", "2022-12-19", "2023-12-18"),
        ("The March 2024 talks?", "2024-03-01", "2024-03-31"),
    ],
)
def test_the_time_of_a_question(question: str, since: str | None, until: str | None) -> None:
    found = period_of(question, TODAY)
    assert found is not None
    assert (found.since, found.until) == (since, until)


@pytest.mark.parametrize(
    "question",
    [
        "Who mediated the talks?",
        "What may happen?",
        "Who won in May's constituency?",
        "How many people live in 2 houses?",
        "What will happen in 2040?",
        "Who led the march in Derry?",
        "Who came second?",
        "What happened on 31 February 2024?",
    ],
)
def test_a_question_without_a_time_that_has_begun(question: str) -> None:
    assert period_of(question, TODAY) is None


@pytest.mark.parametrize(
    ("question", "news"),
    [
        ("What is the latest on the talks?", True),
        ("Who is the president now?", True),
        ("What is the current price?", True),
        ("What is the price of barley in Osk?", True),
        ("How high is the local jobless rate?", True),
        ("What was the price of barley?", False),
        ("What happened today?", True),
        ("Who mediated the talks?", False),
        ("What follows now that he resigned?", False),
        ("Who is later than the late king?", False),
    ],
)
def test_whether_news_is_wanted(question: str, news: bool) -> None:
    assert wants_news(question) == news


@given(any_text(), st.dates())
def test_in_any_text_a_period_is_bounded_and_ends_after_it_begins(question: str, today: date) -> None:
    found = period_of(question, today)
    if found is not None:
        assert found.since or found.until
        assert not (found.since and found.until) or found.since <= found.until


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2025-06-18", "today"),
        ("2025-06-17", "yesterday"),
        ("2025-06-08", "10 days ago"),
        ("2025-05-18", "4 weeks ago"),
        ("2025-03-20", "2 months ago"),
        ("2025-06", "this month"),
        ("2025-05", "1 month ago"),
        ("2024-04", "14 months ago"),
        ("2023-06-19", "23 months ago"),
        ("2022-07-01", "2 years ago"),
        ("2025", "this year"),
        ("2019", "6 years ago"),
        ("2025-07-01", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_age_of_an_article(published: str, said: str | None) -> None:
    assert age(published, TODAY) == said
