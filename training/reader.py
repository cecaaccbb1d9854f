"""Train the span reader within a wall-clock budget.

    python -m training.reader --data ../shared/data --hours 1.7 --out training/runs/reader

On a GPU where there is one, else on the processor. The learning rate follows the share of the budget that has passed
(budgeted training, Li et al. 2020), so the run ends annealed however fast the machine is. Started again with the same
arguments, it goes on from its last checkpoint.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer

from training.batches import Batch, stream_batches
from training.checkpoint import Progress, latest_checkpoint, load_checkpoint, save_checkpoint
from training.model import SpanReader, base_model_folder, load_tokenizer, new_reader
from training.neighbours import nearest_words
from training.objective import reading_loss
from training.probe import Probe
from training.restore import restore_reader
from training.stream import ExampleStream, load_stream

WARMUP_SHARE = 0.02
AVERAGE_DECAY = 0.998
LOG = "log.jsonl"
LOG_EVERY = 50  # batches
WORD_EMBEDDINGS = "embeddings.word_embeddings.weight"


class Trainer:
    """One run: the model, its averaged weights, the optimizer and the progress so far."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        torch.manual_seed(arguments.seed)
        self.arguments = arguments
        self.run: Path = arguments.out
        self.run.mkdir(parents=True, exist_ok=True)
        self.budget = arguments.hours * 3600
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        self.bf16 = self.device.type == "cuda" or has_fast_bf16()
        attention = "eager" if self.bf16 and self.device.type == "cpu" else "sdpa"
        start: Path | None = arguments.start
        model = restore_reader(start, attention) if start else new_reader(attention)
        self.model: SpanReader = model.to(self.device).train()
        self.trained = {n: p for n, p in self.model.named_parameters() if p.requires_grad}
        self.average = {n: p.detach().clone() for n, p in self.trained.items()}
        self.optimizer = _optimizer(self.trained)
        self.progress = Progress()
        if checkpoint := latest_checkpoint(self.run):
            self.progress = load_checkpoint(checkpoint, self.model, self.average, self.optimizer)
        self.resumed_at = self.progress.seconds
        self.clock = time.monotonic()

    def seconds(self) -> float:
        """Return the training time so far, all starts of this run together."""
        return self.resumed_at + time.monotonic() - self.clock

    def learning_rate(self) -> float:
        """Return the rate for the share of the budget that has passed: up, then down to 0."""
        share = min(1.0, self.seconds() / self.budget)
        factor = min(share / WARMUP_SHARE, (1 - share) / (1 - WARMUP_SHARE))
        return float(self.arguments.learning_rate * factor)

    def step(self, batch: Batch) -> float:
        """Learn from one batch and return its loss."""
        rate = self.learning_rate()
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        batch = batch.to(self.device)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.bf16):
            starts, ends = self.model(batch.input_ids, batch.attention_mask, batch.token_type_ids)
        loss = reading_loss(starts.float(), ends.float(), batch.readable, batch.gold_spans)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self.trained.values(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.values()), list(self.trained.values()), 1 - AVERAGE_DECAY)
        self.progress.batches += 1
        self.progress.examples += len(batch.input_ids)
        return float(loss.detach())

    def save(self) -> None:
        """Write a checkpoint."""
        self.progress.seconds = self.seconds()
        save_checkpoint(self.run, self.model, self.average, self.optimizer, self.progress)

    def log(self, **values: object) -> None:
        """Append a line to the run's log and print it."""
        counts = {"batches": self.progress.batches, "examples": self.progress.examples}
        line = {**counts, "seconds": round(self.seconds(), 1), **values}
        with (self.run / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


def has_fast_bf16() -> bool:
    """Whether this processor multiplies bf16 matrices in hardware: twice as many examples a second."""
    cpuinfo = Path("/proc/cpuinfo")
    flags = cpuinfo.read_text(encoding="utf-8") if cpuinfo.is_file() else ""
    return "amx_bf16" in flags or "avx512_bf16" in flags


def _optimizer(trained: dict[str, torch.nn.Parameter]) -> torch.optim.Optimizer:
    matrices = [p for p in trained.values() if p.ndim > 1]
    vectors = [p for p in trained.values() if p.ndim < 2]
    groups = [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=0.0, fused=True)


def prepare_stream(data: Path, tokenizer: Tokenizer, seed: int) -> ExampleStream:
    """Load the training data with the near words for its edited questions."""
    weights = load_file(base_model_folder() / "model.safetensors")[WORD_EMBEDDINGS]
    return load_stream(data, nearest_words(tokenizer.get_vocab(), weights.numpy()), seed)


def train(trainer: Trainer, stream: ExampleStream, tokenizer: Tokenizer, probe: Probe) -> None:
    """Run until the budget is used up, with checkpoints, log lines and probes on the way."""
    arguments = trainer.arguments
    saved = probed = logged = trainer.seconds()
    losses: list[float] = []
    first = trainer.progress.batches
    for batch in stream_batches(stream, tokenizer, arguments.batch_size, first):
        losses.append(trainer.step(batch))
        now = trainer.seconds()
        if len(losses) == LOG_EVERY:
            speed = LOG_EVERY * arguments.batch_size / (now - logged)
            trainer.log(loss=round(sum(losses) / LOG_EVERY, 4), examples_per_second=round(speed, 2))
            losses, logged = [], now
        if now - probed > arguments.probe_minutes * 60:
            trainer.log(probe=probe.measure(trainer.model))
            probed = logged = trainer.seconds()
            losses = []
        if now - saved > arguments.save_minutes * 60:
            trainer.save()
            saved = now
        if now >= trainer.budget:
            break
    trainer.save()


def finish(trainer: Trainer, probe: Probe) -> None:
    """Probe the last and the averaged weights and keep the averaged ones beside the last."""
    trainer.log(probe=probe.measure(trainer.model), final="last")
    save_file(trainer.model.state_dict(), trainer.run / "last.safetensors")
    averaged: SpanReader = trainer.model
    averaged.load_state_dict({**averaged.state_dict(), **trainer.average})
    save_file(averaged.state_dict(), trainer.run / "averaged.safetensors")
    trainer.log(probe=probe.measure(averaged), final="averaged")


def parse_arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line, or the arguments given."""
    parser = argparse.ArgumentParser(prog="python -m training.reader", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--out", type=Path, default=Path("training/runs/reader"))
    parser.add_argument("--hours", type=float, default=1.7)
    parser.add_argument("--start", type=Path, help="a shipped reader's folder to go on from, not the base model")
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--learning-rate", type=float, default=2e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--save-minutes", type=float, default=5)
    parser.add_argument("--probe-minutes", type=float, default=20)
    return parser.parse_args(given)


def main() -> None:
    """Train, or go on training, and leave the weights in the run's folder."""
    arguments = parse_arguments()
    torch.set_num_threads(arguments.threads)
    tokenizer = load_tokenizer(base_model_folder())
    stream = prepare_stream(arguments.data, tokenizer, arguments.seed)
    probe = Probe(arguments.data, tokenizer)
    trainer = Trainer(arguments)
    trainer.log(start={k: str(v) for k, v in vars(arguments).items()})
    train(trainer, stream, tokenizer, probe)
    finish(trainer, probe)


if __name__ == "__main__":
    main()
