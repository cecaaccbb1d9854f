"""Follows folders live: a change in them is in the library seconds later.

An event says only that something happened, and the update finds out what, so no change is missed or misread. It reads
the files that events name, and those whose size, times or inode changed. A file that is being written is left alone
until it has been quiet for `updates.settle_seconds` seconds.

Some file systems, such as network shares, send no events. So it also looks for itself: at the latest every minute, and
more often if a look is quick.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from rag.core.errors import RagError
from rag.core.reports import LibraryStatus, UpdateReport
from rag.core.settings import Settings
from rag.ingest.hash_cache import Seen
from rag.ingest.scan import hash_file

_DEBOUNCE = 500
"""Milliseconds for which events are gathered: saving a file makes several."""
_LOOK = 1000
"""Milliseconds between two checks of files that are being written, and of folders, for which there are no events."""
_LEAST_PAUSE, _MOST_PAUSE = 10.0, 60.0
"""Seconds between two looks without an event."""
_PAUSE_PER_LOOK = 50.0
"""Seconds of pause for each second that a look takes, so that looking costs at most 2 % of the time."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class News:
    """The last event of a followed folder.

    Attributes:
        time: When it was, with the local time zone.
        report: The report of an update.
        trouble: Why updates fail.
    """

    time: datetime
    report: UpdateReport | None = None
    trouble: RagError | None = None


class Updatable(Protocol):
    """What following folders needs from a library; `rag.library.Library` implements it."""

    @property
    def settings(self) -> Settings:
        """The numbers that it works with."""
        ...

    def roots(self) -> list[Path]:
        """The absolute paths of the files and folders that updates read by default."""
        ...

    def status(self) -> LibraryStatus:
        """What the library contains, and the folder of its index."""
        ...

    def update(self, *paths: Path, settle: float, seen: Seen) -> UpdateReport:
        """Updates the library from files and folders."""
        ...


def log_trouble(trouble: RagError | None) -> None:
    """Logs why updates fail. None logs nothing."""
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

    A failed update is tried again.

    Args:
        library: The library.
        paths: Files and folders, as for `Library.update`.
        on_report: Called after each update that changed anything, or that skipped other files than the one before.
        on_trouble: Called with the error if an update fails for a new reason, and with None when one succeeds again.
        stop: Ends the call when it is set.
    """
    stop = stop or threading.Event()
    updates = _Updates(library, paths, on_report, on_trouble)
    updates.run()
    while not stop.is_set():
        roots = [Path(os.path.normpath(path.absolute())) for path in paths] or library.roots()
        there = _identities(roots)
        updates.due = True  # Changes since the last update were not watched yet.
        for changes in _events(roots, Path(library.status().folder), stop):
            if changes or updates.is_due():
                updates.run(path for _, path in changes)
            if _identities(roots) != there:
                break  # A folder appeared or went, so the watched folders have changed.


class Follower:
    """Watches folders in a thread of its own, which can be stopped and started again.

    As a context manager it watches until the block ends.

    Args:
        library: The library.
        paths: Files and folders, as for `Library.update`.
        on_report: As for `watch`.

    Attributes:
        news: The last event; None if there was none.
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
        """Whether the folders are being watched."""
        return self._stop is not None and self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Updates the library now and at every change from now on."""
        with self._lock:
            if not self.is_on:
                self._stop = threading.Event()
                arguments = (self._stop, self._thread)
                self._thread = threading.Thread(target=self._run, args=arguments, name="watch", daemon=True)
                self._thread.start()

    def stop(self) -> None:
        """Stops watching. A running update is completed, but the call does not wait for it."""
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
    """Runs updates and reports those with news. `due` asks for another update without an event."""

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
        self._seen = Seen(partial(hash_file, limits=library.settings.files))
        self._skipped: object = ()
        self._trouble = ""
        self._next_look = 0.0
        self.due = False

    def is_due(self) -> bool:
        """Whether an update is due without an event."""
        return self.due or time.monotonic() >= self._next_look

    def run(self, changed: Iterable[str] = ()) -> None:
        """Updates the library; `changed` are the paths that events named."""
        began = time.monotonic()
        self._update(changed)
        ended = time.monotonic()
        self._next_look = ended + min(max(_PAUSE_PER_LOOK * (ended - began), _LEAST_PAUSE), _MOST_PAUSE)

    def _update(self, changed: Iterable[str]) -> None:
        self._seen.forget(changed)
        try:
            settle = self._library.settings.updates.settle_seconds
            report = self._library.update(*self._paths, settle=settle, seen=self._seen)
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
    """Yields the gathered changes below these files and folders; an empty set at intervals if there are none."""
    import watchfiles

    index = Path(os.path.normpath(index.absolute()))

    def matters(change: object, path: str) -> bool:
        return not Path(path).is_relative_to(index) and any(Path(path).is_relative_to(root) for root in roots)

    # A file is watched through its folder, because editors replace the file by a new one.
    folders = {root if root.is_dir() else root.parent for root in roots}
    watched = [folder for folder in folders if folder.is_dir()]
    if not watched:
        yield from _ticks(stop)
        return
    try:
        yield from watchfiles.watch(
            *watched,
            watch_filter=matters,
            debounce=_DEBOUNCE,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
            stop_event=stop,
            ignore_permission_denied=True,
        )
    except (OSError, RuntimeError) as error:
        # The system has too few watches left, or this file system has none.
        _log.warning("The system reports no changes of these folders (%s); they are looked at every minute", error)
        yield from _ticks(stop)


def _ticks(stop: threading.Event) -> Iterator[set[Any]]:
    """Yields an empty set at intervals until `stop` is set."""
    while not stop.wait(_LOOK / 1000):
        yield set()


def _identities(roots: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Device and inode of each path now, so that a replaced folder is noticed; None for a missing path."""
    found: list[tuple[int, int] | None] = []
    for root in roots:
        try:
            status = root.stat()
            found.append((status.st_dev, status.st_ino))
        except OSError:
            found.append(None)
    return found
