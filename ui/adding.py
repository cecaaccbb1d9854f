"""Adds articles on the page: stores the files beside the index under safe names, updates, and reports each file.

Until the update is committed, questions are answered from the generation before.
"""

from __future__ import annotations

import hashlib
import logging
import queue
import re
import secrets
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rag.core.atomic_files import replace_by, sync_folder
from rag.core.errors import RagError
from rag.core.reports import Skipped, UpdateReport
from rag.core.settings import MEBIBYTE, PageSettings
from rag.formats.file_types import PACKED, file_of, file_type_of

from .escaping import escape
from .strings import Strings
from .upload import Upload
from .web.uploads import delete_old, size_of

if TYPE_CHECKING:
    from rag.library import Library

FOLDER = "added"
"""The folder, beside the index, in which added files are kept."""
ARRIVING = ".arriving-"
"""The beginning of a file's name until it is whole. No update reads hidden files."""
_PATIENCE = 60.0
"""Seconds to wait for another update. It is longer than for commands, because an upload is harder to repeat."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """The files of one upload: the path and original name of each stored file, and the skipped files."""

    stored: dict[Path, str]
    skipped: tuple[Skipped, ...]


def add_files(library: Library, files: Sequence[Path], strings: Strings) -> Iterator[str]:
    """Adds files. Yields HTML to show: the progress of each file, and at last the result."""
    folder = folder_of(library)
    steps: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    work = partial(add_into, folder, library, files, strings)
    threading.Thread(target=_work, args=(work, steps, strings), name="add", daemon=True).start()
    is_over = False
    while not is_over:
        told = [steps.get(), *(steps.get() for _ in range(steps.qsize()))]
        is_over = told[-1] is None
        # Only the last step is shown, because there are more steps than a browser can show.
        yield from [step for step in told if step is not None][-1:]


def folder_of(library: Library) -> Path:
    """Returns the folder for the files that are added to a library."""
    return Path(library.status().folder).absolute().parent / FOLDER


def _work(add: Callable[[Callable[[str], None]], str], steps: queue.SimpleQueue[str | None], strings: Strings) -> None:
    try:
        steps.put(add(steps.put))
    except RagError as error:
        steps.put(problem_card(strings.problem(error)))
    except Exception:  # a fault must not leave the page waiting forever
        _log.exception("files were not added")
        steps.put(problem_card(strings.words.adding_failed))
    finally:
        steps.put(None)


def add_into(
    folder: Path, library: Library, files: Sequence[Path], strings: Strings, show: Callable[[str], None]
) -> str:
    """Stores files and updates the library.

    Args:
        folder: The folder for added files.
        library: The library.
        files: The files, which stay where they are.
        strings: The words of the page.
        show: Called with HTML of each step.

    Returns:
        HTML of the result.
    """
    limits = library.settings.page
    upload = Upload([file.name for file in files[: limits.upload_files]], show, strings)
    kept = _files_of(library)
    taken = take(files, folder, upload, limits, is_known=lambda path: str(path) in kept)
    if not taken.stored:
        return report_card(taken, UpdateReport(generation=library.status().generation), strings)
    try:
        report = library.update(folder, progress=upload.embed, on_file=upload.step, wait=_PATIENCE)
    finally:
        lost = _drop_lost(library, taken.stored)
    told = {file_of(entry.path) for entry in report.skipped}
    unseen = [Skipped(path=name, why=strings.words.not_added) for path, name in lost.items() if str(path) not in told]
    removed = {path: name for path, name in taken.stored.items() if str(path) in report.withdrawn}
    unseen += [Skipped(path=name, why=strings.words.was_removed) for name in removed.values()]
    gone = {*(path for path in lost if str(path) not in told), *removed}
    left = {path: name for path, name in taken.stored.items() if path not in gone}
    return report_card(Taken(left, (*taken.skipped, *unseen)), report, strings)


def _drop_lost(library: Library, stored: Mapping[Path, str]) -> dict[Path, str]:
    """Deletes the files that did not become articles, be it for a failed update: they would be taken for added ones.

    The files of withdrawn articles stay, because a person may take them back.

    Returns:
        The deleted files. If the library can't be read, no file is deleted; the next upload of it adds it.
    """
    try:
        withdrawn = (path for article in library.withdrawn() for path in (article.path, *article.copies))
        kept = {*_files_of(library), *map(file_of, withdrawn)}
    except RagError as error:
        _log.warning("it can't be told whether all uploaded files are in the archive: %s", error)
        return {}
    lost = {path: name for path, name in stored.items() if str(path) not in kept}
    for path in lost:
        path.unlink(missing_ok=True)
    return lost


def _files_of(library: Library) -> set[str]:
    return {file_of(summary.path) for summary in library.articles()}


def take(
    files: Sequence[Path],
    folder: Path,
    upload: Upload,
    limits: PageSettings,
    is_known: Callable[[Path], bool] = Path.exists,
) -> Taken:
    """Copies the readable files of an upload into a folder, each under its `safe_name`.

    Args:
        files: The files.
        folder: The folder for added files.
        upload: Is told the step of each file.
        limits: Most files of an upload, and the space for all files that were ever added.
        is_known: Whether the file at a path is in the archive already.

    Returns:
        The stored and the skipped files.
    """
    stored: dict[Path, str] = {}
    most, strings = limits.upload_files, upload.strings
    too_many = strings.words.too_many_files.format(most=most)
    skipped = [Skipped(path=file.name, why=too_many) for file in files[most:]]
    folder.mkdir(exist_ok=True)
    delete_old(folder, f"{ARRIVING}*")
    room = limits.stored_megabytes * MEBIBYTE - size_of(folder)
    for number, file in enumerate(files[:most]):
        upload.copy(number)
        try:
            place, why = _place(file, folder, room, strings)
            known = place is not None and is_known(place)
            if place is not None and not place.exists():
                room -= file.stat().st_size
                store(file, place)
        except OSError as error:
            _log.warning("an uploaded file can't be stored: %s", error)
            place, why = None, strings.words.not_stored.format(why=error.strerror or type(error).__name__)
        if place is None:
            skipped.append(Skipped(path=file.name, why=why))
            upload.skip(number, why)
            continue
        stored[place] = file.name
        upload.place(number, place, is_known=known)
    return Taken(stored, tuple(skipped))


def store(file: Path, place: Path) -> None:
    """Copies a file to its place, where it is whole and on the disk, or not there.

    It is written beside its place under a hidden name, which no update reads, and moved when it is whole. What a kill
    leaves there is deleted after a day.

    Raises:
        OSError: If the file can't be read or written. Nothing is left then.
    """
    # Two servers may store the same file at the same time.
    fresh = place.with_name(f"{ARRIVING}{secrets.token_hex(4)}-{place.name}")
    with file.open("rb") as content:
        replace_by(fresh, partial(shutil.copyfileobj, content))
    fresh.replace(place)
    sync_folder(place.parent)


def _place(file: Path, folder: Path, room: int, strings: Strings) -> tuple[Path | None, str]:
    """Chooses the path of a file. Returns None and the reason if the file can't be added."""
    if file_type_of(file) is None:
        return None, strings.words.not_readable
    place = folder / safe_name(file)
    if not place.exists() and room < file.stat().st_size:
        return None, strings.words.no_room
    return place, ""


