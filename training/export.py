"""Makes the shipped reader from trained weights: an ONNX graph in dynamic int8, the tokenizer and the manifest.

    python -m training.export --run training/runs/reader --out src/rag/weights/reader

`rag.models.int8` describes the quantisation. `training.model_card` writes the model card.
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

from safetensors.torch import load_file

from rag.models.int8 import export_graph, export_int8
from rag.models.manifest import MANIFEST_FILE, MODEL_FILE, TOKENIZER_FILE
from rag.models.model_files import DEFAULT_EMBEDDER, sha256_file
from rag.models.span_reader import SHIPPED, ReaderManifest
from training.checkpoint import AVERAGE, WEIGHTS, latest_checkpoint
from training.model import SpanReader, base_model_folder, new_reader
from training.restore import restore_reader
from training.trainer import AVERAGED, LAST

INPUTS, OUTPUTS = ("input_ids", "token_type_ids"), ("start_logits", "end_logits")
"""Names of the graph's inputs and outputs."""


def write_graph(reader: SpanReader, path: Path, float32: bool = False) -> None:
    """Writes the reader as one ONNX graph from INPUTS to OUTPUTS.

    The int8 form keeps the head in fp32, because its 768 weights are not worth a rounding error.

    Args:
        reader: The reader, with eager attention. The int8 export changes it.
        path: The file to write.
        float32: Whether to write fp32 instead of int8.
    """
    if float32:
        export_graph(reader, INPUTS, OUTPUTS, path)
    else:
        export_int8(reader, INPUTS, OUTPUTS, path, exact=["span_head"])


def load_trained(run: Path, averaged: bool = True) -> SpanReader:
    """Loads the reader of a run: the final weights, or those of the last checkpoint if the run is not finished.

    Args:
        run: Folder of the run.
        averaged: Whether to load the averaged weights instead of the last ones.

    Raises:
        FileNotFoundError: If the run has neither.
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
    """Sets the reader's weights to the mean of its own and the other reader's (Wortsman et al. 2022)."""
    others = other.state_dict()
    reader.load_state_dict({name: (value + others[name]) / 2 for name, value in reader.state_dict().items()})


def _load_other(folder: Path, averaged: bool) -> SpanReader:
    """Loads the reader of a run, or a shipped one, whose training went on in the run."""
    is_shipped = (folder / MANIFEST_FILE).is_file()
    return restore_reader(folder, "eager") if is_shipped else load_trained(folder, averaged)


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
    """Writes model, tokenizer and manifest. The manifest comes last, so a broken export never counts as a reader.

    Args:
        arguments: The command line.

    Returns:
        The manifest.
    """
    out: Path = arguments.out
    out.mkdir(parents=True, exist_ok=True)
    (out / MANIFEST_FILE).unlink(missing_ok=True)
    reader = load_trained(arguments.run, not arguments.last)
    if arguments.average:
        average(reader, _load_other(arguments.average, not arguments.last))
    write_graph(reader, out / MODEL_FILE, arguments.float32)
    shutil.copyfile(base_model_folder() / "tokenizer.json", out / TOKENIZER_FILE)
    manifest = _manifest(out, out.name, arguments)
    (out / MANIFEST_FILE).write_text(manifest.model_dump_json(indent=2) + "\n", encoding="utf-8")
    return manifest


def parse_arguments() -> argparse.Namespace:
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="python -m training.export", description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("training/runs/reader"), help="folder of the trained run")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="folder to write")
    parser.add_argument("--last", action="store_true", help="export the last weights, not the averaged ones")
    parser.add_argument(
        "--average", type=Path, help="folder of another run or of a shipped reader; the mean of both is exported"
    )
    parser.add_argument("--float32", action="store_true", help="export fp32 without quantisation, for comparison")
    parser.add_argument("--max-tokens", type=int, default=320, help="tokens of a window")
    parser.add_argument("--overlap-tokens", type=int, default=96, help="tokens that neighbouring windows share")
    parser.add_argument("--max-question-tokens", type=int, default=64, help="most tokens of a question")
    parser.add_argument("--longest-answer-tokens", type=int, default=30, help="most tokens of an answer")
    parser.add_argument("--threshold", type=float, default=0.0, help="log-odds at or below which the reader abstains")
    return parser.parse_args()


def main() -> None:
    """Exports the reader and prints its manifest and size."""
    arguments = parse_arguments()
    manifest = ship(arguments)
    size = (arguments.out / MODEL_FILE).stat().st_size
    print(json.dumps({"out": str(arguments.out), "megabytes": round(size / 1e6, 2), **manifest.model_dump()}, indent=2))


if __name__ == "__main__":
    main()
