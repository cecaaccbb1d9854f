"""Trains a network on a pool within a budget of time or of examples. A killed run can be resumed.

The learning rate depends on the share of the budget that is used up (budgeted training, Li et al. 2020). So it reaches
0 at the end of the run on any machine, fast or slow. A budget of examples suits a machine that does other work too.
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
from training.objective import distillation_loss, reading_loss, shared_loss
from training.pool import Batch, Pool
from training.probe import Probe

WARMUP_SHARE = 0.02
"""Share of the budget during which the learning rate rises."""
AVERAGE_DECAY = 0.998
"""Decay per batch of the exponential average of the weights."""
LOG, LAST, AVERAGED = "log.jsonl", "last.safetensors", "averaged.safetensors"
"""Files of a run: its log, its last weights and its averaged weights."""
LOG_EVERY = 50
"""Number of batches between two lines of the log."""
TEMPERATURE = 2.0
"""Temperature of the distillation loss."""
TAUGHT_SHARE = 0.7
"""Share of the distillation loss in the whole loss, if a teacher labelled the pool. The rest is the reading loss."""
SHARED_SHARE = 0.5
"""Share of the loss over all passages of a question, if several are read together. The rest is the reading loss."""


@dataclass(frozen=True, slots=True)
class Labels:
    """A teacher's scores of every token of a pool.

    Attributes:
        starts: float16 [tokens]: start scores.
        ends: float16 [tokens]: end scores.
    """

    starts: torch.Tensor
    ends: torch.Tensor

    @classmethod
    def load(cls, path: Path, device: torch.device) -> Labels:
        """Loads labels from a file that `save` wrote."""
        return cls(**load_file(path, device=str(device)))

    def save(self, path: Path) -> None:
        """Writes the labels into one safetensors file."""
        save_file({"starts": self.starts, "ends": self.ends}, path)

    def loss(self, starts: torch.Tensor, ends: torch.Tensor, batch: Batch) -> torch.Tensor:
        """Computes the distillation loss of a batch.

        Args:
            starts: The network's start scores, [batch, sequence].
            ends: The network's end scores, [batch, sequence].
            batch: The batch.
        """

        def distance(given: torch.Tensor, taught: torch.Tensor) -> torch.Tensor:
            return distillation_loss(given, taught[batch.places].float(), batch.readable, TEMPERATURE)

        return distance(starts, self.starts) + distance(ends, self.ends)


class Trainer:
    """One run: the network, its averaged weights, the optimizer and the progress."""

    def __init__(self, network: SpanScorer, arguments: argparse.Namespace, labels: Labels | None = None) -> None:
        """Starts a run, or resumes it from its last checkpoint.

        Args:
            network: The network.
            arguments: The command line, see `training_parser`.
            labels: A teacher's labels of the pool; None to train on gold spans only.
        """
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
        """Returns the training time so far in seconds, over all starts of this run."""
        return self.resumed_at + time.monotonic() - self.clock

    def share(self) -> float:
        """Returns the share of the budget that is used up, at most 1."""
        in_examples = (self.progress.examples, self.arguments.examples)
        used, budget = in_examples if self.arguments.examples else (self.seconds(), self.budget)
        return float(min(1.0, used / budget))

    def learning_rate(self) -> float:
        """Returns the learning rate at this time: it rises linearly, then falls linearly to 0."""
        share = self.share()
        factor = min(share / WARMUP_SHARE, (1 - share) / (1 - WARMUP_SHARE))
        return float(self.arguments.learning_rate * factor)

    def step(self, batch: Batch) -> torch.Tensor:
        """Trains on one batch and returns its loss, a scalar on the device."""
        rate = self.learning_rate()
        for group in self.optimizer.param_groups:
            group["lr"] = rate
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.bf16):
            starts, ends = self.network(batch.input_ids, batch.token_type_ids, batch.attention_mask)
        starts, ends = starts.float(), ends.float()
        loss = reading_loss(starts, ends, batch.readable, batch.gold_spans, batch.labelled)
        if (together := self.arguments.passages) > 1:
            shared = shared_loss(starts, ends, batch.readable, batch.gold_spans, together)
            loss = (1 - SHARED_SHARE) * loss + SHARED_SHARE * shared
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
        """Writes a checkpoint."""
        self.progress.seconds = self.seconds()
        save_checkpoint(self.run, self.network, self.average, self.optimizer, self.progress)

    def log(self, **values: object) -> None:
        """Appends a line with the progress and these values to the run's log, and prints it."""
        counts = {"batches": self.progress.batches, "examples": self.progress.examples}
        line = {**counts, "seconds": round(self.seconds(), 1), **values}
        with (self.run / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(line) + "\n")
        print(json.dumps(line), flush=True)


