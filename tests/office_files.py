"""Makes documents of word processors and e-books from their elements."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = (
    f'{WORD} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(f'<w:tc><w:p>{run(c)}</w:p></w:tc>' for c in cells)}</w:tr>"


def word_file(body: str, notes: Mapping[str, str] | None = None, styles: str = "") -> bytes:
    """Makes a Word file of the elements of its body, with notes ("footnotes", "endnotes") and styles."""
    from docx import Document
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import parse_xml

    document = Document()
    document.core_properties.author = document.core_properties.title = ""
    for element in parse_xml(f"<w:body {MORE}>{body}</w:body>"):
        document.element.body[-1].addprevious(element)
    for element in parse_xml(f"<w:styles {WORD}>{styles}</w:styles>"):
        document.styles.element.append(element)
    for kind, inner in (notes or {}).items():
        name = kind.upper()
        part = Part(
            PackURI(f"/word/{kind}.xml"),
            getattr(CONTENT_TYPE, f"WML_{name}"),
            f"<w:{kind} {WORD}>{inner}</w:{kind}>".encode(),
            document.part.package,
        )
        document.part.relate_to(part, getattr(RELATIONSHIP_TYPE, name))
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


ODF = (
    *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing")),
    ("meta", "meta"),
)
SPACES = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"' for name, space in ODF)


def zipped(parts: Mapping[str, str]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def odt_file(body: str, manifest: str = "<manifest/>") -> bytes:
    hidden = '<style:style style:name="T9"><style:text-properties text:display="none"/></style:style>'
    based = '<style:style style:name="P9" style:parent-style-name="T9"/>'
    about = "<meta:initial-creator>Tone Vik</meta:initial-creator><dc:title>Bridge plan</dc:title>"
    return zipped(
        {
            "META-INF/manifest.xml": manifest,
            "meta.xml": f'<office:document-meta {SPACES} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>'
            f"{about}</office:meta></office:document-meta>",
            "content.xml": f"<office:document-content {SPACES}><office:automatic-styles>{hidden}{based}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        }
    )


def epub_file(pages: Mapping[str, str], contents: Mapping[str, str]) -> bytes:
    """Makes an EPUB of pages (their bodies by file name), with a table of contents (titles by link)."""
    space = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    links = "".join(f'<li><a href="{target}">{title}</a></li>' for target, title in contents.items())
    items = "".join(f'<item id="p{n}" href="{name.replace(" ", "%20")}"/>' for n, name in enumerate(pages))
    spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    about = (
        "<dc:title>Harbour Weekly</dc:title><dc:creator>Tone Vik</dc:creator><dc:date>2025-03-12</dc:date>"
        "<dc:language>en</dc:language>"
    )
    return zipped(
        {
            "META-INF/container.xml": '<c xmlns="urn:x"><rootfiles><rootfile full-path="O/c.opf"/></rootfiles></c>',
            "O/c.opf": '<package xmlns="urn:opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<metadata>{about}</metadata><manifest><item id="n" href="nav.xhtml" properties="nav"/>{items}</manifest>'
            f'<spine><itemref idref="n"/>{spine}</spine></package>',
            "O/nav.xhtml": f'<html {space}><body><nav epub:type="toc">{links}</nav></body></html>',
        }
        | {
            f"O/{name}": f"<html {space}><head><title>x</title></head><body>{body}</body></html>"
            for name, body in pages.items()
        }
    )
