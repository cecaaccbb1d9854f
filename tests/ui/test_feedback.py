"""Feedback on answers: stored beside the index, only the latest for each answer, and read by `rag eval`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.core.schema import Answer
from rag.evaluation.questions import read_questions
from rag.evaluation.schema import Expected
from rag_ui.chat.feedback import FILE, Feedback
from tests.fake_library import cite, make_article
from tests.hostile import HOSTILE
from tests.ui.answers import CITATION, QUOTE, answered

SHORT = answered(short_answer="Badr al-Busaidi", question="Who else?", standalone_question="Who mediated?")
WHOLE = answered(question="Why?")
NOT_SAID = Answer(question="Who won?", status="no_answer", reason="not_said", generation=1)


def test_what_was_right_is_a_question_with_its_answer_for_an_evaluation(tmp_path: Path) -> None:
    feedback = Feedback(tmp_path / FILE)
    for answer in (SHORT, WHOLE, NOT_SAID):
        feedback.keep(answer, "up")
        feedback.keep(answer, "up")
    path = CITATION.path
    assert read_questions(tmp_path / FILE).questions == (
        Expected(question="Who mediated?", answers=("Badr al-Busaidi",), article=path, line=1),
        Expected(question="Why?", answers=(QUOTE,), article=path, line=2),
        Expected(question="Who won?", answers=(), line=3),
    )


def test_what_was_wrong_says_what_was_shown_and_expects_nothing_yet(tmp_path: Path) -> None:
    Feedback(tmp_path / FILE).keep(SHORT, "down")
    (line,) = (tmp_path / FILE).read_text("utf-8").splitlines()
    row = json.loads(line)
    assert (row["question"], row["shown"], row["rating"]) == ("Who mediated?", "Badr al-Busaidi", "down")
    assert [cited["quote"] for cited in row["citations"]] == [QUOTE]
    read = read_questions(tmp_path / FILE)
    assert (read.questions, [problem.line for problem in read.problems]) == ((), [1])


def test_an_answer_has_one_rating_the_latest_and_it_can_be_taken_back(tmp_path: Path) -> None:
    file = tmp_path / FILE
    for rating in ("up", "down", "up"):
        Feedback(file).keep(SHORT, rating)
        Feedback(file).keep(WHOLE, "down")
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert sorted((row["question"], row["rating"]) for row in rows) == [("Who mediated?", "up"), ("Why?", "down")]
    Feedback(file).keep(WHOLE, None)
    assert [json.loads(line)["question"] for line in file.read_text("utf-8").splitlines()] == ["Who mediated?"]


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_stands_in_an_answer_is_one_line_of_the_file(tmp_path: Path, text: str) -> None:
    article = make_article(text, text, source=text, path=text)
    fields = {"citations": (cite(article, text),), "question": text, "short_answer": text, "text": text}
    file = tmp_path / FILE
    file.write_bytes(b"\xff not ours\n")
    for rating in ("down", "up"):
        Feedback(file).keep(answered(**fields), rating)
    first, second = file.read_bytes().splitlines()
    assert first == b"\xff not ours"
    row = json.loads(second)
    assert (row["rating"], row["question"], row["citations"][0]["quote"]) == ("up", text, text)
