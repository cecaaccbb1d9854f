"""Measures a reader during training on a few hundred dev questions, in torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from tokenizers import Tokenizer

from benchmarks.folds import is_kept_title
from benchmarks.metrics import area_under_curve
from rag.evaluation.metrics import metric_max_over_golds, squad_em, squad_f1
from training.data import ReadingExample, load_reading
from training.encoding import CLASSIFY, LONGEST_QUESTION, SEPARATE, Encoded
from training.model import SpanScorer
from training.objective import LONGEST_ANSWER
from training.pool import Pool

LONGEST_INPUT = 384
"""Most tokens of an input sequence. The end of a longer passage is cut off."""
AT_ONCE = 25
"""Number of examples per batch."""
OUT = -1e9
"""Score of positions that must not be chosen."""


@torch.no_grad()
def read_examples(
    model: SpanScorer, tokenizer: Tokenizer, examples: Sequence[ReadingExample]
) -> list[tuple[str, float]]:
    """Finds the best span of each example.

    Args:
        model: The network.
        tokenizer: The tokenizer, without padding and truncation.
        examples: The examples.

    Returns:
        For each example the text of the best span, and its log-odds against "no answer".
    """
    passages = [tokenizer.encode(example.passage, add_special_tokens=False) for example in examples]
    rows = []
    for example, passage in zip(examples, passages, strict=True):
        question = tokenizer.encode(example.question, add_special_tokens=False).ids[:LONGEST_QUESTION]
        first = len(question) + 2
        ids = [CLASSIFY, *question, SEPARATE, *passage.ids[: LONGEST_INPUT - first - 1], SEPARATE]
        rows.append(Encoded(ids, first, first, ()))
    batch = Pool.of(rows).to(model.device).batch(torch.arange(len(rows), device=model.device))
    scores = model(batch.input_ids, batch.token_type_ids, batch.attention_mask)
    starts, ends = (each.float().cpu().masked_fill(~batch.readable.cpu(), OUT) for each in scores)
    allowed = torch.ones(starts.shape[1], starts.shape[1], dtype=torch.bool).triu().tril(LONGEST_ANSWER - 1)
    allowed[0] = False
    read = []
    for row, example, passage, start, end in zip(rows, examples, passages, starts, ends, strict=True):
        pairs = (start[:, None] + end[None, :]).masked_fill(~allowed, 2 * OUT)
        begin, finish = divmod(int(pairs.argmax()), len(end))
        places = passage.offsets[begin - row.first][0], passage.offsets[finish - row.first][1]
        read.append((example.passage[slice(*places)], float(pairs[begin, finish] - start[0] - end[0])))
    return read


def read_in_batches(
    model: SpanScorer, tokenizer: Tokenizer, examples: Sequence[ReadingExample]
) -> Iterator[tuple[str, float]]:
    """Reads any number of examples, AT_ONCE at a time, see `read_examples`."""
    for begin in range(0, len(examples), AT_ONCE):
        yield from read_examples(model, tokenizer, examples[begin : begin + AT_ONCE])


class Probe:
    """Answerable questions of SQuAD 1.1 dev and unanswerable ones of SQuAD 2.0 dev, of the articles kept aside."""

    def __init__(self, data: Path, tokenizer: Tokenizer, count: int = 300) -> None:
        """Loads the questions.

        Args:
            data: Folder of the data sets.
            tokenizer: The tokenizer, without padding and truncation.
            count: Number of questions of each kind, spread evenly over the file.
        """
        folder = data / "reading" / "dev"
        answerable = [e for e in load_reading(folder / "squad11.jsonl.xz") if is_kept_title(e.title)]
        hard = [e for e in load_reading(folder / "squad20.jsonl.xz") if not e.answers and is_kept_title(e.title)]
        self.answerable = answerable[:: max(1, len(answerable) // count)][:count]
        self.unanswerable = hard[:: max(1, len(hard) // count)][:count]
        self.tokenizer = tokenizer

    def _read(self, model: SpanScorer, examples: Sequence[ReadingExample]) -> Iterator[tuple[str, float]]:
        return read_in_batches(model, self.tokenizer, examples)

    def measure(self, model: SpanScorer) -> dict[str, float]:
        """Measures a network.

        Returns:
            Exact match and F1 of the answerable questions in percent. `null_auc`: the area under the curve of the score
            that separates both kinds of questions. `has_answer_kept` and `no_answer_right`: the shares, in [0, 1], of
            answerable questions answered and of unanswerable questions not answered at threshold 0.
        """
        model.eval()
        exact = f1 = 0.0
        margins = []
        for example, (text, margin) in zip(self.answerable, self._read(model, self.answerable), strict=True):
            exact += metric_max_over_golds(squad_em, text, example.answer_texts)
            f1 += metric_max_over_golds(squad_f1, text, example.answer_texts)
            margins.append(margin)
        hard = [margin for _, margin in self._read(model, self.unanswerable)]
        model.train()
        count = len(self.answerable)
        return {
            "exact_match": round(100 * exact / count, 2),
            "f1": round(100 * f1 / count, 2),
            "null_auc": round(area_under_curve(margins, hard), 4),
            "has_answer_kept": round(sum(m > 0 for m in margins) / count, 3),
            "no_answer_right": round(sum(m <= 0 for m in hard) / len(hard), 3),
        }
