"""An index of an older release is brought up to date in place: same articles, same vectors, nothing read again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from rag.core.errors import IndexDamagedError, IndexFormatError
from rag.core.index_layout import store_path
from rag.core.ports import as_ids
from rag.store.known_files import Withdrawal
from rag.store.sqlite.backup import verify_library
from rag.store.sqlite.file_format import FORMAT
from rag.store.sqlite.upgrade import upgrade_file
from rag.store.store import Store
from tests.libraries import update
from tests.older_formats import OLDER, make_older
from tests.remedies import raises_mended_by

DUMP = Path(__file__).parent / "index-0.1.0.sql"
CLOSED = "The bridge over the Lune closed on Monday.\nIt is 90 years old.\n"


@pytest.fixture(params=OLDER, ids=list(OLDER))
def older(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An index folder of an older format."""
    with closing(sqlite3.connect(store_path(tmp_path))) as connection:
        connection.executescript(DUMP.read_text("utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")
    make_older(tmp_path, request.param)
    return tmp_path


def user_version(folder: Path) -> int:
    with closing(sqlite3.connect(store_path(folder))) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def vectors(folder: Path) -> list[bytes]:
    with closing(sqlite3.connect(store_path(folder))) as connection:
        return [row[0] for row in connection.execute("SELECT vector FROM vector ORDER BY passage_id")]


def test_an_older_index_opens_and_has_all_that_it_had(older: Path) -> None:
    before = vectors(older)
    with Store.open(older) as store:
        assert (store.generation, store.counts()) == (2, (2, 4))
        assert store.roots() == [Path("/news")]
        articles = {summary.path: store.article(summary.id) for summary in store.articles()}
        assert sorted(articles) == ["/news/bridge.txt", "/news/copy.txt"]
        bridge = articles["/news/bridge.txt"]
        assert (bridge.title, bridge.published, bridge.source, bridge.language) == (
            "The bridge",
            "2024-04",
            "The Gazette",
            None,
        )
        assert (bridge.section, bridge.fields) == (None, ())
        assert [edition.state for edition in store.editions(bridge.id)] == ["replaced", "current"]
        assert store.article(bridge.id, store.editions(bridge.id)[0].content_hash).text == CLOSED
        with store.snapshot() as snapshot:
            ids = snapshot.ids()
        assert store.vectors(ids).shape == (4, 4)
        assert store.passages(as_ids(ids[:1]))[0].text == "The bridge over the Lune closed on Monday."
    assert user_version(older) == FORMAT
    assert vectors(older) == before, "something was embedded again"
    assert verify_library(store_path(older)).articles == 2


def test_an_older_index_goes_on_with_updates(older: Path) -> None:
    with Store.open(older) as store, store.begin_update() as change:
        change.rename_article(change.identify("/news/copy.txt"), "/news/other.txt")
        assert change.commit() == 3
    with Store.open(older) as store:
        assert sorted(summary.path for summary in store.articles()) == ["/news/bridge.txt", "/news/other.txt"]


def test_articles_of_an_older_index_can_be_withdrawn(older: Path) -> None:
    with Store.open(older) as store, store.begin_update() as change:
        assert store.withdrawals() == []
        bridge = change.identify("/news/bridge.txt")
        change.files.withdraw([Withdrawal(bridge, "/news/bridge.txt", "0" * 64, "The bridge", "2025-06-01T12:00:00")])
        change.remove_article(bridge)
        change.commit()
        assert [entry.path for entry in store.withdrawals()] == ["/news/bridge.txt"]
    assert verify_library(store_path(older)).articles == 1


def test_copies_are_found_in_an_index_that_did_not_know_them(store: Store) -> None:
    update(store, one=CLOSED, other=CLOSED, third="A fire destroyed the Halton mill.\n")
    store.close()
    make_older(store.folder)
    with Store.open(store.folder) as again:
        groups = {summary.path: again.article(summary.id).group for summary in again.articles()}
    assert groups["one"] == groups["other"] != groups["third"]


def test_damage_is_not_made_good_by_bringing_an_index_up_to_date(older: Path) -> None:
    with closing(sqlite3.connect(store_path(older))) as connection, connection:
        connection.execute("UPDATE version SET title = 'Forged'")
    before = user_version(older)
    with raises_mended_by("rebuild_from_articles", IndexDamagedError):
        Store.open(older)
    assert user_version(older) == before


def test_an_interrupt_leaves_the_older_format(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = user_version(older)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("rag.store.sqlite.upgrade._group_copies", stop)
        patched.setattr("rag.store.sqlite.upgrade._add_columns", stop)
        upgrade_file(store_path(older))
    assert user_version(older) == before
    Store.open(older).close()
    assert user_version(older) == FORMAT


def test_an_older_index_that_cannot_be_written_says_so(older: Path) -> None:
    (older / "update.lock").mkdir()
    with pytest.raises(IndexFormatError, match="can't be written"):
        Store.open(older)
