"""Updates a library from files and folders: reads and embeds what changed, and commits a long update in batches."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from rag.core.index_layout import CORRECTIONS
from rag.core.ports import Embedder
from rag.core.program_fault import attempt
from rag.core.reports import FileStep, Skipped, UpdateReport
from rag.core.settings import DEFAULTS, FileSettings, UpdateSettings
from rag.formats.file_types import file_of
from rag.indexes.derive import refresh_files
from rag.ingest.batches import Batches
from rag.ingest.changes import Changes, Known, Withheld, compare, find_withdrawn, with_moved
from rag.ingest.corrections import Corrections, keep_file, read_corrections
from rag.ingest.file_progress import OnFile
from rag.ingest.file_reader import FileReader, read_again
from rag.ingest.known_articles import read_known
from rag.ingest.load import Intake, Progress
from rag.ingest.missing_files import find_missing, left_roots, lies_in, roots_away, without
from rag.ingest.records import Contents, look_into
from rag.ingest.scan import Scan, is_in, scan_roots
from rag.ingest.shared_staging import AnyStaging, staging_of
from rag.store.change import Change
from rag.store.store import Store

_log = logging.getLogger(__name__)


def update_library(
    store: Store,
    paths: Sequence[Path],
    embedder: Embedder,
    *,
    progress: Progress | None = None,
    look: Callable[[Sequence[Path], Path], Scan] = scan_roots,
    on_file: OnFile | None = None,
    updates: UpdateSettings = DEFAULTS.updates,
    files: FileSettings = DEFAULTS.files,
) -> UpdateReport:
    """Updates a library from files and folders.

    A bad file does not stop the others: it is reported, and its earlier article stays. The articles of a missing folder
    stay too, and those of a folder that lost most of its files (`rag.ingest.missing_files`).

    After an error or an interrupt the library has the batches that were committed, and the next update uses the vectors
    made since (`Staging`).

    Args:
        store: The store.
        paths: Files and folders; if empty, all that the library knows.
        embedder: Embeds the passages.
        progress: Called with the number of passages embedded.
        look: Finds the files, as `scan_roots` does.
        on_file: Called when a file enters another stage.
        updates: Seconds to wait for another update to end, and passages of a batch.
        files: What reading one file may cost.

    Raises:
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If the folder can't be written.
        EmbedderMismatchError: If the library's vectors are of another embedder.
        IndexDamagedError: If the store is damaged.
    """
    with store.lock(updates.wait_seconds):
        store.check_embedder(embedder.fingerprint)
        scan = replace(look(paths or store.roots(), store.folder), is_named=bool(paths))
        with staging_of(store.backend) as staging:
            report = follow(store, scan, embedder, staging, progress, updates.batch_passages, on_file, files)
            staging.discard()
        refresh_files(store)
        return report


def follow(
    store: Store,
    scan: Scan,
    embedder: Embedder,
    staging: AnyStaging,
    progress: Progress | None = None,
    batch_passages: int | None = None,
    on_file: OnFile | None = None,
    files: FileSettings = DEFAULTS.files,
) -> UpdateReport:
    """Brings the store up to date with the files found. The caller must hold the update lock.

    Args:
        store: The store.
        scan: The files found.
        embedder: Embeds the passages.
        staging: Keeps vectors until they are committed.
        progress: Called with the number of passages embedded.
        batch_passages: Number of new passages at which a batch is committed; None makes one generation of all.
        on_file: Called when a file enters another stage.
        files: What reading one file may cost.
    """
    before = store.generation
    keep_file(store)
    corrections = read_corrections(store)
    known = read_known(store, scan, corrections.named(store))
    with FileReader(store.fields(), files) as file_reader:
        plan = _plan(store, scan, known, file_reader)
        changes, contents = plan.changes, plan.contents
        if on_file is not None:
            for entry in contents.scan.skipped:
                on_file(FileStep(path=entry.path, stage="skipped", skipped=entry))
        with Batches(store, staging, batch_passages) as batches:
            _begin(batches.change, plan, known)
            if store.fingerprint is None:
                batches.change.set_fingerprint(embedder.fingerprint)
            intake = Intake(batches.change, embedder, staging, progress, batches.checkpoint, on_file, corrections)
            found = contents.scan.files
            unread = intake.take({path: found[path] for path in (*changes.added, *changes.changed)}, file_reader, known)
            corrected = _correct(store, intake, corrections, changes, known)
            unread += plan.held.values()
            _remember(batches.change, contents, unread)
            changes, drafts = _leave_out(batches.change, changes, unread, known)
            generation = batches.commit()
    # The report does not read the store again, because after the commit nothing may fail.
    told = changes.told_by_address(batches.moved)
    bad = [entry for entry in unread if entry not in drafts]
    bad += [Skipped.of(store.backend.describe_file(CORRECTIONS), error) for error in corrections.unread]
    report = _report(generation, batches.change.counts(), told, contents.scan, bad)
    partly = tuple(_shown(scan, entry) for entry in intake.partly)
    _log.info("generation %d: %s", generation, _counts(report))
    states = Counter([*contents.unpublished.values(), *(str(entry.facts["status"]) for entry in drafts)])
    left_out = {"before": before, "partly": partly, "unpublished": dict(states), "superseded": contents.superseded}
    shown = tuple(scan.show(path) for path in plan.withheld.found)
    by_hand = {"withdrawn": shown, "corrected": tuple(map(scan.show, corrected))}
    return report.model_copy(update={**left_out, **by_hand, "empty": _empty_roots(scan, known)})


def _begin(change: Change, plan: _Plan, known: Mapping[str, Known]) -> None:
    """Makes the changes that need no reading, and drops signatures that would mislead an update after an interrupt."""
    for move in plan.changes.renamed:
        change.rename_article(move.article_id, move.new)
    for path in plan.changes.removed:
        change.remove_article(change.identify(path, known=known[path].article_id))
    change.files.move_withdrawals(plan.withheld.moved)
    change.files.withdraw(plan.withheld.seen)
    change.files.drop_roots(plan.left)
    # A folder that lost too many files stays a root, so that it is compared by itself the next time too.
    change.files.add_roots(
        (root.absolute for root in plan.contents.scan.roots if root.absolute.exists()), keep=plan.held
    )
    change.files.forget_signatures(plan.contents.forgotten)


def _correct(
    store: Store, intake: Intake, corrections: Corrections, changes: Changes, known: Mapping[str, Known]
) -> list[str]:
    """Stores articles again whose corrections were edited, except those that this update reads. Returns their paths."""
    named = corrections.named(store)
    left_out = {*changes.changed, *changes.removed}
    there = {a.article_id: path for path, a in sorted(known.items()) if a.article_id in named and path not in left_out}
    moved = {move.old: move.new for move in changes.renamed}
    edited = [(there[article.id], article) for article in corrections.edited(store, there)]
    intake.keep(
        (moved.get(path, path), known[path].file_hash, attempt(partial(read_again, article)))
        for path, article in edited
    )
    return [moved.get(path, path) for path, _ in edited]


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an update does.

    Attributes:
        changes: The changes.
        contents: The articles found, without signatures of files that stay as they were.
        held: The folders that lost too many files, and what the report says about each.
        left: Missing files and folders from which all articles have moved elsewhere.
        withheld: The articles that a person withdrew.
    """

    changes: Changes
    contents: Contents
    held: Mapping[Path, Skipped]
    left: tuple[Path, ...]
    withheld: Withheld


