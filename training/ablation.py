"""Measures what each kind of unanswerable question teaches: `python -m training.ablation`.

Trains one reader per mixture on the same number of examples, each seen once. Then it probes dev questions: exact match
and F1 on SQuAD 1.1, and how well the null score separates the hard unanswerable questions of SQuAD 2.0.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import torch

from training.draw import draw_pool, prepare_stream
from training.model import base_model_folder, load_tokenizer, new_reader
from training.probe import Probe
from training.reader import parse_arguments
from training.trainer import Trainer, attention_for, find_device, train

MIXTURES = {
    "answerable only": {"squad": 100},
    "near paragraphs": {"squad": 70, "near": 30},
    "edited questions": {"squad": 70, "edited": 30},
    "found passages": {"squad": 55, "qed": 15, "found": 30},
    "written to look answerable": {"squad": 70, "hard": 30},
    "all of them": {"squad": 60, "qed": 10, "near": 8, "edited": 6, "found": 8, "hard": 8},
}
"""Mixtures by name: of 100 examples, how many are of each kind."""


class CountingTrainer(Trainer):
    """A trainer whose clock counts examples, so the machine's load does not change how much a mixture is trained."""

    def seconds(self) -> float:
        """Returns the number of examples seen so far. The budget counts examples too."""
        return float(self.progress.examples)


def main() -> None:
    """Trains and probes every mixture, prints one line each, and writes all figures as JSON to `--out`."""
    parser = argparse.ArgumentParser(prog="python -m training.ablation", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--examples", type=int, default=8000, help="number of examples per mixture")
    parser.add_argument("--out", type=Path, default=Path("training/runs/ablation.json"), help="file for the figures")
    asked = parser.parse_args()
    tokenizer = load_tokenizer(base_model_folder())
    probe, rows = Probe(asked.data, tokenizer), []
    whole = prepare_stream(asked.data, tokenizer, seed=13)
    for name, mixture in MIXTURES.items():
        with tempfile.TemporaryDirectory() as folder:
            hours = str(asked.examples / 3600)
            arguments = parse_arguments(
                ["--out", folder, "--hours", hours, "--probe-minutes", "1e9", "--save-minutes", "1e9"]
            )
            torch.set_num_threads(arguments.threads)
            torch.manual_seed(arguments.seed)
            pool = draw_pool(replace(whole, mixture=mixture), asked.examples, workers=1)
            trainer = CountingTrainer(new_reader(attention_for(find_device())), arguments)
            train(trainer, pool.to(trainer.device), lambda: {})
            rows.append({"mixture": name, "examples": trainer.progress.examples, **probe.measure(trainer.network)})
        print(json.dumps(rows[-1]), flush=True)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
