"""Exports a sentence-transformers model to ONNX, in int8 where its vectors stay near enough, and checks the result."""

from __future__ import annotations

import copy
import json
import logging
import shutil
import tempfile
from pathlib import Path
from typing import Any

from rag.models.model_files import sha256_file
from rag.models.onnx_embedder import GRAPH_FILE, MANIFEST_FILE, TOKENIZER_FILE, OnnxEmbedder
from rag.models.sentence_transformer_embedder import SentenceTransformerEmbedder

MINIMUM_PARITY = {"int8": 0.99, "float32": 0.9999}
"""The lowest cosine to sentence-transformers' own vector that an exported model may show on the probe texts, by form,
the faster first. At .997 on average, int8 finds what fp32 does (`python -m benchmarks.embedding`)."""

_PROBES = (
    "Who acted as the go-between?",
    "Two delegations were housed in separate rooms for the talks.",
    "Around 20 % of the world's oil exports pass through a narrow corridor. " * 24,
)
_log = logging.getLogger(__name__)


def export_embedder(reference: SentenceTransformerEmbedder, source: Path, target: Path, form: str) -> None:
    """Writes an ONNX form beside others in the cache, if the model has the shape of BERT and the vectors agree.

    A model that can't be traced or a cache that can't be written is no error: the reference serves, only slower.
    """
    fingerprint = reference.fingerprint
    if fingerprint.pooling != "mean" or not fingerprint.normalised or not (source / TOKENIZER_FILE).is_file():
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    except OSError:
        return
    try:
        _write_graph(copy.deepcopy(reference.model[0].model), work / GRAPH_FILE, form)
        shutil.copyfile(source / TOKENIZER_FILE, work / TOKENIZER_FILE)
        hashes = {name: sha256_file(work / name) for name in (GRAPH_FILE, TOKENIZER_FILE)}
        manifest = {"fingerprint": fingerprint.model_dump(), "sha256": hashes}
        (work / MANIFEST_FILE).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        parity = (OnnxEmbedder(work).embed(_PROBES) * reference.embed(_PROBES)).sum(axis=1).min()
        if parity >= MINIMUM_PARITY[form] and not target.exists():
            work.rename(target)
            _log.info("made %s: %s ONNX form of %s", target, form, fingerprint.name)
    except Exception as error:  # the exporter raises whatever the model's code raises
        _log.warning("No %s ONNX form of %s: %s", form, fingerprint.name, error)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _write_graph(encoder: Any, path: Path, form: str) -> None:
    """Writes the encoder as one ONNX graph: int64 (batch, sequence) in, (batch, sequence, dimension) out."""
    import torch

    from rag.models.int8 import export_graph, export_int8

    class LastHiddenState(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder = encoder

        def forward(self, input_ids: Any) -> Any:
            return self.encoder(input_ids=input_ids).last_hidden_state

    export = export_int8 if form == "int8" else export_graph
    export(LastHiddenState(), ["input_ids"], ["last_hidden_state"], path)
