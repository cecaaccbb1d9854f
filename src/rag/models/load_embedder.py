"""Chooses the embedder by name: its ONNX form, exported once and cached, or else sentence-transformers.

The ONNX form starts without torch, in 0.5 s instead of 7 to 13 s. The export needs torch once.
"""

from __future__ import annotations

from rag.core.environment import cache_folder
from rag.core.ports import Embedder
from rag.models.model_files import DEFAULT_EMBEDDER, locate
from rag.models.onnx_embedder import OnnxEmbedder, is_whole

_FORMAT = 2
"""Version of the exported files. Files of another version are not used."""


def load_embedder(name: str = DEFAULT_EMBEDDER) -> Embedder:
    """Loads an embedder, and exports it to ONNX on first use.

    Args:
        name: The default embedder's name, or the folder of a sentence-transformers model.

    Returns:
        The ONNX form; the model run by sentence-transformers if it can't be exported.

    Raises:
        ModelError: If there is no such model, or its weights were altered.
    """
    folder, weights_sha256 = locate(name)
    name = name if name == DEFAULT_EMBEDDER else str(folder)
    exported = cache_folder() / f"embedder-{weights_sha256[:16]}-{_FORMAT}"
    if is_whole(exported):
        return OnnxEmbedder(exported)
    # These imports are slow, and only the first use of a model needs them.
    from rag.models.embedder_export import MINIMUM_PARITY, export_embedder
    from rag.models.sentence_transformer_embedder import SentenceTransformerEmbedder

    reference = SentenceTransformerEmbedder(name, folder, weights_sha256)
    for form in MINIMUM_PARITY:
        if not is_whole(exported):
            export_embedder(reference, folder, exported, form)
    return OnnxEmbedder(exported) if is_whole(exported) else reference
