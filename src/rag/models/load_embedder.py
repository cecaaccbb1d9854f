"""Chooses the embedder by name: its ONNX form, exported once and kept in the cache, else sentence-transformers.

The ONNX form starts without importing torch (0.5 s instead of 7 to 13). The export needs torch once.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

from rag.core.ports import Embedder
from rag.models.model_files import DEFAULT_EMBEDDER, locate
from rag.models.onnx_embedder import OnnxEmbedder, is_whole

_FORMAT = 2
"""Of the exported files; those of another are left alone."""


def load_embedder(name: str = DEFAULT_EMBEDDER) -> Embedder:
    """The embedder of this name or path: in its ONNX form, made at first use, else by sentence-transformers.

    Raises ModelError where there is no such model, or where its weights are not what they should be.
    """
    folder, weights_sha256 = locate(name)
    name = name if name == DEFAULT_EMBEDDER else str(folder)
    exported = cache_folder() / f"embedder-{weights_sha256[:16]}-{_FORMAT}"
    if is_whole(exported):
        return OnnxEmbedder(exported)
    # Heavy imports: only the first use of a model needs them.
    from rag.models.embedder_export import MINIMUM_PARITY, export_embedder
    from rag.models.sentence_transformer_embedder import SentenceTransformerEmbedder

    reference = SentenceTransformerEmbedder(name, folder, weights_sha256)
    for form in MINIMUM_PARITY:
        if not is_whole(exported):
            export_embedder(reference, folder, exported, form)
    return OnnxEmbedder(exported) if is_whole(exported) else reference


def cache_folder() -> Path:
    """Where exported models are kept: `RAG_CACHE`, else the user's cache folder."""
    return Path(os.environ.get("RAG_CACHE") or platformdirs.user_cache_dir("newsroom-rag"))
