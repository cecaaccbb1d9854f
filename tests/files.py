"""Files of every format, made by hand: as small as they can be, and good or bad as the test wants them."""

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
    """A PDF with these lines on its pages, from the top down, in 12 point Helvetica, in Latin letters."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in enumerate(pages):
        shown = " ".join(f"({_escape(line)}) Tj T*" for line in lines)
        content = f"BT /F1 12 Tf 72 760 Td 15 TL {shown} ET".encode("cp1252")
        resources = "<</Font<</F1 3 0 R>>>>"
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


ENCRYPTED = f"/Encrypt<</Filter/Standard/V 1/R 2/O<{'00' * 32}>/U<{'11' * 32}>/P -4>>/ID[<00><00>]"
"""A trailer entry by which a PDF asks for a password."""


def docx(*paragraphs: str, **properties: str) -> bytes:
    """A Word file with these paragraphs; `properties` are those of the file itself."""
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
    """A small Word file whose text unpacks to this much."""
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
    """A web page whose article has these paragraphs, with a menu and a footer around it."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    menu = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("News", "Sport", "Weather"))
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">{head}</head><body>'
        f"<nav><ul>{menu}</ul></nav><article>{body}</article><footer>© Gazette</footer></body></html>"
    ).encode()


def rss(*entries: dict[str, str], title: str = "The Gazette") -> bytes:
    """An RSS feed; each entry's fields are its elements."""
    items = "".join(
        "<item>" + "".join(f"<{name}>{value}</{name}>" for name, value in entry.items()) + "</item>"
        for entry in entries
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{items}</channel></rss>'.encode()


def json_lines(*records: Any) -> bytes:
    """Each record on its line."""
    return "".join(json.dumps(record) + "\n" for record in records).encode()


def remove(path: Path) -> None:
    """Takes the file away, if it is there."""
    path.unlink(missing_ok=True)


@contextmanager
def unprivileged() -> Iterator[None]:
    """Has root, who may read everything, be nobody for as long as the block lasts."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if before == 0:
            os.seteuid(0)


def _escape(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
