"""The exported form of an embedder: it runs on ONNX Runtime without torch and starts in about 0.5 s."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rag.core.errors import ModelError
from rag.core.ports import Fingerprint, Vectors
from rag.models.model_files import sha256_file
from rag.models.onnx_session import map_parallel, open_session
from rag.models.token_windows import encodable

GRAPH_FILE, TOKENIZER_FILE, MANIFEST_FILE = "model.onnx", "tokenizer.json", "manifest.json"
"""The files of an exported embedder."""


def is_whole(folder: Path) -> bool:
    """Whether the folder holds every file of an exported embedder."""
    return all((folder / name).is_file() for name in (GRAPH_FILE, TOKENIZER_FILE, MANIFEST_FILE))


class OnnxEmbedder:
    """The exported form of an embedder. It pools by the mean and normalises. Implements `rag.core.ports.Embedder`.

    Args:
        folder: The folder of the exported files.

    Raises:
        ModelError: If a file was changed since the export.
    """

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        manifest = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
        for name, expected in manifest["sha256"].items():
            if sha256_file(folder / name) != expected:
                raise ModelError(
                    f"{folder / name} was changed after it was made", remedy=f"delete {folder}: it is rebuilt"
                )
        self.fingerprint = Fingerprint.model_validate(manifest["fingerprint"])
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._session = open_session(folder / GRAPH_FILE)
        self._cut = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
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
