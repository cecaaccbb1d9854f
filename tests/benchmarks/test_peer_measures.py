"""The comparison with peers: reporters' questions, marked evidence, inputs that go wrong, and runs in parts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.corpus import SourceArticle
from benchmarks.evidence import Marked
from benchmarks.newsroom.judge import Shown, judge
from benchmarks.newsroom.questions import NewsroomQuestion, Nugget
from benchmarks.peers import faults, report, reporters, spans
from benchmarks.peers.__main__ import earlier
from benchmarks.peers.faults import CASES, Case
from benchmarks.peers.protocol import Place, Reply
from benchmarks.peers.systems import NEWSROOM, Client
from benchmarks.peers.weights import Weights

ARTICLES = {
    "a.json": SourceArticle("a", "Ferry", "2024-01-05", "Nine sailors drowned off Skye. It rained. A hatch was loose.")
}
TEXT = "One two three. Four five. Six."
SENTENCES = ((0, 14), (15, 25), (26, 30))


def place(quote: str) -> Place:
    start = ARTICLES["a.json"].text.index(quote)
    return Place("a.json", start, start + len(quote), quote)


def test_what_is_shown_are_the_sentences_around_the_places_once() -> None:
    reply = Reply("Skye", 0.9, (), (place("Skye"), place("Nine"), place("hatch")), (place("rained"),))
    shown = reporters.shown_by(reply, ARTICLES)
    assert shown == Shown(True, "Skye", ("Nine sailors drowned off Skye.", "A hatch was loose."), ("It rained.",))
    assert reporters.shown_by(reply, ARTICLES, short_answers=False).short == ""
    elsewhere = Place("a.json", 3, 7, "Skye")  # it doesn't stand there, so that nothing is around it
    assert reporters.shown_by(Reply("Skye", None, (), (elsewhere,)), ARTICLES).quotes == ("Skye",)


def test_a_peer_is_judged_as_this_project_is() -> None:
    question = NewsroomQuestion("q", "fact", "Where?", (), {}, (Nugget(("drowned off skye",), vital=True),), ("Mull",))
    told = reporters.shown_by(Reply("Skye", None, (), (place("Skye"),)), ARTICLES)
    assert judge(question, told).outcome == "right"
    assert judge(question, reporters.shown_by(Reply("Mull", None, (), (place("Skye"),)), ARTICLES)).outcome == "wrong"
    assert judge(question, reporters.shown_by(Reply(""), ARTICLES)).outcome == "silent"


def test_the_archive_keeps_the_articles_with_facts_and_a_share_of_the_others() -> None:
    rows = [{"id": str(number), "text": "word " * 75} for number in range(10)]
    assert [row["id"] for row in reporters.sample(rows, {"3"}, 4)] == ["2", "3", "6", "9"]
    assert [row["id"] for row in reporters.sample(rows, {"3", "5"}, 1)] == ["3", "5"]
    assert reporters.sample(rows, {"3"}, 100) == rows


def test_marked_words_by_hand() -> None:
    marked = Marked("?", TEXT, SENTENCES, (frozenset({0}), frozenset({0, 1})))
    # "Two" widens to the first sentence, with which the first annotator agrees.
    assert spans.count(marked, [(4, 7)]) == spans.Counted(3, 0, 0)
    assert spans.count(marked, [[4, 7], [15, 16]]) == spans.Counted(5, 0, 0)
    assert spans.count(marked, [(26, 30)]) == spans.Counted(0, 1, 3)
    assert spans.count(marked, []) == spans.Counted(0, 0, 3)
    found = spans.figures([spans.Counted(3, 0, 0), spans.Counted(0, 1, 3)])
    assert found == {"questions": 2, "f1": 0.6, "precision": 0.75, "recall": 0.5, "mean_f1": 0.5}


def test_an_answer_is_judged_by_its_words_and_silence_by_whether_anything_is_right() -> None:
    assert faults.outcome("the engineer Per Moe.", ("Per Moe",)) == "right"
    assert faults.outcome("Per Moen", ("Per Moe",)) == "wrong"
    assert faults.outcome("9,000 crowns", ("9,000",)) == "right"
    assert faults.outcome("", ("Per Moe",)) == "silent"
    assert faults.outcome("", ()) == "right"
    assert faults.outcome("Per Moe", ()) == "wrong"


def test_every_kind_of_input_is_named_once_and_asked() -> None:
    assert len({case.label for case in CASES}) == len(CASES)
    assert all(case.files and case.questions for case in CASES)


@pytest.mark.slow
def test_this_project_reads_files_and_says_which_it_cannot(tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    (inputs / "bridge").mkdir(parents=True)
    (inputs / "bridge" / "a.txt").write_text("The New Bridge was designed by Per Moe.", encoding="utf-8")
    (inputs / "bridge" / "b.pdf").write_bytes(b"no document")
    questions: dict[str, tuple[str, ...]] = {"Who designed the New Bridge?": ("Per Moe",), "Who won the match?": ()}
    cases = (Case("read", "bridge", ("a.txt",), questions), Case("unread", "bridge", ("b.pdf",), questions))
    found = {
        case.label: faults.measure(NEWSROOM, Weights(Path(), Path()), inputs, tmp_path / case.label, (case,))
        for case in cases
    }
    assert found == {"read": {"read": {"right": 2}}, "unread": {"unread": {"error": 2}}}


@pytest.mark.slow
def test_this_project_marks_the_sentence_that_answers(tmp_path: Path) -> None:
    text = ARTICLES["a.json"].text
    with Client(NEWSROOM, tmp_path / "index", Weights(Path(), Path())) as client:
        (marks,) = [client.call("mark", question="Where did nine sailors drown?", text=text)]
    assert [text[start:end] for start, end in marks] == ["Nine sailors drowned off Skye."]


def test_the_outcomes_are_counted_per_input_and_in_all() -> None:
    systems = {
        "newsroom": {"PDF": {"right": 2}, "Word": {"silent": 1}},
        "txtai": {"PDF": {"error": 2}, "Word": {"wrong": 1}},
    }
    assert report.outcomes(systems, {"newsroom": "this project", "txtai": "txtai"}).splitlines() == [
        "| Inputs that go wrong easily | this project | txtai |",
        "|---|---|---|",
        "| PDF | 2 right | 2 error |",
        "| Word | 1 silent | 1 wrong |",
        "| all | 2 right, 1 silent | 1 wrong, 2 error |",
    ]


def test_parts_join_the_figures_of_the_same_versions_only(tmp_path: Path) -> None:
    path, now = tmp_path / "peers.json", {"txtai": {"title": "txtai 9.14", "install_mb": 2.0}}
    assert earlier(path, now) == {}
    path.write_text(json.dumps({"systems": {"txtai": {"title": "txtai 9.14"}}, "spans": {}}), encoding="utf-8")
    assert set(earlier(path, now)) == {"systems", "spans"}
    path.write_text(json.dumps({"systems": {"txtai": {"title": "txtai 9.13"}}, "spans": {}}), encoding="utf-8")
    assert earlier(path, now) == {}
