"""What a sentence tells only as possible or planned does not tell what was done."""

from __future__ import annotations

from datetime import date

import pytest

from rag.question.question import parse_question
from rag.question.undone import tells_as_planned, tells_as_possible, tells_what_was_not

TODAY = date(2025, 6, 1)


def told(question: str, sentence: str, answer: str) -> tuple[bool, bool]:
    start = sentence.index(answer)
    place = sentence, start, start + len(answer)
    if not parse_question(question, TODAY).is_of_done:
        return False, False
    return tells_as_possible(question, *place), tells_as_planned(question, *place)


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        (
            "How many jobs were added?",
            "The 211,000 jobs were added in May — a move that could help if it lasts.",
            "211,000",
        ),
        ("How many jobs were added?", "It added 211,000 jobs; if it lasts, that could help.", "211,000"),
    ],
)
def test_a_condition_behind_a_dash_leaves_what_stands_before_it(question: str, sentence: str, answer: str) -> None:
    assert not told(question, sentence, answer)[0]


def test_who_was_cleared_of_it_did_not_do_it() -> None:
    cleared = "The board cleared councillor Otto Vik of leaking the report and blamed Ida Lund."
    assert told("Who leaked the report?", cleared, "Otto Vik")[1]
    assert not told("Who cleared the road of snow?", "Otto Vik cleared the road of snow.", "Otto Vik")[1]


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("What sentence did Vik receive?", "If convicted, Vik could be sentenced to ten years in prison.", "ten years"),
        ("What sentence did Vik receive?", "Vik faces up to ten years in prison.", "up to ten years"),
        (
            "How much did the sirens cost?",
            "The town might spend 3 million euros, a councillor said.",
            "3 million euros",
        ),
        ("What sentence did Vik receive?", "Vik faces a ten-year sentence.", "ten-year"),
        ("Who was elected mayor?", "Vik would be elected mayor if the vote were held today.", "Vik"),
    ],
)
def test_what_is_possible_was_not_done(question: str, sentence: str, answer: str) -> None:
    assert told(question, sentence, answer)[0]


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Who won the election?", "Vik hopes to win the election.", "Vik"),
        ("Who bought the mill?", "Ostra Paper plans to buy the mill.", "Ostra Paper"),
        ("What sentence did Vik get?", "A court filing had asked that Vik be sentenced to nine years.", "nine years"),
        ("Who robbed the jeweller?", "Police want to question a man named Lund.", "Lund"),
        ("Who became mayor?", "Tora Vik, who wants to become mayor, spoke.", "Tora Vik"),
        ("When did the mill close?", "The mill will close in November, its owner said.", "November"),
        ("When did the pool open?", "The pool is to open in 2028.", "2028"),
        ("When did the pool open?", "The opening of the pool has been put off to 15 May.", "15 May"),
        ("When was the pump replaced?", "The pump should have been replaced in 2016.", "2016"),
        ("When did the line reopen?", "The line was to have reopened on Sunday.", "Sunday"),
        ("How many beds did the merger cut?", "The merger would have cut 210 beds.", "210"),
        (
            "How much did the cut of pensions save?",
            "The cut would have saved 3 million euros a year.",
            "3 million euros",
        ),
        ("When did the aid end?", "Had the bill failed, the aid would have ended on 1 July.", "1 July"),
        (
            "How much did the state pay to keep the mill open?",
            "The state offered 5 million to keep it open.",
            "5 million",
        ),
        ("Who resigned as harbour master?", "Ida Lund is expected to step down in May.", "Ida Lund"),
        ("Who resigned as harbour master?", "Ida Lund, who is expected to step down, said so.", "Ida Lund"),
        ("How many families were resettled?", "Of the 900 poor families the town hopes to take in, few came.", "900"),
        ("How many sailors were granted asylum?", "Of them 40 filed asylum applications.", "40"),
        ("Who was granted asylum?", "Ida Lund applied for asylum in May.", "Ida Lund"),
        ("How much more pay did the drivers get?", "They demand 9 percent more pay.", "9 percent"),
        ("How much did the club get?", "The club has filed a suit against it for 24 million.", "24 million"),
        ("How many passengers got damages?", "Of them 143 hope to get damages.", "143"),
        ("Who pardoned Lund?", "President Vik has the power to end it by granting a pardon.", "President Vik"),
    ],
)
def test_what_is_planned_was_not_done(question: str, sentence: str, answer: str) -> None:
    assert told(question, sentence, answer)[1]


@pytest.mark.parametrize(
    ("question", "sentence", "answer"),
    [
        ("Who robbed the bank?", "Police want to question Lund, who robbed the bank.", "Lund"),
        ("When was the bridge opened?", "The bridge, expected to be opened in May, was opened in June.", "June"),
        ("How many people died?", "Five people died in the fire, and the toll could rise.", "Five"),
        ("How many people did Orb hire?", "Orb was to have hired 700 people and hired 410.", "410"),
        ("Who won the race?", "Vik, who will leave in May, won the race.", "Vik"),
        ("Who opened the school?", "Mayor Vik, who was to become president, opened the school.", "Mayor Vik"),
        ("How much did Ostra offer?", "Ostra offered 5 million for the mill.", "5 million"),
        ("How many people were killed?", "Nine people are believed to have been killed.", "Nine"),
        ("What started the fire?", "The fire may have been started by a candle.", "a candle"),
        ("What did Vik promise?", "Vik promised to lower the taxes.", "lower the taxes"),
        ("What could Vik be sentenced to?", "If convicted, Vik could be sentenced to ten years.", "ten years"),
        ("Who resigned as harbour master?", "Ida Lund left in May and is expected to move.", "Ida Lund"),
        ("Who won the vote?", "Vik took 53 percent and hopes to govern alone.", "Vik"),
        ("How many homes were finished?", "The town got 900 homes and plans a school.", "900"),
        ("How many voted for the mill?", "Osk rejected a plan to build a mill by 31 votes to 22.", "22"),
        ("Who plans to buy the mill?", "Ostra Paper plans to buy the mill.", "Ostra Paper"),
        ("When did the ferry sink?", "The ferry sank in May, and officials fear that 40 drowned.", "May"),
        ("Which month did the ferry sink in?", "The ferry sank in May.", "May"),
    ],
)
def test_what_was_done_or_is_asked_as_possible_or_planned_is_told(question: str, sentence: str, answer: str) -> None:
    assert told(question, sentence, answer) == (False, False)


@pytest.mark.parametrize(
    ("question", "sentence", "answer", "is_not"),
    [
        ("What is the bank's rate?", "The bank should have raised its rate to 3 percent.", "3 percent", True),
        ("Who is champion?", "If Lund had not fallen, the title would have gone to Vik.", "Vik", True),
        (
            "What is the bank's rate?",
            "The bank, which should have acted earlier, raised it to 3 percent.",
            "3 percent",
            False,
        ),
        ("What should the rate have been?", "The bank should have raised it to 3 percent.", "3 percent", False),
        ("What is the bank's rate?", "The bank raised it to 3 percent, but should have waited.", "3 percent", False),
    ],
)
def test_what_would_have_been_is_not_what_is(question: str, sentence: str, answer: str, is_not: bool) -> None:
    start = sentence.index(answer)
    assert tells_what_was_not(question, sentence, start, start + len(answer)) == is_not
