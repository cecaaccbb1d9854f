"""Settings of ONNX Runtime: one thread per session, no spinning, and texts one by one on a pool of two workers.

On two cores, two spinning thread pools in one process cost more than they gain. Results of dynamic int8 depend on the
other texts of a batch, so only batches of one give the same answer every time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

WORKERS = min(2, os.cpu_count() or 1)
"""Number of worker threads."""
SLOW_FUSIONS = ["SkipLayerNormFusion"]
"""Fused kernels that are not used: this one takes seven times as long as the two operators that it replaces."""

T = TypeVar("T")
R = TypeVar("R")


def open_session(path: Path) -> Any:
    """Opens an ONNX Runtime session for one model file, with one thread. Several threads may use the session."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOW_FUSIONS
    )


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="rag")


def map_parallel(function: Callable[[T], R], items: Sequence[T], cost: Callable[[T], int] | None = None) -> list[R]:
    """Applies a function to each item on the shared pool of workers.

    Args:
        function: The function.
        items: Its arguments.
        cost: Estimates the work of an item. The most expensive items start first, so no worker ends with a long one.

    Returns:
        The results, in the order of the items.
    """
    order = sorted(range(len(items)), key=lambda index: -cost(items[index]) if cost else 0)
    found = dict(zip(order, _pool().map(function, [items[index] for index in order]), strict=True))
    return [found[index] for index in range(len(items))]
