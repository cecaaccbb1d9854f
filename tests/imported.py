"""Imports what the command line and the page need, in the process that `tests.forks` forks."""

from __future__ import annotations

from importlib import import_module

from rag.core.environment import prepare_process

NEEDED = ("rag.cli.main", "rag.library", "rag.evaluation.run", "rag.ingest.watch", "rag_ui.app")
LIBRARIES = ("faiss", "onnxruntime", "tantivy", "tokenizers")

prepare_process()  # before the imports, which read what it sets
for module in (*NEEDED, *LIBRARIES):
    import_module(module)
