"""Decides what an update has to do, by comparing the library's articles with the files found. Reads no file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from rag.store.known_files import Withdrawal


@dataclass(frozen=True, slots=True)
class Known:
    """An article of the library: its id, and the hash of its file or record."""

    article_id: str
    file_hash: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """An article whose file has the same bytes at another path now."""

    article_id: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The work of an update, with sorted paths. Articles in `added` and `changed` must be read and embedded."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    renamed: tuple[Renamed, ...]
    removed: tuple[str, ...]
    unchanged: int

    def told_by_address(self, moved: Mapping[str, str]) -> Changes:
        """Reports an article that was recognised by its address as changed, not as removed and added.

        Args:
            moved: The new path of each of these articles, mapped to its old path.
        """
        both = {new: old for new, old in moved.items() if old in self.removed}
        return replace(
            self,
            added=tuple(path for path in self.added if path not in both),
            changed=tuple(sorted((*self.changed, *both))),
            removed=tuple(path for path in self.removed if path not in both.values()),
        )


@dataclass(frozen=True, slots=True)
class Withheld:
    """What a person withdrew, among the articles found and those of the library.

    Attributes:
        found: Paths of the articles found that are withdrawn, sorted.
        alive: Paths of the library's articles that are withdrawn, sorted.
        moved: Old and new path of each withdrawn article whose file was renamed.
        seen: The places and contents of withdrawn articles that were not known, to be remembered.
    """

    found: tuple[str, ...]
    alive: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    seen: tuple[Withdrawal, ...]


def find_withdrawn(
    withdrawals: Sequence[Withdrawal],
    known: Mapping[str, Known],
    found: Mapping[str, str],
    is_gone: Callable[[str], bool],
) -> Withheld:
    """Finds the withdrawn articles: those at a withdrawn path, whatever they hold now, and those of the same bytes.

    What a withdrawn path holds later is remembered too, unless the library has it as another article: that one stays.

    Args:
        withdrawals: The places and contents of withdrawn articles.
        known: The library's articles by path.
        found: The hash of each article found, by path.
        is_gone: Says whether a path that was not found is certainly gone.
    """
    by_path = {entry.path: entry for entry in withdrawals}
    by_hash = {entry.file_hash: entry for entry in withdrawals}
    others = {article.file_hash for path, article in known.items() if path not in by_path} - by_hash.keys()
    later = {found[path]: entry for path, entry in by_path.items() if path in found and found[path] not in others}
    by_hash = later | by_hash

    def entry_of(path: str, file_hash: str) -> Withdrawal | None:
        return by_path.get(path) or by_hash.get(file_hash)

    held = {path: entry for path in sorted(found) if (entry := entry_of(path, found[path]))}
    elsewhere = (path for path in known if path not in found and entry_of(path, known[path].file_hash))
    moved = {
        entry.path: path
        for path, entry in held.items()
        if path not in by_path and entry.path not in found and is_gone(entry.path)
    }
    stored = {(moved.get(entry.path, entry.path), entry.file_hash) for entry in withdrawals}
    seen = (entry._replace(path=path, file_hash=found[path]) for path, entry in held.items())
    return Withheld(
        found=tuple(held),
        alive=tuple(sorted({*(held.keys() & known.keys()), *elsewhere})),
        moved=tuple(moved.items()),
        seen=tuple(
            entry for entry in seen if (entry.path, entry.file_hash) not in stored and entry.file_hash in by_hash
        ),
    )


def compare(known: Mapping[str, Known], found: Mapping[str, str], is_gone: Callable[[str], bool]) -> Changes:
    """Compares the library's articles with the files found.

    Args:
        known: The library's articles by path.
        found: The hash of each article found, by path.
        is_gone: Says whether a known path that was not found is certainly gone. If not, its article stays.

    Returns:
        The changes.
    """
    gone = sorted(path for path in known if path not in found and is_gone(path))
    new = sorted(path for path in found if path not in known)
    renamed = _match_renames({path: known[path] for path in gone}, {path: found[path] for path in new})
    moved_from, moved_to = {move.old for move in renamed}, {move.new for move in renamed}
    there = sorted(path for path in found if path in known)
    changed = tuple(path for path in there if found[path] != known[path].file_hash)
    return Changes(
        added=tuple(path for path in new if path not in moved_to),
        changed=changed,
        renamed=renamed,
        removed=tuple(path for path in gone if path not in moved_from),
        unchanged=len(there) - len(changed),
    )


def with_moved(
    changes: Changes, known: Mapping[str, Known], found: Mapping[str, str], is_away: Callable[[str], bool]
) -> Changes:
    """Recognises articles of folders that are missing in new files of the same bytes: the folder was moved.

    Args:
        changes: The changes.
        known: The library's articles by path.
        found: The hash of each article found, by path.
        is_away: Says whether a known path lies in a folder that is missing and was not scanned.

    Returns:
        The changes with these articles as renamed. What is not found again stays.
    """
    away = {path: article for path, article in sorted(known.items()) if is_away(path)}
    moved = _match_renames(away, {path: found[path] for path in changes.added})
    places = {move.new for move in moved}
    added = tuple(path for path in changes.added if path not in places)
    return replace(changes, added=added, renamed=(*changes.renamed, *moved))


def _match_renames(gone: Mapping[str, Known], new: Mapping[str, str]) -> tuple[Renamed, ...]:
    """Pairs each new file with a gone article of the same bytes, preferring the same file name."""
    by_hash: defaultdict[str, list[str]] = defaultdict(list)
    for path, article in gone.items():
        by_hash[article.file_hash].append(path)
    renamed = []
    for path, file_hash in new.items():
        candidates = by_hash[file_hash]
        if candidates:
            name = PurePath(path).name
            old = min(candidates, key=lambda candidate: (PurePath(candidate).name != name, candidate))
            candidates.remove(old)
            renamed.append(Renamed(gone[old].article_id, old, path))
    return tuple(renamed)
