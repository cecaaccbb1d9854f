"""The update lock, with a real second process that holds it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rag.core.errors import IndexBusyError, IndexNotWritableError
from rag.core.index_layout import HOLDER
from rag.store.update_lock import held_since, update_lock
from tests.remedies import raises_mended_by

HOLD = """
import sys, time
from pathlib import Path
from rag.store.update_lock import update_lock
with update_lock(Path(sys.argv[1]), 5):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_the_second_is_told_who_holds_it_and_since_when(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    begun = time.monotonic()
    message = rf"Process {holder.pid} has been updating .* since \d{{4}}-.*try again"
    with pytest.raises(IndexBusyError, match=message), update_lock(tmp_path, 0.2):
        pytest.fail("two hold the lock")
    assert time.monotonic() - begun >= 0.2


def test_the_second_waits_and_gets_it(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    threading.Timer(0.3, holder.terminate).start()
    with update_lock(tmp_path, 20):
        assert str(os.getpid()) in (tmp_path / HOLDER).read_text()


@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL there")
def test_a_holder_that_was_killed_holds_nothing(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    assert (tmp_path / HOLDER).exists()
    with update_lock(tmp_path, 0):
        pass
    assert not (tmp_path / HOLDER).exists()


def test_since_when_an_update_is_under_way_is_told_until_it_ends(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    since = held_since(tmp_path)
    assert since is not None
    assert since == json.loads((tmp_path / HOLDER).read_bytes())["started"]
    assert abs(datetime.now().astimezone() - datetime.fromisoformat(since)) < timedelta(minutes=1)
    holder.kill()
    holder.wait()
    assert held_since(tmp_path) is None
    assert not (tmp_path / HOLDER).exists()
    with update_lock(tmp_path, 0):
        assert held_since(tmp_path) is not None
    assert held_since(tmp_path) is None


def test_threads_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work() -> None:
        for _ in range(5):
            with update_lock(tmp_path, 20):
                inside.append(1)
                most.append(len(inside))
                time.sleep(0.001)
                inside.pop()

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 15


def test_an_error_inside_frees_the_lock(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), update_lock(tmp_path, 0):
        raise ZeroDivisionError
    with update_lock(tmp_path, 0):
        pass


def test_a_holder_that_can_not_be_told_is_another_process(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    (tmp_path / HOLDER).write_text("half a li")
    with pytest.raises(IndexBusyError, match="Another process is updating"), update_lock(tmp_path, 0):
        pass


@pytest.mark.parametrize("where", ["file", "file/index"])
def test_a_folder_that_cannot_be_written_to_is_one_clear_error(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("in the way")
    with raises_mended_by("choose_index", IndexNotWritableError), update_lock(tmp_path / where, 1):
        pass
