from __future__ import annotations

import pytest

from rag.question.sides import sides_of


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Which is longer, the bridge or the tunnel?", {"bridg"}, {"tunnel"}),
        ("What is the difference between the old ferry and the new ferry?", {"old"}, {"new"}),
        ("Compare Otto Keller with Hilde Brandt.", {"otto", "keller"}, {"hild", "brandt"}),
        ("Is the harbour fund bigger than the school fund?", {"harbour"}, {"school"}),
        ("Was the Hamburg rally more violent than the Bremen rally?", {"hamburg"}, {"bremen"}),
        ("Is the new ferry much slower than the train?", {"ferri"}, {"train"}),
        ("Did Keller or Brandt win in Bremen?", {"keller"}, {"brandt"}),
        ("Keller vs. Brandt: who won?", {"keller"}, {"brandt"}),
        ("Who raised more money, Keller or Brandt?", {"keller"}, {"brandt"}),
    ],
)
def test_both_sides_of_a_comparison_are_found(question: str, one: set[str], other: set[str]) -> None:
    first, second = sides_of(question)
    assert one <= first and other <= second
    assert not first & second


@pytest.mark.parametrize(
    "question",
    [
        "Who won the election?",
        "Did the mayor resign or not?",
        "How many more than ten people came?",
        "What happened on Friday, and who was hurt?",
    ],
)
def test_a_question_without_two_sides_has_none(question: str) -> None:
    assert sides_of(question) == ()
