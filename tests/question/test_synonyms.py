"""A question without an answer is asked again with words of the articles, and the answer says which were replaced."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.schema import Correction
from rag.library import Library
from rag.question.synonyms import in_other_words
from tests.any_text import any_text

ARTICLES = (
    "Oman's minister acted as the go-between. The quake destroyed a bank.",
    "Two planets apart, the troops kept the truce. Blast Theory performed after the explosion. Sweden brokered it.",
)


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("Who mediated the talks?", ["Who go-between the talks?", "Who brokered the talks?"]),
        ("Mediators in Oman", ["go-between in Oman", "brokered in Oman"]),
        ("When did the earthquake happen?", ["When did the quake happen?"]),
        ("Who broke the cease fire?", ["Who broke the truce?"]),
        ("What detonated?", ["What explosion?"]),  # no name, and not a name's first word
    ],
)
def test_a_word_is_read_as_the_articles_have_it(question: str, read_as: list[str]) -> None:
    assert [rewording.question for rewording in in_other_words(question, ARTICLES)] == read_as


def test_each_wording_is_for_the_texts_that_have_it() -> None:
    texts = (*ARTICLES, "The mediator met the go-between.", "Another go-between.")
    found = {rewording.correction.read_as: rewording.texts for rewording in in_other_words("Who mediated?", texts)}
    assert found == {"go-between": (0, 3), "brokered": (1,)}


@pytest.mark.parametrize(
    "question",
    [
        "What performed after the explosion?",  # the second has it, the first has nothing for it
        "Where is Broker Street?",  # a name
        "Which airplanes crashed?",  # planets are none
        "Is it quite near?",  # nor does anyone quit
        "Who watched?",
        "",
    ],
)
def test_a_word_that_the_articles_have_or_have_no_other_for_stays(question: str) -> None:
    assert in_other_words(question, ARTICLES) == []


@given(any_text(12), st.lists(any_text(20), max_size=3))
def test_one_word_is_replaced_by_one_of_the_texts(question: str, texts: list[str]) -> None:
    for asked in (question, f"Who mediated {question}?"):
        for rewording in in_other_words(asked, [*texts, ARTICLES[0]]):
            correction = rewording.correction
            assert correction.word in asked
            assert rewording.question == asked.replace(correction.word, correction.read_as, 1)
            assert rewording.texts


@pytest.mark.parametrize(
    ("question", "short", "word"),
    [
        ("Who mediated the talks?", "Badr bin Hamad al-Busaidi", "mediated"),
        ("Who brokered the talks?", "Badr bin Hamad al-Busaidi", "brokered"),
        ("Which country mediated the talks?", "Oman", "mediated"),
    ],
)
def test_the_seed_article_answers_in_its_own_words(seed_library: Library, question: str, short: str, word: str) -> None:
    answer = seed_library.answer(question)
    assert answer.question == question
    assert answer.short_answer == short
    assert answer.corrections == (Correction(word=word, read_as="go-between"),)


def test_what_was_answered_as_asked_is_not_reworded(seed_library: Library) -> None:
    answer = seed_library.answer("Who acted as the go-between?")
    assert answer.answered and answer.corrections == ()


def test_what_no_wording_answers_is_told_as_asked(seed_library: Library) -> None:
    answer = seed_library.answer("Who mediated the talks in Geneva between Peru and Chile?")
    assert not answer.answered and answer.corrections == ()
