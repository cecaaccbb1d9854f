"""What the reader is trained to make likely."""

from __future__ import annotations

import torch

LONGEST_ANSWER = 30  # tokens
_OUT = -1e4


def _marginal_loss(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    return torch.logsumexp(scores, -1) - torch.logsumexp(scores.masked_fill(~gold, _OUT), -1)


def reading_loss(
    start_scores: torch.Tensor,
    end_scores: torch.Tensor,
    readable: torch.Tensor,
    gold_spans: torch.Tensor,
    labelled: torch.Tensor,
) -> torch.Tensor:
    """Return the compound objective, averaged over the batch's labelled rows (Fajcik et al. 2021).

    The marginal likelihood of all gold starts, of all gold ends, and of all gold
    (start, end) pairs among the pairs in order and not too long. Position 0 stands for
    "no answer".

    Args:
        start_scores, end_scores: [batch, sequence].
        readable: bool [batch, sequence], passage tokens and position 0.
        gold_spans: int64 [spans, 3] of batch row, first token, last token.
        labelled: bool [batch], the rows that have gold spans; the others don't count.
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
    candidates = allowed | gold_pairs  # a gold answer counts however long it is
    pairs = (start_scores[:, :, None] + end_scores[:, None, :]).masked_fill(~candidates, 2 * _OUT)
    joint = _marginal_loss(pairs.view(rows, -1), gold_pairs.view(rows, -1))
    losses = (0.5 * separate + joint).where(labelled, 0.0) / 2
    return losses.sum() / labelled.sum().clamp(min=1)


def distillation_loss(
    scores: torch.Tensor, teacher_scores: torch.Tensor, readable: torch.Tensor, temperature: float
) -> torch.Tensor:
    """Return how far the scores' distribution over positions is from the teacher's, a mean over the batch.

    After Hinton et al. (2015): the Kullback-Leibler divergence of both softened by the temperature, times its square,
    so that gradients keep their size.

    Args:
        scores, teacher_scores: [batch, sequence].
        readable: bool [batch, sequence], the positions that count.
    """
    given = torch.log_softmax(scores.masked_fill(~readable, _OUT) / temperature, -1)
    taught = torch.log_softmax(teacher_scores.masked_fill(~readable, _OUT) / temperature, -1)
    return (taught.exp() * (taught - given)).sum(-1).mean() * temperature**2
