"""Valid files of each format: the text, the metadata, and that all offsets are right."""

from __future__ import annotations

import gzip
import json
import lzma
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.core.article import Article
from rag.formats.extracted import Extracted
from rag.formats.file_types import article_path, file_of, file_type_of, file_type_of_name
from rag.ingest.file_reader import FileContent, FileReader, to_content
from tests.files import docx, json_lines, page, pdf, rss

LEAD = "The minister met her counterpart in Rome on Monday, and the two of them talked for two hours."
REST = "They will meet again in April, the spokesman said, if the weather in the mountains allows it."


@pytest.fixture(scope="module")
def sources() -> Iterator[FileReader]:
    with FileReader() as sources:
        yield sources


def read(sources: FileReader, path: Path, data: bytes | str) -> FileContent:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return sources.read_article(path)


def records(sources: FileReader, path: Path, data: bytes) -> list[FileContent]:
    path.write_bytes(data)
    return [to_content(record) for record in sources.read_records(path) if isinstance(record, Extracted)]


def stated(source: FileContent) -> tuple[str | None, ...]:
    return (source.title, source.published, source.source, source.byline, source.url, source.language)


STATED = ("Iran and US hold talks", "2025-04-12", "The Gazette", "Jane Doe, Bob Roe", "https://ex.org/1", "en")
HEAD = """<title>Iran and US hold talks - The Gazette</title>
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Iran and US hold talks", "datePublished": "2025-04-12T08:30:00Z",
"author": [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Person", "name": "Bob Roe"}],
"publisher": {"@type": "Organization", "name": "The Gazette"}}</script>
<meta property="og:site_name" content="The Gazette"><link rel="canonical" href="https://ex.org/1">"""
FRONT = """---
title: Iran and US hold talks
date: 12 April 2025
source: The Gazette
author: [Jane Doe, Bob Roe]
url: https://ex.org/1
lang: en
---
"""
RECORD = {
    "id": "a-1",
    "title": "Iran and US hold talks",
    "date": "2025/04/12",
    "source": {"id": None, "name": "The Gazette"},
    "authors": ["Jane Doe", "Bob Roe"],
    "url": "https://ex.org/1",
    "language": "en",
    "text": f"{LEAD}\n\n{REST}",
}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", page(LEAD, REST, head=HEAD)),
        ("a.HTM", page(LEAD, REST, head=HEAD)),
        ("a.html.gz", gzip.compress(page(LEAD, REST, head=HEAD))),
        ("a.md", f"{FRONT}{LEAD}\n\n{REST}\n".encode()),
        ("a.md.xz", lzma.compress(f"{FRONT}{LEAD}\n\n{REST}\n".encode())),
    ],
)
def test_what_a_file_states(sources: FileReader, tmp_path: Path, name: str, data: bytes) -> None:
    article = read(sources, tmp_path / name, data)
    assert article.text == f"{LEAD}\n\n{REST}"
    assert stated(article) == STATED
    assert article.derived == set()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.json", json.dumps(RECORD).encode()),
        ("a.json", json.dumps([RECORD]).encode("utf-16")),
        ("a.json.gz", gzip.compress(json.dumps({"count": 1, "articles": [RECORD]}).encode())),
        ("a.jsonl", json_lines(RECORD)),
        ("a.ndjson.xz", lzma.compress(json_lines(RECORD)[:-1])),
        (
            "a.rss",
            rss(
                {
                    "title": "Iran and US hold talks",
                    "pubDate": "Sat, 12 Apr 2025 08:30:00 GMT",
                    "link": "https://ex.org/1",
                    "author": "Jane Doe, Bob Roe",
                    "description": f"&lt;p&gt;{LEAD}&lt;/p&gt;&lt;p&gt;{REST}&lt;/p&gt;",
                }
            ).replace(b"<channel>", b"<channel><language>en</language>"),
        ),
    ],
)
def test_what_a_record_states(sources: FileReader, tmp_path: Path, name: str, data: bytes) -> None:
    (article,) = records(sources, tmp_path / name, data)
    assert article.text == f"{LEAD}\n\n{REST}"
    assert stated(article) == STATED
    assert article.derived == set()


def test_an_article_cut_up_by_advertising_is_read_whole(sources: FileReader, tmp_path: Path) -> None:
    parts = [[f"{LEAD} This is part {n}.", f"{REST} This too is part {n}."] for n in range(3)]
    cut = "".join(f'<div class="article-body"><p>{a}</p><p>{b}</p></div><div class="ad">Buy!</div>' for a, b in parts)
    html = f"<html><head><title>x</title></head><body><main>{cut}</main></body></html>"
    assert read(sources, tmp_path / "a.html", html).text == "\n\n".join(text for part in parts for text in part)


