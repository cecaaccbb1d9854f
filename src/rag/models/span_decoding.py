"""Decodes the token scores of one window: the best spans, their odds against "no answer", and probabilities.

Everything here is plain numpy over one window, so that it can be tested by hand. Start and end are decoded jointly: the
score of a span is the sum of its start score and its end score, over spans that are in order and not too long. The null
score is that of the first position, where a reader trained for SQuAD 2.0 puts "no answer" (Devlin et al. 2019, section
4.3). Every span is compared with it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Logits = NDArray[np.floating]
"""Scores of the tokens of one window, shape (tokens,)."""
Pairs = NDArray[np.float64]
"""Scores of all spans of one window, shape (tokens, longest).

The score at [i, k] is that of the span of tokens i to i + k, included. -inf is not a span.
"""


@dataclass(frozen=True, slots=True)
class TokenSpan:
    """The tokens `[start, end)` of a window; `log_odds` is the natural logarithm of P(span) / P(no answer)."""

    start: int
    end: int
    log_odds: float


def pair_scores(start_logits: Logits, end_logits: Logits, longest: int) -> Pairs:
    """Adds start and end scores for all spans of at most `longest` tokens.

    Args:
        start_logits: Start scores, shape (tokens,).
        end_logits: End scores, shape (tokens,).
        longest: Most tokens of a span.

    Returns:
        The scores, shape (tokens, longest).

    Raises:
        ValueError: If the two shapes differ or `longest` is not positive.
    """
    if start_logits.shape != end_logits.shape or start_logits.ndim != 1:
        raise ValueError(
            f"Start and end scores of shapes {start_logits.shape} and {end_logits.shape}; pass two of (n,)"
        )
    if longest < 1:
        raise ValueError(f"A longest span of {longest} tokens; pass at least 1")
    padded = np.full(len(end_logits) + longest, -np.inf)  # one more than needed, so that 0 tokens work too
    padded[: len(end_logits)] = end_logits
    ends = np.lib.stride_tricks.sliding_window_view(padded, longest)[: len(end_logits)]
    scores: Pairs = start_logits.astype(np.float64)[:, None] + ends
    return scores


def best_spans(pairs: Pairs, null: float, top: int) -> list[TokenSpan]:
    """Chooses spans greedily: the best span is taken, all spans that overlap it are removed, and so on.

    Args:
        pairs: The scores of all spans.
        null: The score of "no answer".
        top: Number of spans wanted.

    Returns:
        At most `top` spans without overlap, best first; of equal scores the earlier, then the shorter.
    """
    left = pairs.copy()
    longest = left.shape[1]
    found: list[TokenSpan] = []
    while len(found) < top and left.size:
        start, length = divmod(int(left.argmax()), longest)
        score = float(left[start, length])
        if score == -np.inf:
            break
        end = start + length + 1
        found.append(TokenSpan(start, end, score - null))
        left[start:end] = -np.inf
        for before in range(max(0, start - longest + 1), start):
            left[before, start - before :] = -np.inf
    return found


def within_sentences(pairs: Pairs, sentence: NDArray[np.int64]) -> Pairs:
    """Removes the spans that leave their sentence.

    Args:
        pairs: The scores of all spans, shape (tokens, longest).
        sentence: The index of each token's sentence, shape (tokens,); -1 allows no span.

    Returns:
        The scores, with -inf for removed spans.
    """
    padded = np.append(sentence, np.full(pairs.shape[1], -2))
    last = np.lib.stride_tricks.sliding_window_view(padded, pairs.shape[1])[: len(sentence)]
    inside = (last == sentence[:, None]) & (sentence[:, None] >= 0)
    return np.where(inside, pairs, -np.inf)


def log_total(pairs: Pairs, null: float) -> float:
    """The logarithm of the softmax's denominator, the sum over all spans and "no answer"."""
    largest = max(null, float(pairs.max(initial=-np.inf)))
    return largest + float(np.log(np.exp(pairs - largest).sum() + np.exp(null - largest)))


def null_log_odds(pairs: Pairs, null: float) -> float:
    """The logarithm of P(no answer) / P(any span); positive if no answer is likelier than all spans together."""
    largest = float(pairs.max(initial=-np.inf))
    if largest == -np.inf:
        return np.inf
    return null - largest - float(np.log(np.exp(pairs - largest).sum()))


def start_probabilities(pairs: Pairs, null: float) -> NDArray[np.float64]:
    """The probability that the answer starts at each token, shape (tokens,). The sum is 1 minus P(no answer)."""
    probabilities: NDArray[np.float64] = np.exp(pairs - log_total(pairs, null)).sum(axis=1)
    return probabilities
