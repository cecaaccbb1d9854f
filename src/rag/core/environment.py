"""Sets the environment variables of the libraries that this project uses.

Importing the package sets one variable, which keeps ONNX Runtime from reporting its use (`rag/__init__.py`). The
command line calls `prepare_process` before a command runs, and the page before it is built. Most libraries read their
variables only once, when they are imported or start.
"""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Returns the folder of what can be made again: models exported for ONNX Runtime, and a list of fonts."""
    import platformdirs

    return Path(os.environ.get("RAG_CACHE") or platformdirs.user_cache_dir("newsroom-rag"))


def data_folder() -> Path:
    """Returns the folder in which libraries that lie in a database keep what belongs to this machine."""
    import platformdirs

    return Path(platformdirs.user_data_dir("newsroom-rag"))


def prepare_process() -> None:
    """Keeps this process off the network, and its idle threads asleep."""
    # Otherwise Gradio reports the use of a page to its makers. It is read when a page is built.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # Models come from this disk; a user who wants downloads sets 0. Read when huggingface_hub is imported.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # Otherwise huggingface_hub tells its makers which libraries ask for a model. Read when it is imported.
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    # Otherwise matplotlib, which Gradio imports, writes to folders of its own. Read when it is imported.
    os.environ.setdefault("MPLCONFIGDIR", str(cache_folder() / "matplotlib"))
    # Idle OpenMP threads of torch and FAISS would spin and slow all others. Read when OpenMP starts.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
