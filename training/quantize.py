"""A reader in dynamic int8 that answers like the one in fp32, on any processor that ONNX Runtime runs on.

ONNX Runtime's dynamic quantisation gives all tokens of a layer's input one scale, so a few tokens with large values
(separators, mostly) take the others' precision. Two layers made for export mend that with standard operators:

- `RowScaledLinear` divides each token's values by their largest before the product and multiplies after it;
- `RowInt8Embedding` holds the word embeddings, half of all weights, with one scale for each row.

Weights take seven of the eight bits by default: without VNNI, sums of two full-range products overflow 16 bits and
saturate silently, so the same file would answer differently on different machines.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch

from training.graph import export_graph
from training.model import SpanReader

_SMALLEST = 1e-6


class RowInt8Embedding(torch.nn.Module):
    """An embedding table in int8 with a float scale for each row, [rows, width] and [rows, 1]."""

    rows: torch.Tensor
    scale: torch.Tensor

    def __init__(self, weight: torch.Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(dim=1, keepdim=True).clamp(min=_SMALLEST) / 127
        self.register_buffer("rows", torch.round(weight / scale).to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        """Return the rows of `ids` as floats, [..., width]."""
        rows = torch.nn.functional.embedding(ids, self.rows).float()
        return rows * torch.nn.functional.embedding(ids, self.scale)


class RowScaledLinear(torch.nn.Module):
    """A linear layer whose product sees every row of its input scaled to at most 1."""

    def __init__(self, linear: torch.nn.Linear) -> None:
        super().__init__()
        self.product = torch.nn.Linear(linear.in_features, linear.out_features, bias=False)
        self.product.weight = torch.nn.Parameter(linear.weight.detach(), requires_grad=False)
        self.bias = torch.nn.Parameter(linear.bias.detach(), requires_grad=False)

    def forward(self, inputs: torch.Tensor) -> torch.Tensor:
        """Return what the linear layer returns, [..., outputs] for [..., inputs]."""
        largest = inputs.abs().amax(dim=-1, keepdim=True).clamp(min=_SMALLEST)
        scaled: torch.Tensor = self.product(inputs / largest) * largest + self.bias
        return scaled


def prepare_for_int8(reader: SpanReader) -> None:
    """Exchange, in place, the encoder's linear layers and word embeddings for the ones that quantise well."""
    embeddings = reader.encoder.embeddings
    embeddings.word_embeddings = RowInt8Embedding(embeddings.word_embeddings.weight.detach())
    linears = [name for name, module in reader.encoder.named_modules() if isinstance(module, torch.nn.Linear)]
    for name in linears:
        parent, _, child = name.rpartition(".")
        linear = reader.encoder.get_submodule(name)
        assert isinstance(linear, torch.nn.Linear)
        setattr(reader.encoder.get_submodule(parent), child, RowScaledLinear(linear))


def quantize_graph(reader: SpanReader, path: Path, reduce_range: bool = True) -> None:
    """Write the reader in dynamic int8, per output channel; the given reader is changed by `prepare_for_int8`."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    prepare_for_int8(reader)
    with tempfile.TemporaryDirectory() as folder:
        plain, prepared = Path(folder) / "plain.onnx", Path(folder) / "prepared.onnx"
        export_graph(reader, plain)
        quant_pre_process(plain, prepared, skip_symbolic_shape=True)
        quantize_dynamic(
            prepared,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            reduce_range=reduce_range,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=_span_head_nodes(prepared),
        )


def _span_head_nodes(path: Path) -> list[str]:
    """The matrix product behind the two scores: 768 weights, not worth a rounding error."""
    import onnx

    return [node.name for node in onnx.load(path).graph.node if node.op_type == "MatMul" and "span_head" in node.name]