def test_packed_text_is_the_text(sources: FileReader, tmp_path: Path) -> None:
    for pack, suffix in ((gzip.compress, "gz"), (lzma.compress, "xz")):
        twice = pack(LEAD.encode()) + pack(REST.encode())
        assert read(sources, tmp_path / f"a.txt.{suffix}", twice).text == LEAD + REST


def test_markdown_is_read_without_its_markup(sources: FileReader, tmp_path: Path) -> None:
    written = "# The talks\n\nThe **minister** met [her friend](https://ex.org).\nThey *talked*.\n\n* one\n* two\n\n"
    article = read(sources, tmp_path / "a.md", f"{written}| a | b |\n|---|---|\n| 1 | 2 |\n\n<script>x</script>\n")
    assert article.text == "The talks\n\nThe minister met her friend. They talked.\n\none\n\ntwo\n\n1: 2 (b)."
    assert (article.title, article.derived) == ("The talks", frozenset())


def test_a_hard_line_break_of_markdown_ends_no_sentence(sources: FileReader, tmp_path: Path) -> None:
    written = "The pier was opened by  \nTora Vik. It is\\\n90 years old.  \nNobody left.\n\nTora Vik  \nOsk Post\n"
    article = read(sources, tmp_path / "a.md", written)
    assert article.text == (
        "The pier was opened by Tora Vik. It is 90 years old.\n\nNobody left.\n\nTora Vik\n\nOsk Post"
    )


def test_front_matter_that_is_no_yaml_is_read_line_by_line(sources: FileReader, tmp_path: Path) -> None:
    article = read(sources, tmp_path / "a.md", f"---\ntitle: War: what next\ndate: 2025-04-12\n---\n{LEAD}")
    assert (article.title, article.published, article.text) == ("War: what next", "2025-04-12", LEAD)


def test_what_is_not_stated_is_derived_and_marked(sources: FileReader, tmp_path: Path) -> None:
    article = read(sources, tmp_path / "a.md", f"By Jane Doe\n\nApril 12, 2025\n\n{LEAD}")
    assert (article.published, article.byline) == ("2025-04-12", "Jane Doe")
    assert article.derived == {"title", "published", "byline"}


def test_a_side_file_states_what_the_article_does_not(sources: FileReader, tmp_path: Path) -> None:
    about = {"title": "The talks", "date": "12.4.2025", "authors": ["Jane Doe"], "url": "javascript:alert(1)"}
    (tmp_path / "a.txt.meta.json").write_text(json.dumps(about))
    article = read(sources, tmp_path / "a.txt", LEAD)
    assert (article.title, article.published, article.byline, article.url) == (
        "The talks",
        "2025-04-12",
        "Jane Doe",
        None,
    )
    assert (article.text, article.derived) == (LEAD, frozenset())


def test_a_pdf_says_on_which_page_a_quote_is(sources: FileReader, tmp_path: Path) -> None:
    half, cut = LEAD.index("Monday"), REST.index("the weather")
    pages = [
        ["The Gazette", LEAD[:half].strip(), LEAD[half:], "1"],
        [
            "The Gazette",
            "A new page begins with these words and govern-",
            "ment, and (so) ends.",
            REST[:cut].strip(),
            "2",
        ],
        ["The Gazette", REST[cut:], "3"],
        [],
        ["The Gazette", "The end.", "4"],
    ]
    article = read(sources, tmp_path / "a.pdf", pdf(pages))
    second = "A new page begins with these words and government, and (so) ends."
    assert article.text == f"{LEAD}\n\f{second}\n\n{REST[:cut]}\f{REST[cut:]}\n\f\fThe end.\n\f"
    quotes = [article.text[s.start : s.end] for s in article.sentences]
    assert [" ".join(quote.split()) for quote in quotes] == [LEAD, second, REST, "The end."]
    stored = Article("", "", "", article.text, "")
    assert [stored.page_of(s.start) for s in article.sentences] == [1, 2, 2, 5]
    assert Article("", "", "", LEAD, "").page_of(3) is None


def test_a_word_file_is_read_in_order_with_tables_and_tracked_changes(sources: FileReader, tmp_path: Path) -> None:
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    document.core_properties.author, document.core_properties.title = "Jane Doe", "The talks"
    paragraph = document.add_paragraph("The minister ")
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph._p.append(parse_xml(f"<w:ins {word}><w:r><w:t>met</w:t><w:br/><w:t>her friend.</w:t></w:r></w:ins>"))
    paragraph._p.append(parse_xml(f"<w:del {word}><w:r><w:delText>nobody.</w:delText></w:r></w:del>"))
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Rome", "Monday"
    document.add_paragraph("They talked.")
    document.save(str(tmp_path / "a.docx"))
    article = sources.read_article(tmp_path / "a.docx")
    assert article.text == "The minister met her friend.\n\nRome | Monday\n\nThey talked."
    assert (article.title, article.byline, article.published) == ("The talks", "Jane Doe", None)


