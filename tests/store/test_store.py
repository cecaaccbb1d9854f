"""The store: generations, versions, and what happens if the file was changed from outside."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.core.article import SENTENCE_KINDS, Sentence
from rag.core.errors import (
    CitationError,
    DatabaseUnreachableError,
    IndexDamagedError,
)
from rag.core.ports import as_ids
from rag.store.change import KEPT_GENERATIONS
from rag.store.rows import content_hash, pack_sentences, unpack_sentences
from rag.store.store import Store
from tests.libraries import DIMENSION, put, update, vector_of
from tests.remedies import raises_mended_by

pytestmark = pytest.mark.databases


def alive(store: Store) -> list[int]:
    with store.snapshot() as snapshot:
        return [passage_id for ids, _ in snapshot.vectors(since=0) for passage_id in ids.tolist()]


def test_an_article_comes_back_as_it_was_put(store: Store) -> None:
    text = "The bridge reopened.\nIt had a NUL \x00, an emoji 🌉 and a \u202e mark.\n"
    update(store, a=text)
    (summary,) = store.articles()
    article = store.article(summary.id)
    assert article.text == text
    assert (article.path, article.title, article.published, article.source) == (
        "a",
        "A title",
        "2025-04",
        "The Gazette",
    )
    assert article.derived == {"title", "source"}
    assert [text[s.start : s.end] for s in article.sentences] == text.splitlines()
    assert (summary.path, summary.title, summary.passages) == ("a", "A title", 2)


def test_passages_and_vectors_come_back_in_the_order_asked_for(store: Store) -> None:
    update(store, a="One.\nTwo.\nThree.\n")
    ids = as_ids([3, 1, 2])
    assert [passage.text for passage in store.passages(ids)] == ["Three.", "One.", "Two."]
    assert [passage.id for passage in store.passages(ids)] == [3, 1, 2]
    assert store.passages(ids)[0].sentences == store.passages(ids)[0].article.sentences[2:3]
    np.testing.assert_array_equal(store.vectors(ids), [vector_of("Three."), vector_of("One."), vector_of("Two.")])
    assert store.passages(as_ids([])) == []
    assert store.vectors(as_ids([])).shape == (0, DIMENSION)


@given(
    st.lists(
        st.tuples(st.integers(0, 2**31 - 1), st.integers(0, 2**31 - 1), st.sampled_from(SENTENCE_KINDS)), max_size=30
    )
)
def test_sentences_survive_packing(triples: list[tuple[int, int, str]]) -> None:
    sentences = tuple(Sentence(*triple) for triple in triples)  # type: ignore[arg-type]
    assert unpack_sentences(pack_sentences(sentences)) == sentences
    assert len(pack_sentences(sentences)) == 12 * len(sentences)


def test_an_update_is_one_generation_and_one_without_change_is_none(store: Store) -> None:
    assert (store.generation, store.counts()) == (0, (0, 0))
    assert update(store, a="One.\n", b="Two.\nThree.\n") == 1
    assert (store.generation, store.counts()) == (1, (2, 3))
    with store.begin_update() as change:
        change.files.add_roots([Path("/news")])
        assert change.commit() == 1
    assert store.generation == 1
    assert update(store, a="One more.\n", b=None) == 2
    assert store.counts() == (1, 1)


def test_roots_are_remembered_without_what_lies_in_another(store: Store) -> None:
    for paths, expected in [
        (["/news/a.txt", "/other"], ["/news/a.txt", "/other"]),
        (["/news"], ["/news", "/other"]),
        (["/news/sub", "/news2"], ["/news", "/news2", "/other"]),
        ([], ["/news", "/news2", "/other"]),
    ]:
        with store.begin_update() as change:
            change.files.add_roots(map(Path, paths))
            change.commit()
        assert store.roots() == [Path(path) for path in expected]


def test_nobody_sees_an_update_before_its_commit_or_one_that_fails(store: Store) -> None:
    update(store, a="One.\n")
    with store.begin_update() as change:
        put(change, "b", "Two.\n")
        assert store.counts() == (1, 1)
    assert (store.generation, store.counts(), alive(store)) == (1, (1, 1), [1])
    with pytest.raises(ZeroDivisionError), store.begin_update() as change:
        put(change, "a", "Other.\n")
        raise ZeroDivisionError
    assert store.passages(as_ids([1]))[0].text == "One."
    assert update(store, b="Two.\n") == 2


def test_a_change_can_not_be_used_after_its_commit(store: Store) -> None:
    with store.begin_update() as change:
        put(change, "a", "One.\n")
        change.commit()
        with pytest.raises((sqlite3.ProgrammingError, DatabaseUnreachableError)):
            put(change, "b", "Two.\n")
    assert store.counts() == (1, 1)


def test_an_older_generation_keeps_its_answers(store: Store) -> None:
    update(store, a="One.\n", b="Two.\n")
    before = {p.id: (p.text, p.article.path) for p in store.passages(as_ids([1, 2]), 1)}
    update(store, a="Changed.\n", b=None)
    with store.begin_update() as change:
        change.rename_article(change.identify("a"), "moved")
        change.commit()
    assert {p.id: (p.text, p.article.path) for p in store.passages(as_ids([1, 2]), 1)} == before
    assert [summary.path for summary in store.articles(1)] == ["a", "b"]
    assert [summary.path for summary in store.articles(2)] == ["a"]
    assert [summary.path for summary in store.articles()] == ["moved"]
    np.testing.assert_array_equal(store.vectors(as_ids([1, 2])), [vector_of("One."), vector_of("Two.")])


def test_a_passage_that_a_generation_does_not_see_is_damage_there(store: Store) -> None:
    update(store, a="One.\n")
    update(store, a="Changed.\n")
    assert store.passages(as_ids([1]))[0].text == "One."
    with pytest.raises(IndexDamagedError):
        store.passages(as_ids([1]), 2)
    with pytest.raises(IndexDamagedError):
        store.passages(as_ids([2]), 1)


def test_a_citation_of_an_older_version_still_finds_its_text(store: Store) -> None:
    update(store, a="One.\n")
    article_id = store.articles()[0].id
    update(store, a="Changed.\n")
    assert store.article(article_id).text == "Changed.\n"
    assert store.article(article_id, content_hash("One.\n")).text == "One.\n"
    update(store, a=None)
    assert store.article(article_id, content_hash("One.\n")).text == "One.\n"
    for wanted in ((article_id, None), (article_id, content_hash("Never.\n")), ("nowhere", None)):
        with raises_mended_by("update", CitationError):
            store.article(*wanted)


def test_an_article_that_changes_back_is_found_by_its_hash(store: Store) -> None:
    for text in ("One.\n", "Changed.\n", "One.\n"):
        update(store, a=text)
    article_id = store.articles()[0].id
    assert store.article(article_id).text == "One.\n"
    assert store.article(article_id, content_hash("Changed.\n")).text == "Changed.\n"


def test_a_renamed_article_keeps_its_id_its_passages_and_its_vectors(store: Store) -> None:
    update(store, a="One.\n")
    article_id, passages = store.articles()[0].id, alive(store)
    with store.begin_update() as change:
        change.rename_article(article_id, "b")
        assert change.commit() == 2
    assert (store.articles()[0].id, store.articles()[0].path, alive(store)) == (article_id, "b", passages)
    assert store.article(article_id).path == "b"
    assert list(store.files()) == ["b"]


def test_an_id_is_never_given_to_two_articles(store: Store) -> None:
    update(store, a="One.\n")
    first = store.articles()[0].id
    with store.begin_update() as change:
        change.rename_article(first, "b")
        second = put(change, "a", "Two.\n")
        change.commit()
    assert second != first
    update(store, b=None)
    with store.begin_update() as change:
        assert change.identify("b") not in (first, second)


def test_an_article_that_comes_back_to_its_place_has_its_old_id(store: Store) -> None:
    update(store, a="One.\n")
    article_id = store.articles()[0].id
    update(store, a=None)
    update(store, a="Two.\n")
    assert store.articles()[0].id == article_id
    assert store.article(article_id, content_hash("One.\n")).text == "One.\n"


def test_removing_or_renaming_what_is_not_there_is_an_error(store: Store) -> None:
    with store.begin_update() as change:
        with pytest.raises(KeyError):
            change.remove_article("nowhere")
        with pytest.raises(KeyError):
            change.rename_article("nowhere", "b")


def test_vectors_of_known_texts_are_found_by_hash(store: Store) -> None:
    update(store, a="One.\nTwo.\n")
    known, unknown = b"Two.", b"never seen"
    with store.begin_update() as change:
        found = change.vectors([known, unknown, known], DIMENSION)
    assert list(found) == [known]
    np.testing.assert_array_equal(found[known], vector_of("Two."))


def test_vectors_of_removed_passages_go_some_generations_later(store: Store) -> None:
    update(store, a="One.\n", b="Two.\n")
    update(store, a=None)
    for number in range(KEPT_GENERATIONS - 1):
        update(store, b=f"Version {number}.\n")
        assert len(store.vectors(as_ids([1]))) == 1
    update(store, b="The last.\n")
    with pytest.raises(IndexDamagedError):
        store.vectors(as_ids([1]))
    assert store.passages(as_ids([1]))[0].text == "One."


def test_a_snapshot_holds_still(store: Store) -> None:
    update(store, a="One.\n")
    with store.snapshot() as snapshot:
        update(store, a="Changed.\n", b="Two.\n")
        texts = [text for _, batch in snapshot.texts(since=0) for text in batch]
        assert (snapshot.generation.number, texts) == (1, ["A title\nOne."])
        token = snapshot.generation.token
    with store.snapshot() as snapshot:
        assert snapshot.generation.number == 2
        assert [ids.tolist() for ids, _ in snapshot.vectors(since=1)] == [[2, 3]]
        assert snapshot.removed(since=1).tolist() == [1]
        assert snapshot.count_changes(since=1) == 3
        assert snapshot.at(1, snapshot.generation.token) is None
        assert snapshot.at(3, "") is None
        before = snapshot.at(1, token)
        assert before is not None
        assert [batch for _, batch in before.texts(since=0)] == [["A title\nOne."]]
        assert [ids.tolist() for ids, _ in before.vectors(since=0)] == [[1]]
        assert before.removed(since=1).tolist() == []


def test_threads_share_a_store_while_it_is_written_to(store: Store) -> None:
    update(store, a="One.\n")
    errors: list[BaseException] = []
    done = threading.Event()

    def read() -> None:
        try:
            while not done.is_set():
                generation = store.generation
                (summary,) = store.articles(generation)
                passages = store.passages(as_ids([generation]), generation)
                assert passages[0].text == ("One." if generation == 1 else f"Version {generation}.")
                assert summary.passages == 1
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(2, 30):
        update(store, a=f"Version {number}.\n")
    done.set()
    for thread in threads:
        thread.join()
    assert errors == []
