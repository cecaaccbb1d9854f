"""What a number counts, which numbers count the same, and which can't both be right."""

from __future__ import annotations

import pytest

from rag.answering.quotes.ranking import RankedSentence
from rag.core.article import Article, Hit, Passage, Reading, Sentence
from rag.dossier.figures import Figure, changes_of, differing_on_a_day, find_figures
from rag.dossier.subject import Subject
from tests.composing import asked

FLOOD = "The flood in Mell "


def subject(*told: tuple[str, str]) -> Subject:
    """A subject with a report for each date and sentence."""
    return Subject(
        words="the flood in Mell",
        question=asked("What is known about the flood in Mell?"),
        scope=None,
        weights={"flood": 1.0, "mell": 1.0},
        sentences=[_ranked(number, *one) for number, one in enumerate(told)],
    )


def _ranked(number: int, published: str, words: str) -> RankedSentence:
    whole = (Sentence(0, len(words)),)
    article = Article(
        id=f"{number:012}",
        path="a",
        content_hash=str(number),
        text=words,
        title="",
        published=published,
        sentences=whole,
    )
    passage = Passage(number, article, 0, len(words), whole)
    reading = Reading(Hit(passage, number + 1, 0.5, 0.5), (), (0.5,))
    return RankedSentence(reading, 0, {}, 0.5)


def words(figures: list[Figure]) -> list[str]:
    return [one.quote.article.text[one.start : one.end] for one in figures]


def groups(*told: tuple[str, str]) -> dict[str, list[str]]:
    return {group[0].heading: words(group) for group in find_figures(subject(*told))}


@pytest.mark.parametrize(
    ("sentence", "killed"),
    [
        ("killed at least 12 people near the river.", "at least 12"),
        ("came by night, killing between 10 and 14 people.", "between 10 and 14"),
        ("left about 13 people dead in the old town.", "about 13"),
        ("of 2024 was the worst: more than 12 people died in it.", "more than 12"),
        ("of 1912 killed 12 people, the book says.", "12"),
        ("drowned the town, and 12 residents are reported dead.", "12"),
    ],
)
def test_a_number_counts_the_dead_if_the_words_beside_it_say_so(sentence: str, killed: str) -> None:
    other = "2024-03-05", f"{FLOOD}killed 15 people, the police of Osk said."
    assert groups(("2024-03-04", FLOOD + sentence), other)["Killed"] == [killed, "15"]


@pytest.mark.parametrize(
    "sentence",
    [
        "came on March 12, killed fish and drowned the town.",
        "hurt a man, aged 12, and killed the 12-year-old dog.",
        "began at 12:30 p.m., and people died in their beds.",
        "cost $12 million, and many people died in it that night.",
        "killed 12 more people after the dyke had broken again.",
        "destroyed 12 houses, and people died in the old town.",
    ],
)
def test_a_day_an_age_an_hour_an_amount_or_an_addition_is_no_number_of_dead(sentence: str) -> None:
    others = ("2024-03-04", f"{FLOOD}killed 15 people in town."), ("2024-03-05", f"{FLOOD}killed 16 people in town.")
    assert groups(("2024-03-04", FLOOD + sentence), *others)["Killed"] == ["15", "16"]


def test_a_number_that_falls_far_counts_a_part_and_one_that_rises_far_does_not() -> None:
    days = [("2024-03-04", 3), ("2024-03-05", 90), ("2024-03-06", 40), ("2024-03-07", 85), ("2024-03-08", 400)]
    told = [(day, f"{FLOOD}killed {number} people in the town.") for day, number in days]
    assert groups(*told)["Killed"] == ["3", "90", "85", "400"]
    assert groups(*told[:2], told[4])["Killed"] == ["3", "90", "400"]


def test_numbers_of_other_things_count_the_same_only_if_they_are_equal_and_not_small() -> None:
    told = [
        ("2024-03-04", f"{FLOOD}destroyed 240 wooden houses beside the river."),
        ("2024-03-05", f"{FLOOD}destroyed 240 wooden houses and a school."),
        ("2024-03-06", f"{FLOOD}destroyed 260 wooden houses beside the river."),
        ("2024-03-07", f"{FLOOD}destroyed three wooden bridges beside the mill."),
        ("2024-03-08", f"{FLOOD}destroyed three wooden bridges and the mill."),
    ]
    assert groups(*told) == {"Numbers": ["240", "240"]}


def test_each_value_is_told_once_and_those_of_one_day_that_exclude_each_other_differ() -> None:
    told = [("2024-03-04", "14"), ("2024-03-05", "at least 14"), ("2024-03-05", "20"), ("2024-03-05", "22")]
    (group,) = find_figures(subject(*((day, f"{FLOOD}killed {number} people in town.") for day, number in told)))
    assert words(changes_of(group)) == ["14", "20", "22"]
    assert words(differing_on_a_day(group)) == ["20", "22"]
