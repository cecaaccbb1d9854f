"""Labels of galleries and players are cut off the sentence that a scrape glued them to; no character is lost."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.text.segment import segment
from tests.any_text import any_text

BEFORE = "The flood came on Monday. Nobody was hurt in the town of Osk, the guild said.\n\n"


def quotable(text: str) -> list[str]:
    whole = BEFORE + text
    return [whole[one.start : one.end] for one in segment(whole)[2:] if one.kind == "sentence"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Hide Caption 2 of 9 A boat lies on the quay of Osk.", ["A boat lies on the quay of Osk."]),
        (
            "Hide Caption 1 of 9 Photos: Floods in Osk A boat lies on the quay.\n\n"
            "Hide Caption 2 of 9 Photos: Floods in Osk The mill stands in water.",
            ["A boat lies on the quay.", "The mill stands in water."],
        ),
        (
            "Hide Caption 1 of 9 Photos: Photos: Floods in Osk Floods in Osk – A boat lies on the quay.",
            ["A boat lies on the quay."],
        ),
        ("CLOSE The mayor opened the bridge of Osk on Friday.", ["The mayor opened the bridge of Osk on Friday."]),
        (
            "Hide Caption 1 of 9 Photos: Floods in Osk The mayor came on Friday.\n\n"
            "Hide Caption 2 of 9 Photos: Floods in Osk The mayor left on Monday.",
            ["The mayor came on Friday.", "The mayor left on Monday."],
        ),
        ("CLOSE FRIENDS OF LUND CAME TO OSK ON FRIDAY.", ["CLOSE FRIENDS OF LUND CAME TO OSK ON FRIDAY."]),
        ("Story highlights the need for a bridge, she said.", ["Story highlights the need for a bridge, she said."]),
        ("CLOSE to the bridge, they met the mayor of Osk.", ["CLOSE to the bridge, they met the mayor of Osk."]),
        ("MUST WATCH Mayor opens the bridge 02:46", []),
        ("Media playback is unsupported on your device Media caption The mayor: I have no bridge", []),
        (
            "The port is closed, she said. (AP Photo/Jane Doe, File) Nobody came to it on Friday, the guild said.",
            ["The port is closed, she said.", "Nobody came to it on Friday, the guild said."],
        ),
    ],
)
def test_labels_are_no_part_of_the_sentence(text: str, sentences: list[str]) -> None:
    assert quotable(text) == sentences


LABELS = ("Hide Caption 1 of 2 ", "Photos: ", "Floods in Osk ", "CLOSE ", "Media caption ", "MUST WATCH ")


@given(st.lists(st.one_of(st.sampled_from(LABELS), any_text(8)), max_size=8).map("".join))
def test_no_character_is_lost_and_none_is_twice(text: str) -> None:
    found = segment(text)
    assert all(one.end <= other.start for one, other in pairwise(found))
    kept = "".join(text[one.start : one.end] for one in found)
    assert "".join(kept.split()) == "".join(text.split())
