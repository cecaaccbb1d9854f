"""A run's state on disk, without pickle: tensors as safetensors, numbers as JSON.

Each checkpoint is a folder of its own, made under another name and renamed when complete; the
run's `latest` file names the one to resume from, so a kill at any moment leaves a usable state.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

WEIGHTS, AVERAGE, OPTIMIZER = "weights.safetensors", "average.safetensors", "optimizer.safetensors"
PROGRESS, LATEST = "progress.json", "latest"


@dataclass(slots=True)
class Progress:
    """How far a run has come; `batches` is also the position in the example stream."""

    batches: int = 0
    examples: int = 0
    seconds: float = 0.0


def _flatten(optimizer: torch.optim.Optimizer) -> dict[str, torch.Tensor]:
    return {
        f"{index}/{name}": value
        for index, values in optimizer.state_dict()["state"].items()
        for name, value in values.items()
    }


def _restore(optimizer: torch.optim.Optimizer, flat: dict[str, torch.Tensor]) -> None:
    state: dict[int, dict[str, torch.Tensor]] = {}
    for key, value in flat.items():
        index, name = key.split("/")
        state.setdefault(int(index), {})[name] = value
    groups = optimizer.state_dict()["param_groups"]
    optimizer.load_state_dict({"state": state, "param_groups": groups})


def write_text(path: Path, text: str) -> None:
    """Replace a file's text in one step."""
    partial = path.with_name(path.name + ".partial")
    with partial.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


def save_checkpoint(
    run: Path,
    model: torch.nn.Module,
    average: dict[str, torch.Tensor],
    optimizer: torch.optim.Optimizer,
    progress: Progress,
) -> Path:
    """Write a checkpoint, point `latest` to it and remove the older ones."""
    final = run / f"checkpoint-{progress.batches:07d}"
    partial = run / (final.name + ".partial")
    for folder in (partial, final):
        shutil.rmtree(folder, ignore_errors=True)
    partial.mkdir(parents=True)
    save_file({name: value.contiguous() for name, value in model.state_dict().items()}, partial / WEIGHTS)
    save_file(average, partial / AVERAGE)
    save_file(_flatten(optimizer), partial / OPTIMIZER)
    write_text(partial / PROGRESS, json.dumps(asdict(progress)))
    partial.rename(final)
    write_text(run / LATEST, final.name)
    for folder in run.glob("checkpoint-*"):
        if folder != final:
            shutil.rmtree(folder, ignore_errors=True)
    return final


def latest_checkpoint(run: Path) -> Path | None:
    """Return the checkpoint to resume from, or None for a fresh run."""
    pointer = run / LATEST
    return run / pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None


def load_checkpoint(
    checkpoint: Path,
    model: torch.nn.Module,
    average: dict[str, torch.Tensor],
    optimizer: torch.optim.Optimizer,
) -> Progress:
    """Restore a run in place and return its progress."""
    model.load_state_dict(load_file(checkpoint / WEIGHTS))
    device = next(model.parameters()).device
    average.update({name: value.to(device) for name, value in load_file(checkpoint / AVERAGE).items()})
    _restore(optimizer, load_file(checkpoint / OPTIMIZER))
    return Progress(**json.loads((checkpoint / PROGRESS).read_text(encoding="utf-8")))
