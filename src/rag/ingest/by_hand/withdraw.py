"""Withdraws articles from a library, and takes them back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from rag.core.ports import Embedder
from rag.core.program_fault import attempt
from rag.core.reports import UpdateReport, WithdrawnArticle
from rag.core.settings import DEFAULTS, FileSettings, UpdateSettings
from rag.formats.file_types import file_of, file_type_of_name
from rag.ingest.by_hand.commit import commit
from rag.ingest.changes import Known, find_withdrawn
from rag.ingest.corrections import read_corrections
from rag.ingest.file_reader import read_again, side_file
from rag.ingest.load import Intake
from rag.ingest.scan import hash_alone, hash_file, is_in, scan_roots
from rag.ingest.shared_staging import AnyStaging, staging_of
from rag.ingest.update import update_library
from rag.store.change import Change
from rag.store.known_files import Withdrawal, by_article
from rag.store.listing import find_article, find_withdrawn_article
from rag.store.rows import Generation
from rag.store.store import Store


def withdraw_articles(
    store: Store, names: Sequence[str], *, timeout: float = DEFAULTS.updates.wait_seconds
) -> tuple[WithdrawnArticle, ...]:
    """Withdraws articles: removes them, and remembers that no update takes them in. Their files stay as they are.

    Articles with the same bytes are withdrawn with them. Either all of the named articles are withdrawn, or none.

    Args:
        store: The store.
        names: The id, title or path of each article, or a part of its title or path.
        timeout: Seconds to wait for an update to end.

    Returns:
        The articles that were withdrawn.

    Raises:
        ArticleNameError: If no article has such a name, several have it, or the article is withdrawn already.
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If the folder can't be written.
    """
    with store.lock(timeout):
        articles, before = store.articles(), by_article(store.withdrawals())
        chosen = [find_article(name, articles, before) for name in names]
        known, time = store.files(), datetime.now(UTC).isoformat(timespec="seconds")
        withdrawals: dict[str, Withdrawal] = {}
        for article in chosen:
            _, file_hash = known[article.path]
            places = [article.path, *(path for path, (_, other) in known.items() if other == file_hash)]
            for path in places:
                withdrawals.setdefault(path, Withdrawal(article.id, path, file_hash, article.title, time))
        with store.begin_update() as change:
            change.files.withdraw([*withdrawals.values(), *_without_side_files(withdrawals.values())])
            for path in withdrawals:
                change.remove_article(known[path][0])
            commit(store, change)
    ids = {entry.article_id for entry in withdrawals.values()}
    return tuple(article for article in by_article(store.withdrawals()) if article.id in ids)


def _without_side_files(withdrawals: Iterable[Withdrawal]) -> Iterator[Withdrawal]:
    """The same with the hash of the file alone, because it may be renamed or copied without the file beside it."""
    for entry in withdrawals:
        alone = hash_alone(Path(entry.path)) if side_file(Path(entry.path)) else None
        if alone is not None:
            yield entry._replace(file_hash=alone)


def withdraw_again(store: Store, withdrawals: Sequence[Withdrawal]) -> Generation:
    """Withdraws what was withdrawn from another state of the library. The caller must hold the update lock.

    Returns:
        The generation that serves now.
    """
    known = {path: Known(*article) for path, article in store.files().items()}
    alive = find_withdrawn(withdrawals, known, {}, lambda path: False).alive
    with store.begin_update() as change:
        change.files.withdraw(withdrawals)
        for path in alive:
            change.remove_article(known[path].article_id)
        change.commit()
    return store.newest


def take_back_articles(
    store: Store,
    names: Sequence[str],
    embedder: Embedder,
    *,
    updates: UpdateSettings = DEFAULTS.updates,
    files: FileSettings = DEFAULTS.files,
) -> UpdateReport:
    """Lets updates take withdrawn articles in again, and reads their files. Other files are not read.

    Args:
        store: The store.
        names: The id, title or path of each article, or a part of its title or path.
        embedder: Embeds the passages.
        updates: Seconds to wait for another update to end, and passages of a batch.
        files: What reading one file may cost.

    Returns:
        What came back. A file that is gone, or in no folder that the library follows, brings nothing back. What a feed
        no longer shows is taken from the store.

    Raises:
        ArticleNameError: If no withdrawn article has such a name, or several have it.
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If the folder can't be written.
    """
    with store.lock(updates.wait_seconds), staging_of(store.backend) as staging:
        every, roots = store.withdrawals(), store.roots()
        withdrawn = by_article(every)
        chosen = {find_withdrawn_article(name, withdrawn).id for name in names}
        entries = [entry for entry in every if entry.article_id in chosen]
        places = sorted({file_of(entry.path) for entry in entries})
        followed = [file for file in places if any(is_in(file, root) for root in roots)]
        with store.begin_update() as change:
            change.files.take_back(chosen)
            change.files.forget_signatures(places)  # a file of many articles is read again only without its signature
            shown = [entry for entry in entries if file_of(entry.path) in followed]
            back = _keep_forgotten(store, change, shown, embedder, staging)
            report = commit(store, change)
        staging.discard()
    if there := [Path(file) for file in followed if Path(file).exists()]:
        look = partial(scan_roots, hashing=partial(hash_file, limits=files))
        report = update_library(store, there, embedder, look=look, updates=updates, files=files)
    return report.model_copy(update={"added": tuple(dict.fromkeys((*report.added, *back)))})


def _keep_forgotten(
    store: Store, change: Change, entries: Sequence[Withdrawal], embedder: Embedder, staging: AnyStaging
) -> list[str]:
    """Stores articles of feeds again, which may no longer show them. Returns their paths.

    That is in the transaction in which they are taken back, so that none is lost between the two.
    """
    last = {e.path: (e, store.editions(e.article_id)) for e in entries if _forgets(e.path)}
    gone = {path: (e, editions[-1].content_hash) for path, (e, editions) in last.items() if editions}
    articles = ((path, e.file_hash, store.article(e.article_id, text)) for path, (e, text) in gone.items())
    kept = ((path, key, attempt(partial(read_again, article))) for path, key, article in articles)
    Intake(change, embedder, staging, corrections=read_corrections(store)).keep(kept)
    return list(gone)


def _forgets(path: str) -> bool:
    file_type = file_type_of_name(file_of(path))
    return file_type is not None and file_type.forgets
