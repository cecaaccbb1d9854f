"""Brings a library up to date with files and folders: what changed is read and embedded; what is long, in batches."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from rag.core.ports import Embedder
from rag.core.reports import FileStep, Skipped, UpdateReport
from rag.formats.file_types import file_of
from rag.indexes.derive import refresh_files
from rag.ingest.batches import BATCH_PASSAGES, Batches
from rag.ingest.changes import Changes, Known, compare
from rag.ingest.file_progress import OnFile
from rag.ingest.file_reader import FileReader
from rag.ingest.load import Intake, Progress
from rag.ingest.records import Contents, look_into
from rag.ingest.scan import Scan, scan_roots
from rag.ingest.staged_vectors import Staging
from rag.store.change import Change
from rag.store.store import Store
from rag.store.update_lock import update_lock

_log = logging.getLogger(__name__)


def update_library(
    store: Store,
    paths: Sequence[Path],
    embedder: Embedder,
    *,
    progress: Progress | None = None,
    timeout: float = 10.0,
    look: Callable[[Sequence[Path], Path], Scan] = scan_roots,
    batch_passages: int = BATCH_PASSAGES,
    on_file: OnFile | None = None,
) -> UpdateReport:
    """Brings the library up to date with these files and folders, or with all that it knows where none is given.

    `look` finds the files, as `scan_roots` does; `on_file` is told how far each of those is that have to be read.

    One bad file doesn't stop the others: it is reported, and an article that the library had of it stays. So do the
    articles of a folder that is not there. Waits up to `timeout` seconds for another update to end. Raises
    IndexBusyError, IndexNotWritableError or EmbedderMismatchError; then, as after an interrupt, the library has the
    batches that were committed (`batch_passages` and more each), and the next update takes what was embedded since from
    the `Staging`.
    """
    with update_lock(store.folder, timeout):
        store.check_embedder(embedder.fingerprint)
        scan = look(paths or store.roots(), store.folder)
        with Staging(store.folder) as staging:
            report = follow(store, scan, embedder, staging, progress, batch_passages, on_file)
            staging.discard()
        refresh_files(store)
        return report


def follow(
    store: Store,
    scan: Scan,
    embedder: Embedder,
    staging: Staging,
    progress: Progress | None = None,
    batch_passages: int | None = None,
    on_file: OnFile | None = None,
) -> UpdateReport:
    """Brings the truth up to date with the files found; for whoever holds the update lock.

    In one generation, or in one for each batch of at least so many new passages (`Batches`).
    """
    known = {path: Known(*article) for path, article in store.files().items()}
    with FileReader(store.fields()) as file_reader:
        contents = look_into(scan, known, store.signatures(), file_reader)
        if on_file is not None:
            for entry in contents.scan.skipped:
                on_file(FileStep(path=entry.path, stage="skipped", skipped=entry))
        changes = compare(known, contents.scan.files, contents.scan.is_gone)
        with Batches(store, staging, batch_passages) as batches:
            _begin(batches.change, changes, contents, known)
            if store.fingerprint is None:
                batches.change.set_fingerprint(embedder.fingerprint)
            intake = Intake(batches.change, embedder, staging, progress, batches.checkpoint, on_file)
            found = contents.scan.files
            unread = intake.take({path: found[path] for path in (*changes.added, *changes.changed)}, file_reader, known)
            _remember(batches.change, contents, unread)
            generation = batches.commit()
    _log.info(
        "generation %d: %d added, %d changed, %d renamed, %d removed, %d files skipped",
        generation,
        len(changes.added),
        len(changes.changed),
        len(changes.renamed),
        len(changes.removed),
        len(contents.scan.skipped) + len(unread),
    )
    # Told without another look at the store: what is committed can't fail any more.
    told = changes.told_by_address(batches.moved)
    return _report(generation, batches.change.counts(), told, contents.scan, unread)


def set_fields(store: Store, fields: Mapping[str, str], timeout: float = 10.0) -> None:
    """From now on updates take these fields of JSON files (see `FileReader`). Raises as `update_library`."""
    with update_lock(store.folder, timeout), store.begin_update() as change:
        change.set_fields(fields)
        change.commit()


def _begin(change: Change, changes: Changes, contents: Contents, known: Mapping[str, Known]) -> None:
    """Makes the changes that no file is read for, and notes what a batch cut short would leave to the next update."""
    for move in changes.renamed:
        change.rename_article(move.article_id, move.new)
    for path in changes.removed:
        change.remove_article(change.identify(path, known=known[path].article_id))
    change.add_roots(root.absolute for root in contents.scan.roots if root.absolute.exists())
    change.forget_signatures(contents.forgotten)


def _remember(change: Change, contents: Contents, unread: Sequence[Skipped]) -> None:
    """Notes what the next update need not read again."""
    bad = {file_of(entry.path) for entry in unread}
    change.set_signatures({file: s for file, s in contents.signatures.items() if file not in bad})


def _report(
    generation: int, counts: tuple[int, int], changes: Changes, scan: Scan, unread: Sequence[Skipped]
) -> UpdateReport:
    failed = {entry.path for entry in unread}

    def show(paths: Iterable[str]) -> tuple[str, ...]:
        return tuple(scan.show(path) for path in paths if path not in failed)

    articles, passages = counts
    return UpdateReport(
        generation=generation,
        added=show(changes.added),
        changed=show(changes.changed),
        renamed=show(move.new for move in changes.renamed),
        removed=show(changes.removed),
        unchanged=changes.unchanged,
        skipped=tuple(entry.model_copy(update={"path": scan.show(entry.path)}) for entry in (*scan.skipped, *unread)),
        waiting=tuple(scan.show(path) for path in scan.waiting),
        articles=articles,
        passages=passages,
    )
