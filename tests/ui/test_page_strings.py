"""How the page writes dates, ages and probabilities."""

from __future__ import annotations

import datetime

import pytest

from rag_ui.language.strings import ENGLISH

TODAY = datetime.date(2026, 6, 10)


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2025", "2025"),
        ("2025-04", "April 2025"),
        ("2025-04-03", "3 April 2025"),
        ("2025-04-03T10:00:00Z", "3 April 2025"),
        ("2025-13", "2025-13"),
        ("spring", "spring"),
    ],
)
def test_dates_are_written_as_a_person_writes_them(published: str, said: str) -> None:
    assert ENGLISH.date(published) == said


@pytest.mark.parametrize(
    ("probability", "said"),
    [(0.0, "0%"), (0.001, "under 1%"), (0.5, "50%"), (0.994, "99%"), (0.996, "over 99%"), (1.0, "100%")],
)
def test_percent_claims_no_certainty(probability: float, said: str) -> None:
    assert ENGLISH.percent(probability) == said


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2026-06-10", "today"),
        ("2026-06-09T10:00:00Z", "yesterday"),
        ("2026-05-30", "11 days ago"),
        ("2026-04-20", "7 weeks ago"),
        ("2026-02-10", "4 months ago"),
        ("2026-06", "this month"),
        ("2026", "this year"),
        ("2024", "2 years ago"),
        ("2024-07", "23 months ago"),
        ("2016-09-20", "9 years ago"),
        ("2026-06-11", None),
        ("2027", None),
        ("2026-13", None),
        ("2026-06-31", None),
        ("spring", None),
        ("", None),
    ],
)
def test_an_age_is_as_exact_as_the_date(published: str, said: str | None) -> None:
    assert ENGLISH.age(published, TODAY) == said
