"""Passages that a condition of SQL selects: the database answers what is among them, and their ids stay there."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from rag.core.passage_set import ListedPassages
from rag.core.ports import Ids, PassageSet, as_ids
from rag.store.database import Database
from rag.store.scope_query import WITH_VERSION, Condition, read_scope


class ScopedPassages(PassageSet):
    """The passages that a condition selects. Implements `rag.core.ports.PassageSet`.

    Args:
        database: The connection to the store.
        condition: The condition.

    Attributes:
        condition: The condition, for a search in the same database.
    """

    def __init__(self, database: Database, condition: Condition) -> None:
        self._database = database
        self.condition = condition

    @cached_property
    def ids(self) -> Ids:
        """See `PassageSet.ids`."""
        return read_scope(self._database, self.condition)

    def holds(self, ids: Ids) -> NDArray[np.bool_]:
        """See `PassageSet.holds`."""
        listed = f"{self._database.listed('asked')} AS asked"
        sql = (
            f"SELECT passage.id FROM {listed} JOIN passage ON passage.id = asked.value"
            f" JOIN version ON version.id = passage.version_id WHERE {self.condition.sql}"
        )
        rows = self._database.rows(sql, {"asked": ids.tolist(), **self.condition.parameters})
        return np.isin(ids, as_ids([row[0] for row in rows]))

    def count(self, most: int) -> int:
        """The number of passages, or `most` if there are more."""
        sql = f"SELECT count(*) FROM (SELECT 1 FROM {WITH_VERSION} WHERE {self.condition.sql} LIMIT {most}) AS counted"
        row = self._database.row(sql, self.condition.parameters)
        return int(row[0]) if row else 0

    def __and__(self, other: PassageSet) -> PassageSet:
        if isinstance(other, ScopedPassages):
            return ScopedPassages(self._database, self.condition & other.condition)
        return ListedPassages(other.ids) & self

    @cached_property
    def _is_filled(self) -> bool:
        return self.count(1) > 0

    def __bool__(self) -> bool:
        return self._is_filled
