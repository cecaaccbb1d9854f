"""The benchmarks' calculations and file formats, on cases worked by hand."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from benchmarks.askers import figures as figures_of_askers
from benchmarks.corpus import OpenQuestion, read_articles, read_questions, write_articles
from benchmarks.followups import compare, conversation_shares
from benchmarks.html import EXTRACTORS, measure, score_page
from benchmarks.open import ask_all, risk_at_coverage, summarise
from benchmarks.page import figures as figures_of_page
from benchmarks.page import middle
from benchmarks.ranking import average_precision
from benchmarks.reading import Asked, crossed_figures, figures
from rag.core.schema import Answer, Citation
from rag.evaluation.judge import judge
from rag.evaluation.schema import Expected, Outcome
from rag.library import Library
from tests.files import page


def write_rows(path: Path, *rows: Mapping[str, object]) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return path


def test_articles_come_from_passages_contexts_or_texts_each_text_once(tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "a.jsonl.gz",
        {"question": "q", "ctxs": [{"title": "T", "text": "One."}, {"title": "T", "text": "One."}]},
        {"id": "p", "context": "Two.", "title": "Some_Page"},
        {"doc_id": "d", "text": "Three.", "publish_date": "2022/06/12", "title": "News"},
        {"doc_id": "e", "text": "  "},
    )
    articles = list(read_articles(path))
    assert [article.text for article in articles] == ["One.", "Two.", "Three."]
    assert (articles[2].id, articles[2].date) == ("d", "2022-06-12")
    written = write_articles(articles, tmp_path)
    assert list(written) == ["000000.txt", "000001.txt", "000002.txt"]
    assert (tmp_path / "000002.txt").read_text("utf-8") == "date 2022-06-12\n\nNews\n\nThree."


def test_questions_come_with_every_accepted_answer(tmp_path: Path) -> None:
    path = write_rows(
        tmp_path / "q.jsonl.gz",
        {"question": "who?", "answers": ["A", "B"]},
        {"question_id": "n", "question_sentence": "What?", "answer_text": ["C"], "answer": ["1"], "docs_gold": ["d"]},
        {"id": "x", "question": "none?", "answers": [], "context": "c"},
        {"id": "y", "question": "one?", "answers": [{"text": "D", "start": 0}]},
    )
    questions = list(read_questions(path))
    assert [question.answers for question in questions] == [("A", "B"), ("C",), (), ("D",)]
    assert (questions[1].id, questions[1].relevant) == ("n", ("d",))


def outcome(confidence: float, gold: str) -> Outcome:
    citation = Citation(number=1, article_id="a", content_hash="h", title="t", path="p", start=0, end=4, quote="Oman")
    answer = Answer(question="q", status="answered", citations=(citation,), confidence=confidence, generation=1)
    return judge(Expected(question="q", answers=(gold,)), answer, None, frozenset())


def test_risk_is_one_minus_the_f1_of_the_surest_answers() -> None:
    shown = [outcome(0.9, "Oman"), outcome(0.8, "Qatar"), outcome(0.7, "Oman"), outcome(0.6, "Qatar")]
    assert risk_at_coverage(shown) == {"25%": 0.0, "50%": 0.5, "75%": pytest.approx(0.3333), "100%": 0.5}


def test_page_score_by_hand() -> None:
    # found: the the fire burned (4 words), gold: The fire burned down (4 words), shared: the, fire, burned
    assert score_page("the the fire burned", "The fire burned down.") == pytest.approx((3 / 4, 3 / 4, 3 / 4))
    assert score_page("the", "The fire burned down.") == pytest.approx((1.0, 1 / 4, 2 / 5))
    assert score_page("", "") == (1.0, 1.0, 1.0)
    assert score_page("", "fire") == score_page("fire", "") == (0.0, 0.0, 0.0)


def test_both_extractors_find_the_article_of_a_page() -> None:
    lead = "The minister met her counterpart in Rome on Monday, and the two of them talked for two hours."
    pages = [(page(lead, lead.replace("Monday", "Tuesday")).decode(), f"{lead} {lead.replace('Monday', 'Tuesday')}")]
    for extractor in EXTRACTORS.values():
        score, f1s = measure(pages, extractor)
        assert (score.f1, f1s) == (1.0, [1.0])


def test_average_precision_of_a_ranking_worked_by_hand() -> None:
    # Ranked: wrong, right, wrong, right: (1/2 + 2/4) / 2, and the first right one second.
    assert average_precision([0.9, 0.1, 0.8, 0.5], [False, True, True, False]) == (0.5, 0.5)
    # Ties keep the given order.
    assert average_precision([0.5, 0.5], [False, True]) == (0.5, 0.5)


def test_crossed_figures_take_each_half_s_threshold_from_the_other_half() -> None:
    def asked(passage: str, golds: tuple[str, ...], score: float) -> Asked:
        return Asked("", passage, golds, "Oman", score)

    first = [asked("p", ("Oman",), 5.0), asked("p", (), 3.0)]
    second = [asked("q", ("Oman",), 2.0), asked("q", (), 1.0)]
    crossed = crossed_figures([*first, *second])
    # The first half's best threshold, 3, hides the second half's answer; the second's, 1, shows the first's empty one.
    assert (crossed["f1"], crossed["has_answer_f1"], crossed["no_answer_right"]) == (50.0, 50.0, 50.0)
    assert figures([*first, *second], 1.0)["f1"] == 75.0


def test_a_follow_up_is_compared_by_what_the_manual_question_finds() -> None:
    assert compare([4, 1, 2], [1, 2, 3, 5]) == (0.5, 1.0, 0.5)
    assert compare([4], [1]) == (0.0, 0.0, 0.0)


def test_the_halves_of_the_conversations_are_counted_apart() -> None:
    one, other = conversation_shares(1), conversation_shares(0)
    assert one["untouched"] == "52 of 52"
    assert sum(int(shares[name].split()[-1]) for shares in (one, other) for name in shares) == 245


def test_what_many_askers_met_is_counted_and_timed_by_hand() -> None:
    came: list[tuple[Any, float]] = [("answered", float(milliseconds)) for milliseconds in range(1, 21)]
    came += [("told_to_wait", 5.0), ("failed", 90_000.0)]
    found = figures_of_askers(50, came, 11.0, [400, 480, 490, 491], 512)
    assert (found["answered"], found["told_to_wait"], found["failed"]) == (20, 1, 1)
    assert (found["p50_ms"], found["p95_ms"], found["questions_per_s"]) == (10, 20, 2.0)
    assert (found["peak_memory_mb"], found["memory_growth_mb"]) == (512, 1)
    assert figures_of_askers(1, [("failed", 1.0)], 1.0, [1], 1)["p95_ms"] is None


def test_open_questions_are_asked_as_on_their_day_and_relevant_articles_counted(tmp_path: Path) -> None:
    rows = [
        {"id": "old", "date": "2023-05-02", "text": "The library in Bergen was opened by Anna Berg in the rain."},
        {"id": "new", "date": "2024-05-02", "text": "The harbour bridge in Oslo was closed by the mayor, Otto Lind."},
    ]
    written = write_articles(read_articles(write_rows(tmp_path / "a.jsonl.gz", *rows)), make_folder(tmp_path / "files"))
    question = OpenQuestion("q", "Who closed the harbour bridge in Oslo?", ("Otto Lind",), ("new",), "2023-06-01")
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "files")
        dated, undated = (ask_all(library, [question], written, dated)[0] for dated in (True, False))
        texts = [" ".join(c.quote for c in each.outcome.answer.citations) for each in (dated, undated)]
    assert "Otto Lind" not in texts[0] and "Otto Lind" in texts[1]
    found = summarise([dated, undated])["relevant_article"]
    assert (found["@5"], found["mrr"]) == (1.0, 1.0 if dated.relevant[0] else 0.5)


def make_folder(path: Path) -> Path:
    path.mkdir()
    return path


def test_a_visit_is_told_by_its_paint_its_first_letter_and_the_tasks_after_it() -> None:
    tasks = [[100, 400], [650, 80], [900, 120]]  # start and duration; one may type from 700 on
    found = {"paint": 300.4, "typed": 700, "tasks": tasks, "keys": [30, 110, 5]}
    one = figures_of_page(found, 2_000.0)
    assert one == {
        "first_paint_ms": 300.4,
        "can_type_ms": 700,
        "bytes": 2_000.0,
        "longest_task_ms": 400,
        "longest_task_typing_ms": 120,
        "longest_key_ms": 110,
    }
    other = figures_of_page({"paint": 100, "typed": 500, "tasks": [], "keys": [9]}, 4_000.0)
    assert (other["longest_task_ms"], other["longest_task_typing_ms"]) == (0, 0)
    assert middle([one, other, other])["first_paint_ms"] == 100
