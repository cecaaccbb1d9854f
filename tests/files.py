"""Makes small files of every format, valid or damaged as a test needs them."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def pdf(pages: Sequence[Sequence[str]], trailer: str = "") -> bytes:
    """Makes a PDF in 12 point Helvetica.

    Args:
        pages: The lines of each page, from the top down, in Latin letters.
        trailer: Further entries of the trailer, such as ENCRYPTED.
    """
    contents = []
    for lines in pages:
        shown = " ".join(f"({_escape(line)}) Tj T*" for line in lines)
        contents.append(f"BT /F1 12 Tf 72 760 Td 15 TL {shown} ET")
    return drawn_pdf(contents, trailer)


def drawn_pdf(contents: Sequence[str], trailer: str = "") -> bytes:
    """Makes a PDF from drawing operators. `/F1` is Helvetica, `/Clear` a state in which nothing is opaque.

    Args:
        contents: The operators of each page of 612 by 792 points.
        trailer: Further entries of the trailer.
    """
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, operators in enumerate(contents):
        content = operators.encode("cp1252")
        resources = "<</Font<</F1 3 0 R>>/ExtGState<</Clear<</ca 0>>>>>>"
        box = f"/MediaBox[0 0 612 792]/Resources{resources}/Contents {5 + 2 * number} 0 R"
        objects.append(f"<</Type/Page/Parent 2 0 R{box}>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = len(objects) + 1
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (size, trailer.encode(), len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def drawn(text: str, x: float, y: float, size: float = 11, state: str = "") -> str:
    """Returns the operators that draw a text at a place, in points from the lower left corner.

    Args:
        text: The text, in Latin letters.
        x: The left end.
        y: The height.
        size: The font size.
        state: Operators that come first, such as `3 Tr` for invisible text or `1 g` for white.
    """
    return f"q {state} BT /F1 {size} Tf {x} {y} Td ({_escape(text)}) Tj ET Q"


ENCRYPTED = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'11' * 32}>/P -4>>/ID[<00><00>]"
"""A trailer entry that makes a PDF ask for a password."""


def docx(*paragraphs: str, **properties: str) -> bytes:
    """Makes a Word file with these paragraphs. `properties` are the document's properties, such as its author."""
    from docx import Document

    document = Document()
    document.core_properties.author = ""
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def docx_bomb(megabytes: int) -> bytes:
    """Makes a small Word file whose text unpacks to this many MiB."""
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(docx("Some text."))) as good,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bad,
    ):
        for name in good.namelist():
            with bad.open(name, "w") as part:
                part.write(good.read(name))
                if name == "word/document.xml":
                    for _ in range(megabytes):
                        part.write(b" " * 2**20)
    return packed.getvalue()


def page(*paragraphs: str, head: str = "", language: str = "en") -> bytes:
    """Makes a web page with an article of these paragraphs between a menu and a footer."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Weather"))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">{head}</head><body>'
        f"<nav><ul>{menu}</ul></nav><article>{body}</article><footer>© Gazette</footer></body></html>"
    ).encode()


def rss(*entries: dict[str, str], title: str = "The Gazette") -> bytes:
    """Makes an RSS feed. Each entry maps the names of its elements to their text."""
    items = "".join(
        "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in entry.items()) + "</item>"
        for entry in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


def json_lines(*records: Any) -> bytes:
    """Makes a JSON Lines file with one record per line."""
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def remove(path: Path) -> None:
    """Deletes the file if it exists."""
    path.unlink(missing_ok=True)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Runs the block as the user nobody if this process is root, because root may read all files."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if before == 0:
            os.seteuid(0)


def web_record(address: str, body: bytes, media: str = "text/html", status: str = "200 OK", more: str = "") -> bytes:
    """A record of a web archive: a page with the head that its server sent."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-09-08T07:06:05Z\r\n"
    head += "WARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(http)}\r\n\r\n".encode() + http + b"\r\n\r\n"


def _escape(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
