"""The reasons for no answer: hand-made readings for each reason, then questions that the seed article leaves open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from rag.core.article import Article, Hit, Passage, Reading, Sentence, Span
from rag.core.schema import Answer
from rag.library import Library
from tests.composing import answer_to

TEXT = "Oman mediated the talks. The ships pass through- a choke point. Nobody signed."
SENTENCES = (Sentence(0, 24), Sentence(25, 63, "fragment"), Sentence(64, 78))


def ask(question: str, score: float, similarity: float, likeness: Callable[[str], float]) -> Answer:
    """The answer if the reader chose the first word with this score, in a passage of this similarity."""
    article = Article("a", "a.txt", "h", TEXT, "Talks", sentences=SENTENCES)
    hit = Hit(Passage(1, article, 0, len(TEXT), SENTENCES), 1, 1.0, similarity)

    def alike(texts: Sequence[str]) -> list[float]:
        return [likeness(text) for text in texts]

    reading = Reading(hit, (Span(0, 4, score),), (0.1,) * 3)
    return answer_to(question, [reading], likeness=alike)


def like_the_first(text: str) -> float:
    return 0.6 if text.startswith("Oman") else 0.2


def like_the_fragment(text: str) -> float:
    return 0.6 if "choke" in text else 0.2


@pytest.mark.parametrize(
    ("question", "score", "similarity", "likeness", "reason"),
    [
        ("Who won the football match?", -9.0, 0.05, like_the_first, "nothing_about_it"),
        ("Who is the mayor of Chicago?", -9.0, 0.4, like_the_first, "nothing_about_it"),
        ("Who mediated the talks?", -9.0, 0.6, like_the_first, "not_said"),
        ("How old is the minister of Oman?", -9.0, 0.25, like_the_first, "not_said"),
        ("Who mediated the talks?", -0.2, 0.6, like_the_first, "below_threshold"),
        ("Which choke point do the ships pass?", -0.2, 0.6, like_the_fragment, "breaks_off"),
        ("What is the name of the strait?", -9.0, 0.2, like_the_fragment, "breaks_off"),
        ("Which wars do the ministers discuss?", -9.0, 0.35, lambda _: 0.2, "not_said"),
    ],
)
def test_the_reason_tells_what_is_missing(
    question: str, score: float, similarity: float, likeness: Callable[[str], float], reason: str
) -> None:
    answer = ask(question, score, similarity, likeness)
    assert (answer.status, answer.reason, answer.citations) == ("no_answer", reason, ())


def test_the_sentence_that_breaks_off_comes_first_and_is_marked() -> None:
    answer = ask("Which choke point do the ships pass?", -0.2, 0.6, like_the_fragment)
    assert [(miss.breaks_off, miss.quote) for miss in answer.near_misses] == [
        (True, "The ships pass through- a choke point."),
        (False, "Oman mediated the talks."),
    ]
    assert "(the text breaks off here)" in str(answer)


def test_only_what_may_come_nearer_than_the_sentence_that_breaks_off_is_compared_with_the_question() -> None:
    compared: list[str] = []

    def noting(text: str) -> float:
        compared.append(text)
        return like_the_fragment(text)

    assert ask("Which choke point do the ships pass?", -0.2, 0.6, noting).reason == "breaks_off"
    assert "Nobody signed." not in compared
    compared.clear()
    # No sentence has a word of this question, so any of them may be the nearest.
    assert ask("What is the name of the strait?", -9.0, 0.2, noting).reason == "breaks_off"
    assert "Nobody signed." in compared


def test_a_whole_sentence_that_comes_nearer_takes_the_place_of_one_that_breaks_off() -> None:
    question = "Who mediated the talks of Oman about choke point ships and pass through?"
    assert ask(question, -9.0, 0.6, like_the_fragment).reason == "breaks_off"
    assert ask(question, -9.0, 0.6, lambda text: 0.9 if text.startswith("Oman") else 0.2).reason == "not_said"


def test_a_fragment_takes_no_answer_away() -> None:
    assert ask("Which choke point do the ships pass?", 3.0, 0.6, like_the_fragment).short_answer == "Oman"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Which Gulf nations could find themselves in the crosshairs?", "Gulf nations such as-"),
        ("Where does the US maintain its military footprint in the Middle East?", "The US maintains"),
        ("What is another element in Tehran's deterrence playbook?", "Another element"),
    ],
)
def test_the_seed_articles_holes_are_told(seed_library: Library, question: str, words: str) -> None:
    answer = seed_library.answer(question)
    assert answer.reason == "breaks_off", str(answer)
    assert answer.near_misses[0].quote.startswith(words)
    seed_library.verify(answer)


def test_what_the_seed_article_is_not_about_is_told_and_nothing_is_offered(seed_library: Library) -> None:
    answer = seed_library.answer("How tall is the Eiffel Tower?")
    assert (answer.reason, seed_library.questions_instead(answer)) == ("nothing_about_it", ())


def test_questions_offered_instead_are_answered(seed_library: Library) -> None:
    answer = seed_library.answer("What is the enrichment level of Iran's uranium?")
    assert answer.reason in ("not_said", "below_threshold")
    offered = seed_library.questions_instead(answer)
    assert offered
    assert all(seed_library.answer(asked).answered for asked in offered)
