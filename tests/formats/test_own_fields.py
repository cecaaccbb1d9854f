"""Sections, and the fields of one's own that files state."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.formats.extracted import Extracted
from rag.formats.fields import read_fields
from rag.formats.own_fields import read_own_fields
from rag.ingest.file_reader import FileReader
from tests.files import rss

pytestmark = pytest.mark.slow

BODY = "The gate of the lock at Arne was opened on Monday, the canal office said."
NITF = f"""<?xml version="1.0"?><nitf><head><pubdata name="Arne Post" position.section="Harbour"/></head>
<body><body.head><hedline><hl1>Lock open</hl1></hedline></body.head><body.content><p>{BODY}</p></body.content></body>
</nitf>"""
NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1"><contentMeta>
<headline>Lock open</headline><subject type="cpnat:abstract"><name>Transport</name></subject><subject/>
<subject><name>Weather</name></subject></contentMeta><contentSet><inlineXML><html><body><p>{BODY}</p></body></html>
</inlineXML></contentSet></newsItem>"""
PAGE = """<html><head><title>Lock open</title>{head}</head><body><article><h1>Lock open</h1><p>{body}</p><p>{body}
It had been shut for a year.</p></article></body></html>"""
LINKED = '<script type="application/ld+json">{"@type": "NewsArticle", "articleSection": ["Transport", "City"]}</script>'


@pytest.fixture
def reader() -> Iterator[FileReader]:
    with FileReader() as reader:
        yield reader


@pytest.mark.parametrize(
    ("record", "section"),
    [
        ({"section": "World"}, "World"),
        ({"section_name": "World", "category": "x"}, "World"),
        ({"categories": ["World", {"name": "Asia"}]}, "World, Asia"),
        ({"primary_category": {"name": "World"}}, "World"),
        ({"categories": [12, 7]}, None),
        ({"section": ""}, None),
        ({}, None),
    ],
)
def test_the_section_of_a_record(record: dict[str, object], section: str | None) -> None:
    assert read_fields({"title": "Lock open", "body": BODY, **record}, {}).section == section


def test_the_field_of_the_section_can_be_named() -> None:
    assert read_fields({"body": BODY, "kicker": "World"}, {"section": "kicker"}).section == "World"


def test_short_values_are_fields_of_ones_own_and_what_says_something_else_is_not() -> None:
    record = {
        "id": "7",
        "title": "Lock open",
        "body": BODY,
        "author": "Jane Doe",
        "date": "2024-05-01",
        "url": "https://arne.example/7",
        "lang": "en",
        "summary": "Short.",
        "Print_Desk": "City\ndesk",
        "views": 3,
        "shares": "17",
        "exported": "2024-05-01T10:00:00Z",
        "edition": "3 North",
        "premium": True,
        "tags": ["locks", "canals", "locks"],
        "team": {"name": "Night"},
        "notes": "long " * 100,
        "empty": "",
        "many": [str(n) for n in range(100)],
    }
    assert read_fields(record, {}).fields == (
        ("edition", "3 North"),
        ("premium", "true"),
        ("printdesk", "City desk"),
        ("tags", "canals"),
        ("tags", "locks"),
        ("team", "Night"),
    )


def test_only_so_many_fields_are_kept() -> None:
    assert len(read_own_fields({f"field{n}": [f"value {n}"] for n in range(1000)})) == 100


def test_fields_count_in_the_fingerprint_only_where_there_are_some_and_never_in_the_key() -> None:
    plain = Extracted(BODY, title="Lock open")
    with_desk = Extracted(BODY, title="Lock open", section="City", fields=(("desk", "city"),))
    # The fingerprint of release 0.1.0, whose records are not read again.
    assert plain.fingerprint() == "09f142270c71e70027af114528b1a1abebdae50d1444aa0a32e3f319ffa9a312"
    assert with_desk.fingerprint() != plain.fingerprint()
    assert with_desk.content_key() == plain.content_key() == plain.fingerprint()[:16]


@pytest.mark.parametrize(
    ("name", "data", "section"),
    [
        ("a.html", PAGE.format(head='<meta property="article:section" content="Harbour">', body=BODY), "Harbour"),
        ("b.html", PAGE.format(head=LINKED, body=BODY), "Transport, City"),
        ("c.html", PAGE.format(head="", body=BODY), None),
        ("d.md", f"---\nsection: City\n---\n{BODY}", "City"),
        ("e.md", f"+++\ncategories = ['City', 'Water']\n+++\n{BODY}", "City, Water"),
    ],
)
def test_pages_and_front_matter_state_a_section(
    reader: FileReader, tmp_path: Path, name: str, data: str, section: str | None
) -> None:
    (tmp_path / name).write_text(data, encoding="utf-8")
    assert reader.read_article(tmp_path / name).section == section


@pytest.mark.parametrize(
    ("name", "data", "section"),
    [
        ("a.xml", NITF.encode(), "Harbour"),
        ("b.xml", NEWSML.encode(), "Transport, Weather"),
        ("c.xml", rss({"title": "Lock open", "description": BODY, "category": "City"}), "City"),
        ("d.xml", rss({"title": "Lock open", "description": BODY}), None),
        ("e.csv", f"title,text,section,desk\nLock open,{BODY.replace(',', ';')},City,night\n".encode(), "City"),
    ],
)
def test_feeds_agencies_and_tables_state_a_section(
    reader: FileReader, tmp_path: Path, name: str, data: bytes, section: str | None
) -> None:
    (tmp_path / name).write_bytes(data)
    (record,) = reader.read_records(tmp_path / name)
    assert isinstance(record, Extracted)
    assert record.section == section
    assert name != "e.csv" or record.fields == (("desk", "night"), ("section", "City"))


def test_a_side_file_states_fields_instead_of_the_files_own(reader: FileReader, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(f"---\ndesk: city\nshift: night\nsection: City\n---\n{BODY}", encoding="utf-8")
    (tmp_path / "a.md.meta.json").write_text(json.dumps({"desk": "politics", "section": "World"}), encoding="utf-8")
    article = reader.read_article(tmp_path / "a.md")
    assert article.section == "World"
    assert dict(article.fields) == {"desk": "politics", "shift": "night", "section": "World"}
