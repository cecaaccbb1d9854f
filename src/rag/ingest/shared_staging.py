"""Embeds the texts of an update of a library in PostgreSQL, together with all machines that run `rag work`."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from threading import Event

from rag.core.ports import Embedder, Fingerprint, Vectors
from rag.ingest.embed_texts import TEXTS_AT_ONCE, Embedded, Work, embed_texts, vectors_of
from rag.ingest.staged_vectors import Staging
from rag.store.backend import Backend, EmbeddingQueue

_PAUSE = 0.1
"""Seconds between two looks at what other machines have made."""
_IDLE = 1.0
"""Seconds between two looks for texts, if none wait."""


class SharedStaging:
    """Vectors of an unfinished update, in the library's database. See `rag.ingest.staged_vectors.Staging`."""

    def __init__(self, queue: EmbeddingQueue) -> None:
        self._queue = queue

    def vectors(self, text_hashes: Iterable[bytes]) -> dict[bytes, Vectors]:
        """See `Staging.vectors`."""
        return self._queue.vectors(text_hashes)

    def embed(self, embedder: Fingerprint, texts: Mapping[bytes, str], work: Work) -> Iterator[Embedded]:
        """See `Staging.embed`. Other machines may embed some of the texts meanwhile."""
        self._queue.add(embedder, texts)
        open_texts = dict(texts)
        while open_texts:
            done: Embedded = {}
            with self._queue.claim(embedder, TEXTS_AT_ONCE) as claim:
                if claim.texts:
                    done = work(claim.texts)
                    claim.vectors |= vectors_of(done)
            done |= self._queue.vectors(h for h in open_texts if h not in done)
            for text_hash in self._queue.failed(h for h in open_texts if h not in done):
                done |= work({text_hash: texts[text_hash]})  # this machine knows why, and can tell it
            if done:
                yield {h: vector for h, vector in done.items() if h in open_texts}
            elif open_texts:
                time.sleep(_PAUSE)
            open_texts = {h: text for h, text in open_texts.items() if h not in done}

    def discard(self) -> None:
        """See `Staging.discard`."""
        self._queue.clear()

    def __enter__(self) -> SharedStaging:
        return self

    def __exit__(self, *_: object) -> None:
        self._queue.close()


AnyStaging = Staging | SharedStaging
"""What keeps the vectors of an unfinished update: a file, or the library's database."""


def staging_of(backend: Backend) -> AnyStaging:
    """What keeps the vectors of an update of a library. The caller must hold the update lock."""
    queue = backend.embedding_queue()
    return Staging(backend.place.folder) if queue is None else SharedStaging(queue)


def work_on(
    queue: EmbeddingQueue,
    load: Callable[[Fingerprint], Embedder],
    stop: Event,
    progress: Callable[[int], None] = lambda done: None,
    *,
    until_empty: bool = False,
) -> int:
    """Embeds texts that updates of any machine want, until it is told to stop.

    Args:
        queue: The queue of the library.
        load: Loads the embedder of a fingerprint.
        stop: Ends the work when it is set, after the texts in hand.
        progress: Called with the number of texts embedded so far.
        until_empty: Whether to end when no text waits.

    Returns:
        The number of texts embedded.

    Raises:
        EmbedderMismatchError: If this machine's embedder is not the one that is wanted.
        DatabaseUnreachableError: If the connection is lost. What was in hand waits again.
    """
    done, embedders = 0, dict[Fingerprint, Embedder]()
    while not stop.is_set():
        found = False
        for wanted in queue.wanted():
            if wanted not in embedders:
                embedders[wanted] = load(wanted)
            with queue.claim(wanted, TEXTS_AT_ONCE) as claim:
                claim.vectors |= vectors_of(embed_texts(embedders[wanted], claim.texts))
            done += len(claim.vectors)
            found = found or bool(claim.texts)
            progress(done)
        if not found:
            if until_empty:
                break
            stop.wait(_IDLE)
    return done
