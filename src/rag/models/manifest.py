"""The folder of a model in ONNX: the graph, the tokenizer, and the manifest, which states what both must be."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from rag.core.errors import ModelError
from rag.models.model_files import sha256_file

MODEL_FILE, TOKENIZER_FILE, MANIFEST_FILE = "model.onnx", "tokenizer.json", "manifest.json"
"""The files of a model."""


class Manifest(BaseModel):
    """What is stated of a model beside its weights.

    Attributes:
        name: The model's name.
        base_model: The model that it was trained from.
        sha256: The sha256 of each file by name, in hexadecimal digits.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    base_model: str
    sha256: dict[str, str]


M = TypeVar("M", bound=Manifest)


def read_manifest(folder: Path, kind: type[M], what: str, remake: str) -> M:
    """Reads a model's manifest and checks each of its files.

    Args:
        folder: The folder.
        kind: The kind of manifest.
        what: What the model is, for the messages: "reader".
        remake: The command that makes the files again.

    Raises:
        ModelError: If the manifest or a file is missing, malformed or altered.
    """
    path = folder / MANIFEST_FILE
    remedy = f"reinstall newsroom-rag, or make it again: {remake}"
    if not path.is_file():
        raise ModelError(f"No {what} in {folder}: {MANIFEST_FILE} is missing", remedy=remedy)
    try:
        manifest = kind.model_validate_json(path.read_text("utf-8"))
    except ValidationError as error:
        raise ModelError(f"{path} is not a {what}'s manifest ({error.error_count()} errors)", remedy=remedy) from error
    for name in (MODEL_FILE, TOKENIZER_FILE):
        found = sha256_file(folder / name) if (folder / name).is_file() else "no file"
        if found != manifest.sha256.get(name):
            raise ModelError(
                f"{folder / name} does not match the {what}'s manifest (sha256 {found[:12]})", remedy=remedy
            )
    return manifest


def load_tokenizer(path: Path) -> Any:
    """Loads a `tokenizers.Tokenizer` without padding and truncation, for which `[SEP]` in a text is just text."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True
    return tokenizer
