"""Groups of copies in the store. Each update places its new versions among the current versions."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np

from rag.core.errors import IndexDamagedError
from rag.store.columns import GROUP, columns, insert
from rag.store.database import Database
from rag.store.retire import retire_rows
from rag.store.rows import read_article
from rag.text.near_duplicates import Shingles, are_copies, bands, shingle

_PER_BAND = 32
"""Number of versions compared per band key, newest first. Thousands of filled-in forms may share one key."""
_CACHED = 256
"""Number of versions whose shingles are kept in memory."""


class Groups:
    """The groups of copies in a generation that is being made. A version without a copy has a group of its own."""

    def __init__(self, database: Database, generation: int) -> None:
        self._database = database
        self._generation = generation
        self._shingles: OrderedDict[int, Shingles] = OrderedDict()

    def place(self, version_id: int, shingles: Shingles) -> None:
        """Puts a version that was just stored, with these shingles, into the group of its copies.

        If its copies are in several groups, these groups are joined.
        """
        keys = bands(shingles)
        copies = [other for other in self._candidates(keys) if are_copies(shingles, self._shingles_of(other))]
        self._database.add_rows("band", ("key", "version_id"), [(key, version_id) for key in dict.fromkeys(keys)])
        self._remember(version_id, shingles)
        self._insert([version_id], self._join(copies) if copies else version_id)

    def _candidates(self, keys: Iterable[int]) -> list[int]:
        """The current versions that share a band key, ascending."""
        of_one = (
            "SELECT band.version_id FROM band JOIN version ON version.id = band.version_id"
            " AND version.removed_generation IS NULL WHERE band.key = ?"
            f" ORDER BY band.version_id DESC LIMIT {_PER_BAND}"
        )
        wanted = list(dict.fromkeys(keys))
        sql = " UNION ".join(f"SELECT version_id FROM ({of_one}) AS key_{number}" for number in range(len(wanted)))
        return sorted(row[0] for row in self._database.rows(sql, wanted)) if wanted else []

    def _shingles_of(self, version_id: int) -> Shingles:
        if version_id in self._shingles:
            self._shingles.move_to_end(version_id)
            return self._shingles[version_id]
        try:
            shingles = shingle(read_article(self._database, version_id, path=""))
        except IndexDamagedError:
            # A damaged version counts as a copy of nothing. The damage is reported when the version is read.
            shingles = np.zeros(0, np.uint64)
        return self._remember(version_id, shingles)

    def _remember(self, version_id: int, shingles: Shingles) -> Shingles:
        self._shingles[version_id] = shingles
        if len(self._shingles) > _CACHED:
            self._shingles.popitem(last=False)
        return shingles

    def _insert(self, version_ids: Iterable[int], group: int) -> None:
        for version_id in version_ids:
            insert(self._database, "text_group", GROUP, (version_id, group, self._generation, None))

    def _join(self, version_ids: Sequence[int]) -> int:
        """Joins the groups of these versions into the one with the lowest number; returns that number."""
        target, *others = sorted({self._group_of(version_id) for version_id in version_ids})
        for group in others:
            self._insert(self._end(group), target)
        return target

    def _end(self, group: int) -> list[int]:
        """Retires the rows of a group; returns the versions that were in it."""
        return sorted(row[0] for row in retire_rows(self._database, self._generation, "text_group", "group_id", group))

    def _group_of(self, version_id: int) -> int:
        """The group of a current version. Raises IndexDamagedError."""
        alive = "version_id = ? AND removed_generation IS NULL"
        row = self._database.row(f"SELECT {columns('text_group', GROUP)} FROM text_group WHERE {alive}", (version_id,))
        if row is None or row[0] != version_id:
            raise self._database.damaged(f"the group of version {version_id}")
        return int(self._database.intact(row, GROUP, "a group")[1])
