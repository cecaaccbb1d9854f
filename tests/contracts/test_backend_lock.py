"""Contract tests of the locks and changes of `rag.store.backend.Backend`, with real processes that are killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta

import pytest

from rag.core.errors import (
    IndexBusyError,
)
from rag.core.index_layout import REBUILD
from rag.store.backend import Backend
from rag.store.backends import backend_of
from rag.store.rows import put_meta
from rag.store.store import Store
from tests.libraries import assert_intact, update
from tests.places import address_of

pytestmark = pytest.mark.databases


HOLD = """
import sys, time
from rag.store.backends import backend_of
with backend_of(sys.argv[1]).lock(5):
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def holder(backend: Backend) -> Iterator[subprocess.Popen[str]]:
    """Runs another process that holds the update lock."""
    command = [sys.executable, "-c", HOLD, address_of(backend.place)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


@pytest.mark.slow
def test_one_change_excludes_another(backend: Backend) -> None:
    backend.create()
    with backend.change() as first:
        put_meta(first, "fields", "{}")
        with pytest.raises(IndexBusyError), backend_of(backend.place).change() as second:
            put_meta(second, "fields", '{"text": "body"}')
        first.commit()
    with Store.open(backend.place) as store:
        assert store.fields() == {}


def test_changes_of_several_threads_follow_one_another(backend: Backend) -> None:
    errors: list[BaseException] = []
    with Store.create(backend.place) as store:

        def work(name: str) -> None:
            try:
                for number in range(5):
                    update(store, **{f"{name}{number}": f"{name} {number}.\n"})
            except BaseException as error:
                errors.append(error)

        threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert errors == []
        assert (store.generation, store.counts()) == (15, (15, 15))
    assert_intact(backend.place)


def test_the_lock_excludes_other_processes_and_names_the_one_that_holds_it(backend: Backend) -> None:
    backend.create()
    with holder(backend) as process:
        message = rf"Process {process.pid}( on \S+)? has been updating .* since \d{{4}}-.*try again"
        with pytest.raises(IndexBusyError, match=message) as caught, backend.lock(0.2):
            pytest.fail("two hold the lock")
        assert backend.place.name in str(caught.value)
        since = backend.held_since()
        assert since is not None
        assert abs(datetime.now().astimezone() - datetime.fromisoformat(since)) < timedelta(minutes=1)
        assert backend.is_unfinished()
        threading.Timer(0.3, process.terminate).start()
        with backend.lock(20):
            own = backend.held_since()
            assert own is not None
            assert own >= since
    assert backend.held_since() is None
    assert not backend.is_unfinished()


def test_the_lock_ends_with_the_process_that_holds_it(backend: Backend) -> None:
    backend.create()
    with holder(backend) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with backend.lock(20):
            pass
    with backend.lock(0):
        pass
    assert backend.held_since() is None


def test_the_lock_excludes_threads_of_the_same_process_and_an_error_frees_it(backend: Backend) -> None:
    backend.create()
    with backend.lock(0):
        for again in (backend, backend_of(backend.place)):
            with pytest.raises(IndexBusyError, match=str(os.getpid())), again.lock(0):
                pytest.fail("two hold the lock")
    with pytest.raises(ZeroDivisionError), backend.lock(0):
        raise ZeroDivisionError
    with backend.lock(0):
        pass


def test_the_time_of_waiting_is_no_time_of_updating(backend: Backend) -> None:
    backend.create()
    with ExitStack() as held:
        held.enter_context(backend.lock(0))
        threading.Timer(1.5, held.close).start()
        begun = datetime.now().astimezone()
        with backend_of(backend.place).lock(20):
            since = backend.held_since()
    assert since is not None
    assert datetime.fromisoformat(since) >= begun + timedelta(seconds=0.5)


def test_the_lock_of_one_library_is_none_of_another(backend: Backend) -> None:
    backend.create()
    beside = backend.beside(REBUILD)
    beside.create()
    with backend.lock(0), beside.lock(0):
        assert beside.held_since() is not None
    assert beside.held_since() is None
    beside.remove()
