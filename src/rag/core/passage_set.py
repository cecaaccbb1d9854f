"""A set of passages whose ids are at hand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rag.core.ports import Ids, PassageSet, as_ids


class ListedPassages(PassageSet):
    """Passages whose ids are at hand. Implements `rag.core.ports.PassageSet`.

    Args:
        ids: The ids, shape (n,). They are put in ascending order if they are not.
    """

    def __init__(self, ids: Ids) -> None:
        self._ids = ids if bool(np.all(ids[:-1] < ids[1:])) else as_ids(np.unique(ids))

    @property
    def ids(self) -> Ids:
        """See `PassageSet.ids`."""
        return self._ids

    def holds(self, ids: Ids) -> NDArray[np.bool_]:
        """See `PassageSet.holds`."""
        if not len(self._ids):
            return np.zeros(len(ids), dtype=np.bool_)
        # numpy's own test sorts all ids of a large set again for each few that are asked about.
        places = np.minimum(np.searchsorted(self._ids, ids), len(self._ids) - 1)
        return np.asarray(self._ids[places] == ids)

    def __and__(self, other: PassageSet) -> ListedPassages:
        return ListedPassages(as_ids(self._ids[other.holds(self._ids)]))

    def __bool__(self) -> bool:
        return len(self._ids) > 0
