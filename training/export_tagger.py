"""Makes the shipped speaker tagger from trained weights, and chooses how sure it must be.

    python -m training.export_tagger --run training/runs/speaker --data ../shared/data

The threshold is the lowest at and above which the share PRECISION of the speakers that grammar or tagger name is right,
on the dev attributions. The figures printed are cross-validated: each half of the dev articles is measured with the
threshold of the other half. The shipped threshold is that of all articles.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from safetensors.torch import load_file

from benchmarks.attribution import GOLD, Figures, Looked, figures, look_up
from benchmarks.corpus import read_rows
from rag.core.article import Sentence, TaggedSpeech
from rag.models.int8 import export_int8
from rag.models.manifest import MANIFEST_FILE, MODEL_FILE, TOKENIZER_FILE
from rag.models.model_files import DEFAULT_EMBEDDER, sha256_file
from rag.models.span_reader import SHIPPED as READER
from rag.models.speaker_tagger import INPUT, OUTPUTS, SHIPPED, SpeakerTagger, TaggerManifest, sure_speeches
from rag.text.grammar.tagged_speeches import untold_lines
from rag.text.segment import segment
from training.checkpoint import WEIGHTS, latest_checkpoint
from training.model import base_model_folder
from training.speaker_tagger import new_tagger
from training.trainer import LAST

PRECISION = 0.975
"""Share of the named speakers that must be right."""
STEPS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.99)
"""The thresholds that are tried."""
Found = dict[float, list[Looked]]
"""For each threshold what was found in some articles."""


def write_graph(run: Path, layers: int, reader: Path, path: Path) -> None:
    """Writes a trained tagger as an ONNX graph in int8. The heads stay in fp32.

    Args:
        run: Folder of the run; without final weights those of its last checkpoint are taken.
        layers: Layers of the encoder.
        reader: Folder of the reader whose encoder was taken.
        path: The file to write.

    Raises:
        FileNotFoundError: If the run has no weights.
    """
    network = new_tagger(reader, layers, attention="eager").eval()
    weights, checkpoint = run / LAST, latest_checkpoint(run)
    if checkpoint is not None and not weights.is_file():
        weights = checkpoint / WEIGHTS
    if not weights.is_file():
        raise FileNotFoundError(f"{run} holds no weights; train first: python -m training.speaker_tagger --out {run}")
    network.load_state_dict(load_file(weights))
    export_int8(network, (INPUT,), OUTPUTS, path, exact=("tag_head", "query_head", "key_head"))


def write_manifest(out: Path, threshold: float) -> None:
    """Writes the manifest of a tagger's folder."""
    manifest = TaggerManifest(
        name="speaker",
        base_model=DEFAULT_EMBEDDER,
        threshold=threshold,
        sha256={file: sha256_file(out / file) for file in (MODEL_FILE, TOKENIZER_FILE)},
    )
    (out / MANIFEST_FILE).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")


def find_at_each(tagger: SpeakerTagger, row: dict[str, Any]) -> Found:
    """Looks up the attributions of a gold text with each of the thresholds STEPS."""
    scored = tagger.score(row["text"], untold_lines(row["text"], segment(row["text"])))

    def at(threshold: float, text: str, sentences: Sequence[Sentence]) -> tuple[TaggedSpeech, ...]:
        return sure_speeches(text, scored, threshold)

    return {step: list(look_up(row, partial(at, step))) for step in STEPS}


def threshold_for(found: Sequence[Found]) -> float:
    """Finds the lowest threshold at and above which PRECISION of the named speakers are right.

    Args:
        found: What was found, for each article.
    """
    best = 1.0
    for step in sorted(STEPS, reverse=True):
        if figures("", [one for each in found for one in each[step]]).precision < PRECISION:
            break
        best = step
    return best


def cross(found: Sequence[Found]) -> list[Figures]:
    """Measures each half of the articles with the threshold of the other half."""
    looked: list[Looked] = []
    for half in (0, 1):
        step = threshold_for(found[half::2])
        looked += [one for each in found[1 - half :: 2] for one in each[step]]
    return [
        figures(kind, [one for one in looked if one.is_direct == is_direct])
        for kind, is_direct in (("direct", True), ("reported", False))
    ]


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.export_tagger", description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("training/runs/speaker"), help="folder of the trained run")
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="folder of the data sets")
    parser.add_argument("--start", type=Path, default=READER, help="folder of the reader whose encoder was taken")
    parser.add_argument("--layers", type=int, default=4, help="layers of the encoder that were kept")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder to write")
    return parser.parse_args()


def main() -> None:
    """Exports the tagger, chooses its threshold, and prints it with the figures."""
    arguments = parse_arguments()
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    (out / MANIFEST_FILE).unlink(missing_ok=True)
    write_graph(arguments.run, arguments.layers, arguments.start, out / MODEL_FILE)
    shutil.copyfile(base_model_folder() / TOKENIZER_FILE, out / TOKENIZER_FILE)
    write_manifest(out, 1.0)
    tagger = SpeakerTagger(out)
    found = [find_at_each(tagger, row) for row in read_rows(arguments.data / GOLD.format(split="dev"))]
    threshold = threshold_for(found)
    write_manifest(out, threshold)
    measured = [asdict(one) for one in cross(found)]
    print(json.dumps({"threshold": threshold, "cross-validated": measured}, indent=2))


if __name__ == "__main__":
    main()
