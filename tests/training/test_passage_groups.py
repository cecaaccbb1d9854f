"""Questions with several passages: some answer, the others are as a search finds them."""

from __future__ import annotations

import random

import pytest

from tests.training.test_training import PARAGRAPHS, make_examples
from training.data import ReadingExample
from training.found import Sought
from training.groups import TOGETHER, Group, encoder, found_groups, paragraphs, same_article
from training.stream import Article, group_articles

QUESTION = "Who opened the bridge over the Severn in 1966?"
PASSAGES = [
    "The bridge over the Severn was opened in 1966 by Queen Elizabeth.",
    "Queen Elizabeth opened the Severn bridge, the BBC said in 1966.",
    "Queen Elizabeth was crowned in 1953.",
    *(f"The bridge over the Severn was painted in {year}." for year in range(1970, 1980)),
]


def article() -> Article:
    texts = [*PARAGRAPHS, *(f"The bridge was painted in {year}." for year in range(1970, 1980))]
    return group_articles([ReadingExample("", "", text, (), "Bridges") for text in texts])["Bridges"]


def test_a_paragraph_that_may_answer_too_is_no_other_one() -> None:
    example = ReadingExample("", "Who opened the Severn Bridge in 1966?", PARAGRAPHS[0], ((32, 47),), "Bridges")
    assert example.answer_texts == ("Queen Elizabeth",)
    texts = [*PARAGRAPHS, "Queen Elizabeth opened the Severn Bridge.", "Queen Elizabeth wore a hat."]
    found = same_article(example, group_articles([ReadingExample("", "", t, (), "Bridges") for t in texts])["Bridges"])
    assert {one.passage for one in found} == {*PARAGRAPHS[1:], "Queen Elizabeth wore a hat."}
    assert not any(one.answers for one in found)


def test_a_question_without_an_answer_keeps_its_own_paragraph() -> None:
    (group,) = paragraphs(
        [ReadingExample("", "Who closed the bridge?", PARAGRAPHS[0], (), "Bridges")], {"Bridges": article()}
    )
    drawn = group.draw(random.Random(1))
    assert PARAGRAPHS[0] in [one.passage for one in drawn]
    assert len(drawn) == TOGETHER
    assert not any(one.answers for one in drawn)


def test_too_few_paragraphs_make_no_group() -> None:
    examples = make_examples()
    assert paragraphs(examples, group_articles(examples)) == []


def test_found_passages_answer_if_they_have_the_answer_and_enough_of_the_question() -> None:
    sought = [Sought(QUESTION, ("Queen Elizabeth",)), Sought("Who painted it?", ("Nobody known",))]
    (group,) = found_groups(sought, PASSAGES)
    assert {one.passage for one in group.answering} == set(PASSAGES[:2])
    assert all(one.answer_texts == ("Queen Elizabeth",) for one in group.answering)
    assert {one.passage for one in group.others} <= set(PASSAGES[3:])


def test_a_group_of_found_passages_may_have_no_answer() -> None:
    (group,) = found_groups([Sought(QUESTION, ("Queen Elizabeth",))], PASSAGES, answered=False)
    assert group.answering == ()
    assert all("Elizabeth" not in one.passage for one in group.draw(random.Random(1)))


@pytest.mark.parametrize("seed", range(10))
def test_a_group_is_encoded_with_as_many_passages_and_one_that_answers(seed: int) -> None:
    (group,) = found_groups([Sought(QUESTION, ("Queen Elizabeth",))], PASSAGES)
    pool = encoder(seed)(group, 0)
    assert len(pool) == TOGETHER
    assert len(pool.labelled()) == TOGETHER
    assert sum(span != [0, 0] for span in pool.spans.tolist()) >= 1
    questions = {
        tuple(pool.tokens[begin : begin + int(second)].tolist())
        for begin, second in zip(pool.begins[:-1].tolist(), pool.second, strict=True)
    }
    assert len(questions) == 1, "the question is typed alike each time"
    again = encoder(seed)(group, 0)
    assert pool.tokens.tolist() == again.tokens.tolist()


def test_a_group_needs_enough_passages() -> None:
    one = ReadingExample("", QUESTION, PASSAGES[0], ((0, 3),))
    assert Group(QUESTION, (one,), (one,) * (TOGETHER - 1)).is_full
    assert not Group(QUESTION, (one, one), (one,) * (TOGETHER - 2)).is_full
    assert not Group(QUESTION, (), (one,) * (TOGETHER - 1)).is_full
