"""Articles that are added on the page: put beside the index under names of our own, read, and reported file by file.

Questions are answered from the generation before until the new one is whole.
"""

from __future__ import annotations

import hashlib
import logging
import queue
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import RagError
from rag.formats.kinds import PACKED, file_of, kind_of
from rag.schema import Skipped, UpdateReport

from . import strings
from .card import escape

if TYPE_CHECKING:
    from rag.library import Library

FOLDER = "added"
"""Beside the index."""
MAX_FILES = 200
"""How many files are taken at once."""
QUOTA = 4 << 30
"""Bytes that all added files may take together."""
_PATIENCE = 60.0
"""Seconds to wait for another update to end."""
_log = logging.getLogger(__name__)
_END = object()


@dataclass(frozen=True, slots=True)
class Taken:
    """The files of one upload: where each that can be read was put, by the name that it came with, and the others."""

    stored: dict[Path, str]
    skipped: tuple[Skipped, ...]


def add_files(library: Library, files: Sequence[Path]) -> Iterator[str]:
    """Yield what is to be shown: how far it is, and at last what became of each file."""
    yield _notice(strings.reading_files(len(files)))
    folder = Path(library.status().folder).absolute().parent / FOLDER
    steps: queue.SimpleQueue[object] = queue.SimpleQueue()
    threading.Thread(target=_work, args=(library, files, folder, steps), name="add", daemon=True).start()
    while (step := steps.get()) is not _END:
        yield str(step)


def _work(library: Library, files: Sequence[Path], folder: Path, steps: queue.SimpleQueue[object]) -> None:
    try:
        steps.put(_add(library, files, folder, steps))
    except RagError as error:
        steps.put(_problem(str(error)))
    except Exception:  # the edge of the page: a fault may cost one upload, never leave it working for ever
        _log.exception("files were not added")
        steps.put(_problem(strings.ADDING_FAILED))
    finally:
        steps.put(_END)


def _add(library: Library, files: Sequence[Path], folder: Path, steps: queue.SimpleQueue[object]) -> str:
    taken = take(files, folder, partial(_tell_copied, steps))
    if not taken.stored:
        return report_card(taken, UpdateReport(generation=library.status().generation))
    report = library.update(folder, progress=partial(_tell, steps), wait=_PATIENCE)
    kept = {file_of(summary.path) for summary in library.articles()}
    for path in taken.stored:
        if str(path) not in kept:
            path.unlink(missing_ok=True)
    return report_card(taken, report)


def _tell(steps: queue.SimpleQueue[object], done: int, total: int) -> None:
    steps.put(progress_line(strings.embedding(done, total), done, total))


def _tell_copied(steps: queue.SimpleQueue[object], file: str, done: int, total: int) -> None:
    steps.put(progress_line(strings.copying(file, done, total), done, total))


def progress_line(line: str, done: int, total: int) -> str:
    """How far an upload is, in words and as a bar."""
    label = escape(strings.ADDING)
    return f'{_notice(line)}<progress max="{total}" value="{done}" aria-label="{label}"></progress>'


def take(files: Sequence[Path], folder: Path, on_file: Callable[[str, int, int], None] = lambda *_: None) -> Taken:
    """Copies the files that can be read into the folder, each under a name made from its own and its content.

    `on_file` is told of each: its name, its number and how many there are.
    """
    stored: dict[Path, str] = {}
    skipped = [Skipped(path=file.name, why=strings.TOO_MANY_FILES.format(most=MAX_FILES)) for file in files[MAX_FILES:]]
    folder.mkdir(exist_ok=True)
    room = QUOTA - sum(path.stat().st_size for path in folder.iterdir())
    for number, file in enumerate(files[:MAX_FILES], start=1):
        on_file(file.name, number, len(files))
        if kind_of(file) is None:
            skipped.append(Skipped(path=file.name, why=strings.NOT_READABLE))
            continue
        place = folder / safe_name(file)
        if not place.exists() and (room := room - file.stat().st_size) < 0:
            skipped.append(Skipped(path=file.name, why=strings.NO_ROOM))
            continue
        if not place.exists():
            shutil.copyfile(file, place)
        stored[place] = file.name
    return Taken(stored, tuple(skipped))


def safe_name(file: Path) -> str:
    """A name without anything but letters, digits and dashes before its known suffix; the same content, the same name.

    Two files of one name stay two articles, as nothing tells which is the newer.
    """
    suffix = "".join(file.suffixes[-2:] if file.suffix.lower() in PACKED else file.suffixes[-1:]).lower()
    stem = re.sub(r"[^\w-]+", "-", file.name[: len(file.name) - len(suffix)]).strip("-_")[:80]
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return f"{stem or 'article'}-{digest[:12]}{suffix}"


def report_card(taken: Taken, report: UpdateReport) -> str:
    """What became of the files of one upload; what the update did besides is not told."""
    places = {str(path): name for path, name in taken.stored.items()}
    mine = [Skipped(path=places[entry.path], why=entry.why) for entry in report.skipped if entry.path in places]
    skipped = (*taken.skipped, *mine)
    added = sum(file_of(path) in places for path in (*report.added, *report.renamed, *report.changed))
    known = 0 if added else len(places) - len(mine)
    lines = [strings.articles_added(added, report.articles)] if added else []
    lines += [strings.already_there(known)] if known else []
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    if not skipped:
        return f'<div class="added" role="status">{said}</div>'
    items = "".join(
        f'<li><span class="file" dir="auto">{escape(entry.path)}</span> <span>{escape(entry.why)}</span></li>'
        for entry in skipped
    )
    head = escape(strings.files_skipped(len(skipped)))
    return f'<div class="added" role="status">{said}<h3>{head}</h3><ul>{items}</ul></div>'


def _notice(line: str) -> str:
    return f'<p class="adding" role="status">{escape(line)}</p>'


def _problem(line: str) -> str:
    return f'<p class="problem" role="alert">{escape(line)}</p>'
