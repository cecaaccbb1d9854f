"""Shared fixtures (the embedder, a store, a library of the seed article) and the profiles of the property tests."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from rag.core.place import Place
from rag.core.ports import Embedder
from rag.library import Library
from rag.models.load_embedder import load_embedder
from rag.store.store import Store
from tests.places import ROOT, SEEDS, new_schema

if TYPE_CHECKING:
    from tests.postgres.server import PostgresServer

# A shell's background jobs ignore Ctrl-C. Without this line, so would the commands that the tests stop with it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Every run tries the same examples, so a run fails only because of a change. `make test-random` draws other examples.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile(
    "random",
    max_examples=int(os.environ.get("EXAMPLES", "2000")),
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
# Few examples for `make mutants`, which runs the tests once for each mutant.
settings.register_profile("mutants", derandomize=True, deadline=None, max_examples=25)
settings.load_profile("fixed")


LONGEST = ("faults", "browser", "training", "ingest", "contracts", "cli", "formats")
"""The folders with the longest tests. They are begun first, because at the end one worker would wait for the other."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the browser tests and the faults as slow, all of them, and puts the longest tests first."""
    for item in items:
        if _folder(item) in ("browser", "faults"):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: LONGEST.index(_folder(item)) if _folder(item) in LONGEST else len(LONGEST))


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(ROOT / "tests").parts[0]


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Runs the tests with the mark `databases` once with each database, if they have a library that `place` places."""
    mark = metafunc.definition.get_closest_marker("databases")
    if mark is not None and "place" in metafunc.fixturenames:
        metafunc.parametrize("place", mark.args or ("folder", "postgres"), indirect=True)


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """The place of a library that does not exist yet: in a folder, or in PostgreSQL if the test has the mark for it."""
    if getattr(request, "param", "folder") == "folder":
        yield Place(tmp_path / "index")
        return
    with new_schema(request.getfixturevalue("shared_database"), tmp_path / "index") as place:
        yield place


@pytest.fixture
def store(place: Place) -> Iterator[Store]:
    """A new store without articles."""
    with Store.create(place) as store:
        yield store


@pytest.fixture(scope="session")
def seed_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("seed") / "index", create=True) as library:
        library.update(SEEDS)
        yield library


@pytest.fixture(scope="session")
def shared_server() -> Iterator[str]:
    """The URL of the PostgreSQL server that tests share: that of the variable RAG_TEST_POSTGRES, else a new one."""
    named = os.environ.get("RAG_TEST_POSTGRES")
    if named:
        yield named
        return
    from tests.postgres.server import new_server

    with new_server() as server:
        yield server.url


@pytest.fixture(scope="session")
def shared_database(shared_server: str) -> Iterator[str]:
    """The URL of a database in which each library has a schema of its own."""
    from tests.postgres.server import new_database

    with new_database(shared_server) as url:
        yield url


@pytest.fixture
def postgres_url(shared_server: str) -> Iterator[str]:
    """The URL of an empty database."""
    from tests.postgres.server import new_database

    with new_database(shared_server) as url:
        yield url


@pytest.fixture
def own_server() -> Iterator[PostgresServer]:
    """A PostgreSQL server that the test may kill and copy."""
    if os.environ.get("RAG_TEST_POSTGRES"):
        pytest.skip("The server that RAG_TEST_POSTGRES names can't be killed")
    from tests.postgres.server import new_server

    with new_server() as server:
        yield server
