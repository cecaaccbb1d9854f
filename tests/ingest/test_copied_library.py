"""A library is copied from a folder to a database and back, and answers as before."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from rag.core.errors import IndexDamagedError, IndexMissingError, PlaceError
from rag.core.index_layout import store_path
from rag.core.place import Place
from rag.ingest.by_hand.correct import correct_article, list_corrections
from rag.ingest.copy import copy_library
from rag.ingest.update import update_library
from rag.store.backends import backend_of
from rag.store.check_rows import require_sound
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.libraries import write


@pytest.fixture
def original(tmp_path: Path) -> Place:
    """A library of three generations, with a correction and a former text."""
    news, place = tmp_path / "news", Place(tmp_path / "index")
    write(news / "a.txt", "The bridge opened in May.\n\nIt is 40 metres long.\n")
    write(news / "b.txt", "The mill burned down.\n")
    with Store.create(place) as store:
        update_library(store, [news], HashingEmbedder())
        write(news / "a.txt", "The bridge opened in June.\n")
        update_library(store, [news], HashingEmbedder())
        correct_article(store, "b.txt", {"title": "The mill"}, HashingEmbedder())
    return place


def all_of(place: Place) -> object:
    """What a library has: its generation, its articles with their editions, and its corrections."""
    with Store.open(place) as store:
        articles = store.articles()
        texts = [store.article(one.id) for one in articles]
        return store.newest, articles, texts, [store.editions(one.id) for one in articles], list_corrections(store)


def test_a_library_is_copied_into_a_database_and_back(original: Place, postgres_url: str, tmp_path: Path) -> None:
    there = Place.of(f"{postgres_url}?schema=news&folder={tmp_path / 'there'}")
    back = Place(tmp_path / "back")
    assert copy_library(original, there).number == 3
    assert copy_library(there, back).number == 3
    assert all_of(original) == all_of(there) == all_of(back)
    for place in (there, back):
        with backend_of(place).snapshot() as database:
            assert require_sound(database).number == 3


def test_the_copy_goes_on_by_itself_and_embeds_only_what_is_new(
    original: Place, postgres_url: str, tmp_path: Path
) -> None:
    there = Place.of(f"{postgres_url}?schema=news&folder={tmp_path / 'there'}")
    copy_library(original, there)
    write(tmp_path / "news" / "c.txt", "The mayor resigned.\n")
    embedder = HashingEmbedder()
    with Store.open(there) as store:
        assert update_library(store, [], embedder).generation == 4
    assert len(embedder.embedded) == 1 and "mayor" in embedder.embedded[0]
    with Store.open(original) as store:
        assert store.generation == 3


def test_no_library_is_copied_over_another(original: Place, tmp_path: Path) -> None:
    copied = Place(tmp_path / "copied")
    copy_library(original, copied)
    with pytest.raises(PlaceError, match="There is a library in"):
        copy_library(original, copied)
    with pytest.raises(PlaceError, match="There is a library in"):
        copy_library(original, original)
    with pytest.raises(IndexMissingError):
        copy_library(tmp_path / "nothing", tmp_path / "new")


def test_a_damaged_library_is_not_copied(original: Place, postgres_url: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(store_path(original.folder))) as connection, connection:
        connection.execute("UPDATE passage SET end_offset = end_offset - 1 WHERE id = 1")
    there = Place.of(f"{postgres_url}?schema=news&folder={tmp_path / 'there'}")
    with pytest.raises(IndexDamagedError):
        copy_library(original, there)
    with Store.open(there) as store:
        assert store.newest.articles == 0
