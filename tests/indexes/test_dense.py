"""The parts of the dense index that are special to FAISS: its file, its tombstones, its threads."""

from __future__ import annotations

import contextlib
import random
import threading
from pathlib import Path

import numpy as np
import pytest

from rag.core.errors import IndexDamagedError
from rag.core.ports import Vectors, as_ids
from rag.indexes.dense import DenseIndex

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
    path = tmp_path / "dense"
    index.save(path, generation=7, token="0123456789abcdef")
    loaded = DenseIndex.load(path)
    assert loaded.stamp == DenseIndex.read_stamp(path) == (DIMENSION, 7, 58, "0123456789abcdef")
    assert results(loaded) == results(index)
    assert len(loaded) == 58


def test_what_was_added_since_loading_is_saved_too(index: DenseIndex, tmp_path: Path) -> None:
    path = tmp_path / "dense"
    index.save(path, 1)
    loaded = DenseIndex.load(path)
    loaded.add(as_ids([7]), unit_rows(1, seed=2))
    loaded.remove(as_ids([120]))
    expected = results(loaded)
    loaded.save(path, 2)
    assert results(loaded) == results(DenseIndex.load(path)) == expected


def test_an_empty_index_can_be_saved(tmp_path: Path) -> None:
    DenseIndex(DIMENSION).save(tmp_path / "dense", 3)
    loaded = DenseIndex.load(tmp_path / "dense")
    assert (len(loaded), loaded.stamp.generation) == (0, 3)


def use_all(folder: Path) -> None:
    """Opens a saved index and uses all of it."""
    index = DenseIndex.load(folder, exact_limit=LIMIT)
    results(index)
    index.check()


def flip(path: Path, position: int, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 1 << bit
    path.write_bytes(content)


@pytest.mark.parametrize("count", [60, 4000])
def test_every_flipped_bit_is_noticed_before_it_changes_a_result(tmp_path: Path, count: int) -> None:
    """Of an exact and an approximate index. An answer may come only from what is sound."""
    index, folder = make(clustered(count, seed=1), LIMIT), tmp_path / "dense"
    index.save(folder, 1, "token")
    index.remove(as_ids([1001]))
    index.save(folder, 2, "token")
    expected, dice = results(index), random.Random(0)
    for path in folder.iterdir():
        size = path.stat().st_size
        for position in {*range(80), *dice.sample(range(size), min(100, size)), *range(size - 20, size)}:
            bit = dice.randrange(8)
            flip(path, position, bit)
            with pytest.raises(IndexDamagedError, match="delete"):
                use_all(folder)
            with contextlib.suppress(IndexDamagedError):
                assert results(DenseIndex.load(folder, exact_limit=LIMIT)) == expected
            flip(path, position, bit)
    use_all(folder)


@pytest.mark.parametrize("name", ["manifest", "*.segment"])
@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 200, -1])
def test_every_truncation_is_noticed(index: DenseIndex, tmp_path: Path, name: str, length: int) -> None:
    index.save(tmp_path / "dense", 1)
    (path,) = (tmp_path / "dense").glob(name)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(IndexDamagedError):
        DenseIndex.load(tmp_path / "dense")


