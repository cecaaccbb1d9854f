"""A small pool of encoded examples."""

from __future__ import annotations

from training.encoding import Encoded
from training.pool import Pool


def make_pool(count: int) -> Pool:
    return Pool.of(
        [Encoded([101, 7, 102, *range(10, 12 + n % 5), 102], 3, 3, ((3, 4),) if n % 3 else ()) for n in range(count)]
    )
