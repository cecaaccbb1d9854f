"""Two servers with one library: each has a folder of its own on its machine, and that folder may be lost."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from rag.core.errors import DatabaseUnreachableError, IndexBusyError, IndexNotWritableError
from rag.core.index_layout import DENSE, LEXICAL
from rag.core.place import Place
from rag.store.store import Store
from tests.faults.test_readers import start_reader, wait_for
from tests.libraries import update as put
from tests.places import ROOT, address_of, place_in
from tests.postgres import turns

pytestmark = pytest.mark.slow

UPDATES = 8
ASK_AS_NOBODY = """
import os, sys
from tests.postgres import turns
with turns.opened(sys.argv[2]) as library:
    turns.turn_of(library)  # imports what another user may not read
if os.getuid() == 0:
    os.setgid(65534), os.setuid(65534)
with turns.opened(sys.argv[1]) as library:
    for line in sys.stdin:
        print(turns.turn_of(library), flush=True)
"""


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return tmp_path / "news"


def at(url: str, folder: Path) -> Place:
    return place_in(url, folder)


def to_turn(place: Place, news: Path, number: int) -> None:
    turns.write_turn(news, number)
    assert turns.update(place, news).generation == number


def test_the_next_question_elsewhere_is_answered_from_the_new_generation(
    postgres_url: str, tmp_path: Path, news: Path
) -> None:
    one, two = (at(postgres_url, tmp_path / name) for name in ("one", "two"))
    to_turn(one, news, 1)
    with turns.opened(one) as here, turns.opened(two) as there:
        for number in range(2, 6):
            to_turn((one, two)[number % 2], news, number)
            assert turns.turn_of(there) == turns.turn_of(here) == number
            assert there.status().generation == number
        cited = there.answer("Which turn of the tide is it?").citations[0]
        here.verify(here.answer("Which turn of the tide is it?"))
        assert here.article(cited.article_id, cited.content_hash).text[cited.start : cited.end] == cited.quote
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news", "one", "two"]
    assert (tmp_path / "two" / DENSE).exists()
    assert not (tmp_path / "two" / "library.sqlite").exists()


def test_an_update_here_excludes_one_there_and_is_named(postgres_url: str, tmp_path: Path, news: Path) -> None:
    one, two = (at(postgres_url, tmp_path / name) for name in ("one", "two"))
    to_turn(one, news, 1)
    with Store.open(one) as here, Store.open(two) as there, here.lock(0):
        assert there.backend.held_since() is not None
        with pytest.raises(IndexBusyError, match=rf"Process {os.getpid()} on \S+ has been updating"), there.lock(0.2):
            pytest.fail("two hold the lock")


def test_who_lost_the_lock_with_its_connection_changes_nothing(postgres_url: str, tmp_path: Path, news: Path) -> None:
    place = at(postgres_url, tmp_path / "one")
    to_turn(place, news, 1)
    with Store.open(place) as store, store.lock(0):
        put(store, a="Before.\n")
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'rag_update%'"
            )
        with Store.open(at(postgres_url, tmp_path / "two")) as other, other.lock(20):
            put(other, b="By another.\n")
            with pytest.raises(DatabaseUnreachableError):
                put(store, c="Without the right.\n")
        assert store.generation == 3


def delete(folder: Path) -> None:
    shutil.rmtree(folder)


def delete_dense(folder: Path) -> None:
    shutil.rmtree(folder / DENSE)


def damage(folder: Path) -> None:
    for path in (*(folder / DENSE).iterdir(), *(folder / LEXICAL).iterdir()):
        if path.is_file():
            # Another file takes its place: one that is open and mapped must not get shorter.
            (folder / "damaged").write_bytes(b"\0" * path.stat().st_size)
            (folder / "damaged").replace(path)


def take_that_of_another_library(folder: Path) -> None:
    with Store.create(folder.parent / "another") as store:
        turns.write_turn(folder.parent / "other news", 7)
        turns.update(store.place, folder.parent / "other news")
    shutil.rmtree(folder)
    (folder.parent / "another").rename(folder)
    (folder / "library.sqlite").unlink()


@pytest.mark.parametrize("harm", [delete, delete_dense, damage, take_that_of_another_library])
@pytest.mark.parametrize("opened", [True, False])
def test_a_folder_that_was_lost_or_damaged_is_made_again(
    postgres_url: str, tmp_path: Path, news: Path, harm: Callable[[Path], None], opened: bool
) -> None:
    one, two = (at(postgres_url, tmp_path / name) for name in ("one", "two"))
    to_turn(one, news, 1)
    with turns.opened(two) as there:
        assert turns.turn_of(there) == 1
        if opened:
            harm(two.folder)
            assert turns.turn_of(there) == 1
            to_turn(one, news, 2)
            assert turns.turn_of(there) == 2
    if not opened:
        harm(two.folder)
        to_turn(one, news, 2)
    with turns.opened(two) as again:
        assert turns.turn_of(again) == 2
    to_turn(two, news, 3)
    with turns.opened(one) as here:
        assert turns.turn_of(here) == 3


def test_a_folder_that_cannot_be_made_is_one_clear_error(postgres_url: str, tmp_path: Path, news: Path) -> None:
    to_turn(at(postgres_url, tmp_path / "one"), news, 1)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(IndexNotWritableError, match="for this machine's search indexes"):
        Store.open(at(postgres_url, tmp_path / "file" / "index"))


@pytest.mark.skipif(os.name != "posix", reason="permissions are another matter there")
@pytest.mark.parametrize("before", ["empty", "filled"])
def test_a_folder_that_cannot_be_written_to_costs_no_answer(
    postgres_url: str, tmp_path: Path, news: Path, before: str
) -> None:
    one = at(postgres_url, tmp_path / "one")
    to_turn(one, news, 1)
    # Other users can't open pytest's folders.
    with tempfile.TemporaryDirectory(prefix="rag-read-only-") as public:
        Path(public).chmod(0o755)
        place = at(postgres_url, Path(public, "index"))
        place.folder.mkdir()
        if before == "filled":
            with turns.opened(place) as library:
                assert turns.turn_of(library) == 1
        place.folder.chmod(0o555)
        command = [sys.executable, "-c", ASK_AS_NOBODY, address_of(place), address_of(one)]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])}
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for number in (1, 2, 3):
                if number > 1:
                    to_turn(one, news, number)
                process.stdin.write("?\n")
                process.stdin.flush()
                assert process.stdout.readline() == f"{number}\n"
            process.stdin.close()
        place.folder.chmod(0o755)


def test_two_processes_share_one_folder(postgres_url: str, tmp_path: Path, news: Path) -> None:
    place, stop = at(postgres_url, tmp_path / "index"), tmp_path / "stop"
    to_turn(place, news, 1)
    begun = [tmp_path / f"begun{number}" for number in range(2)]
    readers = [start_reader(Path(address_of(place)), stop, file) for file in begun]
    try:
        wait_for(begun)
        for number in range(2, UPDATES + 1):
            to_turn(place, news, number)
    finally:
        stop.touch()
    for reader in readers:
        seen, wrong = json.loads(reader.communicate(timeout=60)[0])
        assert wrong == []
        assert seen == sorted(seen)
        assert len(set(seen)) > 1
