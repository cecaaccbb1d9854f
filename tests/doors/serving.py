"""Serves a real index of the made-up news, or a folder of two collections of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from rag.collections.folder import Collections
from rag.doors.server import Address, start
from rag.library import Library
from tests.verification.archive import build


@dataclass(frozen=True)
class Served:
    """A library, its address, and a client without a token."""

    library: Library
    url: str
    http: httpx.Client
    folder: Path


@contextmanager
def serving(folder: Path, address: Address | None = None) -> Iterator[Served]:
    """Builds a library in a folder, if there is none yet, and serves it on a free port."""
    library = Library.open(folder / "index") if (folder / "index").exists() else build(folder)
    with library:
        running = start(library, address or Address(port=0))
        with httpx.Client(base_url=running.url, timeout=60) as http:
            yield Served(library, running.url, http, folder)
        running.close()


@dataclass(frozen=True)
class ServedCollections:
    """Collections, their folder, their address, and a client without a token."""

    collections: Collections
    folder: Path
    url: str
    http: httpx.Client


@contextmanager
def serving_collections(folder: Path, built: Path) -> Iterator[ServedCollections]:
    """Serves a copy of the collections that `tests.collections.archive.build` made on a free port."""
    shutil.copytree(built, folder, dirs_exist_ok=True)
    with Collections.open(folder) as collections:
        running = start(collections, Address(port=0))
        with httpx.Client(base_url=running.url, timeout=60) as http:
            yield ServedCollections(collections, folder, running.url, http)
        running.close()
