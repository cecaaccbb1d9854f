"""What an update has to do, told from what the library knows and what lies in the folders; reads no file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath


@dataclass(frozen=True, slots=True)
class Known:
    """An article that the library has: its id, and the sha256 of its file's bytes."""

    article_id: str
    file_hash: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """An article whose file lies at another path now, byte for byte."""

    article_id: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Paths sorted; `added` and `changed` are to be read and embedded."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    renamed: tuple[Renamed, ...]
    removed: tuple[str, ...]
    unchanged: int

    def told_by_address(self, moved: Mapping[str, str]) -> Changes:
        """The same, with what was taken for removed and added told as changed; `moved` maps new paths to old ones."""
        both = {new: old for new, old in moved.items() if old in self.removed}
        return replace(
            self,
            added=tuple(path for path in self.added if path not in both),
            changed=tuple(sorted((*self.changed, *both))),
            removed=tuple(path for path in self.removed if path not in both.values()),
        )


def compare(known: Mapping[str, Known], found: Mapping[str, str], is_gone: Callable[[str], bool]) -> Changes:
    """The changes from the articles known to the files found, both by path; files come with their sha256.

    `is_gone` says of a known path that was not found whether it is known to be gone; if not, its article stays.
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


def _match_renames(gone: Mapping[str, Known], new: Mapping[str, str]) -> tuple[Renamed, ...]:
    """Pairs each new file with a gone article of the same bytes, one of the same file name if there is one."""
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
