import math
from dataclasses import replace

import pytest

from rag.answering.confidence import FEATURES, Calibration, Signals, load_calibration
from rag.models.load_reader import SENTENCE

NONE = Signals(**dict.fromkeys(FEATURES, 0.0))


def calibration(**weights: float) -> Calibration:
    return Calibration(weights=dict.fromkeys(FEATURES, 0.0) | weights, bias=-1.0, threshold=0.5, precision=0.7)


def test_confidence_is_the_logistic_function_of_the_weighted_sum() -> None:
    signals = replace(NONE, score=3.0, coverage=0.5)
    assert calibration(score=1.0, coverage=2.0).confidence(signals) == pytest.approx(1 / (1 + math.exp(-3.0)))


def test_a_score_without_bounds_is_cut_off() -> None:
    huge = replace(NONE, score=1e9, margin=-1e9)
    assert calibration(score=0.1).confidence(huge) == pytest.approx(1 / (1 + math.exp(-0.2)))
    assert calibration(margin=0.1).confidence(huge) == pytest.approx(1 / (1 + math.exp(1.8)))


def test_each_shipped_calibration_weighs_known_signals_and_states_its_precision() -> None:
    for name in (SENTENCE, "reader"):
        shipped = load_calibration(name)
        assert set(shipped.weights) == set(FEATURES)
        assert 0.5 <= shipped.precision <= 1.0
        assert 0.0 < shipped.threshold < 1.0
        assert 0.0 <= shipped.confidence(NONE) <= 1.0


def test_a_reader_of_ones_own_takes_the_shipped_calibration() -> None:
    assert load_calibration("/some/folder/of-mine") == load_calibration("reader")
