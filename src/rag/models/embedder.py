"""Text to unit vectors: sentence-transformers, and the same weights through ONNX Runtime where that can be had.

`OnnxEmbedder` is the faster of the two and starts without importing torch (0.5 s instead of 7 to 13); its file is
exported once from the sentence-transformers model, in int8 where its vectors stay near enough, checked against it, and
kept in the user's cache folder.
`SentenceTransformerEmbedder` is the reference, and serves every model that can't be exported.
"""

from __future__ import annotations

import copy
import json
import logging
import os
import shutil
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs

from rag.core.ports import Embedder, Fingerprint, Vectors
from rag.models.model_files import DEFAULT_EMBEDDER, locate, sha256_file
from rag.models.onnx_session import map_parallel, open_session
from rag.models.token_windows import encodable

MINIMUM_PARITY = {"int8": 0.99, "float32": 0.9999}
"""The lowest cosine to sentence-transformers' own vector that an exported model may show on the probe texts, by form,
the faster first. At .997 on average, int8 finds what fp32 does (`python -m benchmarks.embedding`)."""

_PROBES = (
    "Who acted as the go-between?",
    "Two delegations were housed in separate rooms for the talks.",
    "Around 20 % of the world's oil exports pass through a narrow corridor. " * 24,
)
_FORMAT = 2
"""Of the exported files; those of another are left alone."""
_log = logging.getLogger(__name__)
_GRAPH, _TOKENIZER, _MANIFEST = "model.onnx", "tokenizer.json", "manifest.json"


def load_embedder(name: str = DEFAULT_EMBEDDER) -> Embedder:
    """The embedder of this name or path: in its ONNX form, made at first use, else by sentence-transformers.

    Raises ModelError where there is no such model, or where its weights are not what they should be.
    """
    folder, weights_sha256 = locate(name)
    name = name if name == DEFAULT_EMBEDDER else str(folder)
    exported = cache_folder() / f"embedder-{weights_sha256[:16]}-{_FORMAT}"
    if _is_whole(exported):
        return OnnxEmbedder(exported)
    reference = SentenceTransformerEmbedder(name, folder, weights_sha256)
    for form in MINIMUM_PARITY:
        if not _is_whole(exported):
            export_embedder(reference, folder, exported, form)
    return OnnxEmbedder(exported) if _is_whole(exported) else reference


def cache_folder() -> Path:
    """Where exported models are kept: `RAG_CACHE`, else the user's cache folder."""
    return Path(os.environ.get("RAG_CACHE") or platformdirs.user_cache_dir("newsroom-rag"))


class SentenceTransformerEmbedder:
    """Any sentence-transformers model from a local folder. Implements `rag.core.ports.Embedder`."""

    def __init__(self, name: str, folder: Path, weights_sha256: str) -> None:
        from sentence_transformers import SentenceTransformer
        from transformers.utils.logging import disable_progress_bar

        disable_progress_bar()
        # Eager attention is what the exporter can trace, and as fast as the others at these lengths.
        self.model = SentenceTransformer(
            str(folder), device="cpu", model_kwargs={"attn_implementation": "eager"}, local_files_only=True
        )
        self._lock = threading.Lock()
        modules = [type(module).__name__ for module in self.model]
        self.fingerprint = Fingerprint(
            name=name,
            weights_sha256=weights_sha256,
            dimension=int(self.model.get_embedding_dimension() or 0),
            pooling=_pooling_of(self.model),
            normalised="Normalize" in modules,
            max_tokens=int(self.model.max_seq_length or 512),
        )

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `rag.core.ports.Embedder.embed`; one text a batch, so that a vector does not depend on its company."""
        if not texts:
            return np.zeros((0, self.fingerprint.dimension), np.float32)
        with self._lock:
            vectors = self.model.encode(
                [encodable(text) for text in texts], batch_size=1, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See `rag.core.ports.Embedder.count_tokens`."""
        if not texts:
            return []
        tokenizer = self.model.tokenizer
        return [
            len(ids)
            for ids in tokenizer([encodable(text) for text in texts], add_special_tokens=False, verbose=False)[
                "input_ids"
            ]
        ]


class OnnxEmbedder:
    """The exported form of an embedder, mean-pooled and normalised here. Implements `rag.core.ports.Embedder`.

    Raises ModelError where a file of the folder is not the one that was exported.
    """

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        from rag.core.errors import ModelError

        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        for name, expected in manifest["sha256"].items():
            if sha256_file(folder / name) != expected:
                raise ModelError(
                    f"{folder / name} was altered since it was made", remedy=f"delete {folder}: it is made anew"
                )
        self.fingerprint = Fingerprint.model_validate(manifest["fingerprint"])
        self._tokenizer = Tokenizer.from_file(str(folder / _TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._session = open_session(folder / _GRAPH)
        self._cut = Tokenizer.from_file(str(folder / _TOKENIZER))
        self._cut.no_padding()
        self._cut.enable_truncation(max_length=self.fingerprint.max_tokens)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """See `rag.core.ports.Embedder.embed`."""
        if not texts:
            return np.zeros((0, self.fingerprint.dimension), np.float32)
        if len(texts) == 1:
            return self._embed_one(texts[0])[None]
        return np.stack(map_parallel(self._embed_one, texts, cost=len))

    def _embed_one(self, text: str) -> Vectors:
        ids = np.array([self._cut.encode(encodable(text)).ids], dtype=np.int64)
        states = self._session.run(None, {"input_ids": ids})[0][0]
        vector = states.mean(axis=0, dtype=np.float32)
        return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), dtype=np.float32)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """See `rag.core.ports.Embedder.count_tokens`."""
        encoded = self._tokenizer.encode_batch([encodable(text) for text in texts], add_special_tokens=False)
        return [len(encoding.ids) for encoding in encoded]


def _pooling_of(model: Any) -> str:
    """How the model makes one vector of many ("mean", "cls", …), or "unknown"."""
    for module in model:
        if type(module).__name__ == "Pooling":
            return str(module.pooling_mode)
    return "unknown"


def _is_whole(folder: Path) -> bool:
    return all((folder / name).is_file() for name in (_GRAPH, _TOKENIZER, _MANIFEST))


def export_embedder(reference: SentenceTransformerEmbedder, source: Path, target: Path, form: str) -> None:
    """Writes an ONNX form beside others in the cache, if the model has the shape of BERT and the vectors agree.

    A model that can't be traced or a cache that can't be written is no error: the reference serves, only slower.
    """
    fingerprint = reference.fingerprint
    if fingerprint.pooling != "mean" or not fingerprint.normalised or not (source / _TOKENIZER).is_file():
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}-"))
    except OSError:
        return
    try:
        _write_graph(copy.deepcopy(reference.model[0].model), work / _GRAPH, form)
        shutil.copyfile(source / _TOKENIZER, work / _TOKENIZER)
        hashes = {name: sha256_file(work / name) for name in (_GRAPH, _TOKENIZER)}
        manifest = {"fingerprint": fingerprint.model_dump(), "sha256": hashes}
        (work / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
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
