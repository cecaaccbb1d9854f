"""Undoes the last update: what it added goes, and what it changed or removed is as it was before."""

from __future__ import annotations

from collections.abc import Sequence

from rag.core.errors import UndoError
from rag.core.ports import Embedder
from rag.core.reports import UpdateReport
from rag.core.settings import DEFAULTS, UpdateSettings
from rag.formats.file_types import file_of
from rag.ingest.by_hand.commit import commit
from rag.ingest.load import Intake
from rag.ingest.shared_staging import staging_of
from rag.store.change import Change
from rag.store.snapshot import Former
from rag.store.store import Store


def undo_update(
    store: Store, update: UpdateReport, embedder: Embedder, *, updates: UpdateSettings = DEFAULTS.updates
) -> UpdateReport:
    """Undoes an update, as one new generation with the articles of the generation before it.

    Files are not touched, so the next update takes them in again, unless they are as they were before by then.

    Args:
        store: The store.
        update: The report of the update.
        embedder: Embeds passages whose vectors the store no longer has.
        updates: Seconds to wait for another update to end.

    Returns:
        The paths that came back, that are as they were before, and that went.

    Raises:
        UndoError: If anything changed since that update.
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If the folder can't be written.
    """
    with store.lock(updates.wait_seconds), staging_of(store.backend) as staging:
        store.check_embedder(embedder.fingerprint)
        before = update.before
        if before is None or store.generation != update.generation:
            raise UndoError(
                "The library changed since this update", remedy="withdraw the articles that answers must not quote"
            )
        with store.snapshot() as snapshot:
            former = list(snapshot.former(before))
        paths = {article_id: path for path, (article_id, _) in store.files().items()}
        with store.begin_update() as change:
            report = _go_back(change, former, paths, Intake(change, embedder, staging))
            done = commit(store, change)
        staging.discard()
    return done.model_copy(update={"before": update.generation, **report})


def _go_back(
    change: Change, former: Sequence[Former], paths: dict[str, str], intake: Intake
) -> dict[str, tuple[str, ...]]:
    """Makes all articles what they were. `paths` has the present path of each article by its id.

    Returns:
        The fields of the report.
    """
    gone = [paths[one.id] for one in former if one.article is None and one.id in paths]
    # Those that came go first, so that no path is taken when another article comes back to it.
    for one in former:
        if one.article is None and one.id in paths:
            change.remove_article(one.id)
    there = [(one, one.article) for one in former if one.article is not None]
    for one, article in there:
        if paths.get(one.id, article.path) != article.path:
            change.rename_article(one.id, article.path)
    intake.put_back((article, one.file_hash) for one, article in there if not one.has_its_text)
    # A file of many articles is read again by the next update, whatever its signature says.
    change.files.forget_signatures({file_of(path) for path in (*gone, *(article.path for _, article in there))})
    back = [article.path for one, article in there if one.id not in paths]
    changed = [article.path for one, article in there if one.id in paths]
    return {"added": tuple(sorted(back)), "changed": tuple(sorted(changed)), "removed": tuple(sorted(gone))}
