"""An answer that is cut out of a longer phrase means something else."""

from __future__ import annotations

import pytest

from rag.answering.validation.phrases import is_cut_from_phrase


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "is_cut"),
    [
        ("Who dismissed Ida Lund?", "She called other Osk leaders fools.", "Osk", True),
        ("Who dismissed Ida Lund?", "Osk officials dismissed her.", "Osk", True),
        ("Who dismissed Ida Lund?", "Osk officials dismissed her.", "Osk officials", False),
        ("Who dismissed Ida Lund?", "Tora Vik dismissed her.", "Tora Vik", False),
        ("When did Vik give up?", "Vik is dropping out of the 2020 mayoral race.", "2020", True),
        ("When was Vik elected?", "Vik was elected in the 2020 vote.", "2020", False),
        ("When did Vik give up?", "Vik gave up in 2020 after a poll.", "2020", False),
        ("How far did Vik fall?", "Vik fell from 25% in May to 20% now.", "25%", True),
        ("How far did Vik fall?", "Vik fell from 25% in May to 20% now.", "from 25% in May to 20%", False),
        ("How far did Vik fall?", "Vik fell from 25% in May to 20% now.", "20%", False),
        ("How much did Vik earn before the rise?", "Her pay rose from 5,000 to 6,000.", "5,000", False),
        ("How far did Vik fall?", "Vik fell by 5 points, from 25% to 20%.", "5 points", False),
        ("What did Vik fall to?", "Vik fell from 25% in May to 20% now.", "20%", False),
        ("How many senators were for it?", "It passed with a majority vote.", "majority", True),
        ("How many senators were for it?", "Most of them were.", "Most", False),
        ("How many senators were for it?", "Fourteen were.", "Fourteen", False),
        ("How many senators were for it?", "Nobody was.", "Nobody", False),
        ("How many senators were for it?", "Dozens were.", "Dozens", False),
        ("Which race did Vik give up?", "Vik is dropping out of the 2020 race.", "2020", False),
    ],
)
def test_a_name_before_people_and_a_year_before_an_event_are_no_answer(
    question: str, sentence: str, answer: str, is_cut: bool
) -> None:
    start = sentence.index(answer)
    assert is_cut_from_phrase(question, sentence, start, start + len(answer)) == is_cut
