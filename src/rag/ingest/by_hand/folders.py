"""Drops a folder from a library, and follows a moved one."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from rag.core.errors import ArticleError
from rag.core.reports import UpdateReport
from rag.core.settings import DEFAULTS
from rag.formats.file_types import file_of
from rag.ingest.by_hand.commit import commit
from rag.ingest.scan import is_in
from rag.store.store import Store


def forget_root(store: Store, path: Path, *, timeout: float = DEFAULTS.updates.wait_seconds) -> UpdateReport:
    """Removes a folder or file from a library, with all its articles. The files themselves stay as they are.

    Args:
        store: The store.
        path: A folder or file that an update was given. It need not exist.
        timeout: Seconds to wait for another update to end.

    Returns:
        What was removed.

    Raises:
        ArticleError: If the library does not follow this path.
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If the folder can't be written.
    """
    absolute = _absolute(path)
    with store.lock(timeout):
        if absolute not in store.roots():
            raise _unknown(path, store)
        removed = _below(absolute, store.files())
        with store.begin_update() as change:
            change.files.drop_roots([absolute])
            change.files.forget_signatures(_below(absolute, store.signatures()))
            for article in removed:
                change.remove_article(change.identify(article))
            return commit(store, change, removed=tuple(removed))


def move_root(store: Store, old: Path, new: Path, *, timeout: float = DEFAULTS.updates.wait_seconds) -> UpdateReport:
    """Tells a library that a folder or file was moved. Its articles keep their ids, and nothing is embedded again.

    If an update has already added the files at the new place, those articles are removed, so that none is there twice.

    Args:
        store: The store.
        old: The path before: a folder or file that an update was given, one above such, or one inside.
        new: The path now, which must exist.
        timeout: Seconds to wait for another update to end.

    Returns:
        Which articles were renamed.

    Raises:
        ArticleError: If the library knows nothing at the old path, or nothing lies at the new one.
        IndexBusyError: If another process is updating the index.
        IndexNotWritableError: If the folder can't be written.
    """
    before, after = _absolute(old), _absolute(new)
    if not after.exists():
        raise ArticleError(f"There is no file or folder {new}", "not_there", remedy="name the place where it is now")
    with store.lock(timeout):
        known = store.files()
        moved = {path: _moved(path, before, after) for path in _below(before, known)}
        withdrawn = _below(before, {entry.path for entry in store.withdrawals()})
        roots = [root for root in store.roots() if is_in(str(root), before)]
        if before == after or not (moved or roots or withdrawn):
            raise _unknown(old, store)
        with store.begin_update() as change:
            change.files.drop_roots(roots)
            change.files.add_roots([Path(_moved(str(root), before, after)) for root in roots] or [after])
            for path in sorted(set(moved.values()) & known.keys() - moved.keys()):
                change.remove_article(known[path][0])
            # Longer paths go first if the new place lies inside the old one, so that no path is taken yet.
            for path in sorted(moved, key=len, reverse=is_in(str(after), before)):
                change.rename_article(known[path][0], moved[path])
            change.files.move_withdrawals((path, _moved(path, before, after)) for path in withdrawn)
            files = _below(before, store.signatures())
            change.files.move_signatures((file, _moved(file, before, after)) for file in files)
            return commit(store, change, renamed=tuple(sorted(moved.values())))


def _absolute(path: Path) -> Path:
    return Path(os.path.normpath(path.absolute()))


def _below(root: Path, paths: Iterable[str]) -> list[str]:
    return sorted(path for path in paths if is_in(file_of(path), root))


def _moved(path: str, before: Path, after: Path) -> str:
    return f"{after}{path[len(str(before)) :]}"


def _unknown(path: Path, store: Store) -> ArticleError:
    roots = ", ".join(map(str, store.roots())) or "none"
    return ArticleError(f"The index does not follow {path}", "not_there", remedy=f"name one of its folders: {roots}")
