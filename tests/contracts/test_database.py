"""Contract tests of `rag.store.database.Database`. SQLite and PostgreSQL must pass them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest

from rag.core.errors import IndexDamagedError
from rag.store.backend import Backend
from rag.store.columns import PLACE, insert
from rag.store.database import Database
from rag.store.rows import put_meta, read_meta
from rag.store.store import Store

ODD = ["", "100%", "%s", "a:b ?", ":name", "it's", 'a "quoted"\\N\\t', "tab\there", "line\nbreak", "🌉 \u202e Ü"]
"""Texts that a careless translation of statements or rows would change."""

pytestmark = pytest.mark.databases


@pytest.fixture
def backend(store: Store) -> Backend:
    return store.backend


@pytest.fixture
def database(backend: Backend) -> Iterator[Database]:
    """A connection that may write, with a table `note`."""
    with backend.change() as database:
        database.run("CREATE TABLE note (number BIGINT, word TEXT, data BYTEA)")
        yield database


def notes(database: Database, rest: str = "ORDER BY number") -> list[tuple[int, str]]:
    return [(number, word) for number, word in database.rows(f"SELECT number, word FROM note {rest}")]


def add(database: Database, *words: str | None) -> None:
    database.add_rows("note", ("number", "word"), enumerate(words, start=1))


@pytest.mark.parametrize("way", ["add_rows", "run", "named", "run_many"])
def test_a_value_comes_back_as_it_was_stored(database: Database, way: str) -> None:
    values = [(n, word, word.encode()) for n, word in enumerate(ODD)]
    values += [(2**63 - 1, "big", bytes(range(256))), (-(2**63), "small", b"")]
    if way == "add_rows":
        database.add_rows("note", ("number", "word", "data"), values)
    elif way == "run_many":
        assert database.run_many("INSERT INTO note (number, word, data) VALUES (?, ?, ?)", values) == len(values)
    for number, word, data in values:
        if way == "run":
            database.run("INSERT INTO note (number, word, data) VALUES (?, ?, ?)", (number, word, data))
        if way == "named":
            named = {"number": number, "word": word, "data": data}
            database.run("INSERT INTO note (number, word, data) VALUES (:number, :word, :data)", named)
    assert database.rows("SELECT number, word, data FROM note ORDER BY number") == sorted(values)
    for number, word, _ in values:
        assert database.row("SELECT number FROM note WHERE word = ?", (word,)) == (number,)
        assert database.row("SELECT number FROM note WHERE word = :word", {"word": word}) == (number,)


def test_none_is_stored_as_no_value(database: Database) -> None:
    add(database, None, "", "None")
    database.run("INSERT INTO note (number, word, data) VALUES (?, ?, ?)", (4, None, None))
    assert database.rows("SELECT number FROM note WHERE word IS NULL ORDER BY number") == [(1,), (4,)]
    assert database.row("SELECT word, data FROM note WHERE number = 4") == (None, None)
    assert database.rows("SELECT number FROM note WHERE word = ?", (None,)) == []


def test_a_named_parameter_may_stand_several_times_or_nowhere(database: Database) -> None:
    add(database, "one", "two")
    sql = "SELECT word FROM note WHERE number = :wanted OR number = :wanted + 1 ORDER BY number"
    assert database.rows(sql, {"wanted": 1, "unused": None}) == [("one",), ("two",)]


def test_percent_signs_of_a_statement_are_its_own(database: Database) -> None:
    add(database, "one", "tone", "two")
    found = "SELECT number FROM note WHERE word LIKE '%one' AND number % 2 = 0"
    assert database.rows(found) == [(2,)]
    assert database.rows(f"{found} AND number < ?", (3,)) == [(2,)]
    assert database.rows(f"{found} AND number < :most", {"most": 2}) == []


@pytest.mark.parametrize("wanted", [[], [3], [3, 1, 1], [2**62, 2], list(range(2, 50_000))])
def test_a_list_of_numbers_is_a_table_with_a_row_for_each_item(database: Database, wanted: list[int]) -> None:
    add(database, "one", "two", "three")
    sql = f"SELECT number FROM {database.listed('wanted')} AS wanted JOIN note ON number = wanted.value"
    found = [number for (number,) in database.rows(sql, {"wanted": wanted})]
    assert sorted(found) == sorted(number for number in wanted if number in (1, 2, 3))


@pytest.mark.parametrize("wanted", [[], [""], ["two", "none"], ODD, ["x" * 5000, "NULL", "{", "a,b"]])
def test_a_list_of_texts_is_a_table_with_a_row_for_each_item(database: Database, wanted: list[str]) -> None:
    add(database, "one", "two", "NULL", "a,b", *ODD)
    sql = f"SELECT word FROM note WHERE word IN (SELECT value FROM {database.listed('wanted', 'text')} AS wanted)"
    found = {word for (word,) in database.rows(sql, {"wanted": wanted})}
    assert found == {"one", "two", "NULL", "a,b", *ODD} & set(wanted)


def test_texts_are_in_the_order_of_their_code_points(backend: Backend) -> None:
    paths = ["Z", "a", "A b", "A/b", "a-b", "ä", "é", "z", "\uffff", "\U0001f309", "B", "_", ""]
    with backend.change() as database:
        database.add_rows("file", ("path", "signature"), [(path, "") for path in paths])
        assert [path for (path,) in database.rows("SELECT path FROM file ORDER BY path")] == sorted(paths)
        assert database.row("SELECT count(*) FROM file WHERE path < 'a'") == (sum(path < "a" for path in paths),)


def test_texts_between_two_are_those_of_their_code_points(backend: Backend) -> None:
    long = "/long" * 200
    paths = ["", "/", "/n", "/n/a", "/n/é", "/n/🌉", "/n/􏿿", "/n0", "/n#1", long, f"{long}/a", f"{long}0"]
    with backend.change() as database:
        for number, path in enumerate(paths):
            insert(database, "article", PLACE, (f"{number:012}", path, 1, None))
        sql = (
            f"SELECT path FROM article WHERE removed_generation IS NULL AND {database.between('path', 'first', 'end')}"
        )
        for first, end in itertools.product(paths, repeat=2):
            found = [path for (path,) in database.rows(sql, {"first": first, "end": end})]
            assert sorted(found) == sorted(path for path in paths if first <= path < end)


def test_a_path_and_an_address_may_be_very_long(backend: Backend) -> None:
    # Random, because a database may shorten what repeats before it compares it with its limits.
    paths = ["".join(chr(33 + (n * n * step) % 7919 % 90) for n in range(5000)) for step in (1, 7)]
    with backend.change() as database:
        for path in paths:
            database.run("INSERT INTO file (path, signature) VALUES (?, ?)", (path, path))
        database.add_rows("root", ("path",), [(path,) for path in paths])
        for path in paths:
            assert database.rows("SELECT signature FROM file WHERE path = ?", (path,)) == [(path,)]
            assert database.row("SELECT count(*) FROM root WHERE path = ?", (path,)) == (1,)


def test_batches_hold_every_row_once_while_other_statements_run(database: Database) -> None:
    add(database, *map(str, range(1, 26)))
    seen, sizes = [], []
    for batch in database.batches("SELECT number FROM note WHERE number > :after ORDER BY number", {"after": 2}, 10):
        assert database.row("SELECT count(*) FROM note WHERE number = ?", (batch[0][0],)) == (1,)
        inner = [number for rows in database.batches("SELECT number FROM note", (), 7) for (number,) in rows]
        assert len(inner) == 25
        seen += [number for (number,) in batch]
        sizes.append(len(batch))
    assert (seen, sizes) == (list(range(3, 26)), [10, 10, 3])
    assert list(database.batches("SELECT number FROM note WHERE number > 99", (), 10)) == []


def test_batches_that_are_left_early_leave_the_connection_usable(database: Database) -> None:
    add(database, *map(str, range(100)))
    for _ in range(3):
        for batch in database.batches("SELECT number FROM note ORDER BY number", (), 10):
            assert len(batch) == 10
            break
    assert database.row("SELECT count(*) FROM note") == (100,)


def test_what_is_left_of_a_library_can_be_read_in_batches(backend: Backend) -> None:
    with backend.change() as database:
        database.add_rows("root", ("path",), [(f"/{n}",) for n in range(25)])
        database.commit()
    remains = backend.remains()
    assert remains is not None
    batches = list(remains.batches("SELECT path FROM root", (), 10))
    assert [len(batch) for batch in batches] == [10, 10, 5]
    remains.close()


def test_the_number_of_changed_rows_is_told(database: Database) -> None:
    add(database, "one", "two", "three")
    assert database.run("UPDATE note SET word = 'more' WHERE number > ?", (1,)) == 2
    assert database.run_many("UPDATE note SET word = ? WHERE number = ?", [("a", 1), ("b", 2), ("c", 9)]) == 2
    assert database.run_many("DELETE FROM note WHERE number = ?", []) == 0
    assert database.run("DELETE FROM note WHERE number = 9") == 0
    database.add_rows("note", ("number", "word"), [])
    assert notes(database) == [(1, "a"), (2, "b"), (3, "more")]


def test_nobody_else_sees_what_is_not_committed_and_a_change_sees_its_own(backend: Backend) -> None:
    reader = backend.open()
    with backend.change() as database:
        put_meta(database, "fields", '{"text": "body"}')
        assert read_meta(database, "fields") == '{"text": "body"}'
        assert read_meta(reader, "fields") is None
        database.commit()
    assert read_meta(reader, "fields") == '{"text": "body"}'
    reader.close()


@pytest.mark.parametrize("end", ["no commit", "error"])
def test_without_a_commit_nothing_is_stored(backend: Backend, end: str) -> None:
    def change() -> None:
        with backend.change() as database:
            put_meta(database, "fields", "{}")
            database.add_rows("root", ("path",), [("/a",)])
            if end == "error":
                raise ZeroDivisionError

    if end == "error":
        with pytest.raises(ZeroDivisionError):
            change()
    else:
        change()
    with backend.snapshot() as database:
        assert read_meta(database, "fields") is None
        assert database.rows("SELECT path FROM root") == []


def test_an_id_is_never_given_twice(backend: Backend) -> None:
    with backend.change() as database:
        assert (database.next_id("version"), database.next_id("passage")) == (1, 1)
        database.keep_last_id("version", 7)
        database.keep_last_id("version", 5)
        database.commit()
    with backend.change() as database:
        assert (database.next_id("version"), database.next_id("passage")) == (8, 1)
        database.keep_last_id("version", 2**40)
    with backend.snapshot() as database:
        assert database.next_id("version") == 8


@pytest.mark.parametrize("text", ["", "The bridge.\n", "NUL \x00 inside\x00", "🌉 \u202e", "x" * 100_000])
def test_a_text_with_any_character_is_packed_and_unpacked(database: Database, text: str) -> None:
    packed = database.pack_text(text)
    assert database.unpack_text(packed) == text


def test_a_text_of_the_wrong_kind_is_damage(database: Database) -> None:
    packed = database.pack_text("A text.")
    other = packed.decode() if isinstance(packed, bytes) else packed.encode()
    assert database.unpack_text(other) is None
    assert database.unpack_text(None) is None


def test_bytes_that_are_no_text_are_damage(database: Database) -> None:
    assert database.unpack_text(b"\xff\xfe half") is None


def test_a_row_that_is_not_what_was_stored_is_damage(backend: Backend) -> None:
    with backend.change() as database:
        put_meta(database, "fields", "{}")
        database.run("UPDATE meta SET value = '{ }' WHERE key = 'fields'")
        with pytest.raises(IndexDamagedError, match="checksum of the fields"):
            read_meta(database, "fields")


@pytest.mark.parametrize("sql", ["SELECT a FROM nowhere", "SELECT nothing FROM meta"])
def test_a_table_or_a_column_that_is_gone_is_damage(backend: Backend, sql: str) -> None:
    with backend.snapshot() as database, pytest.raises(IndexDamagedError):
        database.rows(sql)
    with backend.snapshot() as database, pytest.raises(IndexDamagedError):
        list(database.batches(sql, (), 10))
    reader = backend.open()
    with pytest.raises(IndexDamagedError):
        reader.rows(sql)
    assert reader.row("SELECT count(*) FROM generation") == (1,)
    reader.close()


def test_the_columns_of_a_table_are_told(backend: Backend) -> None:
    with backend.snapshot() as database:
        assert {"key", "value", "checksum"} == database.columns_of("meta")
        assert database.columns_of("nowhere") == set()


def test_a_new_library_has_no_broken_page(backend: Backend) -> None:
    with backend.snapshot() as database:
        assert list(database.broken_pages()) == []
