"""Adds articles on the page, from files and from an address, and undoes what was added last.

Until the update is committed, questions are answered from the generation before.
"""

from __future__ import annotations

import logging
import queue
import secrets
import tempfile
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rag.core.errors import RagError, UndoError
from rag.core.index_layout import ADDED, FEEDS, beside
from rag.core.reports import ArticleSummary, UpdateReport
from rag.formats.file_types import SIDE_FILE, file_of
from rag_ui.adding.stored_files import Taken, forget_older, put_back, take, take_fetched
from rag_ui.adding.upload import Upload
from rag_ui.html.escaping import escape
from rag_ui.language.strings import Strings

if TYPE_CHECKING:
    from rag.library import Library

_PATIENCE = 60.0
"""Seconds to wait for another update. It is longer than for commands, because an upload is harder to repeat."""
_PROBLEM = '<p class="problem" role="alert">'
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Batch:
    """What was added last, which can be undone.

    Attributes:
        key: By which the browser names it.
        account: Who added it; None without accounts.
        taken: Its files.
        report: The report of the update.
        state: The state of the library behind it (`LibraryStatus.state`).
        shown: What is shown of it, as HTML.
    """

    key: str
    account: str | None
    taken: Taken
    report: UpdateReport
    state: str
    shown: str = ""


