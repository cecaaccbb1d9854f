"""The command that embeds texts for updates that run on other machines."""

from __future__ import annotations

import signal
from contextlib import closing, contextmanager
from threading import Event
from typing import TYPE_CHECKING, Annotated

import typer

from rag.cli.options import DEFAULT_INDEX, Index, UsageError, progress_lines
from rag.cli.output import tell
from rag.core.plain_text import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rag.core.ports import Embedder, Fingerprint


def work(
    index: Index = DEFAULT_INDEX,
    until_empty: Annotated[bool, typer.Option("--until-empty", help="End when no text waits.")] = False,
) -> None:
    """Embeds texts for updates of a library in a database that run on other machines, until Ctrl-C.

    Any number of machines may do so. Each text is embedded once; the texts of one that is killed are taken by others.
    """
    from rag.ingest.shared_staging import work_on
    from rag.store.store import Store

    with Store.open(index) as store:
        queue = store.backend.embedding_queue()
        if queue is None:
            raise UsageError(
                f"The library in {store.place} lies in a folder, which its own machine updates",
                remedy="name a database: --index postgresql://HOST/NAME?schema=SCHEMA",
            )
        with closing(queue), _stopped_by_signal() as stop, progress_lines("Embedding texts") as show:
            done = work_on(queue, _load, stop, lambda number: show(number, number), until_empty=until_empty)
    tell(f"Embedded {counted(done, 'text')}")


def _load(wanted: Fingerprint) -> Embedder:
    """Loads the embedder that is wanted. Raises EmbedderMismatchError if this machine's has other weights."""
    from rag.core.errors import EmbedderMismatchError
    from rag.models.load_embedder import load_embedder

    embedder = load_embedder(wanted.name)
    if embedder.fingerprint != wanted:
        raise EmbedderMismatchError(
            f"The update wants the embedder {wanted.name} ({wanted.weights_sha256[:12]}), and this machine's differs",
            remedy="install the same release here",
        )
    return embedder


@contextmanager
def _stopped_by_signal() -> Iterator[Event]:
    """An event that is set at Ctrl-C, or when a service manager ends the process: the texts in hand are finished."""
    stop = Event()
    before = {one: signal.signal(one, lambda *_: stop.set()) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
