"""Lines that say whose photograph they belong to."""

from __future__ import annotations

import pytest

from rag.text.boilerplate import is_photo_credit


@pytest.mark.parametrize(
    "line",
    [
        "Photo:\u00a0Mara Lind",
        "Photo / Mara Lind",
        "Photographed by Mara Lind",
        "Pic: Mara Lind",
        "Image source, Mara Lind",
        "Credit...Mara Lind",
        "Courtesy of Mara Lind",
        "(AP Photo/Mara Lind)",
        "The crane of Osk in the storm. Mara Lind/Reuters",
        "Photograph: Mara Lind/The Gazette",
    ],
)
def test_a_line_that_names_a_photographer_is_a_credit(line: str) -> None:
    assert is_photo_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "A Reuters/Ipsos poll found that 40 percent like the bridge.",
        "The picture by Vermeer was sold to pay for it.",
        "Tax credits: what you need to know",
        "She sent the picture via WhatsApp to the police.",
        "© 2024 The Gazette. All rights reserved",
        "Big picture: the toll falls",
        "Photos: See the damage",
        "Picture House Cinema opens in Hull",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert not is_photo_credit(line)
