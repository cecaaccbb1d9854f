"""The number of all, where a question asks of how many something is true."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.validation.parts import counts_all_of_part, counts_other_noun
from tests.any_text import any_text


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "expected"),
    [
        ("How many books did it lose?", "About 18,000 of its 42,000 books were lost.", "42,000", True),
        ("How many books did it lose?", "About 18,000 of its 42,000 books were lost.", "About 18,000", False),
        ("How many sirens failed?", "Four of Brendal's seven sirens did not sound.", "seven", True),
        ("How many sirens failed?", "Four out of seven old sirens did not sound.", "seven old sirens", True),
        ("How many sirens are there?", "Four of Brendal's seven sirens did not sound.", "seven", False),
        ("How many books does the library have?", "About 18,000 of its 42,000 books were lost.", "42,000", False),
        ("How many people were killed?", "Two of the 14 people killed were children.", "14", False),
        ("How many people were killed?", "She was one of 14 people who were killed.", "14", False),
        ("How many people were killed?", "The crash killed 14 people.", "14", False),
        ("How many mills will Osk close?", "Osk will close two of its seven mills.", "seven", True),
        ("How many mills will Osk close?", "Osk will close two of its seven mills.", "two", False),
        ("How many mills will stay open?", "Osk will close two of its seven mills.", "seven", True),
        ("How many mills has Osk?", "Osk will close two of its seven mills.", "seven", False),
        ("What happened to the books?", "About 18,000 of its 42,000 books were lost.", "42,000", False),
    ],
)
def test_a_part_is_asked_for_unless_the_question_says_all(
    question: str, sentence: str, answer: str, expected: bool
) -> None:
    start = sentence.index(answer)
    assert counts_all_of_part(question, sentence, start, start + len(answer)) is expected


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "expected"),
    [
        ("How many nurses struck?", "The nurses who struck care for 4,000 patients.", "4,000", True),
        ("How many nurses struck?", "The nurses who struck care for 4 million old patients.", "4 million", True),
        ("How many nurses struck?", "Of the nurses, 4,000 struck.", "4,000", False),
        ("How many nurses struck?", "On Monday 4,000 nurses struck.", "4,000", False),
        ("How many nurses struck?", "The ward's nurses met, and 40 nurses struck.", "40", False),
        ("How many towns joined?", "More than 100 towns, villages, and islands joined.", "More than 100", True),
        ("How many towns and villages joined?", "In all 100 towns and villages joined.", "100", False),
        ("How many towns joined?", "In all 100 towns joined and villages did not.", "100", False),
        ("How many warnings did Osk give?", "Osk gave its warnings 10 times.", "10", False),
        ("How many warnings did Osk give?", "Osk warned the boats 10 times.", "10", False),
        ("How many pools does the club have?", "It has 1,150 members and two pools.", "two", False),
        ("How many members has the club?", "It has 1,150 members and two pools.", "1,150", False),
        ("How many clubs were seized?", "Police seized 40 knives and clubs.", "40", True),
        ("How many strikers are there?", "The strikers at the port are 300 crane drivers.", "300", False),
        ("How many operations were put off?", "Operations on 310 people were put off.", "310", False),
        ("How many people struck?", "Among the people were 4,000 nurses.", "4,000", False),
        ("How long did nurses strike?", "The nurses struck for 40 days.", "40", False),
    ],
)
def test_another_noun_counts_another_thing(question: str, sentence: str, answer: str, expected: bool) -> None:
    start = sentence.index(answer)
    assert counts_other_noun(question, sentence, start, start + len(answer)) is expected


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_can_be_asked_for_a_part(question: str, sentence: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(sentence)), min(other, len(sentence))))
    for asked in (question, "How many people were hurt?"):
        assert counts_all_of_part(asked, sentence, start, end) in (True, False)
        assert counts_other_noun(asked, sentence, start, end) in (True, False)
