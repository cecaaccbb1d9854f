"""Fixtures of the contract suites of databases."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.place import Place
from rag.store.backend import Backend
from rag.store.backends import backend_of
from tests.places import new_schema


@pytest.fixture
def backend(place: Place) -> Backend:
    """A library that does not exist yet."""
    return backend_of(place)


@pytest.fixture
def other(request: pytest.FixtureRequest, place: Place, tmp_path: Path) -> Iterator[Backend]:
    """A library that does not exist yet, in the other kind of database."""
    if place.database is not None:
        yield backend_of(tmp_path / "other")
        return
    with new_schema(request.getfixturevalue("shared_database"), tmp_path / "other") as there:
        yield backend_of(there)
