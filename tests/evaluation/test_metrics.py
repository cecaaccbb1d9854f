"""The metrics of answers, on cases worked by hand."""

from __future__ import annotations

import math

import pytest

from benchmarks.metrics import area_under_curve, best_threshold, recall_and_mrr
from rag.evaluation.curves import expected_calibration_error, lowest_threshold, reliability_bins, risk_coverage
from rag.evaluation.metrics import (
    answers_rightly,
    contains_answer,
    metric_max_over_golds,
    normalize_answer,
    squad_em,
    squad_f1,
)


def test_normalising_drops_case_punctuation_articles_and_spaces() -> None:
    assert normalize_answer("  The U.S.,  an Area") == "us area"
    # "an" inside a word stays, and a hyphen joins its neighbours, as in the official script.
    assert normalize_answer("Theory-and an-aside") == "theoryand anaside"


@pytest.mark.parametrize(
    ("prediction", "gold", "exact", "f1"),
    [
        ("the Eiffel Tower", "Eiffel tower.", 1.0, 1.0),
        # 2 common; precision 2/4, recall 2/3: 2 * (1/2 * 2/3) / (1/2 + 2/3) = 4/7.
        ("in July of 1969", "July 20, 1969", 0.0, 4 / 7),
        # Words count as often as they occur: 1 common of 3 and 1.
        ("no no no", "no", 0.0, 0.5),
        ("", "", 1.0, 1.0),
        ("", "Paris", 0.0, 0.0),
        ("Paris", "", 0.0, 0.0),
        ("Rome", "Paris", 0.0, 0.0),
        # Nothing but an article is no word at all.
        ("the", "", 1.0, 1.0),
    ],
)
def test_exact_match_and_f1(prediction: str, gold: str, exact: float, f1: float) -> None:
    assert squad_em(prediction, gold) == exact
    assert squad_f1(prediction, gold) == pytest.approx(f1)


def test_best_gold_counts_and_no_gold_means_no_answer() -> None:
    # Against "20 July": 1 common of 1 and 2, 2/3; against "July 1969 landing": 1 common of 1 and 3, 1/2.
    assert metric_max_over_golds(squad_f1, "July", ["July 1969 landing", "20 July"]) == pytest.approx(2 / 3)
    assert metric_max_over_golds(squad_em, "", []) == 1.0
    assert metric_max_over_golds(squad_em, "Paris", []) == 0.0


def test_area_under_curve_counts_ties_half() -> None:
    # Pairs: 3>1, 3>2, 2>1 win, 2=2 ties: 3.5 of 4.
    assert area_under_curve([3.0, 2.0], [1.0, 2.0]) == pytest.approx(3.5 / 4)
    with pytest.raises(ValueError, match="0 positives"):
        area_under_curve([], [1.0])


def test_best_threshold_shows_what_gains_more_than_it_costs() -> None:
    # Shown in order of score: 9 gains 1 of an answerable; 5 is unanswerable and costs 1; 4 gains 0.5 only.
    threshold, mean = best_threshold([5.0, 9.0, 4.0], [0.0, 1.0, 0.5], [False, True, True])
    assert 5.0 <= threshold < 9.0
    assert mean == pytest.approx(2 / 3)  # the first right, the unanswerable one not shown


def test_best_threshold_never_parts_equal_scores() -> None:
    threshold, mean = best_threshold([1.0, 1.0], [1.0, 0.0], [True, False])
    assert (threshold, mean) == (1.0, 0.5)


def test_best_threshold_of_answerable_questions_shows_all() -> None:
    assert best_threshold([1.0, 2.0], [1.0, 1.0], [True, True]) == (-math.inf, 1.0)


def test_calibration_error_weighs_bins_by_size() -> None:
    # Bin 0.9..1: two predictions at 0.95, one right: |1 - 1.9| = 0.9. Bin 0.2..0.3: one at 0.25, wrong: 0.25.
    assert expected_calibration_error([0.95, 0.95, 0.25], [True, False, False]) == pytest.approx(1.15 / 3)
    assert expected_calibration_error([1.0], [True]) == 0.0