def safe_name(file: Path) -> str:
    """Makes a name of letters, digits and dashes, a part of the content's hash, and the known suffix.

    Two files with the same name but different content stay two articles, because it is unknown which one is newer.
    """
    suffix = "".join(file.suffixes[-2:] if file.suffix.lower() in PACKED else file.suffixes[-1:]).lower()
    stem = re.sub(r"[^\w-]+", "-", file.name[: len(file.name) - len(suffix)]).strip("-_")[:80]
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return f"{stem or 'article'}-{digest[:12]}{suffix}"


def report_card(taken: Taken, report: UpdateReport, strings: Strings) -> str:
    """Renders the result of one upload. Other changes of the update are not shown."""
    places = {str(path): name for path, name in taken.stored.items()}
    mine = [(places[entry.path], strings.why_skipped(entry)) for entry in report.skipped if entry.path in places]
    skipped = [*((entry.path, entry.why) for entry in taken.skipped), *mine]
    added = sum(file_of(path) in places for path in (*report.added, *report.renamed, *report.changed))
    known = 0 if added else len(places) - len(mine)
    lines = [strings.articles_added(added, report.articles)] if added else []
    lines += [strings.already_there(known)] if known else []
    lines += [f"{places[entry.path]}: {strings.why_skipped(entry)}" for entry in report.partly if entry.path in places]
    return outcome_card(lines, skipped, strings)


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
    return f'<p class="problem" role="alert">{escape(line)}</p>'
