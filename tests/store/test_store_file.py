"""The store's file: created, opened, damaged, of a newer format, not writable."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from rag.core.errors import (
    IndexDamagedError,
    IndexFormatError,
    IndexMissingError,
    IndexNotWritableError,
    RagError,
)
from rag.core.index_layout import store_path
from rag.core.ports import as_ids
from rag.store.sqlite.connection import SqliteConnection
from rag.store.store import Store
from tests.libraries import FINGERPRINT, update
from tests.remedies import raises_mended_by


def test_a_library_is_there_after_it_is_closed_and_opened(tmp_path: Path) -> None:
    assert Store.exists(tmp_path) is False
    with Store.create(tmp_path) as store:
        update(store, a="One.\n")
    assert Store.exists(tmp_path) is True
    with Store.create(tmp_path) as store:  # What is there is kept.
        assert (store.generation, store.fingerprint) == (1, FINGERPRINT)
    with Store.open(tmp_path) as store:
        assert store.passages(as_ids([1]))[0].text == "One."


@pytest.mark.parametrize("left", [None, b""])
def test_no_library_is_one_error_that_names_the_command(tmp_path: Path, left: bytes | None) -> None:
    if left is not None:
        store_path(tmp_path).write_bytes(left)
    with raises_mended_by("build", IndexMissingError):
        Store.open(tmp_path)


def test_a_making_that_was_cut_short_is_made_good(tmp_path: Path) -> None:
    connection = sqlite3.connect(store_path(tmp_path))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    with pytest.raises(IndexMissingError):
        Store.open(tmp_path)
    with Store.create(tmp_path) as store:
        assert store.generation == 0


def test_a_newer_format_is_one_clear_error(store: Store) -> None:
    connection = sqlite3.connect(store_path(store.folder))
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(IndexFormatError, match="newer release"):
        Store.open(store.folder)


def test_what_is_no_library_is_damage(tmp_path: Path) -> None:
    store_path(tmp_path).write_bytes(b"This is not a database. " * 1000)
    with raises_mended_by("rebuild_from_articles", IndexDamagedError):
        Store.open(tmp_path)
    store_path(tmp_path).unlink()
    connection = sqlite3.connect(store_path(tmp_path))
    connection.execute("CREATE TABLE other (a)")
    connection.close()
    with pytest.raises(IndexDamagedError, match="is not a library"):
        Store.create(tmp_path)


def test_a_schema_that_is_no_text_any_more_is_damage(store: Store) -> None:
    store.close()
    content = store_path(store.folder).read_bytes()
    store_path(store.folder).write_bytes(content.replace(b"key TEXT PRIMARY", b"key TEXT PRIM\xd4RY"))
    with raises_mended_by("rebuild_from_articles", IndexDamagedError):
        Store.open(store.folder)


def read_everything(folder: Path) -> object:
    """Reads everything that an answer can use, for comparison."""
    with Store.open(folder) as store:
        with store.snapshot() as snapshot:
            vectors = [(ids.tolist(), batch.tolist()) for ids, batch in snapshot.vectors(since=0)]
            texts = [(ids.tolist(), batch) for ids, batch in snapshot.texts(since=0)]
        ids = as_ids([passage_id for batch, _ in vectors for passage_id in batch])
        if store.counts()[1] != len(ids):
            raise IndexDamagedError("some passages are missing, as rag.indexes.derive would say")
        passages = store.passages(ids, store.generation)
        summaries = store.articles()
        articles = [store.article(summary.id) for summary in summaries]
        return vectors, texts, passages, summaries, articles, store.fingerprint, store.counts(), store.generation


@pytest.mark.slow
def test_a_flipped_bit_is_an_error_and_never_another_answer(tmp_path: Path) -> None:
    with Store.create(tmp_path / "index") as store:
        update(store, **{f"file{n}": f"Sentence {n} of it.\nAnother {n}.\n" * 5 for n in range(20)})
        update(store, file3="Changed.\n", file4=None)
    whole = store_path(tmp_path / "index").read_bytes()
    expected = read_everything(tmp_path / "index")
    noticed = 0
    for position in random.Random(7).sample(range(len(whole)), 300):
        flipped = bytearray(whole)
        flipped[position] ^= 1 << (position % 8)
        store_path(tmp_path / "index").write_bytes(flipped)
        try:
            assert read_everything(tmp_path / "index") == expected, position
        except RagError:
            noticed += 1
    assert noticed > 40  # not every change is noticed, because `read_everything` does not read what only updates read


def test_an_update_does_not_make_a_damaged_row_good(store: Store) -> None:
    update(store, a="One.\n")
    connection = sqlite3.connect(store_path(store.folder))
    with connection:
        connection.execute("UPDATE version SET title = 'Another title'")
    connection.close()
    with raises_mended_by("rebuild_from_articles", IndexDamagedError):
        update(store, a="Changed.\n")
    assert store.generation == 1


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_is_an_error(tmp_path: Path, share: float) -> None:
    with Store.create(tmp_path) as store:
        update(store, **{f"file{n}": f"Sentence {n} of it.\n" * 20 for n in range(20)})
    os.truncate(store_path(tmp_path), int(store_path(tmp_path).stat().st_size * share))
    with raises_mended_by("rebuild_from_articles", IndexDamagedError):
        read_everything(tmp_path)


def test_a_folder_that_cannot_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with raises_mended_by("choose_index", IndexNotWritableError):
        Store.create(tmp_path / "file" / "index")
    with raises_mended_by("choose_index", IndexNotWritableError):
        Store.create(tmp_path / "file")


READ_AS_NOBODY = """
import os, sys
from pathlib import Path
from rag.core.errors import IndexNotWritableError
from rag.core.ports import as_ids
from rag.store.store import Store
if os.getuid() == 0:
    os.setgid(65534), os.setuid(65534)
with Store.open(Path(sys.argv[1])) as store:
    print(store.generation, store.passages(as_ids([1]))[0].text)
    try:
        with store.begin_update():
            print("writable")
    except IndexNotWritableError as error:
        print("refused:", error)
"""


def test_a_folder_that_cannot_be_written_to_can_be_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    if os.name != "posix":
        pytest.skip("permissions are another matter there")
    folder = Path(tmp_path_factory.mktemp("public"))
    with Store.create(folder / "index") as store:
        update(store, a="One.\n")
    # Other users can't open pytest's folders, so the child gets a folder that they can open.
    public = Path(shutil.move(folder / "index", Path(tempfile.gettempdir(), f"rag-read-only-{os.getpid()}")))
    try:
        store_path(public).chmod(0o444)
        public.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_AS_NOBODY, str(public)], capture_output=True, text=True, check=False
        )
        assert done.stdout.startswith("1 One.\nrefused: "), done.stdout + done.stderr
    finally:
        public.chmod(0o755)
        shutil.rmtree(public)


def test_a_store_that_cannot_be_opened_for_the_moment_is_not_taken_for_a_read_only_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.create(tmp_path / "index") as store:
        update(store, a="One.\n")
    opened = []

    class FailsOnce(SqliteConnection):
        def __init__(self, path: Path, options: str = "mode=rw") -> None:
            opened.append(options)
            if len(opened) == 1:
                raise IndexNotWritableError("unable to open database file", remedy="try again")
            super().__init__(path, options)

    monkeypatch.setattr("rag.store.sqlite.file_format.SqliteConnection", FailsOnce)
    with pytest.raises(IndexNotWritableError):  # a connection to a file that nobody changes would see no update
        Store.open(tmp_path / "index")
    assert opened == ["mode=rw"]
