"""Whether words cut out of a sentence would say the opposite of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.turned import is_turned, tells_of_the_opposite
from tests.any_text import any_text
from tests.composing import asked


@pytest.mark.parametrize(
    ("question", "sentence", "words", "turned"),
    [
        ("Who sold the mill?", "Vik denied that the guild had sold the mill.", "Vik", True),
        ("Who denied it?", "Vik denied that the guild had sold the mill.", "Vik", False),
        ("Who leads the guild?", "Guild leader Tora Vik denied that boats were sold.", "Tora Vik", False),
        ("How many boats sank?", "Early claims that nine boats sank were false, police said.", "nine", True),
        ("How many boats sank?", "Police denied that nine boats sank, saying two had.", "two", False),
        ("When did it close?", "It did not close in May but in June.", "May", True),
        ("When did it close?", "It did not close in May but in June.", "June", False),
        ("When was it signed?", "It was not signed until May 2020.", "May 2020", False),
        ("Who resigned?", "Vik did not resign.", "Vik", True),
        ("How many sank?", "No fewer than nine sank.", "nine", False),
        ("How many were hurt?", "No one was hurt.", "No one", False),
        ("What did it cost?", "It cost 5 million, not 7 million.", "7 million", True),
        ("Who won the election?", "Vik won most of the towns but lost the election to Aune.", "Vik", True),
        ("Who won the election?", "Vik won most of the towns but lost the election to Aune.", "Aune", False),
        ("Who won the election?", "Vik won the election, but not in Osk.", "Vik", False),
        ("Who lost the election?", "Vik won most of the towns but lost the election.", "Vik", False),
        ("Who said there would be an inquiry?", "Vik said there would be no inquiry.", "Vik", True),
        ("Who said there would be no inquiry?", "Vik said there would be no inquiry.", "Vik", False),
        ("Who said the dam is not safe?", "Vik said the dam is safe.", "Vik", True),
        ("Who said the dam could burst?", "Vik said the dam would not hold and could burst.", "Vik", False),
        ("Who said the dam could burst?", "Vik said the dam could burst, but few listened.", "Vik", False),
    ],
)
def test_words_in_the_scope_of_a_denial_are_turned(question: str, sentence: str, words: str, turned: bool) -> None:
    start = sentence.index(words)
    assert is_turned(asked(question), sentence, start, start + len(words)) is turned


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_question_and_sentence_can_be_compared(question: str, sentence: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(sentence)), min(other, len(sentence))))
    assert is_turned(asked(question), sentence, start, end) in (True, False)


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "opposite"),
    [
        ("When was Vik captured?", "Vik was released in May.", "May", True),
        ("Where was Vik arrested?", "Vik was released at the harbour.", "the harbour", True),
        ("When was Vik captured?", "Vik, captured in May, was released in June.", "May", False),
        ("When was Vik captured?", "Vik, captured in May, was released in June.", "June", True),
        ("When was the mill bought?", "The guild sold the mill to Lund in May.", "May", False),
        ("When did Lund buy the mill?", "The guild sold the mill to Lund in May.", "May", False),
        ("Who was captured?", "Vik was released in May.", "Vik", False),
        ("When did the mill burn?", "The mill was old in May.", "May", False),
        ("When did the treaty begin?", "Much may change once the treaty expires in 2030.", "2030", True),
        ("When did the war begin?", "The war began in May and ended in June.", "May", False),
        ("When did the war begin?", "The war began in May and ended in June.", "June", True),
        ("When did the fire start?", "The fire broke out in May and was stopped in June.", "May", False),
        ("When did the harbour open?", "The harbour, closed since March, opened in May.", "May", False),
        ("How much profit did the mill make?", "The mill made a loss of 3 million.", "3 million", True),
        ("How big was the deficit of Osk?", "Osk has a surplus of 3 million.", "3 million", True),
        (
            "How much profit did the mill make?",
            "After a loss, the mill made a profit of 3 million.",
            "3 million",
            False,
        ),
        ("How much did the mill lose?", "The mill made a profit of 3 million.", "3 million", True),
        ("How many women were hired?", "The guild hired nine men.", "nine", True),
        ("What was Mell's profit in 2024?", "Mell lost 5 million in 2024.", "5 million", True),
        ("By how much did food prices fall?", "Food prices rose 5.2 percent.", "5.2 percent", True),
        ("How many people survived the sinking?", "Nine of the 61 drowned.", "Nine", True),
        ("How many are still evacuated?", "Some 450 were evacuated, of whom 320 have returned.", "320", True),
        ("Who won the vote?", "Ada Lund lost the vote in the towns, but won the county.", "Ada Lund", True),
        ("Who lost the by-election?", "Ada Lund of the Greens won the by-election.", "Ada Lund", True),
        ("Who bought the mill?", "Ada Lund sold the mill to Tora Vik.", "Ada Lund", True),
        ("Who bought the mill?", "Ada Lund sold the mill to Tora Vik.", "Tora Vik", False),
        ("Who bought the mill?", "The mill was sold to Tora Vik.", "Tora Vik", False),
        ("Who won the race?", "Tora Vik won the race, which Lund lost.", "Tora Vik", False),
        ("How much did taxes rise?", "Taxes fell in May but rose 3 percent in June.", "3 percent", False),
        ("How much did the bridge cost?", "The new bridge cost 3 million.", "3 million", False),
    ],
)
def test_a_clause_about_the_opposite_deed_or_thing_tells_no_answer(
    question: str, sentence: str, answer: str, opposite: bool
) -> None:
    start = sentence.index(answer)
    assert tells_of_the_opposite(asked(question), sentence, start, start + len(answer)) == opposite
