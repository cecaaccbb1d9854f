"""Any sentence-transformers model, run by that library: the reference, and what serves where no export can be had."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from rag.core.ports import Fingerprint, Vectors
from rag.models.token_windows import encodable


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


def _pooling_of(model: Any) -> str:
    """How the model makes one vector of many ("mean", "cls", …), or "unknown"."""
    for module in model:
        if type(module).__name__ == "Pooling":
            return str(module.pooling_mode)
    return "unknown"
