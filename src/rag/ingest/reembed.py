"""Embeds a library with another model: splits and embeds the stored articles again, in one new generation.

The generation before serves until the commit. Open libraries then load the new model with it.
"""

from __future__ import annotations

from rag.core.ports import Embedder
from rag.core.settings import DEFAULTS
from rag.indexes.derive import refresh_files
from rag.ingest.load import Intake, Progress
from rag.ingest.shared_staging import staging_of
from rag.store.store import Store


def reembed_library(
    store: Store,
    embedder: Embedder,
    *,
    progress: Progress | None = None,
    timeout: float = DEFAULTS.updates.wait_seconds,
) -> bool:
    """Embeds a library again if its vectors are of another embedder.

    After an interrupt the library is as it was, and the next call uses the vectors made so far.

    Args:
        store: The store.
        embedder: The new embedder.
        progress: Called with the number of passages embedded.
        timeout: Seconds to wait for another update to end.

    Returns:
        False if the library has no vectors, or has vectors of this embedder already.

    Raises:
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If the folder can't be written.
    """
    with store.lock(timeout):
        if store.fingerprint in (None, embedder.fingerprint):
            return False
        summaries = store.articles()
        with staging_of(store.backend) as staging:
            with store.begin_update() as change:
                articles = (store.article(summary.id) for summary in summaries)
                Intake(change, embedder, staging, progress).take_again(articles, len(summaries))
                change.set_fingerprint(embedder.fingerprint)
                change.commit()
            staging.discard()
        refresh_files(store)
        return True
