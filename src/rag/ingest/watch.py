"""Follows folders live: what is written, changed or taken away in them is in the library seconds later.

Events say only that something happened; what happened is for the update to find out, so none can be missed or
misread. It reads the files that events name and those whose size, times or place changed; of the others it asks no more
than that. Files that are still being written are left alone until they have been quiet for a while.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from rag.core.errors import RagError
from rag.core.reports import LibraryStatus, UpdateReport
from rag.ingest.hash_cache import Seen

SETTLE = 1.0
"""For how many seconds a file must not have been written to before it is read."""
_DEBOUNCE = 500
"""Milliseconds for which events are gathered."""
_LOOK = 1000
"""Milliseconds between two looks at files that are being written, and at folders that may have come or gone."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """What became of a followed folder: the report of an update, or why none can be made, and when that was."""

    time: datetime
    report: UpdateReport | None = None
    trouble: RagError | None = None


class Updatable(Protocol):
    """What following folders needs of a library; `rag.library.Library` implements it."""

    def roots(self) -> list[Path]:
        """The folders and files that updates go through when none are named, absolute."""
        ...

    def status(self) -> LibraryStatus:
        """What the library holds, and the folder of its index."""
        ...

    def update(self, *paths: Path, settle: float, seen: Seen) -> UpdateReport:
        """Brings the library up to date with these files and folders."""
        ...


def log_trouble(trouble: RagError | None) -> None:
    """Says in the log why updates fail."""
    if trouble is not None:
        _log.warning("%s", trouble)


def watch(
    library: Updatable,
    paths: Sequence[Path] = (),
    *,
    on_report: Callable[[UpdateReport], None],
    on_trouble: Callable[[RagError | None], None] = log_trouble,
    stop: threading.Event | None = None,
) -> None:
    """Updates the library now and whenever files change, until `stop` is set or an interrupt is raised.

    Files and folders are as in `Library.update`. `on_report` is called after each update that changed anything or
    passed over other files than the one before. An update that fails is tried again at the next change; `on_trouble` is
    called with why, where that is new, and with None when one succeeds again.
    """
    stop = stop or threading.Event()
    updates = _Updates(library, paths, on_report, on_trouble)
    updates.run()
    while not stop.is_set():
        roots = [Path(os.path.normpath(path.absolute())) for path in paths] or library.roots()
        there = _identities(roots)
        updates.due = True  # What happened since the last update was not yet watched for.
        for changes in _events(roots, Path(library.status().folder), stop):
            if changes or updates.due:
                updates.run(path for _, path in changes)
            if _identities(roots) != there:
                break  # A folder came or went: what was watched is not what is there now.


class Follower:
    """Watches in a thread of its own, which can be stopped and started; as a context, until the block ends.

    `news` is what was told last, None before anything was.
    """

    def __init__(self, library: Updatable, paths: Sequence[Path], on_report: Callable[[UpdateReport], None]) -> None:
        self.paths = tuple(paths)
        self.news: News | None = None
        self._on_report = on_report
        self._follow = partial(watch, library, paths, on_report=self._tell, on_trouble=self._tell_trouble)
        self._lock = threading.Lock()
        self._stop: threading.Event | None = None
        self._thread: threading.Thread | None = None

    @property
    def is_on(self) -> bool:
        """Whether what changes is followed."""
        return self._stop is not None and self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Updates now, and from here on at every change."""
        with self._lock:
            if not self.is_on:
                self._stop = threading.Event()
                arguments = (self._stop, self._thread)
                self._thread = threading.Thread(target=self._run, args=arguments, name="watch", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Follows no more; an update that is under way is brought to its end, which is not waited for."""
        with self._lock:
            if self._stop is not None:
                self._stop.set()
                self._stop = None

    def _tell(self, report: UpdateReport) -> None:
        self.news = News(datetime.now().astimezone(), report=report)
        self._on_report(report)

    def _tell_trouble(self, trouble: RagError | None) -> None:
        self.news = News(datetime.now().astimezone(), trouble=trouble) if trouble else None
        log_trouble(trouble)

    def _run(self, stop: threading.Event, before: threading.Thread | None) -> None:
        if before is not None:
            before.join()
        self._follow(stop=stop)

    def __enter__(self) -> Follower:
        self.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop()
        if self._thread is not None:
            self._thread.join()


class _Updates:
    """Runs updates and tells of those that are news; `due` says that another one is to follow in any case."""

    def __init__(
        self,
        library: Updatable,
        paths: Sequence[Path],
        on_report: Callable[[UpdateReport], None],
        on_trouble: Callable[[RagError | None], None],
    ) -> None:
        self._library = library
        self._paths = paths
        self._on_report = on_report
        self._on_trouble = on_trouble
        self._seen = Seen()
        self._skipped: object = ()
        self._trouble = ""
        self.due = False

    def run(self, changed: Iterable[str] = ()) -> None:
        self._seen.forget(changed)
        try:
            report = self._library.update(*self._paths, settle=SETTLE, seen=self._seen)
        except RagError as error:
            if str(error) != self._trouble:
                self._on_trouble(error)
            self.due, self._trouble = True, str(error)
            return
        if self._trouble:
            self._on_trouble(None)
        self.due, self._trouble = bool(report.waiting), ""
        if report.added or report.changed or report.renamed or report.removed or report.skipped != self._skipped:
            self._on_report(report)
        self._skipped = report.skipped


def _events(roots: Sequence[Path], index: Path, stop: threading.Event) -> Iterator[set[Any]]:
    """The changes below these files and folders, gathered; an empty set now and then where there are none."""
    import watchfiles

    index = Path(os.path.normpath(index.absolute()))

    def matters(change: object, path: str) -> bool:
        return not Path(path).is_relative_to(index) and any(Path(path).is_relative_to(root) for root in roots)

    # A file is watched through its folder: editors put another file in its place.
    folders = {root if root.is_dir() else root.parent for root in roots}
    watched = [folder for folder in folders if folder.is_dir()]
    if not watched:
        while not stop.wait(_LOOK / 1000):
            yield set()
        return
    yield from watchfiles.watch(
        *watched,
        watch_filter=matters,
        debounce=_DEBOUNCE,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
        stop_event=stop,
        ignore_permission_denied=True,
    )


def _identities(roots: Sequence[Path]) -> list[tuple[int, int] | None]:
    """What lies at each of the paths now, told from what may lie there later."""
    found: list[tuple[int, int] | None] = []
    for root in roots:
        try:
            status = root.stat()
            found.append((status.st_dev, status.st_ino))
        except OSError:
            found.append(None)
    return found
