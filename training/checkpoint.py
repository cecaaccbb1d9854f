"""Saves a run's state without pickle: tensors as safetensors, numbers as JSON.

Each checkpoint is a folder. It is written under a temporary name and renamed when complete. The run's file `latest`
names the checkpoint to resume from. So the state is usable even if the run is killed at any moment.
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
"""Files of a checkpoint: the network's weights, the averaged weights and the optimizer's state."""
PROGRESS, LATEST = "progress.json", "latest"
"""The progress, in a checkpoint, and the name of the newest checkpoint, in the run's folder."""


@dataclass(slots=True)
class Progress:
    """The progress of a run.

    Attributes:
        batches: Number of batches, which is also the position in the pool's order.
        examples: Number of examples.
        seconds: Training time.
    """

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
    """Replaces a file's text atomically."""
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
    """Writes a checkpoint, names it in `latest`, and removes the older ones.

    Args:
        run: Folder of the run.
        model: The network.
        average: The averaged weights by name.
        optimizer: The optimizer.
        progress: The progress.

    Returns:
        The checkpoint's folder.
    """
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
    """Returns the folder of the checkpoint to resume from, or None for a new run."""
    pointer = run / LATEST
    return run / pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None


def load_checkpoint(
    checkpoint: Path,
    model: torch.nn.Module,
    average: dict[str, torch.Tensor],
    optimizer: torch.optim.Optimizer,
) -> Progress:
    """Restores a run in place.

    Args:
        checkpoint: The checkpoint's folder.
        model: The network, which gets the stored weights.
        average: The averaged weights, which are replaced.
        optimizer: The optimizer, which gets the stored state.

    Returns:
        The stored progress.
    """
    model.load_state_dict(load_file(checkpoint / WEIGHTS))
    device = next(model.parameters()).device
    average.update({name: value.to(device) for name, value in load_file(checkpoint / AVERAGE).items()})
    _restore(optimizer, load_file(checkpoint / OPTIMIZER))
    return Progress(**json.loads((checkpoint / PROGRESS).read_text(encoding="utf-8")))
