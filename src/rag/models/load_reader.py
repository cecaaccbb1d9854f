"""Chooses the reader by name: the shipped model, a folder with a model, or the sentence-level answerer."""

from __future__ import annotations

import logging
from pathlib import Path

from rag.core.ports import Embedder, Reader

SENTENCE = "sentence"
"""The name of the sentence-level answerer."""
_log = logging.getLogger(__name__)


def load_reader(name: str | None, embedder: Embedder) -> Reader:
    """Loads a reader.

    Without a name, the shipped model is loaded. If its files are missing, the sentence-level answerer replaces it; the
    log and the status say so.

    Args:
        name: "sentence", a folder with a reader exported by this project, or a question-answering model of the
            transformers library, by folder or name. None loads the best available one.
        embedder: The embedder, which the sentence-level answerer needs.

    Raises:
        ModelError: If the named reader is not available, or a file of a model was altered.
    """
    from rag.models.manifest import MANIFEST_FILE
    from rag.models.sentence_reader import SentenceReader
    from rag.models.span_reader import SHIPPED, OnnxReader

    if name == SENTENCE:
        return SentenceReader(embedder)
    if name is not None and (Path(name).expanduser() / MANIFEST_FILE).is_file():
        return OnnxReader(Path(name).expanduser())
    if name is not None:
        from rag.models.transformers_reader import TransformersReader

        return TransformersReader(name)
    if not (SHIPPED / MANIFEST_FILE).is_file():
        _log.warning("There is no reader in %s, so answers are whole sentences; reinstall newsroom-rag", SHIPPED)
        return SentenceReader(embedder)
    return OnnxReader()
