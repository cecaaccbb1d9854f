"""What is told when a server is gone, refuses a user or lacks something, and that a lost connection is tried again."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from rag.core.errors import (
    DatabaseUnreachableError,
    IndexDamagedError,
    IndexMissingError,
    IndexNotWritableError,
    RagError,
)
from rag.core.place import Place
from rag.library import Library
from rag.store.backends import backend_of
from rag.store.store import Store
from tests.libraries import update as put
from tests.places import place_in
from tests.postgres import turns
from tests.postgres.server import PostgresServer

SECRET = "se%cr:et/1"


def say(action: Callable[[], object]) -> str:
    """The text of the error that an action raises, with all errors behind it."""
    with pytest.raises(RagError) as caught:
        action()
    assert isinstance(caught.value, DatabaseUnreachableError)
    said, error = "", caught.value
    while error is not None:
        said += f"{error}\n{error!r}\n"
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    return said


@pytest.fixture
def place(own_server: PostgresServer, tmp_path: Path) -> Place:
    place = place_in(own_server.database("news"), tmp_path / "index")
    turns.write_turn(tmp_path / "news", 1)
    turns.update(place, tmp_path / "news")
    return place


@pytest.mark.slow
def test_a_server_that_is_gone_is_told_to_who_asks_and_to_who_updates(
    own_server: PostgresServer, place: Place, tmp_path: Path
) -> None:
    with turns.opened(place) as library:
        assert turns.turn_of(library) == 1
        own_server.kill()
        actions: list[Callable[[], object]] = [
            lambda: turns.turn_of(library),
            lambda: turns.update(place, tmp_path / "news"),
            lambda: Store.open(place),
            lambda: backend_of(place).held_since(),
            lambda: library.backup(tmp_path / "saved.backup"),
        ]
        for action in actions:
            said = say(action)
            assert f"The database {place} can't be reached" in said
            assert "nothing that was stored is lost" in said
            assert own_server.password not in said
        own_server.start_again()
        assert turns.turn_of(library) == 1


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [1.0, 8.5])
def test_a_question_is_answered_by_a_server_that_comes_back_meanwhile(
    own_server: PostgresServer, place: Place, seconds: float
) -> None:
    with turns.opened(place) as library:
        assert turns.turn_of(library) == 1
        own_server.kill()
        back = threading.Timer(seconds, own_server.start_again)
        back.start()
        assert turns.turn_of(library) == 1
        back.join()


@pytest.mark.slow
def test_many_connections_that_were_lost_cost_no_question(own_server: PostgresServer, place: Place) -> None:
    errors: list[BaseException] = []

    def ask(library: Library) -> None:
        try:
            for _ in range(3):
                assert turns.turn_of(library) == 1
        except BaseException as error:
            errors.append(error)

    with turns.opened(place) as library:
        for _ in range(2):
            threads = [threading.Thread(target=ask, args=(library,)) for _ in range(6)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            own_server.kill()
            own_server.start_again()
        assert turns.turn_of(library) == 1
    assert errors == []


def test_who_may_not_come_in_is_told_without_the_password(postgres_url: str, tmp_path: Path) -> None:
    user, _, rest = postgres_url.removeprefix("postgresql://").partition("@")
    name, _, password = user.partition(":")
    server, _, database = rest.rpartition("/")
    wrong = (
        f"{name}:{quote(SECRET, safe='')}@{server}/{database}",
        f"nobody:{quote(SECRET, safe='')}@{server}/{database}",
        f"{name}:{password}@{server}/nowhere",
        f"{name}:{password}@127.0.0.1:1/{database}",
        f"{name}:{password}@nowhere.invalid/{database}",
        f"{name}:{password}@{server}/{database}?sslmode=require",
    )
    for address in wrong:
        at = place_in(f"postgresql://{address}", tmp_path / "index")
        for attempt in (Store.open, Store.create, Store.exists):
            said = say(lambda attempt=attempt, at=at: attempt(at))  # type: ignore[misc]
            assert SECRET not in said
            assert quote(SECRET, safe="") not in said
            assert password not in said


@pytest.mark.parametrize("password", ["se%zzcret", "se%cret"])
def test_a_password_that_is_written_wrongly_is_not_shown(postgres_url: str, tmp_path: Path, password: str) -> None:
    rest = postgres_url.rpartition("@")[2]
    at = place_in(f"postgresql://postgres:{password}@{rest}", tmp_path / "index")
    with pytest.raises(RagError) as caught:
        Store.open(at)
    assert "cret" not in f"{caught.value}{caught.value!r}"


def test_an_option_that_postgresql_does_not_know_is_told(postgres_url: str, tmp_path: Path) -> None:
    with pytest.raises(RagError, match="nonsense"):
        Store.open(place_in(f"{postgres_url}?nonsense=1", tmp_path / "index"))


def as_user(url: str, name: str, *rights: str) -> str:
    """Makes a user with a password of its own and these rights, and returns the URL for it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP ROLE IF EXISTS {name}")
        connection.execute(f"CREATE ROLE {name} LOGIN PASSWORD 'own'")
        for right in rights:
            connection.execute(f"GRANT {right} TO {name}")
    return f"postgresql://{name}:own@{url.rpartition('@')[2]}"