def test_bins_hold_what_lies_in_them_and_empty_ones_are_left_out() -> None:
    low, high = reliability_bins([1.0, 0.95, 0.25], [True, False, False])
    assert (low.low, low.high, low.questions, low.confidence, low.right) == (0.2, 0.3, 1, 0.25, 0.0)
    assert (high.low, high.questions, high.right) == (0.9, 2, 0.5)
    assert high.confidence == pytest.approx(0.975)
    assert reliability_bins([], []) == ()


def test_risk_and_coverage_of_each_threshold() -> None:
    points = risk_coverage([0.9, 0.8, 0.8, 0.1], [True, True, False, False])
    assert [(p.threshold, p.answered, p.right, p.coverage) for p in points] == [
        (0.9, 1, 1, 0.25),
        # Equal confidences are shown together or not at all.
        (0.8, 3, 2, 0.75),
        (0.1, 4, 2, 1.0),
    ]
    assert [p.risk for p in points] == pytest.approx([0.0, 1 / 3, 0.5])


def test_the_threshold_is_the_lowest_confidence_that_keeps_the_precision() -> None:
    points = risk_coverage([0.9, 0.8, 0.7, 0.6, 0.5], [True, True, False, True, False])
    found = [lowest_threshold(precision, points) for precision in (0.6, 0.75, 0.9)]
    assert [point and point.threshold for point in found] == [0.5, 0.6, 0.8]
    assert lowest_threshold(0.9, risk_coverage([0.5], [False])) is None
    assert lowest_threshold(0.9, ()) is None


@pytest.mark.parametrize(
    ("text", "answers", "holds"),
    [("It cost £19.5 million.", ["19.5 million"], False), ("It cost 19.5 million.", ["The 19.5 Million"], True)],
)
def test_an_answer_is_contained_as_whole_words(text: str, answers: list[str], holds: bool) -> None:
    assert contains_answer(text, answers) is holds


@pytest.mark.parametrize(
    ("short", "quotes", "answers", "right"),
    [
        # F1 of "Badr al-Busaidi" and "Badr bin Hamad al-Busaidi": 2 * 2 / (2 + 4) = 2/3.
        ("Badr bin Hamad al-Busaidi", ["He mediated."], ["Badr al-Busaidi"], True),
        ("Oman", ["Oman's minister, al-Busaidi, mediated."], ["al-Busaidi"], True),
        ("Oman", ["Oman mediated."], ["al-Busaidi", "Badr"], False),
        (None, ["Oman mediated."], ["Oman"], True),
        (None, [], ["Oman"], False),
        ("Oman", ["Oman mediated."], [], False),
    ],
)
def test_right_is_the_short_answer_or_a_quote_that_holds_one(
    short: str | None, quotes: list[str], answers: list[str], right: bool
) -> None:
    assert answers_rightly(short, quotes, answers) is right


def test_recall_and_reciprocal_rank_of_rankings() -> None:
    ranked = [(True, False), (False, True, True), (False, False, False), ()]
    assert recall_and_mrr(ranked, (1, 2)) == {"@1": 0.25, "@2": 0.5, "mrr": 0.375}
    assert recall_and_mrr([], (1,)) == {"@1": None, "mrr": None}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Ada Voss's ferry sank.", "Ada Voss"),
        ("Ada Voss’s ferry sank.", "Ada Voss"),
        ("Nikola Jokic won.", "Nikola Jokić"),
        ("They saw “Low Tide”—twice.", "Low Tide"),
    ],
)
def test_accents_marks_and_possessives_hide_no_answer(text: str, answer: str) -> None:
    assert contains_answer(text, [answer])
    assert not contains_answer(text, [f"{answer}s"])
