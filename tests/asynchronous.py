"""Runs coroutines from tests that are not asynchronous themselves."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def run_to_end(coroutine: Coroutine[Any, Any, object]) -> None:
    """Runs a coroutine in a thread of its own: a browser test before may have left a running loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()
