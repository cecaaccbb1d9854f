"""Sets the environment variables of the libraries that this project uses. Importing a module sets no variable.

The command line calls `prepare_process` before a command runs, and the page before it is built. Most libraries read
their variables only once, when they are imported or start.
"""

from __future__ import annotations

import os
from collections.abc import Collection


def prepare_process() -> None:
    """Keeps this process off the network, and its idle threads asleep."""
    # Otherwise Gradio reports the use of a page to its makers. It is read when a page is built.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # Models come from this disk; a user who wants downloads sets 0. Read when huggingface_hub is imported.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
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