def find_device() -> torch.device:
    """Returns a GPU if there is one, else the processor."""
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def _name_of(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else f"{torch.get_num_threads()} CPU threads"


def has_fast_bf16() -> bool:
    """Returns whether this processor multiplies bf16 matrices in hardware, which doubles the speed."""
    cpuinfo = Path("/proc/cpuinfo")
    flags = cpuinfo.read_text(encoding="utf-8") if cpuinfo.is_file() else ""
    return "amx_bf16" in flags or "avx512_bf16" in flags


def attention_for(device: torch.device) -> str:
    """Returns the implementation of attention that trains fastest on a device, by the name that transformers gives it.

    It is "eager" on processors with fast bf16, else "sdpa".
    """
    return "eager" if device.type == "cpu" and has_fast_bf16() else "sdpa"


def _optimizer(trained: dict[str, torch.nn.Parameter]) -> torch.optim.Optimizer:
    matrices = [p for p in trained.values() if p.ndim > 1]
    vectors = [p for p in trained.values() if p.ndim < 2]
    groups = [{"params": matrices, "weight_decay": 0.01}, {"params": vectors, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=0.0, fused=True)


def train(trainer: Trainer, pool: Pool, measure: Callable[[], dict[str, float]]) -> None:
    """Trains until the budget is used up, and writes checkpoints, log lines and probes.

    Args:
        trainer: The run.
        pool: The pool, on the trainer's device.
        measure: Probes the network and returns its figures.
    """
    arguments = trainer.arguments
    saved = probed = logged = trainer.seconds()
    losses: list[torch.Tensor] = []
    first, together = trainer.progress.batches, arguments.passages
    for rows in pool.rows_in_order(arguments.batch_size, arguments.seed, first, together):
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
        if trainer.share() >= 1:
            break
    trainer.save()


def finish(trainer: Trainer, measure: Callable[[], dict[str, float]]) -> None:
    """Probes and writes the last weights and the averaged weights.

    Args:
        trainer: The run.
        measure: Probes the network and returns its figures.
    """
    trainer.log(probe=measure(), final="last")
    save_file(trainer.network.state_dict(), trainer.run / LAST)
    trainer.network.load_state_dict({**trainer.network.state_dict(), **trainer.average})
    save_file(trainer.network.state_dict(), trainer.run / AVERAGED)
    trainer.log(probe=measure(), final="averaged")


def run_training(trainer: Trainer, pool: Pool, probe: Probe) -> None:
    """Trains from the start or from the last checkpoint, and writes the final weights into the run's folder.

    Args:
        trainer: The run.
        pool: The pool.
        probe: The dev questions.
    """
    given = {name: str(value) for name, value in vars(trainer.arguments).items()}
    trainer.log(start=given, device=_name_of(trainer.device))

    def measure() -> dict[str, float]:
        return probe.measure(trainer.network)

    train(trainer, pool.to(trainer.device), measure)
    finish(trainer, measure)


def training_parser(module: str, description: str | None) -> argparse.ArgumentParser:
    """Makes a parser with the options that every run shares.

    Args:
        module: Name of the module that is run.
        description: The description for `--help`.
    """
    parser = argparse.ArgumentParser(prog=f"python -m {module}", description=description)
    parser.add_argument(
        "--data", type=Path, default=Path("../shared/data"), help="folder of the data sets, for the probes"
    )
    parser.add_argument(
        "--pool", type=Path, default=Path("training/runs/pool.safetensors"), help="file that training.draw wrote"
    )
    parser.add_argument("--hours", type=float, default=2, help="training time")
    parser.add_argument("--examples", type=int, help="number of examples, instead of a training time")
    parser.add_argument("--batch-size", type=int, default=32, help="examples per batch")
    parser.add_argument(
        "--passages", type=int, default=1, help="successive examples that are one question's, as training.groups draws"
    )
    parser.add_argument("--threads", type=int, default=2, help="processor threads")
    parser.add_argument("--seed", type=int, default=13, help="seed of the random numbers")
    parser.add_argument("--save-minutes", type=float, default=5, help="minutes between checkpoints")
    parser.add_argument("--probe-minutes", type=float, default=20, help="minutes between probes")
    return parser
