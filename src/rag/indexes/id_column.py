"""The ids of a segment's vectors, looked up by row and by id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.core.ports import Ids, as_ids

STEP = 2**13
"""Of so many ids in turn, the first stands in the list in which a lookup begins. They are as many bytes as a block."""


class IdColumn:
    """Ascending ids, by row. A lookup uses only those near the ids that it is asked for.

    Args:
        ids: The ids, ascending, shape (n,).
        firsts: Every id whose row is a multiple of STEP; None takes them from `ids`.
        check: Called before ids are used, with the first row and the row after the last of each range used.
    """

    def __init__(
        self,
        ids: NDArray[Any],
        firsts: Ids | None = None,
        check: Callable[[NDArray[np.int64], NDArray[np.int64]], None] | None = None,
    ) -> None:
        self._ids = ids
        self._firsts = as_ids(ids[::STEP]) if firsts is None else firsts
        self._check = check

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def firsts(self) -> Ids:
        """Every id whose row is a multiple of STEP."""
        return self._firsts

    def all(self) -> Ids:
        """Returns all ids, shape (n,)."""
        if self._check is not None:
            self._check(np.array([0]), np.array([len(self._ids)]))
        return as_ids(self._ids)

    def at(self, rows: NDArray[np.int64]) -> Ids:
        """Returns the ids at rows, shape (n,)."""
        if self._check is not None:
            self._check(rows, rows + 1)
        return as_ids(self._ids[rows])

    def rows(self, ids: Ids) -> NDArray[np.int64]:
        """Returns the row of each id, shape (n,); -1 for an id that is not there."""
        order = np.argsort(ids, kind="stable")
        wanted = ids[order]
        # The ids of each step, as ranges of `wanted`.
        cuts = np.append(np.searchsorted(wanted, self._firsts), len(wanted))
        steps = np.flatnonzero(np.diff(cuts))
        starts = steps * STEP
        stops = np.minimum(starts + STEP, len(self._ids))
        if self._check is not None:
            self._check(starts, stops)
        found = np.full(len(ids), -1)
        for step, start, stop in zip(steps.tolist(), starts.tolist(), stops.tolist(), strict=True):
            here = slice(cuts[step], cuts[step + 1])
            held = as_ids(self._ids[start:stop])
            places = np.minimum(np.searchsorted(held, wanted[here]), len(held) - 1)
            found[here] = np.where(held[places] == wanted[here], start + places, -1)
        rows = np.empty(len(ids), np.int64)
        rows[order] = found
        return rows