def test_a_search_that_meets_damage_leaves_the_index_damaged(tmp_path: Path) -> None:
    make(clustered(4000, seed=1), LIMIT).save(tmp_path / "dense", 1)
    (path,) = (tmp_path / "dense").glob("*.segment")
    flip(path, path.stat().st_size // 2, 3)  # among the vectors
    index = DenseIndex.load(tmp_path / "dense", exact_limit=LIMIT)
    fork = index.fork()
    assert not index.damaged
    with pytest.raises(IndexDamagedError, match="checksum"):
        index.search(clustered(1, seed=7)[0], 5, as_ids(range(1000, 5000)))
    assert index.damaged
    assert fork.damaged
    assert DenseIndex.load(tmp_path / "dense", index).damaged
    assert not DenseIndex.load(tmp_path / "dense").damaged


def test_a_missing_folder_and_a_file_in_its_place_are_damage(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for name in ("none", "file"):
        with pytest.raises(IndexDamagedError):
            DenseIndex.load(tmp_path / name)
        assert DenseIndex.read_stamp(tmp_path / name) is None


def test_a_save_that_fails_leaves_the_file_that_was_there(index: DenseIndex, tmp_path: Path) -> None:
    path = tmp_path / "dense"
    index.save(path, 1)
    (path / "manifest.new").mkdir()
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
    index.save(tmp_path / "dense", 1)
    loaded = DenseIndex.load(tmp_path / "dense")
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


LIMIT = 3000


def clustered(count: int, seed: int) -> Vectors:
    """Unit vectors around thirty centres. The centres are the same for every seed."""
    centres = np.random.default_rng(99).standard_normal((30, DIMENSION))
    random = np.random.default_rng(seed)
    rows = centres[random.integers(0, 30, count)] + 0.4 * random.standard_normal((count, DIMENSION))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def recall(index: DenseIndex, exact: DenseIndex, k: int = 50) -> float:
    """The mean share of the k exact nearest vectors that are found: |found & exact| / k."""
    questions = clustered(100, seed=7)
    shares = [len(np.intersect1d(index.search(q, k)[0], exact.search(q, k)[0])) / k for q in questions]
    return float(np.mean(shares))


def make(vectors: Vectors, limit: int) -> DenseIndex:
    index = DenseIndex(DIMENSION, exact_limit=limit)
    index.add(as_ids(range(1000, 1000 + len(vectors))), vectors)
    return index


def is_exact(index: DenseIndex) -> bool:
    """Whether the index returns the vectors unchanged."""
    return bool((index.vectors(as_ids([1000])) == clustered(1, seed=1)).all())


def test_an_approximate_index_finds_as_many_as_there_are_within_a_few_ids(tmp_path: Path) -> None:
    index = make(clustered(4000, seed=1), LIMIT)
    index.save(tmp_path / "dense", 5, "token")
    index.remove(as_ids([1500]))
    few = as_ids([1003, 1500, 2000, 4321, 4999])
    for question in clustered(20, seed=7):
        assert sorted(index.search(question, 10, few)[0].tolist()) == [1003, 2000, 4321, 4999]


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def test_beyond_the_limit_the_index_is_approximate_once_saved(tmp_path: Path) -> None:
    vectors = clustered(4000, seed=1)
    vectors[0] = clustered(1, seed=1)[0]
    index, exact = make(vectors, LIMIT), make(vectors, 10**6)
    assert is_exact(index)
    index.save(tmp_path / "dense", 5, "token")
    exact.save(tmp_path / "exact", 5, "token")
    assert (is_exact(index), is_exact(exact)) == (False, True)
    assert size_of(tmp_path / "dense") < 0.7 * size_of(tmp_path / "exact")
    loaded = DenseIndex.load(tmp_path / "dense", exact_limit=LIMIT)
    assert (len(loaded), loaded.stamp) == (4000, DenseIndex.read_stamp(tmp_path / "dense"))
    assert results(loaded) == results(index)
    assert recall(loaded, exact) >= 0.95
    ids, scores = loaded.search(clustered(1, seed=8)[0], 50)
    np.testing.assert_allclose(scores, vectors[ids - 1000] @ clustered(1, seed=8)[0], atol=0.005)
    assert (np.diff(scores) <= 0).all()


def test_an_approximate_index_follows_changes_exactly_and_across_saves(tmp_path: Path) -> None:
    vectors, path = clustered(5000, seed=1), tmp_path / "dense"
    index = make(vectors[:4000], LIMIT)
    index.save(path, 1)
    for generation in (2, 3):
        index = DenseIndex.load(path, exact_limit=LIMIT)
        gone = as_ids(range(1000 * generation - 1000, 1000 * generation - 800))
        new = as_ids(range(4500 + 500 * generation, 5000 + 500 * generation))
        index.remove(gone)
        index.add(new, vectors[new - 1500])
        assert not index.holds(gone).any()
        for passage_id in new[:20].tolist():
            assert index.search(vectors[passage_id - 1500], 1)[0].tolist() == [passage_id]
        index.save(path, generation)
    exact = DenseIndex(DIMENSION)
    loaded = DenseIndex.load(path, exact_limit=LIMIT)
    kept = as_ids([n for n in range(1000, 5000) if not (1000 <= n < 1200 or 2000 <= n < 2200)])
    exact.add(kept, vectors[kept - 1000])
    exact.add(as_ids(range(5500, 6500)), vectors[4000:])
    assert len(loaded) == len(exact) == 4600
    assert recall(loaded, exact) >= 0.95
    assert loaded.agree(kept, vectors[kept - 1000]).all()
    assert not loaded.agree(kept[:50], vectors[kept[:50] - 900]).all()
    loaded.remove(kept[:1])
    assert kept[0] not in loaded.search(vectors[kept[0] - 1000], 4600)[0]


def test_an_id_that_comes_back_has_its_new_vector(tmp_path: Path) -> None:
    vectors = clustered(4000, seed=1)
    index = make(vectors, LIMIT)
    index.save(tmp_path / "dense", 1)
    for _ in range(2):
        index.remove(as_ids([1000]))
        index.add(as_ids([1000]), clustered(1, seed=5))
        assert index.search(clustered(1, seed=5)[0], 1)[0].tolist() == [1000]
        assert 1000 not in index.search(vectors[0], 5)[0]
        index.save(tmp_path / "dense", 2)


def test_an_index_for_many_is_approximate_before_it_is_saved_and_follows_changes(tmp_path: Path) -> None:
    vectors, path = clustered(4000, seed=1), tmp_path / "dense"
    index = DenseIndex.for_many(vectors[::3], 4000, exact_limit=LIMIT)
    for start in range(0, 4000, 500):
        index.add(as_ids(range(1000 + start, 1500 + start)), vectors[start : start + 500])
    index.save(path, 1)
    loaded = DenseIndex.load(path, exact_limit=LIMIT)
    assert (len(loaded), loaded.outgrown) == (4000, False)
    assert results(index) == results(loaded)
    assert recall(loaded, make(vectors, 10**6)) >= 0.95
    loaded.add(as_ids([9]), clustered(1, seed=5))
    assert loaded.search(clustered(1, seed=5)[0], 1)[0].tolist() == [9]


def test_an_index_that_has_become_another_in_size_is_to_be_made_anew(tmp_path: Path) -> None:
    vectors = clustered(20_000, seed=1)
    assert not make(vectors[:LIMIT], LIMIT).outgrown
    index = make(vectors[:4000], LIMIT)
    assert index.outgrown
    index.save(tmp_path / "dense", 1)
    assert not index.outgrown
    index.add(as_ids(range(10_000, 26_000)), vectors[4000:])
    assert index.outgrown
    index = DenseIndex.load(tmp_path / "dense", exact_limit=LIMIT)
    index.remove(as_ids(range(1000, 3000)))
    assert not index.outgrown
    index.remove(as_ids(range(3000, 3600)))
    assert index.outgrown


@pytest.mark.parametrize("limit", [LIMIT, 10**6])
@pytest.mark.parametrize("removed", [1, 2000])
def test_a_fork_and_what_it_was_forked_from_go_their_own_ways(tmp_path: Path, limit: int, removed: int) -> None:
    """Whether what is removed stays as a tombstone (few) or is cleared (many)."""
    vectors, path = clustered(4200, seed=1), tmp_path / "dense"
    make(vectors[:4000], limit).save(path, 1)
    index, alone = DenseIndex.load(path, exact_limit=limit), DenseIndex.load(path, exact_limit=limit)
    index.add(as_ids(range(8000, 8100)), vectors[4000:4100])
    before = results(index)
    fork = index.fork()
    for changed in (fork, alone):
        changed.remove(as_ids(range(1000, 1000 + removed)))
    alone.add(as_ids(range(8000, 8200)), vectors[4000:])
    fork.add(as_ids(range(8100, 8200)), vectors[4100:])
    assert results(fork) == results(alone) != before
    assert (results(index), len(index), len(fork)) == (before, 4100, 4200 - removed)
    assert fork.stamp == index.stamp


def test_an_index_that_was_never_saved_can_be_forked(index: DenseIndex) -> None:
    before = results(index)
    fork = index.fork()
    fork.add(as_ids([7]), unit_rows(1, seed=2))
    assert (len(index), len(fork), results(index)) == (60, 61, before)


def segments(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.segment"))


def test_a_small_change_writes_a_small_segment_and_a_tenth_merges(tmp_path: Path) -> None:
    folder, vectors = tmp_path / "dense", unit_rows(1200)
    index = DenseIndex(DIMENSION)
    index.add(as_ids(range(1000)), vectors[:1000])
    index.save(folder, 1)
    first = segments(folder)
    index.add(as_ids(range(1000, 1050)), vectors[1000:1050])
    index.remove(as_ids([3]))
    index.save(folder, 2)
    assert len(segments(folder)) == 2
    assert set(first) < set(segments(folder))
    index.add(as_ids(range(1050, 1060)), vectors[1050:1060])
    index.save(folder, 3)  # 10 are a tenth of 50, and 61 are no tenth of 1000
    assert len(segments(folder)) == 2
    assert set(first) < set(segments(folder))
    index.add(as_ids(range(1060, 1110)), vectors[1060:1110])
    index.save(folder, 4)
    assert len(segments(folder)) == 1
    assert set(first).isdisjoint(segments(folder))
    whole = DenseIndex(DIMENSION)
    kept = as_ids([n for n in range(1110) if n != 3])
    whole.add(kept, vectors[kept])
    assert results(DenseIndex.load(folder)) == results(index) == results(whole)


@pytest.mark.parametrize("seed", range(5))
def test_any_sequence_of_changes_and_saves_gives_what_a_new_index_would(tmp_path: Path, seed: int) -> None:
    dice, held = random.Random(seed), dict[int, Vectors]()
    index, next_id = DenseIndex(DIMENSION), 0
    for step in range(60):
        vectors = unit_rows(dice.choice([1, 3, 20, 150]), seed=100 * seed + step)
        added = as_ids(range(next_id, next_id + len(vectors)))
        index.add(added, vectors)
        held |= dict(zip(added.tolist(), vectors, strict=True))
        next_id += len(vectors)
        gone = dice.sample(sorted(held), dice.choice([0, 1, len(held) // 10, len(held) // 2]))
        index.remove(as_ids(gone))
        held = {key: vector for key, vector in held.items() if key not in gone}
        if dice.random() < 0.7:
            index.save(tmp_path / "dense", step)
        if dice.random() < 0.3:
            index.save(tmp_path / "dense", step)
            index = DenseIndex.load(tmp_path / "dense", dice.choice([None, index]))
        again = DenseIndex(DIMENSION)
        again.add(as_ids(list(held)), np.array(list(held.values()), np.float32).reshape(-1, DIMENSION))
        few = as_ids(dice.sample(range(next_id), min(20, next_id)))
        assert len(index) == len(held)
        assert results(index) == results(again)
        assert index.search(vectors[0], 10, few)[0].tolist() == again.search(vectors[0], 10, few)[0].tolist()
        assert len(segments(tmp_path / "dense")) <= 5


def test_what_only_lost_vectors_is_written_again_when_a_tenth_is_gone(tmp_path: Path) -> None:
    folder = tmp_path / "dense"
    index = DenseIndex(DIMENSION)
    index.add(as_ids(range(100)), unit_rows(100))
    index.save(folder, 1)
    first = segments(folder)
    index.remove(as_ids(range(9)))
    index.save(folder, 2)
    assert segments(folder) == first
    assert len(DenseIndex.load(folder)) == 91
    index.remove(as_ids([9]))
    index.save(folder, 3)
    assert segments(folder) != first
    assert results(DenseIndex.load(folder)) == results(index)
    index.remove(as_ids(range(100)))
    index.save(folder, 4)
    assert (segments(folder), len(DenseIndex.load(folder))) == ([], 0)


def test_an_index_opens_and_changes_by_reading_little_of_its_files(tmp_path: Path) -> None:
    """Blocks of 64 KiB: one of a hundred vectors' blocks is damaged, and only a search meets it."""
    folder, vectors = tmp_path / "dense", unit_rows(100_000)
    index = DenseIndex(DIMENSION)
    index.add(as_ids(range(100_000)), vectors)
    index.save(folder, 1)
    (path,) = folder.glob("*.segment")
    flip(path, 1_000_000, 0)
    opened = DenseIndex.load(folder)
    opened.remove(as_ids([7, 50_000]))
    opened.add(as_ids([200_000]), vectors[:1])
    opened.save(folder, 2)
    again = DenseIndex.load(folder)
    assert again.holds(as_ids([6, 7, 50_000, 200_000])).tolist() == [True, False, False, True]
    assert (again.vectors(as_ids([6, 99_999])) == vectors[[6, 99_999]]).all()
    with pytest.raises(IndexDamagedError):
        again.search(vectors[0], 1)


def test_vectors_may_come_in_any_order_of_their_ids(tmp_path: Path) -> None:
    """Also in an approximate index, whose lists then have to name other rows."""
    vectors, ids, folder = clustered(4000, seed=1), as_ids(range(1000, 5000)), tmp_path / "dense"
    stored = []
    for order in (np.arange(4000), np.random.default_rng(3).permutation(4000)):
        index = DenseIndex.for_many(vectors[::3], 4000, exact_limit=LIMIT)
        for part in np.split(order, 4):
            index.add(ids[part], vectors[part])
        index.save(folder, 1)
        loaded = DenseIndex.load(folder, exact_limit=LIMIT)
        assert loaded.holds(as_ids([*ids, 999, 5000])).tolist() == [True] * 4000 + [False] * 2
        stored.append(loaded.vectors(ids))
    assert (stored[0] == stored[1]).all()
