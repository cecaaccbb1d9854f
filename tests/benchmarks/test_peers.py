"""The comparison with peers: the line protocol with this project's driver, the scoring, and the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.corpus import OpenQuestion, SourceArticle
from benchmarks.marks import replace_part
from benchmarks.peers import changes, folder, quality, report
from benchmarks.peers.material import Material, choose, first, write
from benchmarks.peers.protocol import Place, Reply
from benchmarks.peers.report import PAGE, Row, ahead, ratios, table
from benchmarks.peers.speed import Load, ask, build, in_turns, middle
from benchmarks.peers.systems import NEWSROOM, SYSTEMS, Client, DriverError
from benchmarks.peers.weights import Weights
from benchmarks.profile import operations, profile
from benchmarks.quick import report as quick_report

ARTICLES = {
    "talks.json": SourceArticle(
        "talks", "Oman hosts talks", "2024-01-05", "Oman mediated the talks on Friday.\n\nThey were held in Muscat."
    ),
    "bridge.json": SourceArticle(
        "bridge", "A bridge in Lund", "2024-02-01", "The bridge in Lund was closed on Monday. It is 80 years old."
    ),
}
QUESTION = OpenQuestion("q", "Who mediated the talks?", ("Oman",))
NONE = Weights(Path(), Path())


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    work = tmp_path_factory.mktemp("peers")
    with Client(NEWSROOM, work / "index", NONE) as client:
        client.call("update", articles=str(write(ARTICLES, work / "articles")))
        yield client


@pytest.mark.slow
def test_this_project_answers_over_the_protocol(client: Client) -> None:
    seconds, (reply, other) = client.timed("ask", questions=[QUESTION.question, "Who won the match?"], askers=2)
    assert reply["answer"] == "Oman"
    assert (other["answer"], other["citations"], other["shown"]) == ("", [], [])
    assert all(quality.is_valid(Place(**one), ARTICLES) for one in reply["citations"])
    retrieved = client.call("retrieve", question=QUESTION.question, k=5)
    assert {one["file"] for one in retrieved} == set(ARTICLES)
    assert client.call("best", question=QUESTION.question)["answer"] == "Oman"
    assert client.call("stats") == {"passages": 2}
    assert seconds > 0
    assert client.peak_mb() > 0


def test_what_a_driver_cannot_do_is_an_error_and_it_goes_on(client: Client) -> None:
    with pytest.raises(DriverError, match="no request 'dance'"):
        client.call("dance")
    with pytest.raises(DriverError, match="QuestionError"):
        client.call("ask", questions=[" "])
    assert client.call("stats") == {"passages": 2}


def test_quality_of_a_small_library(client: Client) -> None:
    nothing = OpenQuestion("n", "Who won the football match?", ())
    found = quality.measure(Material(ARTICLES, (QUESTION, nothing)), client)
    assert (found["questions"], found["unanswerable"], found["recall@5"]) == (2, 1, 1.0)
    assert found["default"] == {
        "exact_match": 1.0,
        "f1": 1.0,
        "no_answer_right": 1.0,
        "f1_of_all": 1.0,
        "answered": 0.5,
    }
    assert (found["cited_exactly"], found["cited_sentence_holds_answer"]) == (1.0, 1.0)


@pytest.mark.slow
def test_this_project_follows_every_change(tmp_path: Path) -> None:
    with Client(NEWSROOM, tmp_path / "index", NONE) as client:
        articles = write(ARTICLES, tmp_path / "articles")
        client.call("update", articles=str(articles))
        found = changes.measure(ARTICLES, articles, client)
    assert list(found) == ["added", "edited", "renamed", "removed"]
    assert {path.name for path in articles.iterdir()} == set(ARTICLES)
    assert all(step["right"] for step in found.values())


@pytest.mark.slow
def test_a_round_of_speed_and_the_profile(tmp_path: Path) -> None:
    questions = [f"Who mediated talk {number}?" for number in range(40)]
    index = tmp_path / "index"
    built = build(NEWSROOM, write(ARTICLES, tmp_path / "articles"), index, NONE)
    load = Load(questions, alone=4, together=4)
    found = ask(NEWSROOM, index, NONE, load)
    assert built["passages"] == 2
    assert 0 < found["p50_ms"] <= found["p95_ms"] < 1000 * found["cold_s"]
    assert list(found["questions_per_s"]) == ["1", "4", "16"]
    with pytest.raises(ValueError, match="40 questions"):
        ask(NEWSROOM, index, NONE, Load(questions))
    stages = profile(index, questions[:8])
    assert list(stages["ms"]) == ["embed", "dense", "lexical", "retrieve, the rest", "read", "compose", "all"]
    assert min(stages["floor_ms"].values()) > 0


def asked(answers: tuple[str, ...], said: str, score: float, *, held_back: str = "") -> quality.Asked:
    best = Reply(said or held_back, score)
    return quality.Asked(OpenQuestion("q", "?", answers), Reply(said, score), best, ())


def test_the_policies_by_hand() -> None:
    rows = [asked(("Oman",), "Oman", 0.9), asked(("Oman",), "", 0.6, held_back="Oman"), asked((), "Lund", 0.3)]
    assert quality.policy(rows) == {
        "exact_match": 0.5,
        "f1": 0.5,
        "no_answer_right": 0.0,
        "f1_of_all": pytest.approx(1 / 3, abs=1e-4),
        "answered": pytest.approx(2 / 3, abs=1e-4),
    }
    # The halves are rows 1 and 3, whose best threshold is .3, and rows 2 and 4, whose best threshold is .2.
    told = quality.tuned([*rows, asked((), "Lund", 0.2)])
    assert [one.said.answer for one in told] == ["Oman", "Lund", "Oman", ""]


def test_a_citation_must_stand_where_it_says_and_its_sentence_hold_the_answer() -> None:
    right = Place("talks.json", 0, 4, "Oman")
    elsewhere, unknown = replace(right, start=1), replace(right, file="gone.json")
    assert [quality.is_valid(place, ARTICLES) for place in (right, elsewhere, unknown)] == [True, False, False]
    rows = [
        quality.Asked(QUESTION, Reply("Oman", None, places), Reply("Oman"), (right,))
        for places in ((right,), (right, elsewhere), ())
    ]
    found = quality.figures(rows, ARTICLES)
    assert found["cited_exactly"] == pytest.approx(1 / 3, abs=1e-4)
    assert found["cited_sentence_holds_answer"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["tuned"] is None  # no score to put a threshold to


def test_questions_without_an_answer_are_those_whose_articles_are_left_out() -> None:
    articles = {
        name: SourceArticle(name, name, "", f"The {name} is {colour}.")
        for name, colour in {"door": "red", "gate": "blue", "roof": "red", "wall": "green"}.items()
    }
    questions = [
        OpenQuestion(name, f"What colour has the {name}?", (colour,), (name,))
        for name, colour in {"door": "red", "gate": "blue", "roof": "red", "wall": "green"}.items()
    ]
    material = choose(articles, questions, 1, 2)
    assert [article.id for article in material.articles.values()] == ["door"]
    # The roof is red as well, so that the door's article would hold its answer.
    assert [(q.id, q.answers) for q in material.questions] == [("door", ("red",)), ("gate", ()), ("wall", ())]
    assert first(ARTICLES.values(), 0) == {}
    assert list(first(ARTICLES.values(), 1)) == ["000000.json", "000001.json"]


def test_a_peer_s_folder_is_told_by_its_files_content(tmp_path: Path) -> None:
    articles, index = write(ARTICLES, tmp_path / "articles"), tmp_path
    assert [a.name for a in folder.look(articles, index).new] == ["bridge.json", "talks.json"]
    folder.remember(articles, index)
    assert folder.look(articles, index) == folder.Changes((), ())
    write({"talks.json": replace(ARTICLES["talks.json"], text="Other.")}, articles)
    (articles / "bridge.json").rename(articles / "moved.json")
    found = folder.look(articles, index)
    assert (set(found.gone), [a.name for a in found.new]) == (
        {"talks.json", "bridge.json"},
        ["moved.json", "talks.json"],
    )


def test_passages_are_cut_by_words_and_overlap() -> None:
    text = " ".join(f"w{number}" for number in range(200))
    cut = [text[start:end].split() for start, end in folder.cut(text)]
    assert [len(words) for words in cut] == [90, 90, 50]
    assert cut[1][:15] == cut[0][-15:]
    assert list(folder.cut("")) == []
    assert len(list(folder.cut("a b"))) == 1


def test_the_order_turns_with_the_rounds_and_medians_are_of_each_figure() -> None:
    assert [system.name for system in in_turns(SYSTEMS, 1)] == ["haystack", "txtai", "verbatim", "newsroom"]
    assert middle([{"a": 1, "b": {"c": 5}}, {"a": 3, "b": {"c": 1}}, {"a": 2, "b": {"c": 2}}]) == {
        "a": 2,
        "b": {"c": 2},
    }


def test_tables_show_the_best_in_bold_and_say_where_a_peer_is_ahead() -> None:
    titles = {"newsroom": "this project", "haystack": "Haystack"}
    rounds = {
        "newsroom": [{"ms": 10.0, "rate": {"1": 20.0}}, {"ms": 20.0, "rate": {"1": 20.0}}],
        "haystack": [{"ms": 30.0, "rate": {"1": 22.0}}, {"ms": 40.0, "rate": {"1": 22.0}}],
    }
    systems = {name: middle(one) for name, one in rounds.items()}
    times = ratios(rounds)
    assert times == {"haystack": {"ms": 2.5, "rate": {"1": pytest.approx(1.1)}}}
    rows = [
        Row("time, ms", ("ms",), report.plain, more_is_better=False, ratios=times),
        Row("rate", ("rate", "1"), report.plain),
        Row("unknown", ("rate", "4"), report.plain),
    ]
    assert table("What", systems, titles, rows).splitlines() == [
        "| What | this project | Haystack |",
        "|---|---|---|",
        "| time, ms | **15** | 35 (×2.5) |",
        "| rate | 20 | **22** |",
        "| unknown | – | – |",
    ]
    assert ahead(systems, titles, rows) == ["rate (Haystack)"]


def test_committed_figures_make_the_page_s_tables() -> None:
    if not report.RESULTS.exists():
        pytest.skip("no figures are committed")
    page = PAGE.read_text(encoding="utf-8")
    assert replace_part(page, report.PART, report.render(json.loads(report.RESULTS.read_text("utf-8")))) == page


def test_the_quick_report_compares_what_both_have() -> None:
    lines = quick_report({"a": 2.0, "new": 1.0}, {"a": 1.0, "old": 3.0}).splitlines()[1:]
    assert [line.split() for line in lines] == [
        ["a", "2.00", "1.00", "+100", "%"],
        ["old", "–", "3.00", "–"],
        ["new", "1.00", "–", "–"],
    ]


def test_the_arithmetic_of_one_token_by_hand() -> None:
    # 6 layers: 2 * (4 * 384² + 2 * 384 * 1536) in the weights, 4 * 384 in attention.
    assert operations(1) == 6 * (2 * (589_824 + 1_179_648) + 1536)