def _plan(store: Store, scan: Scan, every: Mapping[str, Known], file_reader: FileReader) -> _Plan:
    withdrawn = store.withdrawals()
    elsewhere = {entry.path: Known(entry.article_id, entry.file_hash) for entry in withdrawn}
    contents = look_into(scan, {**elsewhere, **every}, store.signatures(), file_reader)
    withheld = find_withdrawn(withdrawn, every, contents.scan.files, contents.is_gone)
    left_out = {*withheld.found, *withheld.alive}
    known = {path: article for path, article in every.items() if path not in left_out}
    found = {path: file_hash for path, file_hash in contents.scan.files.items() if path not in left_out}
    roots = store.roots()
    away = roots_away(scan, roots)
    changes = compare(known, found, contents.is_gone)
    if away:
        changes = with_moved(changes, known, found, lambda path: lies_in(path, away))
    held = find_missing(known, changes.removed, scan, roots)
    changes = without(changes, held)
    changes = replace(changes, removed=tuple(sorted((*changes.removed, *withheld.alive))))
    return _Plan(changes, _without_signatures(contents, held), held, left_roots(away, known, changes), withheld)


def _counts(report: UpdateReport) -> str:
    parts = ("added", "changed", "renamed", "removed", "skipped")
    return ", ".join(f"{len(getattr(report, part))} {part}" for part in parts)


def _without_signatures(contents: Contents, folders: Iterable[Path]) -> Contents:
    """Leaves out the signatures of files in folders of which nothing is taken."""
    held = tuple(folders)
    signatures = {file: sign for file, sign in contents.signatures.items() if not lies_in(file, held)}
    return replace(contents, signatures=signatures)


def _empty_roots(scan: Scan, known: Mapping[str, Known]) -> tuple[str, ...]:
    """The roots that a person named, and that neither have nor had a file of articles."""
    if not scan.is_named:
        return ()
    told = [*scan.waiting, *(entry.path for entry in scan.skipped)]
    return tuple(
        str(root.given)
        for root in scan.roots
        if not any(is_in(path, root.absolute) for path in chain(scan.files, told, map(file_of, known)))
    )


def _leave_out(
    change: Change, changes: Changes, unread: Sequence[Skipped], known: Mapping[str, Known]
) -> tuple[Changes, list[Skipped]]:
    """Removes articles whose files state now that they are not published.

    Returns:
        The changes with these articles among the removed ones, and the entries of the files that are not published.
    """
    drafts = [entry for entry in unread if entry.reason == "unpublished"]
    paths = {entry.path for entry in drafts}
    withdrawn = sorted(paths & known.keys())
    for path in withdrawn:
        change.remove_article(known[path].article_id)
    told = replace(
        changes,
        added=tuple(path for path in changes.added if path not in paths),
        changed=tuple(path for path in changes.changed if path not in paths),
        removed=tuple(sorted((*changes.removed, *withdrawn))),
    )
    return told, drafts


def _remember(change: Change, contents: Contents, unread: Sequence[Skipped]) -> None:
    """Stores the signatures of files that the next update need not read again."""
    bad = {file_of(entry.path) for entry in unread}
    change.files.set_signatures({file: s for file, s in contents.signatures.items() if file not in bad})


def _shown(scan: Scan, entry: Skipped) -> Skipped:
    return entry.model_copy(update={"path": scan.show(entry.path)})


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
        skipped=tuple(_shown(scan, entry) for entry in (*scan.skipped, *unread)),
        waiting=tuple(scan.show(path) for path in scan.waiting),
        articles=articles,
        passages=passages,
    )
