"""Decodes bytes: by the byte order mark, otherwise as strict UTF-8, otherwise in the most probable older encoding."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator

from rag.core.errors import ArticleError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, because it begins with the mark of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = {b"%PDF-": "a PDF", b"PK\x03\x04": "a zip archive or an office file", b"\x89PNG": "an image"}
_SIGNATURES |= {
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x1f\x8b": "a gzip archive",
    b"\x7fELF": "a program",
}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_MOST_CONTROLS = 0.03
"""Share of control characters above which data is not text. Compressed data has about 0.1."""
_SAMPLE = 64 * 1024
"""Bytes from which the encoding is guessed."""
_FEW = 0.15
"""Share of bytes beyond ASCII below which cp1252 is tried before a guess. With few, a guess is worse."""
_LEAST_CONFIDENCE = 0.4
"""Least confidence, in [0, 1], at which a guessed encoding is tried."""


def hash_text(text: str) -> str:
    """Returns the sha256 of the text in UTF-8, in hexadecimal digits. Lone surrogates are allowed."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def decode(data: bytes, declared: str | None = None) -> str:
    """Decodes a file.

    Args:
        data: The file's bytes.
        declared: The encoding that the file itself names, if any. It is tried before a guess, but after a byte order
            mark and after UTF-8.

    Returns:
        The text, without the byte order mark and with its line ends as they are.

    Raises:
        ArticleError: If the data is binary, or not in the encoding of its byte order mark.
    """
    for signature, what in _SIGNATURES.items():
        if data.startswith(signature):
            raise ArticleError(
                f"The file is {what}, not text",
                "binary",
                remedy="give it the right suffix, or save it as plain text",
            )
    text = _decode_marked(data)
    if text is None:
        text = _decode_unmarked(data, declared)
    if len(_CONTROL.findall(text)) > _MOST_CONTROLS * len(text):
        raise ArticleError("The file is binary, not text", "binary", remedy="save it as plain text")
    return text


def _decode_marked(data: bytes) -> str | None:
    """The text after a byte order mark; None without a mark."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise ArticleError(
                    f"The file is marked as {encoding}, but damaged", "bad_encoding", remedy="save it again as UTF-8"
                ) from error
    return None


def _decode_unmarked(data: bytes, declared: str | None) -> str:
    for encoding in _likely_encodings(data, declared):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def _likely_encodings(data: bytes, declared: str | None) -> Iterator[str]:
    """Yields the encodings to try, in order. The caller adds the last one, which decodes anything."""
    sample = data[:_SAMPLE]
    zeros = (sample[1::2].count(0), sample[0::2].count(0))
    if max(zeros) > 0.3 * (len(sample) / 2) and min(zeros) < 0.1 * max(zeros):
        yield "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
    yield "utf-8"
    if declared:
        yield declared
    beyond_ascii = sum(byte > 0x7F for byte in sample)
    if beyond_ascii < _FEW * len(sample):
        yield "cp1252"
    import cchardet

    guess = cchardet.detect(sample)
    if guess["encoding"] and guess["confidence"] >= _LEAST_CONFIDENCE:
        yield guess["encoding"]
    yield "cp1252"
