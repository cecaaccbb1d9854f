"""How ONNX Runtime is run here: one thread a session, no spinning, texts one by one on a pool of two.

Two OpenMP or spinning thread pools in one process cost more than they bring on two cores, and dynamic int8 results
depend on what else is in a batch: batches of one are what makes an answer the same every time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

WORKERS = min(2, os.cpu_count() or 1)

T = TypeVar("T")
R = TypeVar("R")


def open_session(path: Path) -> Any:
    """An ONNX Runtime session over one model file, one thread, graph optimised; safe to run from several threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    # The fused kernel takes seven times as long as the two operators that it stands for: a tenth of all of a reading.
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=["SkipLayerNormFusion"]
    )


@cache
def _pool() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(max_workers=WORKERS, thread_name_prefix="rag")


def map_parallel(function: Callable[[T], R], items: Sequence[T], cost: Callable[[T], int] | None = None) -> list[R]:
    """`[function(item) for item in items]` on the shared pool of workers, results in the order of the items.

    With `cost` the dearest are begun first, so that no worker is left with a long one at the end.
    """
    order = sorted(range(len(items)), key=lambda index: -cost(items[index]) if cost else 0)
    found = dict(zip(order, _pool().map(function, [items[index] for index in order]), strict=True))
    return [found[index] for index in range(len(items))]
