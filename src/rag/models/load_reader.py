"""Chooses the reader by name: the shipped model, a folder with one, or the sentence-level answerer."""

from __future__ import annotations

import logging
from pathlib import Path

from rag.core.ports import Embedder, Reader

SENTENCE = "sentence"
_log = logging.getLogger(__name__)


def load_reader(name: str | None, embedder: Embedder) -> Reader:
    """The reader of this name; None takes the best one at hand.

    A name is "sentence", a folder with a reader exported by this project, or a question-answering model of the
    transformers library, by folder or name.

    The best is the shipped model; where its files are missing the sentence-level answerer stands in, and says so in
    the log and in the status. Raises ModelError where a named reader can't be had, or a file of a model was altered.
    """
    from rag.models.sentence_reader import SentenceReader
    from rag.models.span_reader import MANIFEST_FILE, SHIPPED, OnnxReader

    if name == SENTENCE:
        return SentenceReader(embedder)
    if name is not None and (Path(name).expanduser() / MANIFEST_FILE).is_file():
        return OnnxReader(Path(name).expanduser())
    if name is not None:
        from rag.models.transformers_reader import TransformersReader

        return TransformersReader(name)
    if not (SHIPPED / MANIFEST_FILE).is_file():
        _log.warning("No reader in %s: whole sentences answer instead; reinstall newsroom-rag to have it", SHIPPED)
        return SentenceReader(embedder)
    return OnnxReader()
