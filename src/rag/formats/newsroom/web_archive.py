"""Reads a web archive (WARC), as crawlers write it: each page is an article. Runs in the worker.

Read are the pages that a server answered with, as HTML or plain text. Left out: requests, redirects and errors,
pictures and the like, and the date of capture, which is not when an article was published.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from rag.core.errors import ArticleError
from rag.core.settings import MEBIBYTE
from rag.formats import html
from rag.formats.extracted import Extracted, Refused, neat_key
from rag.formats.fields import clean_url
from rag.formats.more_time import allow_more_time
from rag.text.decode import decode
from rag.text.unwrap import mend_broken_words

_PAGES = ("text/html", "application/xhtml+xml")
_TEXT = "text/plain"
_ANSWERED = ("200", "203")
"""The status of a page that a server gave as asked."""
_NO_PAGES = ("/robots.txt", "/ads.txt")
"""Files for crawlers and advertisers, which are plain text."""
_LARGEST_PAGE = 16 * MEBIBYTE
"""Most bytes of a page, unpacked."""
_MOST_PAGES = 20_000
_SECONDS = 1
"""Processor time that each page adds to the limit of the file, in seconds."""
_PIECE = 65_536


def extract(data: bytes) -> list[Extracted | Refused]:
    """Reads the pages of a web archive.

    Args:
        data: The bytes of the file.

    Returns:
        For each page, its article or why it holds none. The key is made from the address, so that a later capture of a
        page is the correction of an earlier one.

    Raises:
        ArticleError: If the file is damaged at its start, or has no page or too many.
    """
    found = list(_read_pages(data))
    if not found:
        raise ArticleError("The web archive holds no page", "no_article", remedy="remove the file")
    if len(found) > _MOST_PAGES:
        most = f"{_MOST_PAGES:,}"
        raise ArticleError(f"The web archive has more than {most} pages", "too_large", remedy="split it", most=most)
    return found


def _read_pages(data: bytes) -> Iterator[Extracted | Refused]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    pages = 0
    try:
        for record in ArchiveIterator(io.BytesIO(data)):
            kind = _kind_of(record)
            if kind is not None and pages <= _MOST_PAGES:
                pages += 1
                allow_more_time(_SECONDS)
                yield _read_page(record, kind)
    except (ArchiveLoadFailed, EOFError, ValueError) as error:
        broken = ArticleError(
            "The web archive is damaged" if not pages else "it breaks off here",
            "damaged",
            remedy="make it again",
        )
        if not pages:
            raise broken from error
        yield Refused.of(broken)


def _kind_of(record: Any) -> str | None:
    """The media type of a record that is a page; None for every other record."""
    headers = record.http_headers
    address = _address_of(record)
    if record.rec_type != "response" or headers is None or headers.get_statuscode() not in _ANSWERED:
        return None
    kind = (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()
    is_text = kind == _TEXT and not address.endswith(_NO_PAGES)
    return kind if kind in _PAGES or is_text else None


def _address_of(record: Any) -> str:
    return (record.rec_headers.get_header("WARC-Target-URI") or "").strip("<> ")


def _read_page(record: Any, kind: str) -> Extracted | Refused:
    address = _address_of(record)
    key = neat_key(address or str(record.rec_headers.get_header("WARC-Record-ID")))
    try:
        page = _unpack(record)
        charset = _charset_of(record)
        if kind == _TEXT:
            article = Extracted(mend_broken_words(decode(page, charset)))
        else:
            (article,) = html.extract(decode(page, charset).encode("utf-8", "surrogatepass") if charset else page)
        return replace(article, key=key, url=article.url or clean_url(address))
    except ArticleError as error:
        return Refused.of(error, key)
    except (ArithmeticError, AssertionError, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        return Refused(f"it is damaged ({type(error).__name__})", "save the page again", "damaged", key)


def _charset_of(record: Any) -> str | None:
    """The encoding that the server named; None if it named none."""
    stated = record.http_headers.get_header("Content-Type") or ""
    name = stated.lower().partition("charset=")[2].partition(";")[0].strip("\"' ")
    return name or None


def _unpack(record: Any) -> bytes:
    """The page's bytes, unpacked as its server packed them."""
    from warcio.bufferedreaders import BufferedReader

    packed = (record.http_headers.get_header("Content-Encoding") or "").strip().lower()
    if packed not in ("", "identity", *BufferedReader.get_supported_decompressors()):
        raise ArticleError(
            f"it is packed with {packed}, which is not read", "unreadable", remedy="save the page as HTML"
        )
    stream, pieces, size = record.content_stream(), [], 0
    while piece := stream.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > _LARGEST_PAGE:
            most = f"{_LARGEST_PAGE // MEBIBYTE}"
            raise ArticleError(f"it is larger than {most} MB", "too_large", remedy="save it as text", most=most)
    return b"".join(pieces)
