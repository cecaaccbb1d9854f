"""Answers that the sentence gives to another one than the question asks about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answering.validation.rivals import asks_who_said_exactly, belongs_to_rival, says_that_nobody
from tests.any_text import any_text


def is_of_rival(question: str, text: str, answer: str) -> bool:
    """Judges an answer in the last sentence of a text; a line ends the sentences before."""
    begin, start = text.rfind("\n") + 1, text.rindex(answer)
    return belongs_to_rival(question, text, (begin, len(text)), start, start + len(answer))


@pytest.mark.parametrize(
    ("text", "answer", "expected"),
    [
        ("Soto, who turned 30 in March, had met Dent.", "30", True),
        ("Ava Roll, 41, and Kim Soto, 30, sang.", "30", True),
        ("Ava Roll, 41, and Kim Soto, 30, sang.", "41", False),
        ("A 30-year-old dancer named Kim Soto came.", "30", True),
        ("A 41-year-old singer, Roll came late.", "41", False),
        ("There are 100 dancers, and they're all about 17.", "17", True),
        ("Kim Soto is a dancer.\nShe is 30.", "30", True),
        ("Ava Roll is a singer.\nShe is 41.", "41", False),
        ("Ava Roll is a singer.\n“I'm now 41,” Roll said.", "41", False),
        ("Her sister Ida Roll left.\nRoll, 38, said nothing.", "38", True),
        ("In Osk she turned 41.", "41", False),
    ],
)
def test_an_age_belongs_to_the_name_beside_it(text: str, answer: str, expected: bool) -> None:
    assert is_of_rival("How old is Ava Roll?", text, answer) is expected


def test_a_title_in_the_question_is_no_first_name() -> None:
    text = "President Otto Vik came.\nVik, 61, spoke."
    assert not is_of_rival("How old is President Vik?", text, "61")
    assert is_of_rival("How old is Tora Vik?", text, "61")


@pytest.mark.parametrize(
    ("question", "text", "answer", "expected"),
    [
        ("Who leads the Osk Guild?", "The Osk Guild has officially backed Rep. Lund in the race.", "Lund", True),
        ("Who leads the Osk Guild?", "The Osk Guild appointed Ida Lund on Monday.", "Ida Lund", False),
        ("Who leads the Osk Guild?", "Osk Guild leaders Ida Lund and Per Moe came.", "Ida Lund", False),
        ("Who leads the Osk Guild?", "The Osk Guild, led by Ida Lund, met.", "Ida Lund", False),
        ("When did Hurricane Maria end?", "Hurricane Irma ended in 2017.", "2017", True),
        ("When did Hurricane Maria end?", "Hurricane Irma ended in May, Hurricane Maria in June.", "June", False),
        ("When did Hurricane Maria end?", "The storm ended in 2017.", "2017", False),
        ("How many ran the Boston Marathon?", "Boston Police counted 30,000.", "30,000", False),
        ("How many ran the Boston Marathon?", "The London Marathon had 40,000.", "40,000", True),
        ("What did Mahmoud Abbas sign?", "Mahmud Abbas signed the treaty.", "the treaty", False),
        ("How long was Finn Marz sentenced?", "His cousin Leo was sentenced to five years.", "five years", True),
        ("How long was Finn Marz sentenced?", "His former clerk, Dag Sorell, got two years.", "two years", True),
        ("How long was Finn Marz sentenced?", "His lawyer Ida Eik said that it was two years.", "two years", False),
        ("How long was Finn Marz's cousin sentenced?", "His cousin Leo got two years.", "two years", False),
        ("Where did Finn Marz eat?", "Marz sat with his wife, Ida Marz Olm, at the Blue Inn.", "the Blue Inn", False),
        ("Where did Finn Lind eat?", "The film shows Lind with his wife Ida at the Blue Inn.", "the Blue Inn", False),
        ("Who is the director of Ostra?", "Norvik named Karin Stolt as director.", "Karin Stolt", True),
        ("Who is the director of Ostra?", "Karin Stolt, the director of Norvik, spoke.", "Karin Stolt", True),
        ("Who is the president of Norland?", "Sudia's president, Amina Sall, came.", "Amina Sall", True),
        ("Who is the president of Norland?", "Norland's president met Sudia's president Sall.", "Sall", True),
        ("Who is the director of Ostra?", "The director, Karin Stolt, spoke.", "Karin Stolt", False),
        ("What did the Vik library cost?", "Lund's new $250 million library opened.", "$250 million", True),
        (
            "What did the Vik library cost?",
            "Vik's library opened; Lund's had cost $250 million.",
            "$250 million",
            False,
        ),
        ("What did the Vik library cost?", "The library cost $250 million.", "$250 million", False),
        ("Who opened the Vik library?", "Eik opened Lund's library.", "Eik", False),
        ("Who said “lock her up”?", "“Lock was wrong,” said Jim Bank.", "Jim Bank", True),
        ("Who said “lock her up”?", "“Lock her up!” said Jim Bank.", "Jim Bank", False),
        ("Who said that she was locked up?", "“Lock was wrong,” said Jim Bank.", "Jim Bank", False),
    ],
)
def test_another_bearer_of_a_name_or_an_office_is_a_rival(
    question: str, text: str, answer: str, expected: bool
) -> None:
    assert is_of_rival(question, text, answer) is expected


@pytest.mark.parametrize(
    ("question", "text", "answer", "expected"),
    [
        ("How many were killed?", "Nobody was killed, though early reports spoke of five.", "five", True),
        ("How many were killed?", "Nobody was killed.", "Nobody", False),
        ("How many were killed?", "Nobody knows why; five were killed.", "five", False),
        ("How many were killed?", "Nobody was killed.\nAll but 200 have gone home.", "200", True),
        ("How many were killed?", "Nobody was killed.\nIn 2017 a fire there killed nine.", "nine", True),
        ("How many were killed in 2017?", "Nobody was killed.\nIn 2017 a fire there killed nine.", "nine", False),
        ("How many were killed?", "Nobody was killed at the mill.\nThe fire killed nine.", "nine", False),
        ("What was killed?", "Nobody was killed.\nAll but 200 have gone home.", "200", False),
    ],
)
def test_where_nobody_did_it_a_number_is_no_answer(question: str, text: str, answer: str, expected: bool) -> None:
    begin, start = text.rfind("\n") + 1, text.rindex(answer)
    assert says_that_nobody(question, text, (begin, len(text)), start, start + len(answer)) is expected


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("When did Ida Lund move?", "Eva Lund sings.\nMs Lund moved in 1992.", True),
        ("When did Eva Lund move?", "Eva Lund sings.\nMs Lund moved in 1992.", False),
        ("When did Ida Lund move?", "Eva Lund and her sister Ida sing.\nMs Lund moved in 1992.", False),
        ("When did Evelyn Lund move?", "Eva Lund sings.\nMs Lund moved in 1992.", False),
        ("When did Ida Lund move?", "Mayor Lund sings.\nMs Lund moved in 1992.", False),
    ],
)
def test_a_surname_alone_is_that_of_who_was_named_before(question: str, text: str, expected: bool) -> None:
    assert is_of_rival(question, text, "1992") is expected


def test_exact_words_are_asked_for_in_quotation_marks() -> None:
    assert asks_who_said_exactly('Who said "lock her up"?')
    assert not asks_who_said_exactly("Who said that she was locked up?")


@given(any_text(), any_text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_can_be_judged(question: str, text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    for asked in (question, "How old is Ava Roll?", "How many were killed in 2023?", "Who is the mayor of Osk?"):
        assert belongs_to_rival(asked, text, (0, len(text)), start, end) in (True, False)
        assert says_that_nobody(asked, text, (0, len(text)), start, end) in (True, False)
