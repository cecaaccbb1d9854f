"""Files that are mapped, and whose blocks are checked when they are first used.

A file is its content and then a table: the CRC-32 of each block of the content. Whoever keeps the file's `Seal` can
open it at a cost that hardly depends on its size, because only the table is read.
"""

from __future__ import annotations

import hashlib
import mmap
import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from rag.core.atomic_files import replace_by
from rag.core.errors import IndexDamagedError

_BLOCK = 2**16
"""Bytes of a block. Larger ones would check much beside the lists of an approximate index that a question searches."""
_SUM = np.dtype("<u4")


class Seal(NamedTuple):
    """What the owner of a file keeps, to know that the file is what was written.

    Attributes:
        size: Bytes of the content.
        table: The sha256 of the table, in hexadecimal digits.
    """

    size: int
    table: str


def write_checked(path: Path, write: Callable[[Callable[[Any], object]], object]) -> Seal:
    """Writes a file whole or not at all.

    Args:
        path: The file.
        write: Writes the content in pieces, with the function that it is given.

    Raises:
        OSError: If the file can't be written.
    """
    content = _Content()

    def write_all(file: BinaryIO) -> None:
        content.file = file
        write(content.write)
        file.write(content.table())

    replace_by(path, write_all)
    return Seal(content.size, hashlib.sha256(content.table()).hexdigest())


class _Content:
    """Writes content and sums its blocks."""

    file: BinaryIO

    def __init__(self) -> None:
        self.size = 0
        self._sums: list[int] = []

    def write(self, data: Any) -> None:
        view = memoryview(data).cast("B")
        start = 0
        while start < len(view):
            begun = self.size % _BLOCK
            piece = view[start : start + _BLOCK - begun]
            if not begun:
                self._sums.append(0)
            self._sums[-1] = zlib.crc32(piece, self._sums[-1])
            self.size += len(piece)
            start += len(piece)
        self.file.write(view)

    def table(self) -> bytes:
        return np.array(self._sums, _SUM).tobytes()


class CheckedFile:
    """A mapped file. Threads may share it.

    Attributes:
        path: The file.
        seal: Its seal.
        damaged: Whether a check failed.

    Args:
        path: The file.
        seal: What `write_checked` returned.

    Raises:
        IndexDamagedError: If the file is missing, or has another length or table.
    """

    def __init__(self, path: Path, seal: Seal) -> None:
        self.path = path
        self.seal = seal
        self.damaged = False
        blocks = -(-seal.size // _BLOCK)
        length = seal.size + blocks * _SUM.itemsize
        try:
            with path.open("rb") as file:
                if os.fstat(file.fileno()).st_size != length:
                    raise self._damaged("length")
                self._map = mmap.mmap(file.fileno(), length, access=mmap.ACCESS_READ)
        except OSError as error:
            raise self._damaged(error.strerror or "unreadable") from error
        table = self._map[seal.size :]
        if hashlib.sha256(table).hexdigest() != seal.table:
            raise self._damaged("checksum")
        self._sums = np.frombuffer(table, _SUM)
        self._unchecked = np.ones(blocks, np.bool_)

    def array(self, dtype: str, start: int, count: int) -> NDArray[Any]:
        """Returns a part of the content as an array that is read only when it is used; it must be checked before.

        Args:
            dtype: The type of the values.
            start: The first byte.
            count: Number of values.
        """
        return np.frombuffer(self._map, dtype, count, start)

    def check_all(self) -> None:
        """Checks the whole content.

        Raises:
            IndexDamagedError: If it is not what was written.
        """
        self.check(np.array([0]), np.array([self.seal.size]))

    def check(self, starts: NDArray[np.int64], stops: NDArray[np.int64]) -> None:
        """Checks parts of the content, apart from blocks that were checked before.

        Args:
            starts: The first byte of each part, shape (n,).
            stops: The byte after the last of each part, shape (n,).

        Raises:
            IndexDamagedError: If a block is not what was written.
        """
        if not self._unchecked.any():
            return
        # How many parts begin less how many end before each block: more than none are open in it.
        opened = np.zeros(len(self._unchecked) + 1, np.int64)
        np.add.at(opened, starts // _BLOCK, 1)
        np.add.at(opened, -(-stops // _BLOCK), -1)
        for block in np.flatnonzero((np.cumsum(opened[:-1]) > 0) & self._unchecked).tolist():
            with memoryview(self._map) as content:
                found = zlib.crc32(content[block * _BLOCK : min((block + 1) * _BLOCK, self.seal.size)])
            if found != self._sums[block]:
                self.damaged = True
                raise self._damaged("checksum")
            self._unchecked[block] = False

    def _damaged(self, what: str) -> IndexDamagedError:
        return damaged(self.path, what)


def damaged(path: Path, what: str) -> IndexDamagedError:
    """The error to raise if a file of a derived index is not what was written."""
    return IndexDamagedError(
        f"{path} can't be used ({what})", remedy=f"delete {path.parent}: it is made again", path=str(path)
    )
