"""Reads files in the worker."""

from __future__ import annotations

from rag.formats.extracted import Extracted
from rag.formats.file_types import FileType
from rag.formats.sandbox import Sandbox


def read_one(sandbox: Sandbox, file_type: FileType, data: bytes) -> Extracted:
    """Reads the article of a file that holds one."""
    (article,) = sandbox.extract(file_type, data)
    assert isinstance(article, Extracted)
    return article
