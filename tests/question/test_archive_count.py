"""Questions that count the archive's articles, and questions that only look so."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given

from rag.question.archive_count import count_asked
from rag.question.question import parse_question
from rag.question.search_query import must_hold_a_word, write_query
from tests.any_text import any_text

TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("How many articles mention Keller?", '"Keller"'),
        ("how many articles mention keller", "keller"),
        ("How many articles in the archive mention the word ferry?", "ferry"),
        ("In how many articles does Otto Keller appear?", '"Otto Keller"'),
        ("In how many stories is the mayor mentioned?", "mayor"),
        ("How many articles are there about the harbour plan?", '"harbour plan"'),
        ("How many articles do you have on fishing?", "fishing"),
        ("How many articles on fishing are there?", "fishing"),
        ("How many news reports refer to the Fed?", '"Fed"'),
        ("Count the articles that mention “red flags”.", '"red flags"'),
        ("How many articles mention Keller and Roe but not Lind?", '"Keller" AND "Roe" AND NOT "Lind"'),
        ("How many articles mention either Keller or Roe?", '"Keller" OR "Roe"'),
        ("How many articles mention the fire in Hull in 2019?", '"fire in Hull"'),
        ("How many articles from 2019 mention Keller?", '"Keller"'),
        ("How many articles mention Keller since last March?", '"Keller"'),
        ("How often is Keller mentioned?", '"Keller"'),
        ("How many times does the name Keller appear in the articles?", '"Keller"'),
        ("How often do the articles mention fog?", "fog"),
        ("How many articles mention Keller's?", '"Keller"'),
    ],
)
def test_what_is_counted(question: str, counted: str) -> None:
    parsed = parse_question(question, TODAY)
    assert parsed.form == "count"
    assert parsed.count is not None
    assert write_query(parsed.count.query) == counted


@pytest.mark.parametrize(
    "question",
    [
        "How many articles of the treaty mention fishing?",
        "How many articles does the treaty have?",
        "How many articles has Keller written?",
        "How many stories did the tower have?",
        "How many stories about ghosts did Keller write?",
        "How often did the ferry sail?",
        "How often was Keller mentioned in the report?",
        "How many people mention the pain?",
        "How many articles mention it?",
        "How many articles mention that Keller was fired?",
        "How many drowned?",
    ],
)
def test_other_questions_are_no_counts(question: str) -> None:
    parsed = parse_question(question, TODAY)
    assert (parsed.count, parsed.form == "count") == (None, False)


def test_an_author_and_the_mentions_may_be_asked_for() -> None:
    by = count_asked("How many articles by Jane Doe mention the harbour?", TODAY)
    assert by is not None
    assert (by.author, by.wants_mentions, write_query(by.query)) == ("Jane Doe", False, "harbour")
    often = count_asked("How often is the harbour mentioned?", TODAY)
    assert often is not None
    assert often.wants_mentions


@given(words=any_text())
def test_any_words_can_be_counted(words: str) -> None:
    asked = count_asked(f"How many articles mention {words}?", TODAY)
    assert asked is None or must_hold_a_word(asked.query)
