"""Joint decoding, compared with cases worked by hand and with a brute-force search."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.models.span_decoding import (
    TokenSpan,
    best_spans,
    log_total,
    null_log_odds,
    pair_scores,
    start_probabilities,
    within_sentences,
)

logits = st.lists(st.tuples(st.floats(-20, 20), st.floats(-20, 20)), min_size=1, max_size=12)


def test_the_best_pair_is_not_the_two_best_ends() -> None:
    # Independently the start is token 2 and the end token 0, which is no span; jointly 0 to 0 (5) beats 2 to 2 (4).
    pairs = pair_scores(np.array([2.0, 0.0, 4.0]), np.array([3.0, 1.0, 0.0]), longest=3)
    assert best_spans(pairs, null=1.0, top=1) == [TokenSpan(0, 1, 4.0)]


def test_a_span_is_never_longer_than_told() -> None:
    starts, ends = np.array([9.0, 0.0, 0.0]), np.array([0.0, 1.0, 9.0])
    assert best_spans(pair_scores(starts, ends, longest=3), 0.0, 1) == [TokenSpan(0, 3, 18.0)]
    assert best_spans(pair_scores(starts, ends, longest=2), 0.0, 1) == [TokenSpan(0, 2, 10.0)]


def test_a_text_without_tokens_has_no_span() -> None:
    pairs = within_sentences(pair_scores(np.zeros(0), np.zeros(0), longest=30), np.zeros(0, np.int64))
    assert best_spans(pairs, null=1.0, top=1) == []
    assert null_log_odds(pairs, null=1.0) == math.inf
    assert start_probabilities(pairs, null=1.0).tolist() == []


def test_ties_go_to_the_earlier_then_the_shorter_span() -> None:
    zeros = np.zeros(3)
    assert best_spans(pair_scores(zeros, zeros, 2), 0.0, 5) == [TokenSpan(i, i + 1, 0.0) for i in range(3)]


def test_masked_tokens_are_in_no_span() -> None:
    outside = np.full(2, -np.inf)
    assert best_spans(pair_scores(outside, np.zeros(2), 2), 0.0, 3) == []
    assert null_log_odds(pair_scores(outside, np.zeros(2), 2), 0.0) == math.inf


def test_probabilities_worked_by_hand() -> None:
    # Spans 0-0: 0, 0-1: ln 2, 1-1: ln 2; no answer: ln 3. The total is 1 + 2 + 2 + 3 = 8.
    pairs = pair_scores(np.array([0.0, 0.0]), np.array([0.0, math.log(2)]), longest=2)
    null = math.log(3)
    assert log_total(pairs, null) == pytest.approx(math.log(8))
    assert start_probabilities(pairs, null) == pytest.approx([3 / 8, 2 / 8])
    assert null_log_odds(pairs, null) == pytest.approx(math.log(3 / 5))


def test_wrong_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="shapes"):
        pair_scores(np.zeros(2), np.zeros(3), 2)
    with pytest.raises(ValueError, match="at least 1"):
        pair_scores(np.zeros(2), np.zeros(2), 0)


@given(logits, st.integers(1, 5), st.integers(1, 4), st.floats(-20, 20))
def test_agrees_with_trying_every_span(scores: list[tuple[float, float]], longest: int, top: int, null: float) -> None:
    starts, ends = np.array([s for s, _ in scores]), np.array([e for _, e in scores])
    spans = [
        (-(starts[i] + ends[j]), i, j + 1) for i in range(len(starts)) for j in range(i, min(len(ends), i + longest))
    ]
    expected: list[tuple[int, int]] = []
    for _, start, end in sorted(spans):
        if len(expected) < top and all(end <= s or e <= start for s, e in expected):
            expected.append((start, end))
    found = best_spans(pair_scores(starts, ends, longest), null, top)
    assert [(span.start, span.end) for span in found] == expected
    assert all(span.log_odds == starts[span.start] + ends[span.end - 1] - null for span in found)


@given(logits, st.integers(1, 5), st.floats(-20, 20))
def test_probabilities_and_no_answer_make_one(scores: list[tuple[float, float]], longest: int, null: float) -> None:
    pairs = pair_scores(np.array([s for s, _ in scores]), np.array([e for _, e in scores]), longest)
    no_answer = math.exp(null - log_total(pairs, null))
    assert start_probabilities(pairs, null).sum() + no_answer == pytest.approx(1.0)
    if no_answer < 1 - 1e-9:  # closer to 1, its odds are lost in rounding
        assert null_log_odds(pairs, null) == pytest.approx(math.log(no_answer) - math.log1p(-no_answer), abs=1e-3)


def test_spans_that_leave_their_sentence_or_stand_in_an_unquotable_one_are_struck_out() -> None:
    pairs = pair_scores(np.zeros(4), np.zeros(4), 3)
    kept = within_sentences(pairs, np.array([0, 0, -1, 3]))
    assert {(int(i), int(i + k)) for i, k in np.argwhere(kept > -np.inf)} == {(0, 0), (0, 1), (1, 1), (3, 3)}
