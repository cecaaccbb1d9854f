"""Serves a real index of the made-up news."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

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
