"""Contract tests of `rag.core.ports.LexicalIndex`. Every available implementation must pass them."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings

from rag.core.passage_set import ListedPassages
from rag.core.ports import LexicalIndex, as_ids
from rag.indexes.lexical import TantivyIndex
from tests.any_text import any_text

Make = Callable[[], LexicalIndex]


@pytest.fixture(params=["in a folder", "in memory"])
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Make:
    return TantivyIndex.in_memory if request.param == "in memory" else lambda: TantivyIndex.create(tmp_path / "lexical")


@pytest.fixture
def index(make: Make) -> LexicalIndex:
    index = make()
    texts = [
        "The strait carries a fifth of the world's oil exports.",
        "Oman's foreign minister mediated between the two delegations.",
        "Missiles were launched at the base overnight.",
    ]
    index.add(as_ids([11, 22, 33]), texts)
    index.commit(1)
    return index


def found(index: LexicalIndex, question: str, k: int = 10) -> list[int]:
    """Returns the ids of the passages found, best first."""
    return index.search(question, k)[0].tolist()


def test_words_in_common_are_found_whatever_their_ending_case_or_accents(index: LexicalIndex) -> None:
    assert found(index, "Who MEDIATES?") == [22]
    assert found(index, "missile launches") == [33]
    assert found(index, "éxporting") == [11]


def test_one_word_in_common_is_enough_and_more_are_better(index: LexicalIndex) -> None:
    assert found(index, "unheard words about oil") == [11]
    assert found(index, "foreign oil exports") == [11, 22]


def test_ids_are_int64_and_scores_float32_best_first(index: LexicalIndex) -> None:
    ids, scores = index.search("foreign oil exports", 10)
    assert (ids.dtype, scores.dtype) == (np.dtype(np.int64), np.dtype(np.float32))
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)


def test_the_score_is_bm25(make: Make) -> None:
    """Worked by hand: N = 2 texts of 2 words, the word in n = 1 of them once; k1 = 1.2, b = 0.75, length = average.

    idf = ln(1 + (N - n + 0.5) / (n + 0.5)) = ln 2; the rest is 1 * 2.2 / (1 + 1.2) = 1.
    """
    index = make()
    index.add(as_ids([1, 2]), ["harbour bridge", "river valley"])
    index.commit(1)
    assert index.search("bridge", 5)[1].tolist() == pytest.approx([math.log(2)], rel=1e-5)


def test_stop_words_count_only_alone(index: LexicalIndex) -> None:
    assert found(index, "What is the oil?") == [11]
    assert 11 in found(index, "of the")


def test_nothing_is_visible_before_commit(make: Make) -> None:
    index = make()
    index.add(as_ids([1]), ["harbour"])
    assert (found(index, "harbour"), len(index)) == ([], 0)
    index.commit(1)
    assert (found(index, "harbour"), len(index)) == ([1], 1)
    index.remove(as_ids([1]))
    assert found(index, "harbour") == [1]
    index.commit(2)
    assert (found(index, "harbour"), len(index)) == ([], 0)


def test_a_removed_id_can_come_back_in_the_same_commit(index: LexicalIndex) -> None:
    index.remove(as_ids([11, 404]))
    index.add(as_ids([11]), ["harbour"])
    index.commit(2)
    assert found(index, "harbour") == [11]
    assert found(index, "oil") == []
    assert len(index) == 3


def test_a_commit_without_changes_is_allowed(index: LexicalIndex) -> None:
    index.commit(2)
    assert found(index, "oil") == [11]


def test_ties_go_to_the_lower_id_also_at_the_last_rank(make: Make) -> None:
    index = make()
    ids = np.random.default_rng(0).permutation(300)
    for part in np.array_split(ids, 3):  # Three segments.
        index.add(as_ids(part), ["the same words in each of them"] * len(part))
        index.commit(1)
    assert found(index, "same words", 5) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("k", [0, -1])
def test_nothing_asked_for_nothing_found(index: LexicalIndex, k: int) -> None:
    assert found(index, "oil", k) == []


def test_within_some_ids_as_many_come_back_as_there_are(make: Make) -> None:
    index = make()
    index.add(as_ids(range(100)), ["oil " * (100 - n) + "and gas " * n for n in range(100)])
    index.commit(1)
    ids, scores = index.search("oil", 3, ListedPassages(as_ids([90, 60, 80, 1000])))
    assert ids.tolist() == [60, 80, 90]
    every = dict(zip(*(part.tolist() for part in index.search("oil", 100)), strict=True))
    assert scores.tolist() == [every[passage_id] for passage_id in (60, 80, 90)]
    assert index.search("oil", 3, ListedPassages(as_ids([])))[0].tolist() == []


def test_an_empty_index_finds_nothing(make: Make) -> None:
    assert found(make(), "oil") == []


@pytest.mark.parametrize(
    "question",
    [
        "",
        " \t\n",
        "?!…—",
        'text:oil AND (NOT "',
        "oil^1000 ~2 /regex/ [a TO z]",
        "id:11",
        "\x00oil\x00",
        "\ud800 oil",
        "oil " * 10_000,
        " ".join(f"word{n}" for n in range(10_000)),
        "o" * 100_000,
        "石油 نفط нефть 🛢️",
    ],
)
def test_any_text_is_a_question_and_none_is_syntax(index: LexicalIndex, question: str) -> None:
    assert found(index, question) in ([], [11])


@given(question=any_text())
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_makes_a_search_fail(index: LexicalIndex, question: str) -> None:
    ids, scores = index.search(question, 10)
    assert len(ids) == len(scores) <= 3


def test_any_text_can_be_stored(make: Make) -> None:
    index = make()
    texts = ["", "\x00", "\ud800 harbour", "x" * 70_000, "\u202eharbour\u202c"]
    index.add(as_ids(range(len(texts))), texts)
    index.commit(1)
    assert len(index) == len(texts)
    assert found(index, "harbour") == [2, 4]


def test_as_many_texts_as_ids(make: Make) -> None:
    with pytest.raises(ValueError, match="zip"):
        make().add(as_ids([1, 2]), ["one"])


def all_with(index: LexicalIndex, words: str, *, exact: bool = False) -> list[int]:
    """Returns the ids of all passages with a word or phrase."""
    ids, scores = index.find(words, exact=exact)
    assert len(ids) == len(scores)
    assert (ids.dtype, scores.dtype) == (np.dtype(np.int64), np.dtype(np.float32))
    return ids.tolist()


@pytest.mark.parametrize(
    ("words", "exact", "ids"),
    [
        ("MEDIATING", False, [22]),
        ("the", False, [11, 22, 33]),
        ("mediated", True, [22]),
        ("mediate", True, []),
        ("THE strait", True, [11]),
        ("strait the", True, []),
        ("world's oil", True, [11]),
        ("world's", False, [11]),
        ("", False, []),
        ("?!", True, []),
        ("id:11 OR oil", True, []),
        ("\ud800", True, []),
    ],
)
def test_all_passages_with_a_word_or_a_phrase_are_found(
    index: LexicalIndex, words: str, exact: bool, ids: list[int]
) -> None:
    assert all_with(index, words, exact=exact) == ids


def test_no_phrase_goes_from_the_title_into_the_text(make: Make) -> None:
    index = make()
    index.add(as_ids([1, 2]), ["Fire at sea\nThe ferry came.\nIt left.", "\nAt sea the ferry"])
    index.commit(1)
    assert all_with(index, "fire at sea", exact=True) == [1]
    assert all_with(index, "sea the ferry", exact=True) == [2]
    assert all_with(index, "came it left", exact=True) == [1]
    assert all_with(index, "fire", exact=False) == [1]


def test_removed_passages_are_not_found_by_phrase(index: LexicalIndex) -> None:
    index.remove(as_ids([11]))
    index.commit(2)
    assert all_with(index, "the world", exact=True) == []


def test_an_empty_index_holds_no_word(make: Make) -> None:
    assert all_with(make(), "oil") == []
