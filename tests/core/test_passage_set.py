"""A set of passages tells which ids it has, as a plain set does."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rag.core.passage_set import ListedPassages
from rag.core.ports import as_ids

IDS = st.lists(st.integers(0, 60), max_size=20)


@given(IDS, IDS)
def test_a_set_holds_its_own_ids_and_no_others(own: list[int], asked: list[int]) -> None:
    passages = ListedPassages(as_ids(own))
    assert passages.ids.tolist() == sorted(set(own))
    held = passages.holds(as_ids(asked))
    assert held.dtype == np.bool_
    assert held.tolist() == [one in own for one in asked]


@given(IDS, IDS)
def test_two_sets_share_what_both_have(one: list[int], other: list[int]) -> None:
    first, second = (ListedPassages(as_ids(sorted(set(ids)))) for ids in (one, other))
    assert (first & second).ids.tolist() == sorted(set(one) & set(other))
