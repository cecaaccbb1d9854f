"""What each kind of manufactured unanswerable question teaches: `python -m training.ablation --minutes 5`.

Trains a reader from the base model on each mixture for the same wall-clock time, alone on the machine, and probes
dev questions: EM and F1 of SQuAD 1.1, and how well the null score tells the hard questions of SQuAD 2.0.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import torch

from training.model import base_model_folder, load_tokenizer
from training.probe import Probe
from training.reader import Trainer, parse_arguments, prepare_stream, train

MIXTURES = {
    "answerable only": {"squad": 100},
    "near paragraphs": {"squad": 68, "near": 32},
    "edited questions": {"squad": 68, "edited": 32},
    "both": {"squad": 68, "near": 12, "edited": 20},
}


def main() -> None:
    """Train and probe every mixture, print a line each, and write all of them as JSON where told."""
    parser = argparse.ArgumentParser(prog="python -m training.ablation", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--out", type=Path, default=Path("training/runs/ablation.json"))
    asked = parser.parse_args()
    tokenizer = load_tokenizer(base_model_folder())
    probe, rows = Probe(asked.data, tokenizer), []
    for name, mixture in MIXTURES.items():
        with tempfile.TemporaryDirectory() as folder:
            arguments = parse_arguments(["--out", folder, "--hours", str(asked.minutes / 60), "--probe-minutes", "1e9"])
            torch.set_num_threads(arguments.threads)
            trainer = Trainer(arguments)
            stream = replace(prepare_stream(asked.data, tokenizer, arguments.seed), mixture=mixture)
            train(trainer, stream, tokenizer, probe)
            rows.append({"mixture": name, "examples": trainer.progress.examples, **probe.measure(trainer.model)})
        print(json.dumps(rows[-1]), flush=True)
    asked.out.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
