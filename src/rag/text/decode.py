"""Decodes bytes: by the byte order mark, otherwise as UTF-8, otherwise in the most plausible older encoding.

Bytes that are plausible in no encoding are refused: text that would be garbage is never taken in.
"""

from __future__ import annotations

import codecs
import hashlib
import re

from rag.core.errors import ArticleError
from rag.text.encodings import LEAST_PLAUSIBLE, rank_encodings

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
_ASCII_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_CONTROLS = 0.03
"""Share of control characters above which data is not text. Compressed data has about 0.1."""
_SAMPLE = 64 * 1024
"""Bytes from which UTF-16 is told."""
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A character beyond ASCII in UTF-8."""
_WIDER = {
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"), "cp1252"),
    **dict.fromkeys(("gb2312", "gbk", "x-gbk"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987"), "cp949"),
    "iso-8859-9": "cp1254",
}
"""Encodings that files declare, and the one with more characters that is meant."""


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
        ArticleError: If the data is binary, not in the encoding of its byte order mark, or in no encoding that can be
            told.
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
        raise _binary()
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
    for encoding in filter(None, (_utf_16(data), "utf-8", _WIDER.get((declared or "").lower(), declared))):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    if len(_ASCII_CONTROL.findall(data)) > _MOST_CONTROLS * len(data):
        raise _binary()
    mended = _decode_mended(data)
    if mended is not None:
        return mended
    for encoding, plausibility in rank_encodings(data):
        if plausibility < LEAST_PLAUSIBLE:
            break
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ArticleError("The file's encoding can't be told for sure", "bad_encoding", remedy="save it as UTF-8")


def _utf_16(data: bytes) -> str | None:
    """UTF-16 without a mark, which has a zero in every second byte of western text."""
    sample = data[:_SAMPLE]
    zeros = (sample[1::2].count(0), sample[0::2].count(0))
    if max(zeros) > 0.3 * (len(sample) / 2) and min(zeros) < 0.1 * max(zeros):
        return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
    return None


def _decode_mended(data: bytes) -> str | None:
    """The text of UTF-8 with some stray bytes, which are read as Windows-1252; None if it is not UTF-8."""
    strays = 0

    def mend(error: UnicodeError) -> tuple[str, int]:
        nonlocal strays
        assert isinstance(error, UnicodeDecodeError)
        strays += 1
        if error.end == len(data) and error.end - error.start > 1:  # the file ends inside a character
            return "\ufffd", error.end
        return data[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1

    characters = len(_MULTIBYTE.findall(data))
    if not characters:
        return None
    codecs.register_error("rag.stray", mend)
    text = data.decode("utf-8", "rag.stray")
    return text if strays <= characters else None


def _binary() -> ArticleError:
    return ArticleError("The file is binary, not text", "binary", remedy="save it as plain text")
