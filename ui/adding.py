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

from rag.core.errors import RagError
from rag.core.reports import Skipped, UpdateReport
from rag.formats.file_types import PACKED, file_of, file_type_of

from .card import escape
from .strings import Strings
from .upload import Upload

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


@dataclass(frozen=True, slots=True)
class Taken:
    """The files of one upload: where each that can be read was put, by the name that it came with, and the others."""

    stored: dict[Path, str]
    skipped: tuple[Skipped, ...]


def add_files(library: Library, files: Sequence[Path], strings: Strings) -> Iterator[str]:
    """Yield what is to be shown: how far each file is, and at last what became of each."""
    folder = Path(library.status().folder).absolute().parent / FOLDER
    steps: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    work = partial(_add, library, files, folder, strings)
    threading.Thread(target=_work, args=(work, steps, strings), name="add", daemon=True).start()
    is_over = False
    while not is_over:
        told = [steps.get(), *(steps.get() for _ in range(steps.qsize()))]
        is_over = told[-1] is None
        # Only the last is shown: the files of an upload go through more steps than a browser can follow.
        yield from [step for step in told if step is not None][-1:]


def _work(add: Callable[[Callable[[str], None]], str], steps: queue.SimpleQueue[str | None], strings: Strings) -> None:
    try:
        steps.put(add(steps.put))
    except RagError as error:
        steps.put(problem_card(strings.problem(error)))
    except Exception:  # the edge of the page: a fault may cost one upload, never leave it working for ever
        _log.exception("files were not added")
        steps.put(problem_card(strings.words.adding_failed))
    finally:
        steps.put(None)


def _add(library: Library, files: Sequence[Path], folder: Path, strings: Strings, show: Callable[[str], None]) -> str:
    upload = Upload([file.name for file in files[:MAX_FILES]], show, strings)
    taken = take(files, folder, upload, strings)
    if not taken.stored:
        return report_card(taken, UpdateReport(generation=library.status().generation), strings)
    report = library.update(folder, progress=upload.embed, on_file=upload.step, wait=_PATIENCE)
    kept = {file_of(summary.path) for summary in library.articles()}
    for path in taken.stored:
        if str(path) not in kept:
            path.unlink(missing_ok=True)
    return report_card(taken, report, strings)


def take(files: Sequence[Path], folder: Path, upload: Upload, strings: Strings) -> Taken:
    """Copies the files that can be read into the folder, each under a name made from its own and its content.

    `upload` is told of each.
    """
    stored: dict[Path, str] = {}
    too_many = strings.words.too_many_files.format(most=MAX_FILES)
    skipped = [Skipped(path=file.name, why=too_many) for file in files[MAX_FILES:]]
    folder.mkdir(exist_ok=True)
    room = QUOTA - sum(path.stat().st_size for path in folder.iterdir())
    for number, file in enumerate(files[:MAX_FILES]):
        upload.copy(number)
        place, why = _place(file, folder, room, strings)
        if place is None:
            skipped.append(Skipped(path=file.name, why=why))
            upload.skip(number, why)
            continue
        is_known = place.exists()
        if not is_known:
            room -= file.stat().st_size
            shutil.copyfile(file, place)
        stored[place] = file.name
        upload.place(number, place, is_known)
    return Taken(stored, tuple(skipped))


def _place(file: Path, folder: Path, room: int, strings: Strings) -> tuple[Path | None, str]:
    """Where a file is put, of which there may be a copy already; None, and why, where it can't be taken."""
    if file_type_of(file) is None:
        return None, strings.words.not_readable
    place = folder / safe_name(file)
    if not place.exists() and room < file.stat().st_size:
        return None, strings.words.no_room
    return place, ""


def safe_name(file: Path) -> str:
    """A name without anything but letters, digits and dashes before its known suffix; the same content, the same name.

    Two files of one name stay two articles, as nothing tells which is the newer.
    """
    suffix = "".join(file.suffixes[-2:] if file.suffix.lower() in PACKED else file.suffixes[-1:]).lower()
    stem = re.sub(r"[^\w-]+", "-", file.name[: len(file.name) - len(suffix)]).strip("-_")[:80]
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return f"{stem or 'article'}-{digest[:12]}{suffix}"


def report_card(taken: Taken, report: UpdateReport, strings: Strings) -> str:
    """What became of the files of one upload; what the update did besides is not told."""
    places = {str(path): name for path, name in taken.stored.items()}
    mine = [(places[entry.path], strings.why_skipped(entry)) for entry in report.skipped if entry.path in places]
    skipped = [*((entry.path, entry.why) for entry in taken.skipped), *mine]
    added = sum(file_of(path) in places for path in (*report.added, *report.renamed, *report.changed))
    known = 0 if added else len(places) - len(mine)
    lines = [strings.articles_added(added, report.articles)] if added else []
    lines += [strings.already_there(known)] if known else []
    return outcome_card(lines, skipped, strings)


def outcome_card(
    lines: Sequence[str], skipped: Sequence[tuple[str, str]], strings: Strings, most: int | None = None
) -> str:
    """What an update did, and the files that were skipped, each with the reason; at `most` so many are named."""
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    if skipped:
        named = "".join(
            f'<li><span class="file" dir="auto">{escape(file)}</span> <span>{escape(why)}</span></li>'
            for file, why in skipped[:most]
        )
        said += f"<h2>{escape(strings.files_skipped(len(skipped)))}</h2><ul>{named}</ul>"
    return f'<div class="added" role="status">{said}</div>'


def problem_card(line: str) -> str:
    """Why nothing was added."""
    return f'<p class="problem" role="alert">{escape(line)}</p>'
