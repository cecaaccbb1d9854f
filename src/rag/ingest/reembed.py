"""Embeds a library with another model: the stored articles are split and embedded anew, in one new generation.

The generation before serves until that is committed; open libraries then take up the new model with it.
"""

from __future__ import annotations

from rag.core.ports import Embedder
from rag.core.settings import DEFAULTS
from rag.indexes.derive import refresh_files
from rag.ingest.load import Intake, Progress
from rag.ingest.staged_vectors import Staging
from rag.store.store import Store
from rag.store.update_lock import update_lock


def reembed_library(
    store: Store,
    embedder: Embedder,
    *,
    progress: Progress | None = None,
    timeout: float = DEFAULTS.updates.wait_seconds,
) -> bool:
    """Whether there was anything to do: False where the library's vectors are of this embedder, or it has none.

    After an interrupt the library is as it was, and the next call goes on from there. Waits up to `timeout` seconds
    for an update to end. Raises IndexBusyError or IndexNotWritableError.
    """
    with update_lock(store.folder, timeout):
        if store.fingerprint in (None, embedder.fingerprint):
            return False
        summaries = store.articles()
        with Staging(store.folder) as staging:
            with store.begin_update() as change:
                articles = (store.article(summary.id) for summary in summaries)
                Intake(change, embedder, staging, progress).take_again(articles, len(summaries))
                change.set_fingerprint(embedder.fingerprint)
                change.commit()
            staging.discard()
        refresh_files(store)
        return True
