"""Words that are given as someone's count as said only if they state something."""

from __future__ import annotations

import pytest

from rag.text.grammar.saying import is_statement


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("that the bridge closed", "noted"),
        ("the bridge is safe", "believes"),
        ("that the bridge is safe", "does not believe"),
        ("that the bridge is safe", "not only said"),
        ("that the bridge is safe", "denied"),
        ("it won’t open", "hopes"),
        ("they’ll win", "thinks"),
        ("the plan", "criticized"),
        ("no deal in May", "According to"),
        ("the plan a “gift”", "views"),
        ("“safe and dry”", "of"),
    ],
)
def test_what_states_something_is_said(words: str, cue: str) -> None:
    assert is_statement(words, cue)


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("the old bridge over the river", "to talk about"),
        ("to close the bridge", "wants"),
        ("the bridge is safe", "never said"),
        ("that the bridge is safe", "did not say"),
        ("“the bridge is safe”", "didn’t tell"),
        ("whether the bridge is safe", "declined to say"),
        ("that the bridge is safe", "denied saying"),
        ("the plan", "oppose"),
        ("a red coat", ""),
        ("", "wants"),
    ],
)
def test_things_wishes_and_plans_are_not_said(words: str, cue: str) -> None:
    assert not is_statement(words, cue)
