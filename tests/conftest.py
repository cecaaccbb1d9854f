"""Real parts, made once: the embedder, and a library over the seed article."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.ports import Embedder
from rag.library import Library
from rag.models.load_embedder import load_embedder

# A shell's background jobs ignore Ctrl-C, and so would the commands that the tests stop by it.
signal.signal(signal.SIGINT, signal.default_int_handler)

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    return load_embedder()


@pytest.fixture(scope="session")
def seed_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("seed") / "index", create=True) as library:
        library.update(SEEDS)
        yield library
