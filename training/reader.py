"""Trains the span reader on a pool of examples, and on a teacher's labels of the pool if they are given.

    python -m training.draw && python -m training.teacher && python -m training.reader
    python -m training.reader --start src/rag/weights/reader --frozen-layers 3 --examples 16000 --learning-rate 7e-5

The second form trains a shipped reader further. With its lower layers frozen, a step takes a third less time.

Trains on a GPU if there is one, else on the processor. A run that is started again with the same arguments continues
from its last checkpoint.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch

from training.model import SpanReader, base_model_folder, load_tokenizer, new_reader
from training.pool import Pool
from training.probe import Probe
from training.trainer import Labels, Trainer, attention_for, find_device, run_training, training_parser


def parse_arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    """Reads the command line, or the given arguments."""
    parser = training_parser("training.reader", __doc__)
    parser.add_argument("--out", type=Path, default=Path("training/runs/reader"), help="folder of the run")
    parser.add_argument("--labels", type=Path, help="a teacher's labels of the same pool; gold spans only by default")
    parser.add_argument(
        "--start", type=Path, help="folder of a shipped reader to start from, instead of the base model"
    )
    parser.add_argument("--frozen-layers", type=int, default=0, help="lowest layers that stay as they are")
    parser.add_argument("--learning-rate", type=float, default=2e-4, help="greatest learning rate")
    return parser.parse_args(given)


def _begin(start: Path | None, attention: str) -> SpanReader:
    if start is None:
        return new_reader(attention)
    from training.restore import restore_reader

    return restore_reader(start, attention)


def freeze(reader: SpanReader, layers: int) -> None:
    """Freezes the embeddings and the lowest layers of a reader, if there is any layer to freeze."""
    if layers:
        for part in (reader.encoder.embeddings, *reader.encoder.encoder.layer[:layers]):
            part.requires_grad_(False)


def main() -> None:
    """Starts or continues training, and writes the weights into the run's folder."""
    arguments = parse_arguments()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(arguments.seed)
    device = find_device()
    reader = _begin(arguments.start, attention_for(device))
    freeze(reader, arguments.frozen_layers)
    labels = Labels.load(arguments.labels, device) if arguments.labels else None
    pool = Pool.load(arguments.pool)
    probe = Probe(arguments.data, load_tokenizer(base_model_folder()))
    run_training(Trainer(reader, arguments, labels), pool if labels else pool.labelled(), probe)


if __name__ == "__main__":
    main()
