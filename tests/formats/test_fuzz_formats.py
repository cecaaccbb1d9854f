"""Readers of damaged files (flipped, cut, doubled and spliced bytes) return articles or a one-line reason."""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.file_types import file_type_of
from rag.formats.records import BadRecord
from rag.ingest.file_reader import FileContent, FileReader, to_content
from tests.files import docx, drawn, drawn_pdf, json_lines, page, pdf, rss, web_record
from tests.office_files import epub_file, odt_file, run, word_file

LEAD = "The minister met her counterpart in Rome on Monday, and the two of them talked for two hours."
REST = "They will meet again in April, the spokesman said, if the weather in the mountains allows it."
HEAD = '<title>Talks</title><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Talks"}</script>'
NOTE = {"footnotes": f"<w:footnote w:id='2'><w:p>{run(REST)}</w:p></w:footnote>"}
GOOD = {
    "a.txt": f"{LEAD}\n\n{REST}\n".encode(),
    "a.md": f"---\ntitle: Talks\ndate: 2025-04-12\n---\n# Talks\n\n{LEAD}\n\n* {REST}\n".encode(),
    "a.html": page(LEAD, REST, head=HEAD),
    "a.pdf": pdf([[LEAD], [REST]]),
    "a.docx": docx(LEAD, REST, title="Talks"),
    "columns.pdf": drawn_pdf(
        ["\n".join(drawn(t, x, y) for y in (700, 686, 672) for x, t in ((60, REST), (330, LEAD)))]
    ),
    "notes.docx": word_file(f"<w:p>{run(LEAD)}<w:r><w:footnoteReference w:id='2'/></w:r></w:p>", NOTE),
    "a.odt": odt_file(f"<text:p>{LEAD}</text:p><text:p>{REST}</text:p>"),
    "a.rtf": f"{{\\rtf1\\ansi {{\\info{{\\title Talks}}}}\\pard {LEAD}{{\\footnote {REST}}}\\par}}".encode(),
    "a.epub": epub_file({"a.xhtml": f"<h1>Talks</h1><p>{LEAD}</p>", "b.xhtml": f"<p>{REST}</p>"}, {"a.xhtml": "Talks"}),
    "a.json": b'[{"title": "Talks", "text": "%s", "date": "2025-04-12", "authors": ["A", "B"]}]' % LEAD.encode(),
    "a.jsonl": json_lines({"id": 1, "text": LEAD}, {"id": 2, "text": REST, "url": "https://example.org/a"}),
    "a.xml": rss({"title": "Talks", "description": LEAD, "pubDate": "Sat, 12 Apr 2025 08:00:00 GMT"}),
    "a.eml": f"From: A <a@b.example>\nSubject: Talks\nContent-Type: text/plain\n\n{LEAD}\n".encode(),
    "a.mbox": f"From a@b Mon\nSubject: Talks\n\n{LEAD}\n\nFrom a@b Mon\nSubject: More\n\n{REST}\n".encode(),
    "a.warc": web_record("https://port.example/1", page(LEAD, REST)),
    "a.csv": f'id,title,text\n1,Talks,"{LEAD}"\n2,More,"{REST}"\n'.encode(),
    "a.txt.gz": gzip.compress(LEAD.encode(), mtime=0),
    "a.txt.xz": lzma.compress(LEAD.encode()),
}
"""One valid file of each format, from which the damaged files are made."""
MARKS = (b"\0", b"\xff\xfe", b"<", b"&#x110000;", b'"', b"{", b"[" * 99, b"\\ud800", b"\r", b"\f", b"--- ", b"9" * 99)
"""Bytes that are difficult for parsers."""
FEW = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def sources() -> Iterator[FileReader]:
    with FileReader() as sources:
        yield sources


@st.composite
def spoilt(draw: st.DrawFn, good: bytes) -> bytes:
    """Damages bytes: flips bits, and deletes, doubles, moves or inserts parts."""
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 4))):
        start, end = sorted(draw(st.tuples(st.integers(0, len(data)), st.integers(0, len(data)))))
        change = draw(st.sampled_from(("flip", "lose", "double", "move", "put", "cut")))
        if change == "flip" and start < len(data):
            data[start] ^= 1 << draw(st.integers(0, 7))
        elif change == "lose":
            del data[start:end]
        elif change == "double":
            data[end:end] = data[start:end]
        elif change == "move":
            data = data[end:] + data[:end]
        elif change == "put":
            data[start:start] = draw(st.sampled_from(MARKS) | st.binary(max_size=20))
        else:
            del data[end:]
    return bytes(data)


def articles(sources: FileReader, path: Path) -> Iterator[FileContent]:
    """Reads all articles of a file. Raises ArticleError with the reason if there are none."""
    kind = file_type_of(path)
    assert kind is not None
    if not kind.holds_many:
        yield sources.read_article(path)
        return
    for record in sources.read_records(path):
        if isinstance(record, BadRecord):
            assert str(record).endswith(".") and "\n" not in str(record)
        elif isinstance(record, Extracted):
            yield to_content(record)


@pytest.mark.slow
@pytest.mark.parametrize("name", GOOD)
@given(data=st.data())
@FEW
def test_a_spoilt_file_is_read_or_refused(sources: FileReader, tmp_path: Path, name: str, data: st.DataObject) -> None:
    path = tmp_path / name
    path.write_bytes(data.draw(spoilt(GOOD[name])))
    try:
        found = list(articles(sources, path))
    except ArticleError as error:
        assert str(error).endswith(".") and "\n" not in str(error)
        return
    for article in found:
        ends = [(sentence.start, sentence.end) for sentence in article.sentences]
        assert ends == sorted(ends)
        covered = "".join(article.text[start:end] for start, end in ends)
        assert "".join(covered.split()) == "".join(article.text.split())
        assert article.title.strip()


@pytest.mark.parametrize("name", GOOD)
def test_the_files_are_good_before(sources: FileReader, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(GOOD[name])
    found = list(articles(sources, tmp_path / name))
    assert found
    assert all(LEAD in article.text or REST in article.text for article in found)
