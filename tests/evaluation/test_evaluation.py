"""Questions with known answers, asked of the real library over the seed article, and judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.answering.candidates import Candidate
from rag.answering.confidence import FEATURES, Signals
from rag.core.article import Article, Hit, Passage, Sentence, Span
from rag.core.reports import ArticleSummary
from rag.core.schema import Answer, Citation
from rag.evaluation.judge import judge
from rag.evaluation.named import NamedArticles
from rag.evaluation.run import evaluate
from rag.evaluation.schema import Evaluation, Expected, Verdict
from rag.library import Library
from rag.values.value import read_value

TEXT = "Oman mediated. Qatar paid."


def cite(start: int = 0, end: int = 14, short: tuple[int, int] | None = (0, 4)) -> Citation:
    return Citation(
        number=1,
        article_id="a",
        content_hash="h",
        title="Talks",
        path="news/talks.txt",
        start=start,
        end=end,
        quote=TEXT[start:end],
        short_start=short and short[0],
        short_end=short and short[1],
    )


def answered(citation: Citation) -> Answer:
    return Answer(
        question="q",
        status="answered",
        short_answer=citation.short,
        citations=(citation,),
        confidence=0.8,
        generation=1,
        timings={"read": 2.0, "retrieve": 1.5},
    )


ABSTAINED = Answer(question="q", status="no_answer", reason="below_threshold", confidence=0.2, generation=1)


def candidate(start: int, end: int) -> Candidate:
    sentences = (Sentence(0, 14), Sentence(15, 26))
    article = Article("a", "news/talks.txt", "h", TEXT, "Talks", sentences=sentences)
    hit = Hit(Passage(1, article, 0, len(TEXT), sentences), 1, 1.0, 0.5)
    span = Span(start, end, 0.0)
    return Candidate(
        span, read_value(TEXT[start:end], "other", None), hit, 0, 14, Signals(**dict.fromkeys(FEATURES, 0.0)), 0.2
    )


@pytest.mark.parametrize(
    ("expected", "answer", "verdict", "failure", "exact", "f1"),
    [
        ({"answers": ("Oman",)}, answered(cite()), "right", None, 1.0, 1.0),
        # 1 common of 1 and 3 words: 2 * 1 / 4; the quote holds no "Oman of course", but half is enough.
        ({"answers": ("Oman of course",)}, answered(cite()), "right", None, 0.0, 0.5),
        ({"answers": ("Qatar",)}, answered(cite()), "wrong", "wrong answer", 0.0, 0.0),
        # The quote is printed, and it holds the answer.
        ({"answers": ("mediated",)}, answered(cite()), "right", None, 0.0, 0.0),
        ({"answers": ()}, answered(cite()), "wrong", "answered, though the articles don't say", 0.0, 0.0),
        ({"answers": ()}, ABSTAINED, "rightly_abstained", None, 1.0, 1.0),
        ({"answers": ("Oman",)}, ABSTAINED, "wrongly_abstained", "not answered", 0.0, 0.0),
        ({"article": "talks.txt"}, answered(cite()), "right", None, None, None),
        ({"article": "other.txt"}, answered(cite()), "wrong", "wrong answer", None, None),
        ({"article": "talks.txt"}, ABSTAINED, "wrongly_abstained", "not answered", None, None),
        (
            {"answers": ("Oman",), "article": "other.txt"},
            answered(cite()),
            "right",
            "right answer, from another article",
            1.0,
            1.0,
        ),
        # Without a short answer the quote is what is compared: 1 common of 2 and 1 words.
        ({"answers": ("Oman",)}, answered(cite(short=None)), "right", None, 0.0, pytest.approx(2 / 3)),
    ],
)
def test_verdicts(
    expected: dict[str, object],
    answer: Answer,
    verdict: Verdict,
    failure: str | None,
    exact: float | None,
    f1: float | None,
) -> None:
    wanted = frozenset({"a"} if expected.get("article") == "talks.txt" else {"b"})
    outcome = judge(Expected.model_validate({"question": "q", **expected}), answer, None, wanted)
    assert (outcome.verdict, outcome.failure, outcome.exact_match, outcome.f1) == (verdict, failure, exact, f1)


def test_what_was_held_back_is_judged_like_what_was_shown() -> None:
    question = Expected(question="q", answers=("Oman",))
    assert judge(question, ABSTAINED, candidate(0, 4), frozenset()).candidate_right
    assert not judge(
        Expected(question="q", answers=("Qatar",)), ABSTAINED, candidate(0, 4), frozenset()
    ).candidate_right
    assert judge(Expected(question="q", article="t"), ABSTAINED, candidate(0, 4), frozenset({"a"})).candidate_right
    assert judge(question, answered(cite()), None, frozenset()).milliseconds == 3.5


def test_a_quote_that_does_not_stand_is_a_failure() -> None:
    outcome = judge(Expected(question="q", answers=("Oman",)), answered(cite()), None, frozenset(), valid=False)
    assert outcome.failure == "a quote that is not in its article"


def summary(name: str, title: str, *, group: int | None = None, url: str | None = None) -> ArticleSummary:
    return ArticleSummary(id=name, title=title, path=f"/news/{name}.txt", passages=1, group=group, url=url)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("a.txt", {"a", "b"}),  # b is a copy of a
        ("news/a.txt", {"a", "b"}),
        ("./news/c.txt", {"c"}),
        ("/news/c.txt", {"c"}),
        ("ews/c.txt", set()),
        ("oil  PRICES", {"c", "d"}),
        ("https://example.org/d", {"d"}),
        ("archive.jsonl#x/1", {"e"}),
        ("", set()),
        ("nothing", set()),
    ],
)
def test_an_article_is_named_by_path_title_or_address(name: str, meant: set[str]) -> None:
    articles = [
        summary("a", "Talks", group=1),
        summary("b", "The same talks", group=1),
        summary("c", "Oil prices", group=2),
        summary("d", "Oil Prices", url="https://example.org/d/"),
        ArticleSummary(id="e", title="Record", path="in/archive.jsonl#x/1", passages=1),
    ]
    assert NamedArticles(articles).find(name) == meant


@pytest.fixture(scope="module")
def evaluation(seed_library: Library, tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    path = tmp_path_factory.mktemp("questions") / "q.csv"
    path.write_text(
        "question,answers,article\n"
        "Who is the largest buyer of Iranian oil?,China,\n"
        "Who is the largest buyer of Iranian oil?,Norway,\n"
        "Who won the football match?,,\n"
        "Who won the football match?,Norway,\n"
        "Who is the largest buyer of Iranian oil?,,000_eea9ec4ad108f1ec.txt\n"
        "Who is the largest buyer of Iranian oil?,China,missing.txt\n",
        encoding="utf-8",
    )
    return evaluate(seed_library, path)


@pytest.mark.slow
def test_the_figures_of_real_answers(evaluation: Evaluation) -> None:
    assert [outcome.verdict for outcome in evaluation.outcomes] == [
        "right",
        "wrong",
        "rightly_abstained",
        "wrongly_abstained",
        "right",
    ]
    every = evaluation.every
    assert (every.questions, every.answered, every.right) == (5, 0.6, 0.6)
    assert every.right_of_answered == pytest.approx(2 / 3)
    assert (every.citation_valid, every.right_article) == (1.0, 1.0)
    assert (every.rightly_abstained, every.wrongly_abstained) == (1, 1)
    assert every.exact_match == 0.5  # of the four that state answers: China and the one not answered
    assert (evaluation.has_answer.questions, evaluation.no_answer.questions) == (4, 1)
    assert evaluation.no_answer.right == 1.0
    assert evaluation.has_answer.quote_holds_answer == 0.5
    assert [outcome.failure for outcome in evaluation.failures] == ["wrong answer", "not answered"]
    assert evaluation.times is not None
    assert set(evaluation.times.stages) >= {"retrieve", "read"}


def test_the_curves_take_in_what_was_held_back(evaluation: Evaluation, seed_library: Library) -> None:
    assert sum(each.questions for each in evaluation.reliability) == 5
    assert evaluation.risk_coverage[-1].coverage == 1.0
    assert evaluation.threshold == seed_library.threshold
    assert [each.precision for each in evaluation.precisions] == [0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
    for each in evaluation.precisions:
        assert each.at is None or each.at.right / each.at.answered >= each.precision


def test_an_article_that_is_not_there_is_told_with_its_line(evaluation: Evaluation) -> None:
    (problem,) = evaluation.problems
    assert problem.line == 7
    assert "missing.txt" in problem.why


def test_an_evaluation_is_json_and_back(evaluation: Evaluation) -> None:
    assert Evaluation.model_validate_json(evaluation.model_dump_json()).failures[0].failure == "wrong answer"
    with pytest.raises(ValueError, match="frozen"):
        evaluation.threshold = 0.0


def test_no_questions_have_no_figures(seed_library: Library, tmp_path: Path) -> None:
    (tmp_path / "none.jsonl").write_text("")
    empty = evaluate(seed_library, tmp_path / "none.jsonl")
    assert (empty.every.questions, empty.every.right, empty.calibration_error, empty.times) == (0, None, None, None)


def test_progress_is_told_question_by_question(seed_library: Library) -> None:
    told: list[tuple[int, int]] = []
    asked = [Expected(question="Who won the football match?", answers=())] * 2
    evaluate(seed_library, asked, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


@pytest.mark.parametrize(
    ("facts", "verdict", "told"),
    [
        (["Oman mediated"], "right", 1.0),
        ([["Muscat mediated", "oman mediated!"], "Qatar paid"], "right", 0.5),
        (["Qatar paid"], "wrong", 0.0),
        (["man mediated"], "wrong", 0.0),
    ],
)
def test_an_answer_is_judged_by_the_facts_that_its_quotes_tell(
    facts: list[object], verdict: Verdict, told: float
) -> None:
    expected = Expected.model_validate({"question": "What happened?", "facts": facts})
    outcome = judge(expected, answered(cite(short=None)), None, frozenset())
    assert (outcome.verdict, outcome.facts_told) == (verdict, told)


def test_questions_without_a_search_do_not_spoil_the_times(seed_library: Library) -> None:
    asked = [
        Expected(question="Hello!", answers=()),
        Expected(question="Who acted as the go-between?", answers=("Oman",)),
    ]
    found = evaluate(seed_library, asked)
    assert found.times is not None and {"retrieve", "read"} <= set(found.times.stages)
    assert list(found.by_form) == ["fact"]
