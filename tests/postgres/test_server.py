"""The servers that other tests use: what they keep when they are killed, and what a standby shows."""

from __future__ import annotations

import psycopg
import pytest

from tests.postgres.server import PostgresServer, new_database

WRITE = "CREATE TABLE articles (title text); INSERT INTO articles VALUES ('committed')"
TITLES = "SELECT title FROM articles"


def asked(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def write(url: str, statements: str = WRITE) -> None:
    with psycopg.connect(url) as connection:
        connection.execute(statements)


def test_the_database_of_a_test_is_empty_and_keeps_any_text(postgres_url: str) -> None:
    assert asked(postgres_url, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == [(0,)]
    assert asked(postgres_url, "SHOW server_encoding") == [("UTF8",)]
    write(postgres_url, "CREATE TABLE articles (title text); INSERT INTO articles VALUES ('Ünïted 🗞')")
    assert asked(postgres_url, TITLES) == [("Ünïted 🗞",)]


def test_two_databases_of_one_server_share_no_table(postgres_url: str) -> None:
    with new_database(postgres_url) as other:
        write(postgres_url)
        write(other)
        assert asked(other, TITLES) == [("committed",)]
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(other)


def test_a_database_can_have_vectors_that_are_found_by_distance(postgres_url: str) -> None:
    write(postgres_url, "CREATE EXTENSION vector")
    ((version,),) = asked(postgres_url, "SELECT extversion FROM pg_extension WHERE extname = 'vector'")
    assert tuple(map(int, str(version).split("."))) >= (0, 8, 4)
    write(postgres_url, "CREATE TABLE passages (vector halfvec(2)); INSERT INTO passages VALUES ('[0, 1]'), ('[1, 0]')")
    write(postgres_url, "CREATE INDEX ON passages USING hnsw (vector halfvec_ip_ops)")
    assert asked(postgres_url, "SELECT vector <#> '[2, 0]' FROM passages ORDER BY 1") == [(-2.0,), (0.0,)]


@pytest.mark.slow
def test_a_killed_server_has_what_was_committed_when_it_starts_again(own_server: PostgresServer) -> None:
    url = own_server.database("news")
    write(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO articles VALUES ('not committed')")
        own_server.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("COMMIT")
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    own_server.start_again()
    assert asked(url, TITLES) == [("committed",)]
    assert "was not properly shut down" in (own_server.folder / "log").read_text("utf-8")


@pytest.mark.slow
def test_a_standby_follows_refuses_writes_and_takes_them_once_it_is_promoted(own_server: PostgresServer) -> None:
    write(own_server.url)
    with own_server.standby(own_server.folder.parent / "standby") as standby:
        write(own_server.url, "INSERT INTO articles VALUES ('streamed')")
        standby.wait_until_replayed(own_server)
        assert asked(standby.url, TITLES) == [("committed",), ("streamed",)]
        with pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
            write(standby.url, "INSERT INTO articles VALUES ('refused')")
        own_server.kill()
        standby.promote()
        write(standby.url, "INSERT INTO articles VALUES ('promoted')")
        assert asked(standby.url, TITLES) == [("committed",), ("streamed",), ("promoted",)]
