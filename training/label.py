"""Labels a pool with a reader's own scores, corrected by the gold spans: `python -m training.label`.

    python -m training.label --reader src/rag/weights/reader --out training/runs/labels.safetensors

A reader that is trained further on new kinds of questions forgets some of what it knew. Its own scores as labels hold
it where it was (Li and Hoiem 2018, "Learning without Forgetting"). Where the answer is known, the gold positions are
raised by BONUS, so the labels move towards the truth and never away from it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from rag.models.span_reader import SHIPPED
from training.pool import Pool
from training.restore import restore_reader
from training.teacher import label
from training.trainer import Labels, attention_for, find_device, has_fast_bf16

BONUS = 5.0
"""Added to the scores of gold positions, in log-odds. Position 0 is gold if there is no answer."""


def correct_labels(labels: Labels, pool: Pool) -> Labels:
    """Raises the scores of the gold positions of every labelled example by BONUS.

    Args:
        labels: The scores of a reader.
        pool: The pool that they label.

    Returns:
        New labels of the same shape.
    """
    begins = torch.repeat_interleave(pool.begins[:-1], pool.span_begins.diff())
    starts, ends = labels.starts.clone(), labels.ends.clone()
    starts[(begins + pool.spans[:, 0].long()).unique()] += BONUS
    ends[(begins + pool.spans[:, 1].long()).unique()] += BONUS
    return Labels(starts, ends)


def main() -> None:
    """Labels the pool and writes the labels."""
    parser = argparse.ArgumentParser(prog="python -m training.label", description=__doc__)
    parser.add_argument("--reader", type=Path, default=SHIPPED, help="folder of a shipped reader")
    parser.add_argument("--pool", type=Path, default=Path("training/runs/pool.safetensors"), help="file of the pool")
    parser.add_argument("--out", type=Path, default=Path("training/runs/labels.safetensors"), help="file to write")
    parser.add_argument("--threads", type=int, default=2, help="processor threads")
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    device = find_device()
    pool = Pool.load(asked.pool).to(device)
    reader = restore_reader(asked.reader, attention_for(device)).to(device)
    labels = label(reader, pool, device.type == "cuda" or has_fast_bf16())
    correct_labels(labels, pool).save(asked.out)


if __name__ == "__main__":
    main()
