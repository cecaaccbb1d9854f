"""How a text introduces the person whose name stands in it."""

from __future__ import annotations

import pytest

from rag.text.grammar.introductions import Introduction, introduction_of


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("Otto Lund, the mayor of Osk, resigned.", "described"),
        ("Otto Lund, 41, a teacher at the school of Osk, resigned.", "described"),
        ("Otto Lund, who heads the council, resigned.", "described"),
        ("Otto Lund, Mell’s long-serving fire chief, resigned.", "described"),
        ("Mayor Otto Lund resigned.", "titled"),
        ("Sen. Otto Lund resigned.", "titled"),
        ("The economist Otto Lund resigned.", "titled"),
        ("Otto Lund, R-Iowa, resigned.", "placed"),
        ("Otto Lund (D-Calif.) resigned.", "placed"),
        ("Otto Lund, 41, resigned.", "placed"),
        ("Otto Lund, the oldest of three, resigned.", "apposed"),
        ("Mr. Otto Lund resigned.", None),
        ("Otto Lund resigned as mayor.", None),
        ("Otto Lund, who laughed at that, resigned.", None),
        ("The driver was a teacher. Otto Lund resigned.", None),
        ("A letter for Otto Lund arrived, and the mayor read it.", None),
        ("Then Otto Lund, said the mayor of Osk, resigned.", "described"),
    ],
)
def test_a_person_is_introduced_by_words_beside_the_name(text: str, how: Introduction | None) -> None:
    start = text.index("Otto Lund")
    assert introduction_of(text, start, start + len("Otto Lund")) == how