def test_a_feed_gives_web_addresses_only_and_knows_its_entries_again(sources: FileReader, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    first = {"title": "One", "link": "javascript:alert(1)", "guid": "tag:1", "description": LEAD}
    second = {"title": "Two", "link": "https://ex.org/2", "description": REST}
    path.write_bytes(rss(first, second))
    one, two = sources.read_records(path)
    path.write_bytes(rss({"title": "New", "description": "News."}, second, first))
    _, two_again, one_again = sources.read_records(path)
    assert (one, two) == (one_again, two_again)
    assert isinstance(one, Extracted)
    assert (one.url, one.source) == (None, "The Gazette")


def test_fields_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        json_lines({"headline": "The talks", "parts": {"lead": LEAD}, "text": "not this", "when": 1744416000})
    )
    with FileReader({"text": "parts.lead", "date": "when"}) as sources:
        (record,) = sources.read_records(path)
    assert isinstance(record, Extracted)
    assert (record.text, record.title, record.published) == (LEAD, "The talks", "2025-04-12")


@pytest.mark.parametrize("file", ["a.jsonl", "a#b.txt", "news#1/a.txt", "x.json", "a.txt.gz"])
@pytest.mark.parametrize("key", [None, "a-1", "0123456789abcdef"])
def test_a_record_is_never_taken_for_a_file(file: str, key: str | None) -> None:
    path = article_path(file, key)
    assert file_of(path) == file
    assert (file_type_of(Path(path)) is None) == (key is not None)


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=200)
SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.slow
@given(texts=st.lists(TEXT, min_size=1, max_size=3))
@SLOW
def test_offsets_hold_in_every_format(sources: FileReader, tmp_path: Path, texts: list[str]) -> None:
    from html import escape

    printable = [" ".join(text.encode("cp1252", "ignore").decode("cp1252").split()) for text in texts]
    legal = ["".join(c for c in text if c.isprintable()) for text in texts]
    entries = [{"description": escape(escape(f"{text} {LEAD}"))} for text in legal]
    files = {
        "a.txt": "\n\n".join([LEAD, *texts]).encode(),
        "a.md": "\n\n".join([LEAD, *texts]).encode(),
        "a.html": page(LEAD, REST, *map(escape, legal)),
        "a.pdf": pdf([[LEAD, text] for text in printable]),
        "a.docx": docx(LEAD, *legal),
    }
    articles = [read(sources, tmp_path / name, data) for name, data in files.items()]
    articles += records(sources, tmp_path / "a.jsonl", json_lines(*({"text": text} for text in texts if text.strip())))
    articles += records(sources, tmp_path / "a.xml", rss(*entries))
    assert len(articles) > len(files)
    for article in articles:
        ends = [(sentence.start, sentence.end) for sentence in article.sentences]
        assert ends == sorted(ends)
        quotes = [article.text[start:end] for start, end in ends]
        assert all(quote and quote == quote.strip() for quote in quotes)
        assert "".join("".join(quotes).split()) == "".join(article.text.split())


def test_plain_text_needs_none_of_the_libraries(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LEAD)
    probe = (
        "import sys; from pathlib import Path; from rag.ingest.file_reader import read_article;"
        "read_article(Path(sys.argv[1]));"
        "sys.exit(any(m in sys.modules for m in ('trafilatura', 'docx', 'pypdfium2', 'feedparser', 'lxml', 'yaml')))"
    )
    done = subprocess.run([sys.executable, "-c", probe, str(tmp_path / "a.txt")], check=False)
    assert done.returncode == 0


@pytest.mark.parametrize(
    "path",
    [
        "a.txt",
        "a.b.JSONL.gz",
        "folder.txt/a",
        "folder/.txt",
        ".txt",
        "a.",
        "..txt",
        "a.txt.meta.json",
        "a.xz",
        "ü.feed.xml.xz",
    ],
)
def test_a_kind_is_told_by_the_name_alone(path: str) -> None:
    """Of a path given as text as of one that was taken apart."""
    for prefix in ("", "/news/", "/news.txt/", "news.d/."):
        assert file_type_of_name(f"{prefix}{path}") == file_type_of(Path(f"{prefix}{path}"))
