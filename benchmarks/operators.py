"""Measures where a reading's time goes, by operator: `python -m benchmarks.operators [--model FILE] [--tokens N]`.

ONNX Runtime's own profile of the model on one thread, with the optimisations that `rag.models.onnx_session` asks for.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np
import onnxruntime

from rag.models.manifest import MODEL_FILE
from rag.models.onnx_session import SLOW_FUSIONS
from rag.models.span_reader import SHIPPED

_RUNS = 40
"""Number of readings."""
_QUESTION = 15
"""Tokens of the question, special ones included."""


def profile(model: Path, tokens: int) -> dict[str, float]:
    """Times the operators of a reader.

    Args:
        model: The ONNX file.
        tokens: Number of tokens that are read, question included.

    Returns:
        Milliseconds of a reading by operator, the longest first.
    """
    ids = np.random.default_rng(0).integers(1_000, 20_000, (1, tokens))
    types = np.zeros_like(ids)
    types[0, _QUESTION:] = 1
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_profiling = True
    spent: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        options.profile_file_prefix = str(Path(folder) / "profile")
        session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
        )
        for _ in range(_RUNS):
            session.run(None, {"input_ids": ids, "token_type_ids": types})
        events = json.loads(Path(session.end_profiling()).read_text(encoding="utf-8"))
    for event in events:
        if event.get("cat") == "Node" and event["name"].endswith("kernel_time"):
            spent[event["args"]["op_name"]] += event["dur"]
    return {name: microseconds / 1000 / _RUNS for name, microseconds in spent.most_common()}


def main() -> None:
    """Prints the operators with their milliseconds and shares."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.operators", description=__doc__)
    parser.add_argument("--model", type=Path, default=SHIPPED / MODEL_FILE, help="ONNX file of a reader")
    parser.add_argument("--tokens", type=int, default=170, help="tokens that are read")
    arguments = parser.parse_args()
    found = profile(arguments.model, arguments.tokens)
    every = sum(found.values())
    for name, milliseconds in {**found, "all": every}.items():
        print(f"{name:28}{milliseconds:8.2f} ms{100 * milliseconds / every:7.1f} %")


if __name__ == "__main__":
    main()
