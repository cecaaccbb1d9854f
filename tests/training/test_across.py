"""How a reader chooses between passages."""

from __future__ import annotations

import pytest

from training.across import measure
from training.restore import restore_reader

SHIP = "The ferry Bera sank off Osk on Monday. The captain, Ida Lund, was saved."
MILL = "The mill at Osk burned down on Monday. Its owner, Per Moe, was abroad."


@pytest.mark.slow
def test_the_right_passage_comes_first() -> None:
    row = {"question_sentence": "What is the name of the captain of the ferry Bera?", "answer_text": ["Ida Lund"]}
    wrong = row | {"answer_text": ["Otto Vik"]}
    reader = restore_reader(attention="eager").eval()
    assert measure(reader, [(row, [MILL, SHIP])]) == {"questions": 1, "a candidate": 1.0, "the first": 1.0}
    assert measure(reader, [(wrong, [MILL, SHIP])]) == {"questions": 1, "a candidate": 0.0, "the first": 0.0}
