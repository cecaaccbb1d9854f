"""A later article that says how a value changed, or how high a toll stands, gives the value that is shown."""

from __future__ import annotations

import pytest

from rag.core.article import Article, Hit, Passage, Reading, Span
from rag.core.schema import Answer
from rag.text.segment import segment
from tests.composing import answer_to

FIRST = "A quake of magnitude 6.4 shook Marova, killing at least 17 people and injuring 200, officials said."
REPAIR = "The repair of the dam at Marova will take 24 months, the town said."
TERM = "In Marova the repair of the dam was cut from "
DEAD = "How many people died in the Marova quake?"


def reading(number: int, text: str, published: str, words: str, score: float, title: str = "News") -> Reading:
    """The reading of an article of one passage, with one span."""
    article = Article(
        f"{number:012}",
        f"{number}.txt",
        str(number),
        text,
        title,
        published=published,
        sentences=segment(text),
    )
    passage = Passage(number, article, 0, len(text), article.sentences)
    start = text.index(words)
    evidence = [0.6 / len(article.sentences)] * len(article.sentences)
    return Reading(Hit(passage, number, 1.0 / number, 0.5), (Span(start, start + len(words), score),), tuple(evidence))


def asked(question: str, words: str, later: str, published: str = "2025-03-12") -> Answer:
    """Asks over the first report of 2 March and a later one, in which the reader finds nothing."""
    return answer_to(
        question,
        [
            reading(1, next(text for text in (FIRST, REPAIR) if words in text), "2025-03-02", words, 3.0),
            reading(2, later, published, later.split(maxsplit=1)[0], -9.0),
        ],
    )


@pytest.mark.parametrize(
    ("question", "words", "later", "newest"),
    [
        (DEAD, "17", "Marova ended its search. The toll stands at 112; two are missing.", "112"),
        (DEAD, "17", "Marova ended its search. The number of dead was put at 112 on Monday.", "112"),
        (DEAD, "17", "The number of people killed by the quake in Marova has risen to 21.", "21"),
        ("How many people were injured in Marova?", "200", "In Marova the number of injured has risen to 640.", "640"),
        (
            "What magnitude had the quake in Marova?",
            "6.4",
            "The magnitude was lowered to 6.3 from 6.4 in Marova.",
            "6.3",
        ),
        ("How long will the repair of the dam at Marova take?", "24 months", TERM + "24 to 19 months.", "19 months"),
        ("How long will the repair of the dam at Marova take?", "24 months", TERM + "24 months to 19.", "19"),
    ],
)
def test_the_newest_value_is_shown_and_the_first_beside_it(question: str, words: str, later: str, newest: str) -> None:
    answer = asked(question, words, later)
    assert answer.short_answer == newest
    assert answer.confidence == asked(question, words, "Marova mourns. The mayor spoke.").confidence
    assert any(words in (other.short_answer or "") for other in answer.other_answers)


@pytest.mark.parametrize(
    ("question", "words", "later", "published"),
    [
        (DEAD, "17", "Marova ended its search. The toll stands at 112.", "2025-02-12"),  # an earlier article
        (DEAD, "17", "Marova ended its search. The toll stands at 112.", "2027-03-12"),  # of another quake, perhaps
        (DEAD, "17", "Marova ended its search. The toll stands at 12.", "2025-03-12"),
        ("How many died in the Marova quake at first?", "17", "Marova mourns. The toll stands at 112.", "2025-03-12"),
        (DEAD, "17", "Osk ended its search. The toll stands at 112.", "2025-03-12"),
        (DEAD, "17", "In Marova the number of injured has risen to 640.", "2025-03-12"),
        ("What magnitude had the Marova quake?", "6.4", "In Marova rents were raised to 9 from 8.", "2025-03-12"),
        (
            "What magnitude had the Marova quake before it was lowered?",
            "6.4",
            "It was cut to 6.3 from 6.4.",
            "2025-03-12",
        ),
    ],
)
def test_what_is_no_newer_value_changes_nothing(question: str, words: str, later: str, published: str) -> None:
    answer = asked(question, words, later, published)
    assert words in (answer.short_answer or "")


@pytest.mark.parametrize(
    ("title", "later", "newest"),
    [
        ("Flood toll rises", "The toll in the Wick valley stands at nine.", "nine"),
        ("Flood toll rises", "The toll in the Elm valley stands at nine.", "At least seven"),
        ("Toll rises", "The toll in the Wick valley stands at nine.", "At least seven"),
    ],
)
def test_without_a_name_in_the_question_the_titles_tell_the_event(title: str, later: str, newest: str) -> None:
    first = reading(
        1, "At least seven people died in the flood.", "2025-03-02", "seven", 3.0, "Flood in Wick kills seven"
    )
    answer = answer_to(
        "How many people died in the flood?", [first, reading(2, later, "2025-03-04", "The toll", -9.0, title)]
    )
    assert answer.short_answer == newest
