"""Sets the environment variables of the libraries that this project uses.

Importing the package sets one variable, which keeps ONNX Runtime from reporting its use (`silence_runtime`). The
command line calls `prepare_process` before a command runs, and the page before it is built. Most libraries read their
variables only once, when they are imported or start.
"""

from __future__ import annotations

import os
from collections.abc import Collection


def silence_runtime() -> None:
    """Keeps ONNX Runtime from reporting its use, in this process and in those that it starts.

    Since 1.29 its Linux builds write an id and a database of events to the user's cache folder, and send them to a
    collector. The variable is read when the runtime is loaded.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"


def prepare_process() -> None:
    """Keeps this process off the network, and its idle threads asleep."""
    # Otherwise Gradio reports the use of a page to its makers. It is read when a page is built.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # Models come from this disk; a user who wants downloads sets 0. Read when huggingface_hub is imported.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # Otherwise huggingface_hub tells its makers which libraries ask for a model. Read when it is imported.
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    # Idle OpenMP threads of torch and FAISS would spin and slow all others. Read when OpenMP starts.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def reach_directly(addresses: Collection[str]) -> None:
    """Makes requests to addresses of this machine bypass the proxy that the environment names.

    Gradio asks its own server whether it is running, and would ask through the proxy.

    Args:
        addresses: Names and IP addresses of this machine. They are added to the variable `NO_PROXY`.
    """
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join([*hosts, *sorted(set(addresses) - set(hosts))])
