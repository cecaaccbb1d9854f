"""Reads the articles of the library that matter to an update."""

from __future__ import annotations

from collections.abc import Iterable

from rag.ingest.changes import Known
from rag.ingest.missing_files import is_below, roots_away
from rag.ingest.scan import Scan
from rag.store.store import Store

_FEW_ROOTS = 100
"""Most files and folders of a scan that are looked up one by one."""


def read_known(store: Store, scan: Scan, corrected: Iterable[str]) -> dict[str, Known]:
    """Reads the library's articles, by path, that matter to an update, so that one file costs the same in any library.

    All of them matter if the scan has all that the library follows, if articles may have moved here from a folder that
    is missing, or if a person withdrew articles, whose copies may lie anywhere.

    An article that a damaged index of paths hides may be added twice here. The next update of everything finds that.

    Args:
        store: The store.
        scan: The files found.
        corrected: Ids of articles that are corrected, which matter wherever they lie.
    """
    roots = store.roots()
    scanned = [root.absolute for root in scan.roots]
    is_part = len(scanned) <= _FEW_ROOTS and not all(is_below(root, scanned) for root in roots)
    if is_part and not store.withdrawals() and not roots_away(scan, roots):
        found = store.files_in(filter(_can_be_stored, map(str, scanned)), corrected)
    else:
        found = store.files()
    return {path: Known(*article) for path, article in found.items()}


def _can_be_stored(path: str) -> bool:
    """Whether a stored path can begin like this one. A name that is not UTF-8, or has NUL, is no article's."""
    try:
        return b"\0" not in path.encode()
    except UnicodeEncodeError:
        return False
