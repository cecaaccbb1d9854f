from rag.ports import as_ids
from rag.retrieve import fuse


def test_fused_score_is_the_sum_of_reciprocal_ranks() -> None:
    fused = dict(fuse([as_ids([7, 3]), as_ids([3])]))
    assert fused == {7: 1 / 61, 3: 1 / 62 + 1 / 61}


def test_a_passage_in_both_rankings_comes_before_one_in_either() -> None:
    assert [passage for passage, _ in fuse([as_ids([1, 2]), as_ids([3, 2])])] == [2, 1, 3]


def test_ties_go_to_the_lower_id() -> None:
    assert [passage for passage, _ in fuse([as_ids([9]), as_ids([4])])] == [4, 9]


def test_no_rankings_give_no_passages() -> None:
    assert fuse([as_ids([]), as_ids([])]) == []
