"""Where a library lies: a folder, or a schema of a database."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.core.errors import PlaceError
from rag.core.place import Place

ADDRESS = "postgresql://ada:s3cret@db.paper.example:6432/archive?schema=news&sslmode=require"


def test_a_path_is_a_folder() -> None:
    assert Place.of("index") == Place.of(Path("index")) == Place(Path("index"))
    assert Place.of("index").name == "index" and Place.of("postgres/index").database is None


def test_an_address_keeps_what_is_postgresqls_own(tmp_path: Path) -> None:
    place = Place.of(f"{ADDRESS}&folder={tmp_path}&vectors=database")
    assert place.database == "postgresql://ada:s3cret@db.paper.example:6432/archive?sslmode=require"
    assert (place.schema, place.folder, place.vectors_there) == ("news", tmp_path, True)
    assert Place.of(place) is place


def test_an_address_may_have_been_a_path() -> None:
    assert Place.of(Path(ADDRESS)) == Place.of(ADDRESS)


def test_messages_show_no_password() -> None:
    assert str(Place.of(ADDRESS)) == "postgresql://ada@db.paper.example:6432/archive?schema=news"
    assert str(Place.of("postgres:///archive")) == "postgresql:///archive?schema=rag"


def test_each_library_has_a_folder_of_its_own_on_this_machine() -> None:
    others = ("postgresql://db/archive", "postgresql://db/archive?schema=news", "postgresql://db:1/archive", "a/b")
    assert len({Place.of(other).folder for other in others}) == len(others)
    assert Place.of("postgresql://ada@db/archive").folder == Place.of("postgresql://ben:x@db/archive").folder


def test_a_library_beside_another_has_a_schema_that_no_address_can_name() -> None:
    beside = Place.of(ADDRESS).beside("rebuild")
    assert beside.schema == "news-rebuild" and beside.folder == Place.of(ADDRESS).folder / "rebuild"
    with pytest.raises(PlaceError, match="can't be the name of a schema"):
        Place.of(f"postgresql://db/archive?schema={beside.schema}")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("postgresql://db", "names no database"),
        ("postgresql://db/", "names no database"),
        ("postgresql://db:port/archive", "can.t be read"),
        ("postgresql://db/archive?schema=No", "can't be the name of a schema"),
        ("postgresql://db/archive?schema=pg_news", "can.t be the name of a schema"),
        ("postgresql://db/archive?schema=a;drop", "can't be the name of a schema"),
        ("postgresql://db/archive?vectors=here", "'vectors=here' is not possible"),
    ],
)
def test_an_address_that_is_not_possible_is_told(address: str, why: str) -> None:
    with pytest.raises(PlaceError, match=why):
        Place.of(address)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ada:Se@cret@db/archive",
        "postgresql://ada:Se/cret@db/archive",
        "postgresql://ada:Se?cret@db/archive",
        "postgresql://ada:secret@[db/archive",
    ],
)
def test_a_password_with_a_mark_that_is_not_escaped_is_refused_without_being_told(address: str) -> None:
    with pytest.raises(PlaceError, match="%40 for @") as told:
        Place.of(address)
    assert "cret" not in str(told.value)
    assert Place.of("postgresql://ada:Se%40cret@db/archive").database == "postgresql://ada:Se%40cret@db/archive"


def test_an_address_can_be_given_again(tmp_path: Path) -> None:
    for given in (ADDRESS, f"{ADDRESS}&folder={tmp_path}&vectors=database", "postgresql:///archive"):
        place, again = Place.of(given), Place.of(Place.of(given).address)
        assert (again.schema, again.folder, again.vectors_there) == (place.schema, place.folder, place.vectors_there)
    assert Place.of("there").address == "there"
