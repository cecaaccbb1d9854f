"""Ends a change that a person made by hand."""

from __future__ import annotations

from rag.core.reports import UpdateReport
from rag.indexes.derive import refresh_files
from rag.store.change import Change
from rag.store.store import Store


def commit(store: Store, change: Change, removed: tuple[str, ...] = (), renamed: tuple[str, ...] = ()) -> UpdateReport:
    """Commits a change by hand, and brings the search indexes up to date.

    Args:
        store: The store.
        change: The change.
        removed: Paths of the articles that it removed.
        renamed: New paths of the articles that it renamed.
    """
    articles, passages = change.counts()
    generation = change.commit()
    refresh_files(store)
    unchanged = articles - len(renamed)
    return UpdateReport(
        generation=generation,
        removed=removed,
        renamed=renamed,
        unchanged=unchanged,
        articles=articles,
        passages=passages,
    )
