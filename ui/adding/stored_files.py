"""The files that are added on the page: each is stored whole under a safe name, and can be taken out again."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rag.core.atomic_files import replace_by, sync_folder
from rag.core.reports import Skipped
from rag.core.settings import MEBIBYTE, PageSettings
from rag.formats.file_types import PACKED, SIDE_FILE, file_type_of
from rag_ui.adding.upload import Upload
from rag_ui.language.strings import Strings
from rag_ui.web.uploads import delete_old, size_of

ARRIVING, BEFORE = ".arriving-", ".before-"
"""The beginnings of the names of a file that is not whole yet, and of the older state of one that was replaced.

No update reads hidden files.
"""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """The files of one batch.

    Attributes:
        stored: The original name of each stored file, by its path.
        skipped: The files that were not stored.
        too_many: The number of those that were not even looked at.
        fresh: The paths at which no file was before.
        replaced: Where the older state of a replaced file is kept, by the file's path.
    """

    stored: dict[Path, str]
    skipped: tuple[Skipped, ...] = ()
    too_many: int = 0
    fresh: frozenset[Path] = frozenset()
    replaced: Mapping[Path, Path] = field(default_factory=dict)


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
    fresh: set[Path] = set()
    most, strings = limits.upload_files, upload.strings
    too_many = strings.words.too_many_files.format(most=most)
    skipped = [Skipped(path=file.name, why=too_many) for file in files[most:]]
    room = _room_in(folder, limits)
    for number, file in enumerate(files[:most]):
        upload.copy(number)
        try:
            place, why = _place(file, folder, room, strings)
            known = place is not None and is_known(place)
            if place is not None and not place.exists():
                room -= file.stat().st_size
                store(file, place)
                fresh.add(place)
        except OSError as error:
            place, why = None, _not_stored(error, strings)
        if place is None:
            skipped.append(Skipped(path=file.name, why=why))
            upload.skip(number, why)
            continue
        stored[place] = file.name
        upload.place(number, place, is_known=known)
    return Taken(stored, tuple(skipped), len(files[most:]), frozenset(fresh))


def take_fetched(
    file: Path,
    folder: Path,
    upload: Upload,
    limits: PageSettings,
    is_known: Callable[[Path], bool] = Path.exists,
) -> Taken:
    """Copies a file that was fetched, and the one beside it, into a folder under their names.

    A newer state of an address replaces the older one, which is kept until the batch can't be undone any more.

    Args:
        file: The file. The upload's only name is its address.
        folder: The folder.
        upload: Is told the step of the file.
        limits: The space for all files in the folder.
        is_known: Whether the file at a path is in the archive already.
    """
    strings, place = upload.strings, folder / file.name
    fresh: set[Path] = set()
    replaced: dict[Path, Path] = {}
    try:
        if _room_in(folder, limits) < file.stat().st_size:
            upload.skip(0, strings.words.no_room)
            return Taken({}, (Skipped(path=upload.name_of(0), why=strings.words.no_room),))
        beside = file.with_name(file.name + SIDE_FILE)
        for source in filter(Path.exists, (beside, file)):
            goal = folder / source.name
            if not goal.exists():
                fresh.add(goal)
            elif goal.read_bytes() != source.read_bytes():
                replaced[goal] = goal.with_name(f"{BEFORE}{secrets.token_hex(4)}-{goal.name}")
                store(goal, replaced[goal])
            else:
                continue
            store(source, goal)
    except OSError as error:
        put_back(Taken({}, fresh=frozenset(fresh), replaced=replaced))
        why = _not_stored(error, strings)
        upload.skip(0, why)
        return Taken({}, (Skipped(path=upload.name_of(0), why=why),))
    upload.place(0, place, is_known=is_known(place) and place not in replaced)
    return Taken({place: upload.name_of(0)}, fresh=frozenset(fresh), replaced=replaced)


def put_back(taken: Taken) -> tuple[str, ...]:
    """Deletes the files that a batch brought, and brings back the older state of those that it replaced.

    Returns:
        The names of files with which this failed. The next update takes them in again.
    """
    failed = []
    for path in taken.fresh:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("%s can't be deleted: %s", path, error)
            failed.append(taken.stored.get(path, path.name))
    for path, before in taken.replaced.items():
        try:
            before.replace(path)
        except OSError as error:
            _log.warning("the older state of %s can't be brought back: %s", path, error)
            failed.append(taken.stored.get(path, path.name))
    return tuple(failed)


def forget_older(files: Iterable[Path]) -> None:
    """Deletes the older states of files that were replaced, because they can't be brought back any more."""
    for file in files:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)


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


def safe_name(file: Path) -> str:
    """Makes a name of letters, digits and dashes, a part of the content's hash, and the known suffix.

    Two files with the same name but different content stay two articles, because it is unknown which one is newer.
    """
    suffix = "".join(file.suffixes[-2:] if file.suffix.lower() in PACKED else file.suffixes[-1:]).lower()
    stem = re.sub(r"[^\w-]+", "-", file.name[: len(file.name) - len(suffix)]).strip("-_")[:80]
    with file.open("rb") as content:
        digest = hashlib.file_digest(content, "sha256").hexdigest()
    return f"{stem or 'article'}-{digest[:12]}{suffix}"


def _place(file: Path, folder: Path, room: int, strings: Strings) -> tuple[Path | None, str]:
    """Chooses the path of a file. Returns None and the reason if the file can't be added."""
    if file_type_of(file) is None:
        return None, strings.words.not_readable
    place = folder / safe_name(file)
    if not place.exists() and room < file.stat().st_size:
        return None, strings.words.no_room
    return place, ""


def _room_in(folder: Path, limits: PageSettings) -> int:
    """The bytes that may still be stored in a folder, which is made if it is missing. What is old there goes."""
    folder.mkdir(exist_ok=True)
    for hidden in (ARRIVING, BEFORE):
        delete_old(folder, f"{hidden}*")
    return limits.stored_megabytes * MEBIBYTE - size_of(folder)


def _not_stored(error: OSError, strings: Strings) -> str:
    _log.warning("a file can't be stored: %s", error)
    return strings.words.not_stored.format(why=error.strerror or type(error).__name__)
