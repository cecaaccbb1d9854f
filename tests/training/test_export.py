"""The exported graphs give the network's results, also for shapes that they were not traced with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from transformers import BertConfig

from rag.models.int8 import RowInt8Embedding, RowScaledLinear
from rag.models.onnx_session import open_session
from rag.models.span_reader import OnnxReader
from rag.models.transformers_reader import TransformersReader
from training.export import INPUTS, average, write_graph
from training.model import SpanReader
from training.restore import restore_reader, save_for_transformers


def tiny_reader() -> SpanReader:
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=60, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64
    )  # fmt: skip
    return SpanReader(config, attention="eager").eval()


def inputs(rows: int, length: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids, and token types whose second half is 1."""
    torch.manual_seed(rows)
    types = (torch.arange(length) >= length // 2).long().repeat(rows, 1)
    return torch.randint(1, 60, (rows, length)), types


@pytest.mark.slow
@pytest.mark.parametrize(("float32", "tolerance"), [(True, 1e-5), (False, 0.05)])
def test_a_graph_gives_the_networks_scores(tmp_path: Path, float32: bool, tolerance: float) -> None:
    write_graph(tiny_reader(), tmp_path / "model.onnx", float32)
    session, reader = open_session(tmp_path / "model.onnx"), tiny_reader()
    for rows, length in ((1, 7), (2, 33)):
        given = inputs(rows, length)
        with torch.no_grad():
            expected = torch.stack(reader(*given)).numpy()
        found = np.stack(session.run(None, {name: value.numpy() for name, value in zip(INPUTS, given, strict=True)}))
        assert found.shape == (2, rows, length)
        assert np.abs(found - expected).max() < tolerance


@pytest.mark.parametrize(("width", "outputs"), [(3, 5), (5, 3)])
def test_row_scaling_changes_nothing_before_quantisation(width: int, outputs: int) -> None:
    torch.manual_seed(0)
    linear, values = torch.nn.Linear(width, outputs), torch.nn.functional.gelu(torch.randn(2, 4, width) * 100)
    values[0, 0] = 0
    assert torch.allclose(RowScaledLinear(linear)(values), linear(values), atol=1e-4)


def test_int8_rows_are_within_half_a_step() -> None:
    weight = torch.tensor([[1.27, -0.5, 0.0], [0.0, 0.0, 0.0], [100.0, 1.0, -100.0]])
    rows = RowInt8Embedding(weight)(torch.tensor([0, 1, 2]))
    assert torch.all((rows - weight).abs() <= weight.abs().amax(dim=1, keepdim=True) / 254 + 1e-6)


@pytest.mark.slow
def test_a_shipped_reader_comes_back_as_torch_weights_and_as_a_transformers_model(tmp_path: Path) -> None:
    save_for_transformers(restore_reader(), tmp_path)
    question, text = "Who fed the zebra?", "The bridge was closed. Anna Kovac fed the zebra on Tuesday, in the rain."
    shipped, restored = OnnxReader(), TransformersReader(str(tmp_path))
    (expected,), (found,) = (reader.read_text(question, text, 1).spans for reader in (shipped, restored))
    assert text[found.start : found.end] == text[expected.start : expected.end]
    assert found.score == pytest.approx(expected.score, abs=0.5)


@pytest.mark.slow
def test_half_of_two_readers_is_the_mean_of_their_weights() -> None:
    whole, reader = restore_reader(), restore_reader()
    with torch.no_grad():
        for parameter in reader.parameters():
            parameter.zero_()
    average(reader, whole)
    for name, value in reader.state_dict().items():
        assert torch.equal(value, whole.state_dict()[name] / 2), name
