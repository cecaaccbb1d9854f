"""A question for a change is asked of the articles as the question for the value, and keeps its form."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.changes import value_asked
from rag.question.question import parse_question
from tests.any_text import any_text

TODAY = date(2024, 5, 1)


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("How did the death toll of the Osk flood develop?", "How many people were killed in the Osk flood?"),
        ("How did the flood's official toll rise?", "How many people were killed in the flood?"),
        ("how has the number of homes without power changed", "How many homes without power?"),
        ("How did the count of people injured in Osk grow from day to day?", "How many people injured in Osk?"),
        ("How did estimates of the crowd's size vary in May 2019?", "How large was the crowd in May 2019?"),
        ("How has the price of bread risen over the years?", "What is the price of bread?"),
        ("How did the mayor's account of the fire change?", "What was the mayor's account of the fire?"),
        ("And how did the rent limit change after the vote?", "What was the rent limit after the vote?"),
        ("What is the death toll of the Osk flood?", "How many people were killed in the Osk flood?"),
        ("What was the official death toll in Osk?", "How many people were killed in Osk?"),
        ("What is the toll for the bridge?", None),
        ("How did the budget change the town?", None),
        ("How did Osk change after the flood?", None),
        ("How did it change?", None),
        ("Why did the price of bread rise?", None),
    ],
)
def test_the_value_is_asked_where_a_change_of_it_is(question: str, value: str | None) -> None:
    assert value_asked(question) == value


def test_the_form_stays_that_of_a_change_and_survives_a_correction() -> None:
    parsed = parse_question("How did the death toll of the Osk flod develop?", TODAY)
    assert (parsed.form, parsed.kind) == ("timeline", "quantity")
    again = parsed.reworded(parsed.text.replace("flod", "flood"))
    assert (again.form, again.text) == ("timeline", "How many people were killed in the Osk flood?")


@given(st.one_of(any_text(20), st.builds("How did the {} of {} change?".format, any_text(5), any_text(5))))
def test_any_text_can_be_asked(text: str) -> None:
    value = value_asked(text)
    assert value is None or value.endswith("?")
