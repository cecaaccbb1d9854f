"""How an answer to a reporter's question is judged."""

from __future__ import annotations

from benchmarks.newsroom.__main__ import figures
from benchmarks.newsroom.judge import Judged, first_words, judge, normalise, shown_by, tells
from benchmarks.newsroom.questions import NewsroomQuestion, Nugget
from rag.core.schema import Answer, Status
from tests.fake_library import cite, make_article

SKYE = Nugget(("nine sailors drowned", "9 sailors drowned"), vital=True)
CAUSE = Nugget(("a loose hatch",), vital=True)


def question(*nuggets: Nugget, wrong: tuple[str, ...] = ()) -> NewsroomQuestion:
    return NewsroomQuestion("q1", "fact", "How many drowned?", (), {}, nuggets, wrong)


def answer(*texts: str, near: tuple[str, ...] = ()) -> Answer:
    cited, closest = (
        tuple(cite(make_article(text, "Ferry"), text, number=number) for number, text in enumerate(each, 1))
        for each in (texts, near)
    )
    status: Status = "answered" if texts else "no_answer"
    return Answer(question="How many drowned?", status=status, citations=cited, near_misses=closest, generation=1)


def judged(asked: NewsroomQuestion, given: Answer) -> Judged:
    return judge(asked, shown_by(given))


def test_a_fact_is_told_by_whole_words_in_any_case() -> None:
    assert tells(SKYE, ["NINE sailors, drowned."])
    assert not tells(SKYE, ["39 sailors drowned off Skye."])
    assert normalise("“A loose   hatch”—") == "a loose hatch"


def test_an_answer_is_right_if_it_tells_a_vital_fact_in_time() -> None:
    told = judged(question(SKYE, CAUSE), answer("Nine sailors drowned off Skye.", "It rained."))
    assert (told.outcome, told.vital, told.words) == ("right", (0.5, 0.5, 0.5), 7)
    late = judged(question(SKYE), answer("word " * 150 + "nine sailors drowned"))
    assert (late.outcome, late.vital) == ("wrong", (0.0, 0.0, 1.0))
    assert judged(question(SKYE), answer("It rained.")).outcome == "wrong"


def test_a_wrong_short_answer_is_wrong_whatever_the_quotes_tell() -> None:
    given = answer("Nine sailors drowned off Skye.").model_copy(update={"short_answer": "Skye."})
    assert judged(question(SKYE, wrong=("skye",)), given).outcome == "wrong"
    assert judged(question(SKYE), given).outcome == "right"


def test_silence_helps_if_the_closest_passages_tell_it() -> None:
    silent = judged(question(SKYE), answer(near=("Nine sailors drowned.",)))
    assert (silent.outcome, silent.helped, silent.vital) == ("silent", True, (1.0, 1.0, 1.0))
    assert not judged(question(SKYE), answer(near=("It rained.",))).helped


def test_what_has_no_answer_is_to_be_left_unanswered() -> None:
    assert judged(question(), answer(near=("It rained.",))).outcome == "left unanswered"
    assert judged(question(), answer("It rained.")).outcome == "answered in vain"


def test_the_figures_count_each_kind_of_outcome() -> None:
    outcomes = [
        judged(question(SKYE), answer("Nine sailors drowned.")),
        judged(question(SKYE), answer("It rained.")),
        judged(question(SKYE), answer(near=("Nine sailors drowned.",))),
        judged(question(), answer()),
    ]
    found = figures(outcomes)
    assert (found["right"], found["wrong"], found["silent"], found["helped"]) == (0.333, 0.333, 0.333, 0.667)
    assert found["left unanswered"] == 1.0


def test_only_the_first_words_count() -> None:
    assert first_words(["one two", "three four five", "six"], 3) == ["one two", "three", ""]
