"""A quick look at a reader in training: a few hundred dev questions, read whole in torch."""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer

from benchmarks.metrics import area_under_curve
from rag.evaluation.metrics import metric_max_over_golds, squad_em, squad_f1
from training.batches import CLASSIFY, LONGEST_QUESTION, SEPARATE, Encoded, collate
from training.data import ReadingExample, load_reading
from training.folds import is_kept_title
from training.model import SpanReader
from training.objective import LONGEST_ANSWER

LONGEST_INPUT = 384


@torch.no_grad()
def read_example(model: SpanReader, tokenizer: Tokenizer, example: ReadingExample) -> tuple[str, float]:
    """Return the best span's text and its score over null."""
    question = tokenizer.encode(example.question, add_special_tokens=False).ids
    question = question[:LONGEST_QUESTION]
    passage = tokenizer.encode(example.passage, add_special_tokens=False)
    room = LONGEST_INPUT - len(question) - 3
    ids = [CLASSIFY, *question, SEPARATE, *passage.ids[:room], SEPARATE]
    batch = collate([Encoded(ids, len(question), ((0, 0),))]).to(model.device)
    start, end = (scores.cpu() for scores in model(batch.input_ids, batch.attention_mask, batch.token_type_ids))
    first = len(question) + 2
    starts, ends = start[0, first:-1], end[0, first:-1]
    pairs = starts[:, None] + ends[None, :]
    allowed = torch.ones_like(pairs, dtype=torch.bool).triu().tril(LONGEST_ANSWER - 1)
    best = int(pairs.masked_fill(~allowed, -1e9).argmax())
    begin, finish = divmod(best, len(ends))
    text = example.passage[passage.offsets[begin][0] : passage.offsets[finish][1]]
    return text, float(pairs[begin, finish] - start[0, 0] - end[0, 0])


class Probe:
    """300 answerable questions of SQuAD 1.1 dev and 300 unanswerable ones of 2.0 dev, of the articles kept aside."""

    def __init__(self, data: Path, tokenizer: Tokenizer, count: int = 300) -> None:
        folder = data / "reading" / "dev"
        answerable = [e for e in load_reading(folder / "squad11.jsonl.xz") if is_kept_title(e.title)]
        hard = [e for e in load_reading(folder / "squad20.jsonl.xz") if not e.answers and is_kept_title(e.title)]
        self.answerable = answerable[:: max(1, len(answerable) // count)][:count]
        self.unanswerable = hard[:: max(1, len(hard) // count)][:count]
        self.tokenizer = tokenizer

    def measure(self, model: SpanReader) -> dict[str, float]:
        """Return EM and F1 in percent, and the AUC of the null score on the hard questions."""
        model.eval()
        exact = f1 = 0.0
        margins = []
        for example in self.answerable:
            text, margin = read_example(model, self.tokenizer, example)
            exact += metric_max_over_golds(squad_em, text, example.answer_texts)
            f1 += metric_max_over_golds(squad_f1, text, example.answer_texts)
            margins.append(margin)
        hard = [read_example(model, self.tokenizer, example)[1] for example in self.unanswerable]
        model.train()
        count = len(self.answerable)
        return {
            "exact_match": round(100 * exact / count, 2),
            "f1": round(100 * f1 / count, 2),
            "null_auc": round(area_under_curve(margins, hard), 4),
            "has_answer_kept": round(sum(m > 0 for m in margins) / count, 3),
            "no_answer_right": round(sum(m <= 0 for m in hard) / len(hard), 3),
        }
