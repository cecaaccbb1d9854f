"""Contract tests of `rag.core.ports.Embedder`. Every available implementation must pass them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from rag.core.ports import Embedder
from rag.models.embedder_export import export_embedder
from rag.models.load_embedder import load_embedder
from rag.models.model_files import DEFAULT_EMBEDDER, locate
from rag.models.onnx_embedder import OnnxEmbedder
from rag.models.sentence_transformer_embedder import SentenceTransformerEmbedder
from tests.fakes import HashingEmbedder

TEXTS = ["Two delegations sat in separate rooms.", "", "Türkiye 🇹🇷 and \ud800 odd \x00 text", "long " * 600]


@pytest.fixture(scope="module", params=["onnx", "sentence-transformers", "fake"])
def any_embedder(request: pytest.FixtureRequest, embedder: Embedder) -> Embedder:
    if request.param == "onnx":
        return embedder
    if request.param == "fake":
        return HashingEmbedder()
    return SentenceTransformerEmbedder(DEFAULT_EMBEDDER, *locate(DEFAULT_EMBEDDER))


def test_vectors_are_unit_float32_one_a_text(any_embedder: Embedder) -> None:
    vectors = any_embedder.embed(TEXTS)
    assert vectors.shape == (len(TEXTS), any_embedder.fingerprint.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_rows(any_embedder: Embedder) -> None:
    assert any_embedder.embed([]).shape == (0, any_embedder.fingerprint.dimension)


def test_a_vector_does_not_depend_on_its_company(any_embedder: Embedder) -> None:
    together = any_embedder.embed(TEXTS)
    np.testing.assert_array_equal(any_embedder.embed(TEXTS[:1])[0], together[0])
    np.testing.assert_array_equal(any_embedder.embed(TEXTS[::-1])[::-1], together)


def test_tokens_are_counted_beyond_the_window(any_embedder: Embedder) -> None:
    counts = any_embedder.count_tokens(["one", "one two three", "long " * 600])
    assert counts[0] < counts[1] < counts[2]
    assert counts[2] >= 600


@pytest.mark.slow
@pytest.mark.parametrize(("form", "least"), [("int8", 0.99), ("float32", 0.9999)])
def test_an_exported_form_gives_the_reference_vectors(tmp_path: Path, form: str, least: float) -> None:
    folder, weights_sha256 = locate(DEFAULT_EMBEDDER)
    reference = SentenceTransformerEmbedder(DEFAULT_EMBEDDER, folder, weights_sha256)
    export_embedder(reference, folder, tmp_path / form, form)
    exported = OnnxEmbedder(tmp_path / form)
    assert reference.fingerprint == exported.fingerprint
    texts = [TEXTS[0], TEXTS[2], "long " * 600, "Who acted as the go-between?"]
    cosines = (reference.embed(texts) * exported.embed(texts)).sum(axis=1)
    assert least < cosines.min() and cosines.max() < 1.00001


@pytest.mark.slow
def test_what_comes_nowhere_near_is_not_kept(tmp_path: Path) -> None:
    folder, weights_sha256 = locate(DEFAULT_EMBEDDER)
    reference = SentenceTransformerEmbedder(DEFAULT_EMBEDDER, folder, weights_sha256)
    with torch.no_grad():  # one value so large that seven bits represent all others as 0
        for layer in reference.model[0].model.encoder.layer:
            layer.attention.output.dense.weight[:, 0] *= 100
    export_embedder(reference, folder, tmp_path / "int8", "int8")
    export_embedder(reference, folder, tmp_path / "float32", "float32")
    assert not (tmp_path / "int8").exists() and (tmp_path / "float32").exists()


def test_the_default_is_the_exported_form_once_it_was_made(embedder: Embedder) -> None:
    assert isinstance(load_embedder(), OnnxEmbedder)
