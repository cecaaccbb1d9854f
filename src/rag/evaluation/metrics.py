"""Metrics of one answer: those of the official SQuAD 2.0 script, and whether a quote contains an answer."""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_PUNCTUATION = frozenset(string.punctuation)
_POSSESSIVE = re.compile(r"['’]s\b")
_NO_ASCII_MARKS = re.compile(r"[“”„«»‘’–—…]")


def normalize_answer(text: str) -> str:
    """Converts a text to lower case with single spaces, without punctuation and without a, an, the."""
    kept = "".join(letter for letter in text.lower() if letter not in _PUNCTUATION)
    return " ".join(_ARTICLES.sub(" ", kept).split())


def squad_em(prediction: str, gold: str) -> float:
    """Returns 1 if both texts are the same after normalising, otherwise 0. No answer is the empty string."""
    return float(normalize_answer(prediction) == normalize_answer(gold))


def squad_f1(prediction: str, gold: str) -> float:
    """Returns F1 = 2PR / (P + R) over bags of normalised words.

    P = common / predicted words, and R = common / gold words. If a text has no words, F1 is 1 if both have none,
    otherwise 0.
    """
    predicted, wanted = normalize_answer(prediction).split(), normalize_answer(gold).split()
    if not predicted or not wanted:
        return float(predicted == wanted)
    common = sum((Counter(predicted) & Counter(wanted)).values())
    return 2 * common / (len(predicted) + len(wanted))


def metric_max_over_golds(metric: Callable[[str, str], float], prediction: str, golds: Sequence[str]) -> float:
    """Returns the best value of a metric over the gold answers. Without golds, the right answer is no answer.

    Golds without words after normalising are ignored, as in the official script.
    """
    wanted = [gold for gold in golds if normalize_answer(gold)] or [""]
    return max(metric(prediction, gold) for gold in wanted)


def contains_answer(text: str, answers: Sequence[str]) -> bool:
    """Whether a text contains an answer as whole words.

    Both are normalised. Accents, typographic marks and the ending of a possessive don't count: `Jokić's` is `Jokic`.
    """
    padded = f" {_plain(text)} "
    return any(f" {plain} " in padded for plain in map(_plain, answers) if plain)


def _plain(text: str) -> str:
    letters = (letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return normalize_answer(_NO_ASCII_MARKS.sub(" ", _POSSESSIVE.sub("", "".join(letters))))


def answers_rightly(short_answer: str | None, quotes: Iterable[str], answers: Sequence[str]) -> bool:
    """Whether the short answer has an F1 of at least 0.5 with a gold answer, or a quote contains one.

    A quote counts because it is printed with the answer. Without gold answers, nothing is right.
    """
    if not answers:
        return False
    if short_answer and metric_max_over_golds(squad_f1, short_answer, answers) >= 0.5:
        return True
    return any(contains_answer(quote, answers) for quote in quotes)
