"""Bytes to text: a byte order mark decides, else strict UTF-8, else the likeliest of the older encodings."""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterator

from rag.core.errors import ArticleError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
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
"""The share of control characters above which data is no text; compressed data has about 0.1."""
_SAMPLE = 64 * 1024
_FEW = 0.15
"""Below this share of bytes beyond ASCII the text is in Latin letters, where cp1252 beats a guess on single letters."""
_LEAST_CONFIDENCE = 0.4


def hash_text(text: str) -> str:
    """The sha256 of the text as UTF-8, in hexadecimal; any string has one."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def decode(data: bytes, declared: str | None = None) -> str:
    """The text of a file, its byte order mark dropped and its line ends kept; raises ArticleError for binary data.

    `declared` is the encoding that the file itself names: it is believed before a guess, but after what can't be
    otherwise, a byte order mark or valid UTF-8.
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
    """The text after a byte order mark; None where there is no mark."""
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
    """The encodings to try, in order; the last resort, which reads anything, is left to the caller."""
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
