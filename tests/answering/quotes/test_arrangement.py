"""Both sides of a comparison are quoted, and a course of events is told by date."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.answering.quotes.arrangement import in_telling_order, quotes_of_sides
from rag.answering.quotes.ranking import RankedSentence
from rag.answering.quotes.selection import Quote
from rag.core.article import Article, Hit, Passage, Reading, Sentence
from tests.composing import asked


def sentence(text: str, probability: float, published: str | None = None, own: float = 0.0) -> RankedSentence:
    places = (Sentence(0, len(text)),)
    article = Article(text, f"{text}.txt", "hash", text, "Ferry", published=published, sentences=places)
    reading = Reading(Hit(Passage(1, article, 0, len(text), places), 1, 1.0, 0.5), (), (0.5,))
    return RankedSentence(reading, 0, {"said_by_asked": own}, probability)


def quotes(*sentences: RankedSentence) -> list[Quote]:
    return [Quote(one.article, 0, one.sentence.end, one) for one in sentences]


def texts(found: Sequence[Quote]) -> list[str]:
    return [quote.text for quote in found]


def test_each_side_is_quoted_by_its_most_probable_sentence() -> None:
    ranked = [
        sentence("The bridge is 2 km long.", 0.9),
        sentence("The bridge was painted.", 0.8),
        sentence("The tunnel measures 3 km.", 0.4),
    ]
    found = quotes_of_sides(asked("Which is longer, the bridge or the tunnel?"), ranked)
    assert texts(found) == ["The bridge is 2 km long.", "The tunnel measures 3 km."]
    assert quotes_of_sides(asked("How long is the bridge?"), ranked) == []


def test_a_side_that_is_hardly_told_of_is_not_quoted() -> None:
    ranked = [sentence("The bridge is 2 km long.", 0.9), sentence("Tunnel vision is a disease.", 0.001)]
    found = quotes_of_sides(asked("Which is longer, the bridge or the tunnel?"), ranked)
    assert texts(found) == ["The bridge is 2 km long."]


def test_a_sentence_about_both_sides_is_quoted_once() -> None:
    ranked = [sentence("The tunnel is longer than the bridge.", 0.9)]
    assert len(quotes_of_sides(asked("Which is longer, the bridge or the tunnel?"), ranked)) == 1


LATE, EARLY, UNDATED = (
    sentence("Twelve died.", 0.9, "2020-05-04"),
    sentence("Nine died.", 0.8, "2020-05-01"),
    sentence("Some died.", 0.7),
)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How did the number of the dead rise?", ["Nine died.", "Twelve died.", "Some died."]),
        ("What is the latest number of the dead?", ["Twelve died.", "Nine died.", "Some died."]),
        ("What did Keller say about the dead?", ["Some died.", "Twelve died.", "Nine died."]),  # nothing of it is hers
        ("What happened in Hull?", ["Some died.", "Nine died.", "Twelve died."]),
        ("How many died?", ["Some died.", "Twelve died.", "Nine died."]),
    ],
)
def test_a_course_of_events_is_told_by_date(question: str, told: list[str]) -> None:
    assert texts(in_telling_order(asked(question), quotes(UNDATED, LATE, EARLY))) == told


def test_what_the_person_asked_for_says_comes_before_what_others_tell_of_it() -> None:
    first, last = (
        sentence(f"“{what}”, Keller said.", 0.6, f"2020-05-{day}", own=1.0)
        for what, day in (("Go", "02"), ("Stay", "09"))
    )
    asked_for = asked("What did Keller say about the dead?")
    assert in_telling_order(asked_for, quotes(EARLY, last, first)) == quotes(first, last, EARLY)
    who = asked("Who said that many died?")
    assert in_telling_order(who, quotes(LATE, EARLY)) == quotes(LATE, EARLY)
