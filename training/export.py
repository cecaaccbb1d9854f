"""Make the shipped reader from trained weights: one ONNX graph in dynamic int8, tokenizer and manifest.

    python -m training.export --run training/runs/reader --out src/rag/weights/reader

See `rag.models.int8` for how the graph gets small, `training.model_card` for the card.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from safetensors.torch import load_file

from rag.models.int8 import export_graph, export_int8
from rag.models.model_files import DEFAULT_EMBEDDER, sha256_file
from rag.models.span_reader import MANIFEST_FILE, MODEL_FILE, SHIPPED, TOKENIZER_FILE, ReaderManifest
from training.checkpoint import AVERAGE, WEIGHTS, latest_checkpoint
from training.model import SpanReader, base_model_folder, new_reader
from training.trainer import AVERAGED, LAST

INPUTS, OUTPUTS = ("input_ids", "token_type_ids"), ("start_logits", "end_logits")


def write_graph(reader: SpanReader, path: Path, float32: bool = False) -> None:
    """Write the reader as one ONNX graph from INPUTS to OUTPUTS, in int8 or fp32; it must have eager attention.

    The given reader is changed where int8 is wanted. The head stays in fp32: 768 weights, not worth a rounding error.
    """
    if float32:
        export_graph(reader, INPUTS, OUTPUTS, path)
    else:
        export_int8(reader, INPUTS, OUTPUTS, path, exact=["span_head"])


def load_trained(run: Path, averaged: bool = True) -> SpanReader:
    """Return the run's reader, finished or as of its last checkpoint.

    Raises FileNotFoundError where the run has neither.
    """
    reader = new_reader(attention="eager").eval()
    final, checkpoint = run / (AVERAGED if averaged else LAST), latest_checkpoint(run)
    if final.is_file():
        reader.load_state_dict(load_file(final))
    elif checkpoint:
        state = load_file(checkpoint / WEIGHTS)
        reader.load_state_dict({**state, **(load_file(checkpoint / AVERAGE) if averaged else {})})
    else:
        raise FileNotFoundError(f"{run} holds no weights; train first: python -m training.reader --out {run}")
    return reader


def average(reader: SpanReader, other: SpanReader) -> None:
    """Give the reader the mean of its weights and the other's (Wortsman et al. 2022)."""
    others = other.state_dict()
    reader.load_state_dict({name: (value + others[name]) / 2 for name, value in reader.state_dict().items()})


def _manifest(out: Path, name: str, arguments: argparse.Namespace) -> ReaderManifest:
    return ReaderManifest(
        name=name,
        base_model=DEFAULT_EMBEDDER,
        max_tokens=arguments.max_tokens,
        overlap_tokens=arguments.overlap_tokens,
        max_question_tokens=arguments.max_question_tokens,
        longest_answer_tokens=arguments.longest_answer_tokens,
        threshold=arguments.threshold,
        sha256={file: sha256_file(out / file) for file in (MODEL_FILE, TOKENIZER_FILE)},
    )


def ship(arguments: argparse.Namespace) -> ReaderManifest:
    """Write model, tokenizer and manifest; the manifest comes last, so a broken export is never taken for a reader."""
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    (out / MANIFEST_FILE).unlink(missing_ok=True)
    reader = load_trained(arguments.run, not arguments.last)
    if arguments.average:
        average(reader, load_trained(arguments.average, not arguments.last))
    write_graph(reader, out / MODEL_FILE, arguments.float32)
    shutil.copyfile(base_model_folder() / "tokenizer.json", out / TOKENIZER_FILE)
    manifest = _manifest(out, out.name, arguments)
    (out / MANIFEST_FILE).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return manifest


def parse_arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("training/runs/reader"))
    parser.add_argument("--out", type=Path, default=SHIPPED)
    parser.add_argument("--last", action="store_true", help="the last weights instead of the averaged ones")
    parser.add_argument("--average", type=Path, help="another run's folder: half of its weights, half of this one's")
    parser.add_argument("--float32", action="store_true", help="no quantisation, for comparison")
    parser.add_argument("--max-tokens", type=int, default=320)
    parser.add_argument("--overlap-tokens", type=int, default=96)
    parser.add_argument("--max-question-tokens", type=int, default=64)
    parser.add_argument("--longest-answer-tokens", type=int, default=30)
    parser.add_argument("--threshold", type=float, default=0.0)
    return parser.parse_args()


def main() -> None:
    """Export, and print what was written."""
    arguments = parse_arguments()
    manifest = ship(arguments)
    size = (arguments.out / MODEL_FILE).stat().st_size
    print(json.dumps({"out": str(arguments.out), "megabytes": round(size / 1e6, 2), **manifest.model_dump()}, indent=2))


if __name__ == "__main__":
    main()
