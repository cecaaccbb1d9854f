"""Work on the shared pool: the order in which items start, and that each item gets its own result."""

from __future__ import annotations

import threading

from rag.models.onnx_session import WORKERS, map_parallel


def test_results_come_in_the_order_of_the_items_and_the_dearest_is_begun_first() -> None:
    begun: list[int] = []
    together = threading.Barrier(WORKERS)

    def work(item: int) -> int:
        together.wait(timeout=10)
        begun.append(item)
        return 10 * item

    items = list(range(1, 2 * WORKERS + 1))
    assert map_parallel(work, items, cost=lambda item: item) == [10 * item for item in items]
    assert sorted(begun[:WORKERS]) == items[WORKERS:]
    assert map_parallel(str, []) == []
