"""The seed article, a badly scraped text: a journalist's questions get a plain answer, or a plain "no answer"."""

from __future__ import annotations

from typing import Any

import pytest

from rag.answering.suggest import WELL
from rag.core.errors import QuestionError
from rag.core.schema import Answer
from rag.library import Library

ANSWERED = [
    ("How much of the world's oil exports passes through the corridor?", "20%"),
    ("How much liquefied natural gas passes the choke point?", "30%"),
    ("How much LNG passes the choke point?", "30%"),
    ("What are Iran's conditions?", "lifting key sanctions"),
    ("How many missiles did Iran launch at Israel?", "200 missiles"),
    ("How many service members were killed in Jordan?", "three service members"),
    ("Who is the largest buyer of Iranian oil?", "China"),
    ("When did Iran retaliate for Soleimani's killing?", "2020"),
    ("Why is Washington not trusted?", "withdrawal from the 2015 nuclear deal"),
    ("What could the B-2s carry?", "GBU-57"),
]

SHORT_ANSWERS = [
    ("Where were the two delegations housed?", "separate rooms"),
    ("When was Iran's diplomatic thaw with Riyadh?", "early 2023"),
    ("From which deal did the US withdraw?", "2015 nuclear deal"),
    ("In which month did a drone breach US defenses?", "January"),
    ("How did the White House describe the talks?", "very positive and constructive"),
    ("What does Iran's economy depend on?", "oil and gas exports"),
    ("Where are Iranian assets held?", "foreign banks"),
    ("Which sectors do the sanctions affect?", "energy and banking"),
    ("Who is Oman's foreign minister?", "Badr bin Hamad al-Busaidi"),
    ("Who mediated the talks?", "Badr bin Hamad al-Busaidi"),
    ("Who acted as the go-between?", "Badr bin Hamad al-Busaidi"),
]

NOT_ANSWERED = [
    "What is the enrichment level of Iran's uranium?",
    "What is the name of the strait?",
    "Who won the football match?",
    "What is the price of bread in Cairo?",
    "How tall is the Eiffel Tower?",
    "When was the first iPhone released?",
]


@pytest.mark.parametrize(("question", "words"), ANSWERED)
def test_plain_questions_get_the_right_sentence(seed_library: Library, question: str, words: str) -> None:
    answer = seed_library.answer(question)
    assert answer.answered, str(answer)
    assert any(words in citation.quote for citation in answer.citations), str(answer)


@pytest.mark.slow
@pytest.mark.parametrize(("question", "short"), SHORT_ANSWERS)
def test_plain_factual_questions_get_their_short_answer_exactly(
    seed_library: Library, question: str, short: str
) -> None:
    assert seed_library.answer(question).short_answer == short


@pytest.mark.parametrize("question", NOT_ANSWERED)
def test_what_the_article_does_not_say_is_not_answered(seed_library: Library, question: str) -> None:
    answer = seed_library.answer(question)
    assert not answer.answered, str(answer)
    assert answer.reason is not None


def test_every_quote_stands_where_it_says_and_is_no_fragment(seed_library: Library) -> None:
    for question, _ in ANSWERED:
        answer = seed_library.answer(question)
        for citation in (*answer.citations, *answer.near_misses):
            article = seed_library.article(citation.article_id, citation.content_hash)
            assert article.text[citation.start : citation.end] == citation.quote
            inside = [s for s in article.sentences if s.start < citation.end and citation.start < s.end]
            assert citation.breaks_off == any(sentence.kind == "fragment" for sentence in inside)
        assert not any(citation.breaks_off for citation in answer.citations)


def test_the_article_has_a_title_a_person_can_recognise_and_its_date(seed_library: Library) -> None:
    (summary,) = seed_library.articles()
    assert summary.published == "2025-04"
    assert summary.title not in summary.path
    assert "Getty" not in summary.title


@pytest.mark.slow
def test_suggested_questions_are_answered_well(seed_library: Library) -> None:
    suggestions = seed_library.suggestions()
    assert suggestions
    assert len(set(suggestions)) == len(suggestions)
    assert suggestions == seed_library.suggestions()
    for question in suggestions:
        answer = seed_library.answer(question)
        assert answer.answered
        assert answer.confidence >= WELL


def words_quoted(answer: Answer) -> int:
    return sum(len(citation.quote.split()) for citation in answer.citations)


def test_an_answer_has_as_many_words_as_are_asked_for(seed_library: Library) -> None:
    question = "Why did the talks fail?"
    plain, short, long = (seed_library.answer(question, max_words=most) for most in (None, 40, 400))
    assert words_quoted(short) <= 40 < words_quoted(plain) <= 120 < words_quoted(long) <= 400


@pytest.mark.parametrize("most", [19, 2001, -1, True, "50", 60.0])
def test_a_number_of_words_that_is_not_possible_is_refused(seed_library: Library, most: Any) -> None:
    with pytest.raises(QuestionError, match="words are not possible"):
        seed_library.answer("Who mediated the talks?", max_words=most)
