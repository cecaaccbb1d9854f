"""A reader as one ONNX graph."""

from __future__ import annotations

import warnings
from pathlib import Path

import torch

from training.model import SpanReader

INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("start_logits", "end_logits")
_OPERATORS = 17


def export_graph(reader: SpanReader, path: Path) -> None:
    """Write the reader as one graph: int64 [batch, sequence] in, start and end scores [batch, sequence] out.

    The reader must have been made with eager attention, which the tracer can follow.
    """
    example = torch.ones(1, 12, dtype=torch.int64)
    axes = {name: {0: "batch", 1: "sequence"} for name in (*INPUTS, *OUTPUTS)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer warns of fixed shapes; a test compares other shapes with torch
        torch.onnx.export(
            reader.eval(),
            (example, example, example),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes=axes,
            opset_version=_OPERATORS,
            dynamo=False,
        )
