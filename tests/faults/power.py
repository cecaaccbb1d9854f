"""Simulates a disk that loses power. Each unsynced write is kept, dropped, halved or garbled.

This is the strictest reading of POSIX. `fsync` of a file makes its bytes durable, but not its name. `fsync` of a folder
makes the names in it durable. Of the later changes of the folder, any number of the first ones may be on the disk too.
Writes reach the disk in any order. ext4 is less strict: it makes a new file's name durable together with its bytes.
"""

from __future__ import annotations

import random
import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.trap import CREATE, MKDIR, RENAME, RMDIR, SYNC, TRUNCATE, UNLINK, WRITE, Step

_SHARED_MEMORY = "-shm"
"""Suffix of SQLite's shared memory. It is not storage: after a crash, the next process rebuilds it."""


@dataclass(slots=True)
class _File:
    """A file's bytes at the last sync, and the later writes: offset and bytes; None means truncation to the offset."""

    durable: bytes = b""
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def sync(self) -> None:
        self.durable = _apply(self.durable, self.pending)
        self.pending.clear()

    def after_crash(self, dice: random.Random, fates: Sequence[str]) -> bytes:
        survived: list[tuple[int, bytes | None]] = []
        for offset, data in self.pending:
            fate = dice.choice(fates)
            if fate == "kept" or (fate != "dropped" and data is None):
                survived.append((offset, data))
            elif fate == "halved" and data is not None:
                survived.append((offset, data[: len(data) // 2]))
            elif fate == "garbled" and data is not None:
                survived.append((offset, dice.randbytes(len(data))))
        return _apply(self.durable, survived)


@dataclass(frozen=True, slots=True)
class _Naming:
    """A change of the names in a folder: a name appears, a name disappears, or both in one step."""

    appears: str | None
    goes: str | None
    file: _File | None
    """None for a folder."""


class Disk:
    """The files as a process sees them, and as they would be after a power loss."""

    def __init__(self, root: Path, start: Path | None) -> None:
        """Starts with a durable copy of a folder.

        Args:
            root: The index folder of the traced process. It exists.
            start: The folder to copy; None or a missing folder for an empty disk.
        """
        self._root = str(root)
        self._names: dict[str, _File | None] = {self._root: None}
        if start is not None and start.exists():
            for path in start.rglob("*"):
                name = str(root / path.relative_to(start))
                self._names[name] = None if path.is_dir() else _File(path.read_bytes())
        self._durable = dict(self._names)
        self._namings: defaultdict[str, list[_Naming]] = defaultdict(list)

    def take(self, step: Step) -> None:
        """Applies a logged step."""
        file = self._names.get(step.path)
        if step.failed or step.path.endswith(_SHARED_MEMORY):
            return
        if step.kind == CREATE and step.path not in self._names:
            self._name(_Naming(step.path, None, _File()))
        elif step.kind == MKDIR and step.path != self._root:
            self._name(_Naming(step.path, None, None))
        elif step.kind in (UNLINK, RMDIR):
            self._name(_Naming(None, step.path, None))
        elif step.kind == RENAME:
            self._name(_Naming(step.target, step.path, file))
        elif step.kind == SYNC:
            self._sync(step.path, file)
        elif file is not None and (step.truncates or step.kind == TRUNCATE):
            file.pending.append((0 if step.truncates else step.offset, None))
        elif file is not None and step.kind == WRITE:
            file.pending.append((step.offset, step.data))

    def crash(self, seed: int, folder: Path) -> None:
        """Simulates a power loss and writes the files that are left.

        Args:
            seed: Seed of the random fates of the unsynced writes.
            folder: The folder to write. It is deleted first.
        """
        dice = random.Random(seed)
        fates = dice.choice(
            [("dropped",), ("kept", "dropped"), ("kept", "halved"), ("kept", "dropped", "halved", "garbled")]
        )
        names = dict(self._durable)
        for namings in self._namings.values():
            _rename(names, namings[: dice.randint(0, len(namings))])
        shutil.rmtree(folder, ignore_errors=True)
        for name in sorted(names, key=len):
            path, file = folder / Path(name).relative_to(self._root), names[name]
            if file is None:
                path.mkdir(exist_ok=True)
            elif path.parent.is_dir():
                path.write_bytes(file.after_crash(dice, fates))

    def _name(self, naming: _Naming) -> None:
        _rename(self._names, [naming])
        self._namings[str(Path(naming.appears or naming.goes or "").parent)].append(naming)

    def _sync(self, path: str, file: _File | None) -> None:
        if file is not None:
            file.sync()
        else:
            _rename(self._durable, self._namings.pop(path, []))


def _rename(names: dict[str, _File | None], namings: Sequence[_Naming]) -> None:
    for naming in namings:
        if naming.goes is not None:
            names.pop(naming.goes, None)
        if naming.appears is not None:
            names[naming.appears] = naming.file


def _apply(content: bytes, writes: Sequence[tuple[int, bytes | None]]) -> bytes:
    changed = bytearray(content)
    for offset, data in writes:
        changed.extend(bytes(max(0, offset - len(changed))))
        if data is None:
            del changed[offset:]
        else:
            changed[offset : offset + len(data)] = data
    return bytes(changed)
