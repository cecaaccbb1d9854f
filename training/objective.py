"""The training losses of the reader."""

from __future__ import annotations

import torch

LONGEST_ANSWER = 30
"""Most tokens of an answer."""
_OUT = -1e4
"""Score of positions that must not count. It has no effect after a softmax and fits into half precision."""


def _marginal_loss(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    return torch.logsumexp(scores, -1) - torch.logsumexp(scores.masked_fill(~gold, _OUT), -1)


def reading_loss(
    start_scores: torch.Tensor,
    end_scores: torch.Tensor,
    readable: torch.Tensor,
    gold_spans: torch.Tensor,
    labelled: torch.Tensor,
) -> torch.Tensor:
    """Computes the compound objective, a scalar, averaged over the batch's labelled rows (Fajcik et al. 2021).

    It is half the marginal negative log-likelihood of all gold starts and of all gold ends, and half that of all gold
    spans among the spans with start <= end and at most LONGEST_ANSWER tokens. Position 0 means "no answer".

    Args:
        start_scores: [batch, sequence].
        end_scores: [batch, sequence].
        readable: bool [batch, sequence]: True for passage tokens and position 0.
        gold_spans: int64 [spans, 3]: batch row, first token, last token (inclusive).
        labelled: bool [batch]: True for rows with gold spans. The others do not count.
    """
    rows, length = start_scores.shape
    start_scores = start_scores.masked_fill(~readable, _OUT)
    end_scores = end_scores.masked_fill(~readable, _OUT)
    row, first, last = gold_spans.unbind(1)
    gold_starts, gold_ends = torch.zeros_like(readable), torch.zeros_like(readable)
    gold_starts[row, first] = True
    gold_ends[row, last] = True
    separate = _marginal_loss(start_scores, gold_starts) + _marginal_loss(end_scores, gold_ends)
    position = torch.arange(length, device=readable.device)
    distance = position[None, :] - position[:, None]
    allowed = (distance >= 0) & (distance < LONGEST_ANSWER)
    allowed[0, 1:] = False
    gold_pairs = torch.zeros(rows, length, length, dtype=torch.bool, device=readable.device)
    gold_pairs[row, first, last] = True
    candidates = allowed | gold_pairs  # a gold span counts even if it is longer
    pairs = (start_scores[:, :, None] + end_scores[:, None, :]).masked_fill(~candidates, 2 * _OUT)
    joint = _marginal_loss(pairs.view(rows, -1), gold_pairs.view(rows, -1))
    losses = (0.5 * separate + joint).where(labelled, 0.0) / 2
    return losses.sum() / labelled.sum().clamp(min=1)


def distillation_loss(
    scores: torch.Tensor, teacher_scores: torch.Tensor, readable: torch.Tensor, temperature: float
) -> torch.Tensor:
    """Computes the distance of the reader's distribution over positions from the teacher's (Hinton et al. 2015).

    It is the Kullback-Leibler divergence of the two distributions, softened by the temperature. It is multiplied by the
    temperature's square, so that the gradients keep their size.

    Args:
        scores: [batch, sequence].
        teacher_scores: [batch, sequence].
        readable: bool [batch, sequence]: True for the positions that count.
        temperature: Divides the scores before the softmax.

    Returns:
        The mean over the batch, a scalar.
    """
    given = torch.log_softmax(scores.masked_fill(~readable, _OUT) / temperature, -1)
    taught = torch.log_softmax(teacher_scores.masked_fill(~readable, _OUT) / temperature, -1)
    return (taught.exp() * (taught - given)).sum(-1).mean() * temperature**2
