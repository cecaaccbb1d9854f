"""One run of training on a pool within a wall-clock budget, resumable after a kill.

The learning rate follows the share of the budget that has passed (budgeted training, Li et al. 2020), so the run ends
annealed however fast the machine is.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from training.checkpoint import Progress, latest_checkpoint, load_checkpoint, save_checkpoint
from training.model import SpanScorer
from training.objective import distillation_loss, reading_loss
from training.pool import Batch, Pool
from training.probe import Probe

WARMUP_SHARE = 0.02
AVERAGE_DECAY = 0.998
LOG, LAST, AVERAGED = "log.jsonl", "last.safetensors", "averaged.safetensors"
LOG_EVERY = 50  # batches
TEMPERATURE = 2.0
TAUGHT_SHARE = 0.7
"""Of the loss, where a teacher labelled the pool: what the teacher says; the rest is the gold spans'."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What a teacher says of a pool: its start and its end score of every token, float16 [tokens]."""

    starts: torch.Tensor
    ends: torch.Tensor

    @classmethod
    def load(cls, path: Path, device: torch.device) -> Labels:
        """The labels of a file that `save` wrote."""
        return cls(**load_file(path, device=str(device)))

    def save(self, path: Path) -> None:
        """Write them as one safetensors file."""
        save_file({"starts": self.starts, "ends": self.ends}, path)

    def loss(self, starts: torch.Tensor, ends: torch.Tensor, batch: Batch) -> torch.Tensor:
        """How far a batch's scores are from the teacher's."""

        def distance(given: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
            return distillation_loss(given, taught[batch.places].float(), batch.readable, TEMPERATURE)

        return distance(starts, self.starts) + distance(ends, self.ends)


class Trainer:
    """One run: the network, its averaged weights, the optimizer and the progress so far."""

    def __init__(self, network: SpanScorer, arguments: argparse.Namespace, labels: Labels | None = None) -> None:
        self.arguments = arguments
        self.labels = labels
        self.run: Path = arguments.out
        self.run.mkdir(parents=True, exist_ok=True)
        self.budget = arguments.hours * 3600
        self.device = find_device()
        self.bf16 = self.device.type == "cuda" or has_fast_bf16()
        self.network = network.to(self.device).train()
        self.trained = {n: p for n, p in self.network.named_parameters() if p.requires_grad}
        self.average = {n: p.detach().clone() for n, p in self.trained.items()}
        self.optimizer = _optimizer(self.trained)
        self.progress = Progress()
        if checkpoint := latest_checkpoint(self.run):
            self.progress = load_checkpoint(checkpoint, self.network, self.average, self.optimizer)
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

    def step(self, batch: Batch) -> torch.Tensor:
        """Learn from one batch and return its loss, a number on the device."""
        rate = self.learning_rate()
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.bf16):
            starts, ends = self.network(batch.input_ids, batch.token_type_ids, batch.attention_mask)
        starts, ends = starts.float(), ends.float()
        loss = reading_loss(starts, ends, batch.readable, batch.gold_spans, batch.labelled)
        if self.labels:
            loss = (1 - TAUGHT_SHARE) * loss + TAUGHT_SHARE * self.labels.loss(starts, ends, batch)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self.trained.values(), 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad()
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.values()), list(self.trained.values()), 1 - AVERAGE_DECAY)
        self.progress.batches += 1
        self.progress.examples += len(batch.input_ids)
        return loss.detach()

    def save(self) -> None:
        """Write a checkpoint."""
        self.progress.seconds = self.seconds()
        save_checkpoint(self.run, self.network, self.average, self.optimizer, self.progress)

    def log(self, **values: object) -> None:
        """Append a line to the run's log and print it."""
        counts = {"batches": self.progress.batches, "examples": self.progress.examples}
        line = {**counts, "seconds": round(self.seconds(), 1), **values}
        with (self.run / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


def find_device() -> torch.device:
    """A GPU where there is one, else the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def _name_of(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else f"{torch.get_num_threads()} CPU threads"


def has_fast_bf16() -> bool:
    """Whether this processor multiplies bf16 matrices in hardware: twice as many examples a second."""
    cpuinfo = Path("/proc/cpuinfo")
    flags = cpuinfo.read_text(encoding="utf-8") if cpuinfo.is_file() else ""
    return "amx_bf16" in flags or "avx512_bf16" in flags


def attention_for(device: torch.device) -> str:
    """The implementation of attention that trains fastest there: on processors with fast bf16 the plain one."""
    return "eager" if device.type == "cpu" and has_fast_bf16() else "sdpa"


def _optimizer(trained: dict[str, torch.nn.Parameter]) -> torch.optim.Optimizer:
    matrices = [p for p in trained.values() if p.ndim > 1]
    vectors = [p for p in trained.values() if p.ndim < 2]
    groups = [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=0.0, fused=True)


def train(trainer: Trainer, pool: Pool, measure: Callable[[], dict[str, float]]) -> None:
    """Run until the budget is used up, with checkpoints, log lines and probes on the way."""
    arguments = trainer.arguments
    saved = probed = logged = trainer.seconds()
    losses: list[torch.Tensor] = []
    for rows in pool.rows_in_order(arguments.batch_size, arguments.seed, trainer.progress.batches):
        losses.append(trainer.step(pool.batch(rows)))
        now = trainer.seconds()
        if len(losses) == LOG_EVERY:
            mean = float(torch.stack(losses).mean())  # waits for the device
            speed = LOG_EVERY * arguments.batch_size / (trainer.seconds() - logged)
            trainer.log(loss=round(mean, 4), examples_per_second=round(speed, 2))
            losses, logged = [], trainer.seconds()
        if now - probed > arguments.probe_minutes * 60:
            trainer.log(probe=measure())
            probed = logged = trainer.seconds()
            losses = []
        if now - saved > arguments.save_minutes * 60:
            trainer.save()
            saved = now
        if now >= trainer.budget:
            break
    trainer.save()


def finish(trainer: Trainer, measure: Callable[[], dict[str, float]]) -> None:
    """Probe the last and the averaged weights and keep the averaged ones beside the last."""
    trainer.log(probe=measure(), final="last")
    save_file(trainer.network.state_dict(), trainer.run / LAST)
    trainer.network.load_state_dict({**trainer.network.state_dict(), **trainer.average})
    save_file(trainer.network.state_dict(), trainer.run / AVERAGED)
    trainer.log(probe=measure(), final="averaged")


def run_training(trainer: Trainer, pool: Pool, probe: Probe) -> None:
    """Train from start, or from where a run was killed, to the final weights in the run's folder."""
    given = {name: str(value) for name, value in vars(trainer.arguments).items()}
    trainer.log(start=given, device=_name_of(trainer.device))

    def measure() -> dict[str, float]:
        return probe.measure(trainer.network)

    train(trainer, pool.to(trainer.device), measure)
    finish(trainer, measure)


def training_parser(module: str, description: str | None) -> argparse.ArgumentParser:
    """The command line that every run shares."""
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=description)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="for the probes on dev questions")
    parser.add_argument("--pool", type=Path, default=Path("training/runs/pool.safetensors"))
    parser.add_argument("--hours", type=float, default=2)
    parser.add_argument("--batch-size", type=int, default=32)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--save-minutes", type=float, default=5)
    parser.add_argument("--probe-minutes", type=float, default=20)
    return parser
