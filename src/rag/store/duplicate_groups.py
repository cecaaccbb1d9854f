"""Groups of copies in the store: each new version is placed among those alive, in the update that brings it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence

import numpy as np

from rag.core.article import Article
from rag.core.errors import IndexDamagedError
from rag.store.database import Database
from rag.store.retire import retire_rows
from rag.store.rows import GROUP, columns, insert, read_article
from rag.text.near_duplicates import Shingles, are_copies, bands, shingle

_PER_BAND = 32
"""How many versions of a band are looked at, newest first: forms filled in by the thousand may all share it."""
_CACHED = 256


class Groups:
    """The groups of one generation in the making. A version that is nobody's copy has one of its own."""

    def __init__(self, database: Database, generation: int) -> None:
        self._database = database
        self._generation = generation
        self._shingles: OrderedDict[int, Shingles] = OrderedDict()

    def place(self, version_id: int, article: Article) -> None:
        """Puts a version that was just stored into the group of its copies; joins groups that it shows to be one."""
        shingles = shingle(article)
        keys = bands(shingles)
        copies = [other for other in self._candidates(keys) if are_copies(shingles, self._shingles_of(other))]
        for key in keys:
            self._database.run("INSERT OR IGNORE INTO band VALUES (?, ?)", (key, version_id))
        self._remember(version_id, shingles)
        self._insert([version_id], self._join(copies) if copies else version_id)

    def _candidates(self, keys: Iterable[int]) -> list[int]:
        """The versions alive that share a band, ascending."""
        sql = (
            "SELECT band.version_id FROM band JOIN version ON version.id = band.version_id"
            " AND version.removed_generation IS NULL WHERE band.key = ? ORDER BY band.version_id DESC LIMIT ?"
        )
        return sorted({row[0] for key in keys for row in self._database.rows(sql, (key, _PER_BAND))})

    def _shingles_of(self, version_id: int) -> Shingles:
        if version_id in self._shingles:
            self._shingles.move_to_end(version_id)
            return self._shingles[version_id]
        try:
            shingles = shingle(read_article(self._database, version_id, path=""))
        except IndexDamagedError:
            # A damaged version is nobody's copy; that it is damaged is for those to say who read it.
            shingles = np.zeros(0, np.uint64)
        return self._remember(version_id, shingles)

    def _remember(self, version_id: int, shingles: Shingles) -> Shingles:
        self._shingles[version_id] = shingles
        if len(self._shingles) > _CACHED:
            self._shingles.popitem(last=False)
        return shingles

    def _insert(self, version_ids: Iterable[int], group: int) -> None:
        for version_id in version_ids:
            self._database.run(insert("text_group", GROUP), (version_id, group, self._generation, None))

    def _join(self, version_ids: Sequence[int]) -> int:
        """Makes one group of those that these versions are in; returns its number, the lowest of theirs."""
        target, *others = sorted({self._group_of(version_id) for version_id in version_ids})
        for group in others:
            self._insert(self._end(group), target)
        return target

    def _end(self, group: int) -> list[int]:
        """Dissolves a group; returns the versions that were in it."""
        return sorted(row[0] for row in retire_rows(self._database, self._generation, "text_group", "group_id", group))

    def _group_of(self, version_id: int) -> int:
        """The group that a version alive is in. Raises IndexDamagedError."""
        alive = "version_id = ? AND removed_generation IS NULL"
        row = self._database.row(f"SELECT {columns('text_group', GROUP)} FROM text_group WHERE {alive}", (version_id,))
        if row is None or row[0] != version_id:
            raise self._database.damaged(f"the group of version {version_id}")
        return int(self._database.intact(row, "a group")[1])
