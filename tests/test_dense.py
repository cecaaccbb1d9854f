"""What is FAISS's own about the dense index: its file, its tombstones, its threads."""

from __future__ import annotations

import random
import threading
from pathlib import Path

import numpy as np
import pytest

from rag.dense import DenseIndex
from rag.errors import IndexDamagedError
from rag.ports import Vectors, as_ids

DIMENSION = 16


def unit_rows(count: int, seed: int = 0) -> Vectors:
    rows = np.random.default_rng(seed).standard_normal((count, DIMENSION)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture
def index() -> DenseIndex:
    index = DenseIndex(DIMENSION)
    index.add(as_ids(range(100, 160)), unit_rows(60))
    return index


def results(index: DenseIndex, k: int = 20) -> list[tuple[list[int], list[float]]]:
    searches = [index.search(question, k) for question in unit_rows(5, seed=1)]
    return [(ids.tolist(), scores.tolist()) for ids, scores in searches]


def test_a_saved_index_comes_back_with_its_stamp_and_answers_alike(index: DenseIndex, tmp_path: Path) -> None:
    index.remove(as_ids([100, 101]))
    path = tmp_path / "dense.faiss"
    index.save(path, generation=7, token="0123456789abcdef")
    loaded = DenseIndex.load(path)
    assert loaded.stamp == DenseIndex.read_stamp(path) == (DIMENSION, 7, 58, "0123456789abcdef")
    assert results(loaded) == results(index)
    assert len(loaded) == 58


def test_what_was_added_since_loading_is_saved_too(index: DenseIndex, tmp_path: Path) -> None:
    path = tmp_path / "dense.faiss"
    index.save(path, 1)
    loaded = DenseIndex.load(path)
    loaded.add(as_ids([7]), unit_rows(1, seed=2))
    loaded.remove(as_ids([120]))
    expected = results(loaded)
    loaded.save(path, 2)
    assert results(loaded) == results(DenseIndex.load(path)) == expected


def test_an_empty_index_can_be_saved(tmp_path: Path) -> None:
    DenseIndex(DIMENSION).save(tmp_path / "dense.faiss", 3)
    loaded = DenseIndex.load(tmp_path / "dense.faiss")
    assert (len(loaded), loaded.stamp.generation) == (0, 3)


def test_every_flipped_bit_is_noticed(index: DenseIndex, tmp_path: Path) -> None:
    path = tmp_path / "dense.faiss"
    index.save(path, 1, "token")
    whole = path.read_bytes()
    for position in {*range(100), *random.Random(0).sample(range(len(whole)), 200)}:
        flipped = bytearray(whole)
        flipped[position] ^= 1 << (position % 8)
        path.write_bytes(flipped)
        with pytest.raises(IndexDamagedError, match="delete it"):
            DenseIndex.load(path)


@pytest.mark.parametrize("length", [0, 1, 47, 48, 79, 80, 81, 500, -1])
def test_every_truncation_is_noticed(index: DenseIndex, tmp_path: Path, length: int) -> None:
    path = tmp_path / "dense.faiss"
    index.save(path, 1)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(IndexDamagedError):
        DenseIndex.load(path)


def test_a_missing_file_and_a_folder_in_its_place_are_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError):
        DenseIndex.load(tmp_path / "none")
    with pytest.raises(IndexDamagedError):
        DenseIndex.load(tmp_path)
    assert DenseIndex.read_stamp(tmp_path) is None


def test_a_save_that_fails_leaves_the_file_that_was_there(index: DenseIndex, tmp_path: Path) -> None:
    path = tmp_path / "dense.faiss"
    index.save(path, 1)
    (tmp_path / "dense.faiss.new").mkdir()
    with pytest.raises(OSError, match="directory"):
        index.save(path, 2)
    assert DenseIndex.load(path).stamp.generation == 1


def test_clearing_tombstones_changes_no_result(index: DenseIndex) -> None:
    index.remove(as_ids([110]))  # A tombstone: too few to be cleared.
    few = results(index)
    exact = DenseIndex(DIMENSION)
    kept = [row for row in range(60) if row != 10]
    exact.add(as_ids([100 + row for row in kept]), unit_rows(60)[kept])
    assert few == results(exact)
    index.remove(as_ids(range(100, 140)))  # Cleared.
    again = DenseIndex(DIMENSION)
    again.add(as_ids(range(140, 160)), unit_rows(60)[40:])
    assert results(index) == results(again)


def test_a_score_does_not_depend_on_the_row_a_vector_has() -> None:
    vector = unit_rows(1)[0]
    scores = set()
    for rows in (1, 2, 3, 7, 64, 1001):
        index = DenseIndex(DIMENSION)
        index.add(as_ids(range(rows)), np.repeat(vector[None], rows, axis=0))
        scores |= set(index.search(unit_rows(1, seed=3)[0], rows)[1].tolist())
    assert len(scores) == 1


def test_the_vectors_come_back_in_the_order_asked_for(index: DenseIndex, tmp_path: Path) -> None:
    index.save(tmp_path / "dense.faiss", 1)
    loaded = DenseIndex.load(tmp_path / "dense.faiss")
    loaded.add(as_ids([5]), unit_rows(1, seed=4))
    loaded.remove(as_ids([103]))
    found = loaded.vectors(as_ids([159, 5, 100]))
    np.testing.assert_array_equal(found, np.stack([unit_rows(60)[59], unit_rows(1, seed=4)[0], unit_rows(60)[0]]))
    assert loaded.vectors(as_ids([])).shape == (0, DIMENSION)
    with pytest.raises(KeyError, match="103"):
        loaded.vectors(as_ids([100, 103]))


def test_a_question_of_another_dimension_is_an_error(index: DenseIndex) -> None:
    with pytest.raises(ValueError, match=r"\(3,\)"):
        index.search(np.ones(3, np.float32), 5)


def test_a_question_that_is_no_number_finds_nothing(index: DenseIndex) -> None:
    ids, scores = index.search(np.full(DIMENSION, np.nan, np.float32), 5)
    assert (len(ids), len(scores)) == (0, 0)


def test_threads_may_search_at_the_same_time(index: DenseIndex) -> None:
    index.remove(as_ids([100]))
    expected = results(index)
    found: list[bool] = []
    threads = [
        threading.Thread(target=lambda: found.extend(results(index) == expected for _ in range(50))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 200
