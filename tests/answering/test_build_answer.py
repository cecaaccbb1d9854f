"""One function builds an answer from the question, its parsed form and the composed parts."""

from __future__ import annotations

import numpy as np

from rag.answering.build_answer import Composed, Request, build_answer
from rag.answering.compose import compose
from rag.core.article import Article, Hit, Passage, Reading, Sentence, Span
from rag.core.schema import Correction, Period, Scope
from rag.retrieval.focus import Focus
from rag.retrieval.search import Search
from tests.composing import asked, material

TEXT = "Oman mediated the talks. Two hundred missiles flew."
SENTENCES = (Sentence(0, 24), Sentence(25, 51))
PERIOD = Period(since="2025-05-01", until="2025-05-31")
CORRECTION = Correction(word="mediatd", read_as="mediated")
FOUND = Search(asked("Who mediated the talks?"), (CORRECTION,), np.zeros(1, np.float32), Focus(period=PERIOD), [])


def composed(score: float) -> Composed:
    article = Article("a", "a.txt", "h", TEXT, "Talks", sentences=SENTENCES)
    hit = Hit(Passage(1, article, 0, len(TEXT), SENTENCES), 1, 1.0, 0.5)
    return compose(material("Who mediated the talks?", [Reading(hit, (Span(0, 4, score),), (0.5, 0.1))]))


def test_an_answer_says_what_was_asked_and_how_it_was_read() -> None:
    request = Request("And who mediatd?", "Who mediatd the talks?", Scope(since="2025"))
    answer = build_answer(request, FOUND, composed(3.0), generation=7, timings={"read": 2.0})
    assert (answer.question, answer.standalone_question) == ("And who mediatd?", "Who mediatd the talks?")
    assert (answer.corrections, answer.period, answer.scope) == ((CORRECTION,), PERIOD, Scope(since="2025"))
    assert (answer.generation, answer.timings) == (7, {"read": 2.0})
    assert (answer.status, answer.reason) == ("answered", None)
    assert (answer.text, answer.short_answer) == ("Oman mediated the talks.", "Oman")


def test_a_question_that_stands_alone_is_told_once() -> None:
    answer = build_answer(Request("Who?", "Who?"), FOUND, composed(3.0), generation=1, timings={})
    assert (answer.question, answer.standalone_question) == ("Who?", None)


def test_without_an_answer_there_is_a_reason_and_no_text() -> None:
    answer = build_answer(Request("Who?", "Who?"), FOUND, composed(-1.0), generation=1, timings={})
    assert (answer.status, answer.reason) == ("no_answer", "below_threshold")
    assert (answer.text, answer.short_answer, answer.citations) == ("", None, ())
    assert [miss.quote for miss in answer.near_misses] == ["Oman mediated the talks."]
    assert answer.corrections == (CORRECTION,)