def drop_user(url: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP OWNED BY {name}")
        connection.execute(f"DROP ROLE {name}")


def test_a_user_who_may_only_read_asks_and_is_told_who_may_not_write(postgres_url: str, tmp_path: Path) -> None:
    with Store.create(place_in(postgres_url, tmp_path / "index")) as store:
        put(store, a="One.\n")
    url = as_user(postgres_url, "reader", "USAGE ON SCHEMA news", "SELECT ON ALL TABLES IN SCHEMA news")
    reader = place_in(url, tmp_path / "reader")
    try:
        with Store.open(reader) as store:
            assert [store.article(summary.id).text for summary in store.articles()] == ["One.\n"]
            with pytest.raises(IndexNotWritableError, match="permission denied"):
                put(store, a="Two.\n")
            with backend_of(place_in(postgres_url, tmp_path / "index")).lock(0):
                assert store.backend.held_since() is not None
        with pytest.raises(IndexNotWritableError, match="permission denied"):
            Store.create(place_in(url, tmp_path / "reader", "other"))
    finally:
        drop_user(postgres_url, "reader")


def test_a_user_without_the_right_to_a_schema_is_told_so(postgres_url: str, tmp_path: Path) -> None:
    with Store.create(place_in(postgres_url, tmp_path / "index")) as store:
        put(store, a="One.\n")
    url = as_user(postgres_url, "stranger")
    try:
        with pytest.raises(RagError) as caught:
            Store.open(place_in(url, tmp_path / "index"))
        assert isinstance(caught.value, IndexMissingError | IndexNotWritableError)
    finally:
        drop_user(postgres_url, "stranger")


def test_a_schema_of_another_program_is_refused_and_not_touched(postgres_url: str, tmp_path: Path) -> None:
    place = place_in(postgres_url, tmp_path / "index")
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE SCHEMA news")
        connection.execute("CREATE TABLE news.article (id text, price int)")
        connection.execute("INSERT INTO news.article VALUES ('a', 1)")
    with pytest.raises(RagError, match="another program"):
        Store.open(place)
    with pytest.raises(RagError, match="another program"):
        Store.create(place)
    backend_of(place).remove()
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT * FROM news.article").fetchall() == [("a", 1)]
        tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'news'"
        assert connection.execute(tables).fetchone() == (1,)
        connection.execute("CREATE TABLE news.generation (year int)")
    with pytest.raises(RagError, match="another program"):
        Store.open(place)
    with pytest.raises(RagError, match="another program"):
        Store.create(place)
    backend_of(place).remove()
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT * FROM news.article").fetchall() == [("a", 1)]


def test_a_library_shares_a_schema_with_tables_of_other_names(postgres_url: str, tmp_path: Path) -> None:
    place = place_in(postgres_url, tmp_path / "index", "public")
    with psycopg.connect(postgres_url) as connection:
        connection.execute("CREATE TABLE public.orders (id int)")
    with Store.create(place) as store:
        put(store, a="One.\n")
    with psycopg.connect(postgres_url) as connection:
        assert connection.execute("SELECT count(*) FROM public.orders").fetchone() == (0,)


def test_libraries_in_schemas_of_one_database_share_nothing(postgres_url: str, tmp_path: Path) -> None:
    names = ("news", "news_rebuild", "sport")
    places = [place_in(postgres_url, tmp_path / name, name) for name in names]
    for place in places:
        with Store.create(place) as store:
            put(store, a=f"{place.schema}.\n")
    backend = backend_of(places[0])
    beside = backend.beside("rebuild")
    beside.create()
    backend.replace(beside)
    beside.remove()
    texts = []
    for place in places:
        with Store.open(place) as store, backend_of(places[2]).lock(0) if place is places[0] else store:
            texts.append([store.article(summary.id).text for summary in store.articles()])
    assert texts == [[], ["news_rebuild.\n"], ["sport.\n"]]


def test_every_text_is_compared_byte_by_byte_whatever_the_language_of_the_database(
    postgres_url: str, tmp_path: Path
) -> None:
    Store.create(place_in(postgres_url, tmp_path / "index")).close()
    with psycopg.connect(postgres_url) as connection:
        columns = connection.execute(
            "SELECT attrelid::regclass::text, attname, collname FROM pg_attribute"
            " JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r' JOIN pg_collation ON attcollation"
            " = pg_collation.oid WHERE relnamespace = 'news'::regnamespace AND attnum > 0"
        ).fetchall()
    assert len(columns) > 20
    assert {collation for _, _, collation in columns} == {"C"}


def test_a_database_that_cannot_hold_every_character_is_refused(shared_server: str, tmp_path: Path) -> None:
    with psycopg.connect(shared_server, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS rag_test_latin")
        connection.execute(
            "CREATE DATABASE rag_test_latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C' LOCALE_PROVIDER libc"
        )
    url = shared_server.rpartition("/")[0] + "/rag_test_latin"
    try:
        with pytest.raises(RagError, match="UTF8"):
            Store.create(place_in(url, tmp_path / "index"))
    finally:
        with psycopg.connect(shared_server, autocommit=True) as connection:
            connection.execute("DROP DATABASE rag_test_latin WITH (FORCE)")


def test_the_database_of_other_content_is_damage(postgres_url: str, tmp_path: Path) -> None:
    place = place_in(postgres_url, tmp_path / "index")
    with Store.create(place) as store:
        put(store, a="One.\n")
        with psycopg.connect(postgres_url) as connection:
            connection.execute("UPDATE news.version SET text = 'Two.\\012'::bytea")
        (summary,) = store.articles()
        with pytest.raises(IndexDamagedError, match="text of version"):
            store.article(summary.id)
