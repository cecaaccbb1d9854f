"""Reads a file's bytes, unpacks gzip and xz, and never reads more than a limit."""

from __future__ import annotations

import gzip
import lzma
import os
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from rag.core.errors import ArticleError
from rag.core.settings import MEBIBYTE

_PIECE = MEBIBYTE
"""Bytes read or unpacked at a time: the most that a file that is too large costs beyond the limit."""
MOST_LINES = 10_000_000
"""Most lines of a file that is read line by line. A few megabytes may unpack to billions of empty ones."""
_XZ_MEMORY = 128 * MEBIBYTE
"""Memory limit of xz, in bytes. `xz -9` needs 65 MiB; a malicious file may ask for gigabytes."""


def read_bytes(path: Path, max_bytes: int) -> bytes:
    """Reads a file whole, unpacked.

    Args:
        path: The file. It is unpacked if its suffix is `.gz` or `.xz`.
        max_bytes: Most unpacked bytes.

    Raises:
        ArticleError: If the file can't be read, is damaged, or is larger than allowed.
    """
    return b"".join(_read_pieces(path, max_bytes))


def read_lines(path: Path, max_bytes: int, longest: int) -> Iterator[bytes | None]:
    """Reads a file's lines, unpacked, without their line ends.

    Args:
        path: The file. It is unpacked if its suffix is `.gz` or `.xz`.
        max_bytes: Most unpacked bytes of the file.
        longest: Most bytes of a line.

    Yields:
        Each line; None for a line that is too long.

    Raises:
        ArticleError: If the file can't be read, is damaged, is larger than allowed, or has too many lines; lines may
            have been yielded before.
    """
    line, too_long, lines = bytearray(), False, 0
    for piece in _read_pieces(path, max_bytes):
        lines += piece.count(b"\n")
        if lines > MOST_LINES:
            raise ArticleError(
                f"The file has more than {MOST_LINES:,} lines", "too_many_lines", remedy="split it", most=MOST_LINES
            )
        *ended, rest = piece.split(b"\n")
        for end in ended:
            yield None if too_long or len(line) + len(end) > longest else bytes(line + end)
            line.clear()
            too_long = False
        line += rest
        if len(line) > longest:
            line.clear()
            too_long = True
    if line or too_long:
        yield None if too_long else bytes(line)


def read_raw(path: Path, max_bytes: int) -> Iterator[bytes]:
    """Reads a file as it is on the disk, in pieces.

    Args:
        path: The file.
        max_bytes: Most bytes. A file that states more is refused before it is read, one that grows when it is reached.

    Raises:
        ArticleError: If the file is larger than allowed.
        OSError: If the file can't be read.
    """
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size > max_bytes:
            raise _too_large("is larger", max_bytes)
        size = 0
        while piece := file.read(_PIECE):
            size += len(piece)
            if size > max_bytes:
                raise _too_large("is larger", max_bytes)
            yield piece


def explain(error: OSError) -> ArticleError:
    """Turns an OSError into an ArticleError that says what to do."""
    if isinstance(error, FileNotFoundError):
        return ArticleError(
            "The file is not there", "not_there", remedy="check the path, or update again when it is back"
        )
    if isinstance(error, PermissionError):
        return ArticleError("The file can't be read", remedy="check its permissions")
    return ArticleError(f"The file can't be read ({error.strerror or error})", remedy="check the disk and try again")


def _read_pieces(path: Path, max_bytes: int) -> Iterator[bytes]:
    size = 0
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):  # opening a pipe would wait for ever
            raise ArticleError("This is not a file", "no_file", remedy="give a text file")
        if about.st_size > max_bytes:
            raise _too_large("is larger", max_bytes)
        with path.open("rb") as file:
            for piece in _unpack(file, path.suffix.lower(), max_bytes):
                size += len(piece)
                if size > max_bytes:
                    raise _too_large("unpacks to more", max_bytes)
                yield piece
    except ValueError as error:
        raise ArticleError("This is not a valid file name", "bad_name", remedy="check the path") from error
    except (EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError) as error:
        raise ArticleError("The packed file is damaged", "damaged", remedy="pack it again") from error
    except OSError as error:
        raise explain(error) from error


def _too_large(how: str, max_bytes: int) -> ArticleError:
    most = f"{max_bytes / MEBIBYTE:g}"
    return ArticleError(f"The file {how} than {most} MB", "too_large", remedy="split it into its articles", most=most)


def _unpack(file: BinaryIO, suffix: str, max_bytes: int) -> Iterator[bytes]:
    """Yields unpacked pieces of at most `_PIECE` bytes."""
    if suffix == ".xz":
        yield from _unpack_xz(file)
        return
    opened: BinaryIO | gzip.GzipFile = gzip.GzipFile(fileobj=file) if suffix == ".gz" else file
    while piece := opened.read(min(_PIECE, max_bytes + 1)):
        yield piece


def _unpack_xz(file: BinaryIO) -> Iterator[bytes]:
    # lzma.open has no limit for the memory that a file's header asks for.
    unpacker, data = lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY), file.read(_PIECE)
    while data or not unpacker.needs_input:
        yield unpacker.decompress(data, _PIECE)
        data = file.read(_PIECE) if not unpacker.eof and unpacker.needs_input else b""
        if unpacker.eof:  # streams may follow one another, with zeros between them
            data = unpacker.unused_data.lstrip(b"\0") or file.read(_PIECE).lstrip(b"\0")
            if not data:
                return
            unpacker = lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY)
    raise EOFError
