"""The metrics of extractive question answering, as the official SQuAD 2.0 script computes them."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = frozenset(string.punctuation)


def normalize_answer(text: str) -> str:
    """The text in lower case without punctuation, without a, an, the, and with single spaces."""
    kept = "".join(letter for letter in text.lower() if letter not in _PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", kept).split())


def squad_em(prediction: str, gold: str) -> float:
    """1 where both are the same once normalised, else 0. No answer is the empty string."""
    return float(normalize_answer(prediction) == normalize_answer(gold))


def squad_f1(prediction: str, gold: str) -> float:
    """2PR / (P + R) over the normalised words as bags: P = common / predicted words, R = common / gold words.

    Where either has no words, 1 if the other has none too, else 0.
    """
    predicted, wanted = normalize_answer(prediction).split(), normalize_answer(gold).split()
    if not predicted or not wanted:
        return float(predicted == wanted)
    common = sum((Counter(predicted) & Counter(wanted)).values())
    return 2 * common / (len(predicted) + len(wanted))


def metric_max_over_golds(metric: Callable[[str, str], float], prediction: str, golds: Sequence[str]) -> float:
    """The metric against the gold answer that it likes best; no golds means that there is no answer.

    Golds without a word left after normalising are passed over, as in the official script.
    """
    wanted = [gold for gold in golds if normalize_answer(gold)] or [""]
    return max(metric(prediction, gold) for gold in wanted)


def area_under_curve(positives: Sequence[float], negatives: Sequence[float]) -> float:
    """The probability that a positive scores above a negative, ties counted half (Mann-Whitney U / nm).

    Raises ValueError where either is empty.
    """
    if not positives or not negatives:
        raise ValueError(f"{len(positives)} positives and {len(negatives)} negatives; pass at least one of each")
    ordered = np.sort(np.asarray(negatives, dtype=np.float64))
    values = np.asarray(positives, dtype=np.float64)
    below = np.searchsorted(ordered, values, side="left")
    not_above = np.searchsorted(ordered, values, side="right")
    return float((below + not_above).sum() / 2 / (len(values) * len(ordered)))


def best_threshold(scores: Sequence[float], gains: Sequence[float], answerable: Sequence[bool]) -> tuple[float, float]:
    """The threshold that gives the best mean when only predictions with a higher score are shown, and that mean.

    `gains[i]` is what showing prediction i brings (its exact match or F1); not showing it brings 1 where question i
    has no answer, else 0. Of equally good thresholds the highest; -inf shows everything.
    """
    order = sorted(range(len(scores)), key=lambda index: -scores[index])
    current = float(sum(not has for has in answerable))
    best, threshold = current, scores[order[0]] if order else np.inf
    for place, index in enumerate(order):
        current += gains[index] if answerable[index] else -1.0
        following = scores[order[place + 1]] if place + 1 < len(order) else -np.inf
        if current > best and following < scores[index]:
            best, threshold = current, following
    return float(threshold), best / max(1, len(scores))


def expected_calibration_error(confidences: Sequence[float], right: Sequence[bool], bins: int = 10) -> float:
    """sum over bins of n_bin / n * |share right in the bin - mean confidence in it|, with bins of equal width.

    From Guo et al. 2017, equation 3. Confidences are in [0, 1]; 0 for no predictions at all.
    """
    values, hits = np.asarray(confidences, dtype=np.float64), np.asarray(right, dtype=np.float64)
    places = np.minimum((values * bins).astype(int), bins - 1)
    gaps = [abs(float((hits[places == place] - values[places == place]).sum())) for place in range(bins)]
    return sum(gaps) / max(1, len(values))
