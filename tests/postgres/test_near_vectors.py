"""The vectors in PostgreSQL: the nearest of a generation and of a scope, as the index in memory finds them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import psycopg
import pytest

from rag.core.passage_set import ListedPassages
from rag.core.place import Place
from rag.core.ports import as_ids
from rag.core.schema import Scope
from rag.indexes.derive import Derived, derive
from rag.ingest.update import update_library
from rag.store.change import KEPT_GENERATIONS
from rag.store.postgres.near_vectors import NearSearch
from rag.store.scope_query import ScopedPassages
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.libraries import write
from tests.postgres.server import PostgresServer

TOWNS = ("Aske", "Birk", "Corr", "Dale", "Elm", "Ford", "Glen", "Holm")
EMBEDDER = HashingEmbedder(dimension=32)
QUESTION = EMBEDDER.embed(["Who opened the bridge at Corr?"])[0]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """Articles of two years, one for each town and thing."""
    for number, town in enumerate(TOWNS * 4):
        year = 2024 + number % 2
        text = (
            f"News {number}\n\n{year}-03-0{number % 9 + 1}\n\nMayor {number} opened the bridge of {town} in {year}.\n"
        )
        write(tmp_path / "news" / f"{number:02}.txt", text)
    return tmp_path / "news"


@pytest.fixture
def store(postgres_url: str, tmp_path: Path, news: Path) -> Iterator[Store]:
    """A library whose vectors are searched in the database."""
    with Store.create(Place.of(f"{postgres_url}?folder={tmp_path / 'local'}&vectors=database")) as store:
        update_library(store, [news], EMBEDDER)
        yield store


@pytest.fixture
def in_memory(store: Store, tmp_path: Path) -> Iterator[Store]:
    """The same library on a machine that has the vectors in memory."""
    with Store.open(replace(store.place, folder=tmp_path / "other", vectors_there=False)) as other:
        yield other


def same(first: Derived, second: Derived, question: np.ndarray = QUESTION, k: int = 10) -> bool:
    """Whether both find the same passages with the same scores."""
    (ids, scores), (others, their) = (one.dense.search(question, k) for one in (first, second))
    return ids.tolist() == others.tolist() and np.allclose(scores, their, atol=1e-6)


def test_the_nearest_are_those_that_the_index_in_memory_finds(store: Store, in_memory: Store) -> None:
    there, here = derive(store), derive(in_memory)
    assert isinstance(there.dense, NearSearch) and len(there.dense) == len(here.dense)
    assert same(there, here)
    for town in TOWNS:
        assert same(there, here, EMBEDDER.embed([f"The bridge of {town}"])[0], k=5)
    assert not (store.folder / "dense").exists()


def test_a_scope_is_resolved_in_the_database(store: Store, in_memory: Store) -> None:
    there, here = derive(store), derive(in_memory)
    scope = Scope(since="2025")
    within, listed = (one.passages_in(scope, one.generation) for one in (store, in_memory))
    assert isinstance(within, ScopedPassages) and isinstance(listed, ListedPassages)
    assert within.ids.tolist() == listed.ids.tolist() and len(within.ids) == 32
    for few in (within, ListedPassages(within.ids)):
        ids, scores = there.dense.search(QUESTION, 5, few)
        expected, their = here.dense.search(QUESTION, 5, listed)
        assert ids.tolist() == expected.tolist() and np.allclose(scores, their, atol=1e-6)
    half = within & store.passages_in(Scope(until="2025-03-04"), store.generation)
    assert half and half.ids.tolist() == (half & ListedPassages(within.ids)).ids.tolist()
    assert half.holds(within.ids).sum() == len(half.ids) < len(within.ids)
    assert not store.passages_in(Scope(since="2030"), store.generation)
    assert there.dense.search(QUESTION, 5, ListedPassages(as_ids([])))[0].tolist() == []


def test_a_large_scope_is_searched_by_the_index_and_gives_the_same(
    store: Store, in_memory: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.store.postgres.near_vectors.EXACT_UP_TO", 3)
    scope = Scope(since="2025")
    ids, _ = derive(store).dense.search(QUESTION, 5, store.passages_in(scope, store.generation))
    expected, _ = derive(in_memory).dense.search(QUESTION, 5, in_memory.passages_in(scope, store.generation))
    assert ids.tolist() == expected.tolist()


def test_a_reader_keeps_its_generation_while_another_machine_updates(
    store: Store, in_memory: Store, news: Path
) -> None:
    before, old = derive(store), derive(in_memory)
    (news / "00.txt").unlink()
    write(news / "99.txt", "News 99\n\nMayor Iva opened the bridge of Corr at last.\n")
    update_library(
        in_memory, [], EMBEDDER
    )  # the machine that updates does not search the copy, and keeps it all the same
    assert same(before, old)
    after = derive(store)
    assert (before.generation, after.generation) == (1, 2)
    assert same(after, derive(in_memory))
    assert {*after.dense.search(QUESTION, 50)[0].tolist()} != {*before.dense.search(QUESTION, 50)[0].tolist()}


def test_the_copy_is_made_anew_after_the_content_was_exchanged(store: Store, in_memory: Store, tmp_path: Path) -> None:
    with Store.create(tmp_path / "elsewhere") as other:
        update_library(other, [write_one(tmp_path / "one")], EMBEDDER)
        with store.lock(1.0):
            store.backend.replace(other.backend)
    shared = store.backend.shared_vectors()
    assert shared is not None and shared.at(store.newest) is None  # it is of the content before
    again = derive(store)
    assert len(again.dense) == 1 and same(again, derive(in_memory))


def write_one(folder: Path) -> Path:
    write(folder / "one.txt", "The mill of Corr burned down.\n")
    return folder


def test_the_copy_forgets_what_the_store_forgets(store: Store, news: Path) -> None:
    with store.snapshot() as snapshot:
        before = snapshot.ids()
    (news / "00.txt").unlink()
    for number in range(KEPT_GENERATIONS + 1):
        with psycopg.connect(store.place.database or "") as connection:
            rows = connection.execute("SELECT passage_id FROM rag.near ORDER BY 1").fetchall()
        assert {*before.tolist()} <= {row[0] for row in rows}  # open readers may still answer from them
        write(news / f"late-{number}.txt", f"Mayor Ivo opened bridge {number} of Corr at last.\n")
        update_library(store, [], EMBEDDER)
    with psycopg.connect(store.place.database or "") as connection:
        rows = connection.execute("SELECT passage_id FROM rag.near ORDER BY 1").fetchall()
    with store.snapshot() as snapshot:
        assert [row[0] for row in rows] == snapshot.ids().tolist()


@pytest.mark.slow
def test_a_standby_answers_from_the_generation_before_while_the_copy_lags(
    own_server: PostgresServer, news: Path, tmp_path: Path
) -> None:
    own_server.database("archive")

    def place(server: PostgresServer, name: str, vectors: str) -> Place:
        address = server.url.rpartition("/")[0]
        return Place.of(f"{address}/archive?folder={tmp_path / name}&vectors={vectors}")

    with Store.create(place(own_server, "primary", "database")) as primary:
        update_library(primary, [news], EMBEDDER)
        with own_server.standby(own_server.folder.parent / "standby") as standby:
            standby.wait_until_replayed(own_server)
            with Store.open(place(standby, "asked", "database")) as asked:
                first = derive(asked)
                assert same(first, derive(primary))
                with primary.begin_update() as change:  # the moment between the commit of an update and the copy
                    change.remove_article(primary.articles()[0].id)
                    change.commit()
                standby.wait_until_replayed(own_server)
                assert asked.generation == 2 and derive(asked, first) is first
                derive(primary)  # catches the copy up
                standby.wait_until_replayed(own_server)
                assert derive(asked, first).generation == 2
