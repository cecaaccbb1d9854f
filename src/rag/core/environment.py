"""The variables of the environment that this project sets for the libraries it uses; importing a module sets none.

The entry of a process calls `prepare_process` first: the command line before a command runs, the page before it is
built. Most of these libraries read their variables only once, when they are imported or start.
"""

from __future__ import annotations

import os
from collections.abc import Collection


def prepare_process() -> None:
    """Keeps this process off the network, and its idle threads asleep."""
    # Gradio reports the use of a page to its makers unless this says no. It is read when a page is built.
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    # Models come from this disk. Read when huggingface_hub is imported; whoever wants the hub asked says 0.
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    # Idle OpenMP threads of torch and FAISS sleep instead of spinning, which slows all others. Read when OpenMP starts.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def reach_directly(addresses: Collection[str]) -> None:
    """Keeps a proxy out of the way between this process and addresses of its own machine.

    Gradio asks its own server whether it is up, through whatever proxy the environment names.

    Args:
        addresses: Names and IP addresses of this machine, added to those that need no proxy already.
    """
    for name in ("NO_PROXY", "no_proxy"):
        hosts = [host for host in os.environ.get(name, "").split(",") if host]
        os.environ[name] = ",".join([*hosts, *sorted(set(addresses) - set(hosts))])