class Additions:
    """Adds articles to a library, one batch at a time, and undoes what was added last. All open pages share one.

    Args:
        library: The library.
        strings: The words of the page.
    """

    def __init__(self, library: Library, strings: Strings) -> None:
        self._library = library
        self._strings = strings
        self._lock = threading.Lock()
        self._last: Batch | None = None

    def add(self, files: Sequence[Path], account: str | None = None) -> Iterator[str]:
        """Adds files, which stay where they are. Yields HTML: the progress of each file, and at last the result."""
        return self._steps(partial(self.add_now, files, account))

    def fetch(self, address: str, account: str | None = None) -> Iterator[str]:
        """Fetches the page or the feed at an address, and adds it. Yields HTML to show, as `add` does."""
        return self._steps(partial(self._fetch, address, account))

    def undo(self, key: object) -> str:
        """Undoes the batch that the browser names. Returns HTML of the result."""
        words = self._strings.words.additions
        with self._lock:
            batch = self._last
            if batch is None or batch.key != key:
                return problem_card(words.undo_late)
            try:
                done = self._library.undo(batch.report)
            except UndoError:
                self._last = None
                return problem_card(words.undo_late)
            except RagError as error:
                return problem_card(self._strings.problem(error))
            failed = put_back(batch.taken)
            self._last = None
        lines = [words.undone]
        lines += [self._strings.count(len(done.removed), words.out_again)] if done.removed else []
        lines += [words.older_back] if done.changed else []
        lines += [words.not_deleted.format(files=", ".join(failed))] if failed else []
        return outcome_card(lines, (), self._strings)

    def last_of(self, account: str | None) -> str | None:
        """Returns HTML of what this person added last. None if it can't be undone, or something is being added."""
        batch = self._last
        if batch is None or batch.account != account or self._lock.locked():
            return None
        return batch.shown if self._library.status().state == batch.state else None

    def _steps(self, work: Callable[[Callable[[str], None]], str]) -> Iterator[str]:
        """Works in a thread, and yields what it shows."""
        steps: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        threading.Thread(target=self._work, args=(work, steps), name="add", daemon=True).start()
        is_over = False
        while not is_over:
            told = [steps.get(), *(steps.get() for _ in range(steps.qsize()))]
            is_over = told[-1] is None
            # Only the last step is shown, because there are more steps than a browser can show.
            yield from [step for step in told if step is not None][-1:]

    def _work(self, work: Callable[[Callable[[str], None]], str], steps: queue.SimpleQueue[str | None]) -> None:
        try:
            with self._lock:
                steps.put(work(steps.put))
        except RagError as error:
            steps.put(problem_card(self._strings.problem(error)))
        except Exception:  # a fault must not leave the page waiting forever
            _log.exception("files were not added")
            steps.put(problem_card(self._strings.words.adding_failed))
        finally:
            steps.put(None)

    def add_now(self, files: Sequence[Path], account: str | None, show: Callable[[str], None]) -> str:
        """Adds files in this thread. Shows HTML of each step, and returns that of the result. Raises RagError."""
        limits, folder = self._library.settings.page, folder_of(self._library)
        upload = Upload([file.name for file in files[: limits.upload_files]], show, self._strings)
        kept = self._files()
        taken = take(files, folder, upload, limits, is_known=lambda path: str(path) in kept)
        return self._update(folder, taken, upload, account)

    def _fetch(self, address: str, account: str | None, show: Callable[[str], None]) -> str:
        from rag.ingest.fetching.feeds import FEED_SUFFIX
        from rag.ingest.fetching.fetch import allowing
        from rag.ingest.fetching.pages import fetch_page

        settings = self._library.settings
        if settings.page.addresses == "none":
            return problem_card(self._strings.words.additions.no_fetching)
        upload = Upload([address], show, self._strings)
        upload.fetch(0)
        with tempfile.TemporaryDirectory() as waiting:
            file = fetch_page(
                address,
                Path(waiting),
                is_allowed=allowing(private=settings.page.addresses == "all"),
                seconds=settings.updates.feed_seconds,
                files=settings.files,
            )
            folder = folder_of(self._library, FEEDS if file.suffix == FEED_SUFFIX else ADDED)
            kept = self._files()
            taken = take_fetched(file, folder, upload, settings.page, is_known=lambda path: str(path) in kept)
        return self._update(folder, taken, upload, account)

    def _update(self, folder: Path, taken: Taken, upload: Upload, account: str | None) -> str:
        """Updates the library from the folder of the files. Returns HTML of the result."""
        if not taken.stored:
            return self._told(upload, taken, None)
        report: UpdateReport | None = None
        try:
            report = self._library.update(folder, progress=upload.embed, on_file=upload.step, wait=_PATIENCE)
        finally:
            if report is None:
                put_back(Taken({}, replaced=taken.replaced))
            lost = self._drop_lost(taken)
        try:
            return self._done(upload, taken, report, account, lost)
        except RagError as error:
            _log.warning("the library was updated, but can't be read: %s", error)
            return self._told(upload, taken, report)

    def _done(
        self, upload: Upload, taken: Taken, report: UpdateReport, account: str | None, lost: Mapping[Path, str]
    ) -> str:
        """Keeps what an update added, so that it can be undone. Returns HTML of the result."""
        self._settle(upload, taken, report, lost)
        if report.before == report.generation:
            return self._told(upload, taken, report)
        if self._last is not None:
            forget_older(self._last.taken.replaced.values())
        key, state = secrets.token_hex(8), self._library.status().state
        shown = self._told(upload, taken, report, self._undo(key, state))
        self._last = Batch(key, account, taken, report, state, shown)
        return shown

    def _settle(self, upload: Upload, taken: Taken, report: UpdateReport, lost: Mapping[Path, str]) -> None:
        """Tells the upload what became of each stored file."""
        articles: defaultdict[str, list[ArticleSummary]] = defaultdict(list)
        for summary in self._library.articles():
            articles[file_of(summary.path)].append(summary)
        told = {file_of(entry.path) for entry in report.skipped}
        for path in taken.stored:
            if str(path) in report.withdrawn:
                upload.leave_out(path, self._strings.words.was_removed)
            elif articles[str(path)]:
                upload.link(path, articles[str(path)])
            elif path in lost:
                upload.leave_out(path, "" if str(path) in told else self._strings.words.not_added)
        for entry in (*report.skipped, *report.partly):
            upload.note(file_of(entry.path), self._strings.why_skipped(entry))

    def _drop_lost(self, taken: Taken) -> dict[Path, str]:
        """Deletes files that did not become articles, be it for a failed update: they would be taken for added ones.

        The files of withdrawn articles stay, because a person may take them back.

        Returns:
            The deleted files. If the library can't be read, no file is deleted; the next upload of it adds it.
        """
        try:
            withdrawn = (path for article in self._library.withdrawn() for path in (article.path, *article.copies))
            kept = {*self._files(), *map(file_of, withdrawn)}
        except RagError as error:
            _log.warning("it can't be told whether all uploaded files are in the archive: %s", error)
            return {}
        lost = {path: name for path, name in taken.stored.items() if str(path) not in kept}
        for path in lost:
            path.unlink(missing_ok=True)
            beside = path.with_name(path.name + SIDE_FILE)
            if beside in taken.fresh:
                beside.unlink(missing_ok=True)
        return lost

    def _files(self) -> set[str]:
        return {file_of(summary.path) for summary in self._library.articles()}

    def _told(self, upload: Upload, taken: Taken, report: UpdateReport | None, undo: str = "") -> str:
        """Renders the result of a batch. Other changes of the update are not shown."""
        strings, lines = self._strings, []
        if report is not None:
            places = set(map(str, taken.stored))
            added = sum(file_of(path) in places for path in (*report.added, *report.renamed, *report.changed))
            known = 0 if added else len(places) - upload.skipped
            lines += [strings.articles_added(added, report.articles)] if added else []
            lines += [strings.already_there(known)] if known > 0 else []
        skipped = upload.skipped + taken.too_many
        lines += [strings.files_skipped(skipped)] if skipped else []
        most = self._library.settings.page.upload_files
        lines += [strings.words.too_many_files.format(most=most)] if taken.too_many else []
        said = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return f'<div class="added"><div role="status">{said}</div>{undo}{upload.listed()}</div>'

    def _undo(self, key: str, state: str) -> str:
        """Renders what undoes the batch. The script hides it when the library is in another state."""
        words = self._strings.words.additions
        return (
            f'<p class="batch" data-state="{escape(state)}"><button type="button" class="undo-batch" '
            f'data-batch="{key}">{escape(words.undo)}</button> <span>{escape(words.undo_until)}</span></p>'
        )


def folder_of(library: Library, name: str = ADDED) -> Path:
    """Returns a folder beside a library's index, by default that of the files that are added."""
    return beside(Path(library.status().folder), name)


def outcome_card(
    lines: Sequence[str], skipped: Sequence[tuple[str, str]], strings: Strings, most: int | None = None
) -> str:
    """Renders the result of an update: lines of text, and the skipped files with reasons, at most `most` of them."""
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    if skipped:
        named = "".join(
            f'<li><span class="file" dir="auto">{escape(file)}</span> <span>{escape(why)}</span></li>'
            for file, why in skipped[:most]
        )
        said += f"<h2>{escape(strings.files_skipped(len(skipped)))}</h2><ul>{named}</ul>"
    return f'<div class="added" role="status">{said}</div>'


def problem_card(line: str) -> str:
    """Renders the reason why nothing was added."""
    return f"{_PROBLEM}{escape(line)}</p>"


def is_problem(card: str) -> bool:
    """Whether what is shown is the reason why nothing was added."""
    return card.startswith(_PROBLEM)
