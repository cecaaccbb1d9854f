"""The training losses of the reader."""

from __future__ import annotations

import torch

LONGEST_ANSWER = 30
"""Most tokens of an answer."""
_OUT = -1e4
"""Score of positions that must not count. It has no effect after a softmax and fits into half precision."""


def _marginal_loss(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
    return torch.logsumexp(scores, -1) - torch.logsumexp(scores.masked_fill(~gold, _OUT), -1)


def _pairs(
    start_scores: torch.Tensor, end_scores: torch.Tensor, gold_spans: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Returns the scores of all spans, and which of them are gold, each [batch, sequence, sequence].

    A gold span counts even if it is longer than LONGEST_ANSWER tokens.
    """
    rows, length = start_scores.shape
    row, first, last = gold_spans.unbind(1)
    position = torch.arange(length, device=start_scores.device)
    distance = position[None, :] - position[:, None]
    allowed = (distance >= 0) & (distance < LONGEST_ANSWER)
    allowed[0, 1:] = False
    gold = torch.zeros(rows, length, length, dtype=torch.bool, device=start_scores.device)
    gold[row, first, last] = True
    scores = (start_scores[:, :, None] + end_scores[:, None, :]).masked_fill(~(allowed | gold), 2 * _OUT)
    return scores, gold


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
    start_scores = start_scores.masked_fill(~readable, _OUT)
    end_scores = end_scores.masked_fill(~readable, _OUT)
    row, first, last = gold_spans.unbind(1)
    gold_starts, gold_ends = torch.zeros_like(readable), torch.zeros_like(readable)
    gold_starts[row, first] = True
    gold_ends[row, last] = True
    separate = _marginal_loss(start_scores, gold_starts) + _marginal_loss(end_scores, gold_ends)
    pairs, gold_pairs = _pairs(start_scores, end_scores, gold_spans)
    joint = _marginal_loss(pairs.flatten(1), gold_pairs.flatten(1))
    losses = (0.5 * separate + joint).where(labelled, 0.0) / 2
    return losses.sum() / labelled.sum().clamp(min=1)


def shared_loss(
    start_scores: torch.Tensor,
    end_scores: torch.Tensor,
    readable: torch.Tensor,
    gold_spans: torch.Tensor,
    together: int,
) -> torch.Tensor:
    """Computes the loss of questions over all of their passages, a scalar, averaged over the questions.

    The spans of a question's passages are normalised together (shared normalisation, Clark and Gardner 2018), each by
    its log-odds against its own passage's "no answer", because the product compares passages by these. It is the
    marginal negative log-likelihood of all gold spans; of "no answer" if no passage has one.

    Args:
        start_scores: [batch, sequence].
        end_scores: [batch, sequence].
        readable: bool [batch, sequence]: True for passage tokens and position 0.
        gold_spans: int64 [spans, 3]: batch row, first token, last token (inclusive). All rows must be labelled.
        together: Number of successive rows that are one question's passages.
    """
    start_scores = start_scores.masked_fill(~readable, _OUT)
    end_scores = end_scores.masked_fill(~readable, _OUT)
    pairs, gold = _pairs(start_scores, end_scores, gold_spans)
    odds = pairs - (start_scores[:, 0] + end_scores[:, 0])[:, None, None]
    questions = len(odds) // together
    odds, gold = (each[:, 1:].reshape(questions, -1) for each in (odds, gold))  # what begins at 0 is "no answer"
    odds = torch.cat([odds.new_zeros(questions, 1), odds], 1)
    return _marginal_loss(odds, torch.cat([~gold.any(1, keepdim=True), gold], 1)).mean()


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
