"""Contract tests of `rag.core.ports.VectorIndex`. Every available implementation must pass them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.core.passage_set import ListedPassages
from rag.core.ports import VectorIndex, Vectors, as_ids
from rag.indexes.dense import DenseIndex
from tests.fakes import NumpyVectorIndex

DIMENSION = 8
Make = Callable[[], VectorIndex]


def _loaded_from_a_file(folder: Path) -> VectorIndex:
    """An empty index that was loaded from a file, so that new vectors go into a second segment."""
    index = DenseIndex(DIMENSION)
    index.add(as_ids([10_000]), unit([[1.0] * DIMENSION]))
    index.save(folder / "dense", generation=1)
    loaded = DenseIndex.load(folder / "dense")
    loaded.remove(as_ids([10_000]))
    return loaded


@pytest.fixture(params=["faiss", "faiss, loaded", "numpy"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    makers: dict[str, Make] = {
        "faiss": lambda: DenseIndex(DIMENSION),
        "faiss, loaded": lambda: _loaded_from_a_file(tmp_path),
        "numpy": NumpyVectorIndex,
    }
    return makers[request.param]


def unit(rows: object) -> Vectors:
    """Scales rows to length 1."""
    vectors = np.array(rows, dtype=np.float32).reshape(-1, DIMENSION)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def axis(number: int) -> Vectors:
    """Returns the unit vector along an axis."""
    return np.eye(DIMENSION, dtype=np.float32)[number]


def toward(cosine: float) -> Vectors:
    """Returns a unit vector whose cosine to axis 0 is this."""
    return (cosine * axis(0) + np.sqrt(1 - cosine**2) * axis(1)).astype(np.float32)


def test_the_nearest_come_first_with_their_cosines(make: Make) -> None:
    index = make()
    index.add(as_ids([5, 3, 9]), np.stack([toward(0.2), toward(0.9), toward(-0.5)]))
    ids, scores = index.search(axis(0), 3)
    assert ids.tolist() == [3, 5, 9]
    np.testing.assert_allclose(scores, [0.9, 0.2, -0.5], atol=1e-6)


def test_ids_are_int64_and_scores_float32(make: Make) -> None:
    index = make()
    index.add(as_ids([2**40]), axis(0)[None])
    ids, scores = index.search(axis(0), 1)
    assert (ids.dtype, scores.dtype) == (np.dtype(np.int64), np.dtype(np.float32))
    assert ids.tolist() == [2**40]


def test_an_empty_index_finds_nothing(make: Make) -> None:
    ids, scores = make().search(axis(0), 5)
    assert (len(ids), len(scores), len(make())) == (0, 0, 0)


def test_no_more_comes_back_than_is_stored_and_no_padding(make: Make) -> None:
    index = make()
    index.add(as_ids([1, 2]), np.stack([toward(0.5), toward(0.6)]))
    ids, scores = index.search(axis(0), 50)
    assert ids.tolist() == [2, 1]
    assert len(scores) == 2


@pytest.mark.parametrize("k", [0, -1])
def test_nothing_asked_for_nothing_found(make: Make, k: int) -> None:
    index = make()
    index.add(as_ids([1]), axis(0)[None])
    assert index.search(axis(0), k)[0].tolist() == []


def test_ties_go_to_the_lower_id_also_at_the_last_rank(make: Make) -> None:
    index = make()
    ids = np.random.default_rng(0).permutation(200)
    index.add(as_ids(ids), np.repeat(toward(0.5)[None], 200, axis=0))
    index.add(as_ids([900]), toward(0.9)[None])
    found, scores = index.search(axis(0), 5)
    assert found.tolist() == [900, 0, 1, 2, 3]
    assert len(set(scores[1:].tolist())) == 1


def test_what_is_removed_is_not_found_and_makes_room(make: Make) -> None:
    index = make()
    index.add(as_ids(range(10)), np.stack([toward(0.9 - 0.05 * n) for n in range(10)]))
    index.remove(as_ids([0, 1, 2, 777]))
    assert len(index) == 7
    assert index.search(axis(0), 3)[0].tolist() == [3, 4, 5]
    index.remove(as_ids([0, 3]))
    assert index.search(axis(0), 2)[0].tolist() == [4, 5]


def test_a_removed_id_can_come_back_with_another_vector(make: Make) -> None:
    index = make()
    index.add(as_ids(range(30)), np.stack([toward(0.5)] * 30))
    index.remove(as_ids([7]))
    index.add(as_ids([7]), toward(0.95)[None])
    ids, scores = index.search(axis(0), 2)
    assert ids.tolist() == [7, 0]
    assert scores[0] == pytest.approx(0.95, abs=1e-6)
    assert len(index) == 30


@pytest.mark.parametrize("ids", [[1, 4], [5, 5]])
def test_an_id_that_is_taken_is_an_error_and_changes_nothing(make: Make, ids: list[int]) -> None:
    index = make()
    index.add(as_ids([1]), axis(0)[None])
    with pytest.raises(ValueError, match="there already"):
        index.add(as_ids(ids), np.stack([axis(1), axis(2)]))
    assert len(index) == 1


def test_as_many_vectors_as_ids(make: Make) -> None:
    with pytest.raises(ValueError, match="ids"):
        make().add(as_ids([1, 2]), axis(0)[None])


def test_adding_and_removing_nothing_is_allowed(make: Make) -> None:
    index = make()
    index.add(as_ids([]), np.zeros((0, DIMENSION), np.float32))
    index.remove(as_ids([]))
    assert len(index) == 0


def test_within_some_ids_as_many_come_back_as_there_are(make: Make) -> None:
    index = make()
    index.add(as_ids(range(100)), np.stack([toward(0.99 - 0.005 * n) for n in range(100)]))
    index.remove(as_ids([70]))
    assert index.search(axis(0), 3, ListedPassages(as_ids([90, 60, 70, 80, 1000])))[0].tolist() == [60, 80, 90]
    assert index.search(axis(0), 1, ListedPassages(as_ids([90, 80])))[0].tolist() == [80]
    assert index.search(axis(0), 3, ListedPassages(as_ids([])))[0].tolist() == []
    assert index.search(axis(0), 2)[0].tolist() == [0, 1]


steps = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.integers(0, 40), min_size=1, max_size=8, unique=True)),
        st.tuples(st.just("remove"), st.lists(st.integers(0, 40), max_size=8)),
    ),
    max_size=25,
)


@given(steps=steps, seed=st.integers(0, 2**16))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_changes_ends_as_in_the_exact_model(
    make: Make, steps: list[tuple[str, list[int]]], seed: int
) -> None:
    index, model, there = make(), NumpyVectorIndex(), set()
    random = np.random.default_rng(seed)
    for verb, ids in steps:
        if verb == "add":
            new = as_ids([passage_id for passage_id in ids if passage_id not in there])
            vectors = unit(random.integers(-3, 4, (len(new), DIMENSION)) + 0.5)
            index.add(new, vectors)
            model.add(new, vectors)
            there.update(new.tolist())
        else:
            index.remove(as_ids(ids))
            model.remove(as_ids(ids))
            there.difference_update(ids)
    assert len(index) == len(there)
    question = unit(random.standard_normal(DIMENSION))[0]
    found, scores = index.search(question, 10)
    expected_ids, expected = model.search(question, 10)
    np.testing.assert_allclose(scores, expected, atol=1e-6)
    assert set(found.tolist()) <= there
    # Sums of floats in another order may break a tie. Apart from that, the order is the model's.
    distinct = len(set(np.round(expected, 5).tolist())) == len(expected)
    assert not distinct or found.tolist() == expected_ids.tolist()
