"""The formats that newsrooms exchange: e-mail, mailboxes, tables, Excel, NITF, NewsML-G2, saved pages, web archives."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.records import BadRecord, Unpublished
from rag.ingest.file_reader import FileReader
from tests.files import page, web_record

LEAD = "The ferry to Arne returns in May with two boats, the port authority said on Monday."
REST = "A ticket costs 14 crowns for adults, and children travel free of charge until June."


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    with FileReader() as reader:
        yield reader


def read(reader: FileReader, path: Path, data: bytes) -> list[Extracted | BadRecord | Unpublished]:
    path.write_bytes(data)
    return list(reader.read_records(path))


MAIL = f"""From: "Port of Arne" <press@port.example>
Subject: =?utf-8?q?Re=3A_F=C3=A6rry?=
Date: Tue, 04 Mar 2025 09:00:00 +0000
Message-ID: <1@port.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8; format=flowed

{LEAD.replace("with ", "with " + chr(10))}

On Monday Jane Doe wrote:
> Does it return in June?

{REST}
--\x20
Press office, 12 Quay Street
--b
Content-Type: text/csv
Content-Disposition: attachment; filename="a.csv"

1,2
--b--
"""


def test_an_e_mail_says_what_its_sender_wrote(reader: FileReader, tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_bytes(MAIL.replace("\n", "\r\n").encode())
    article = reader.read_article(tmp_path / "a.eml")
    assert article.text == f"{LEAD}\n\n{REST}"
    assert (article.title, article.published, article.byline) == ("Færry", "2025-03-04", "Port of Arne")


def test_an_e_mail_of_html_in_an_old_encoding(reader: FileReader, tmp_path: Path) -> None:
    head = b"From: a@b.example\nSubject: x\nContent-Type: text/html; charset=us-ascii\n\n"
    (tmp_path / "a.eml").write_bytes(head + "<p>Caf\u00e9 <b>Brae</b> opens.</p><p>Now.</p>".encode("cp1252"))
    assert reader.read_article(tmp_path / "a.eml").text == "Café Brae opens.\n\nNow."


@pytest.mark.parametrize("data", [b"Subject: x\n\n", b"", b"Subject: =?bad?q?=\nContent-Type: multipart/mixed\n\n--\n"])
def test_an_e_mail_without_text_is_refused(reader: FileReader, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.eml").write_bytes(data)
    with pytest.raises(ArticleError, match="no text"):
        reader.read_article(tmp_path / "a.eml")


def test_a_mailbox_has_an_article_per_message(reader: FileReader, tmp_path: Path) -> None:
    mails = [
        f"From: A\nSubject: One\nMessage-ID: <1>\n\n{LEAD}\n>From the board came no comment.\n",
        f"From: B\nSubject: Two\nMessage-ID: <2>\nX-Mozilla-Status: 0009\n\n{REST}\n",
        "From: C\nSubject: Three\n\n\n",
    ]
    data = "\n".join(f"From x@y Tue Mar  4 09:00:00 2025\n{mail}" for mail in mails).encode()
    one, two, three = read(reader, tmp_path / "a.mbox", data)
    assert isinstance(one, Extracted) and isinstance(two, Unpublished) and isinstance(three, BadRecord)
    assert (one.title, one.text) == ("One", f"{LEAD}\nFrom the board came no comment.")
    assert (two.status, str(three).partition(":")[0]) == ("deleted", "Message 3")
    with pytest.raises(ArticleError, match="not a mailbox"):
        read(reader, tmp_path / "b.mbox", b"no mailbox")


def test_rows_are_articles_where_a_column_holds_texts(reader: FileReader, tmp_path: Path) -> None:
    rows = (
        "id;title;date;body;status",
        f'1;"Ferry; again";04.03.2025;"{LEAD}\n\n{REST}";',
        "2;x;;y;draft",
        "3;x;;;",
        "",
    )
    table = "\ufeff" + "\r\n".join(rows)
    one, two, three = read(reader, tmp_path / "a.csv", table.encode())
    assert isinstance(one, Extracted) and isinstance(two, Unpublished) and isinstance(three, BadRecord)
    assert (one.key, one.title, one.published) == ("1", "Ferry; again", "2025-03-04")
    assert one.text.split() == f"{LEAD} {REST}".split()
    assert (two.key, two.status, str(three).partition(":")[0]) == ("2", "draft", "Row 3")


def test_other_tables_are_one_article(reader: FileReader, tmp_path: Path) -> None:
    for separator in ",;\t":
        data = "Party,2021,2025\nLock List,4,9\n".replace(",", separator).encode("utf-16")
        (article,) = read(reader, tmp_path / "a.csv", data)
        assert isinstance(article, Extracted)
        assert (article.text, article.key) == ("Lock List: 4 (2021), 9 (2025).", None)
    with pytest.raises(ArticleError, match="empty"):
        read(reader, tmp_path / "a.tsv", b"\n\n")


def test_a_column_can_be_named(tmp_path: Path) -> None:
    with FileReader({"text": "Meldung"}) as reader:
        (article,) = read(reader, tmp_path / "a.csv", f"Nr,Meldung\n1,{LEAD.replace(',', '')}\n".encode())
    assert isinstance(article, Extracted)
    assert article.text == LEAD.replace(",", "")


def test_excel_is_read_as_it_is_shown(reader: FileReader, tmp_path: Path) -> None:
    from datetime import date

    from openpyxl import Workbook

    book = Workbook()
    seats, secret, news = book.active, book.create_sheet("Secret"), book.create_sheet("News")
    assert seats is not None
    seats.title = "Council"
    for row in (
        ["Party", "Share", "Since", "Cost"],
        ["Lock List", 0.381, date(2025, 3, 4), 99],
        ["Weir", 0.2, None, 7],
    ):
        seats.append(row)
    seats["B2"].number_format = seats["B3"].number_format = "0.0%"
    seats.column_dimensions["D"].hidden = True
    secret.append(["Source", "Nils"])
    secret.sheet_state = "hidden"
    news.append(["Headline", "Text"])
    news.append(["Ferry", LEAD])
    data = io.BytesIO()
    book.save(data)
    story, table = read(reader, tmp_path / "a.xlsx", data.getvalue())
    assert isinstance(story, Extracted) and isinstance(table, Extracted)
    assert (story.title, story.text) == ("Ferry", LEAD)
    assert table.text == "Council\n\nLock List: 38.1% (Share), 2025-03-04 (Since).\n\nWeir: 20% (Share)."
    with pytest.raises(ArticleError, match="Excel file, or it is damaged"):
        read(reader, tmp_path / "b.xlsx", b"PK\x03\x04 no archive")


NITF = f"""<?xml version="1.0"?><nitf xml:lang="en"><head><docdata management-status="usable"><doc-id id-string="n1"/>
<date.issue norm="20250304T090000Z"/></docdata><pubdata name="Fjord Post"/></head><body><body.head><hedline>
<hl1>Ferry returns</hl1></hedline><byline>By <person>Ada Berg</person></byline></body.head><body.content><p>{LEAD}</p>
<media><media-caption>The old ferry.</media-caption><media-producer>X</media-producer></media><hl2>Prices</hl2>
<p>{REST}</p></body.content></body></nitf>"""
NEWSML = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:1" xml:lang="en">
<itemMeta><itemClass qcode="ninat:text"/><provider literal="Fjord Post"/>
<versionCreated>2025-03-04T09:00:00Z</versionCreated>
<pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>Ferry returns</headline>
<by>Ada Berg</by></contentMeta>
<contentSet><inlineXML>
<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{LEAD}</p><p>{REST}</p></body></html></inlineXML>
</contentSet></newsItem><newsItem guid="urn:2"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta><contentSet>
<inlineData>Wrong.</inlineData></contentSet></newsItem></itemSet></newsMessage>"""


def test_agencies_xml(reader: FileReader, tmp_path: Path) -> None:
    (nitf,) = read(reader, tmp_path / "a.xml", NITF.encode())
    assert isinstance(nitf, Extracted)
    assert nitf.text == f"{LEAD}\n\nThe old ferry.\n\nPrices\n\n{REST}"
    assert (nitf.byline, nitf.key) == ("Ada Berg", "n1")
    newsml, canceled = read(reader, tmp_path / "b.xml", NEWSML.encode())
    assert isinstance(newsml, Extracted) and isinstance(canceled, Unpublished)
    assert newsml.text == f"{LEAD}\n\n{REST}"
    for item in (nitf, newsml):
        stated = (item.title, item.published, item.source, item.language)
        assert stated == ("Ferry returns", "2025-03-04", "Fjord Post", "en")
        assert item.byline == "Ada Berg"
    assert canceled.status == "withdrawn"


def test_a_saved_page_is_read_as_a_page(reader: FileReader, tmp_path: Path) -> None:
    saved = page(LEAD, REST, head="<title>Ferry returns</title>").replace(b"=", b"=3D")
    head = "Snapshot-Content-Location: https://port.example/1\nMIME-Version: 1.0\n"
    head += 'Content-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n'
    part = f"{head}Content-Transfer-Encoding: quoted-printable\n\n".encode() + saved + b"\n--x--\n"
    (tmp_path / "a.mhtml").write_bytes(part)
    article = reader.read_article(tmp_path / "a.mhtml")
    assert article.text == f"{LEAD}\n\n{REST}"
    assert (article.title, article.url) == ("Ferry returns", "https://port.example/1")
    (tmp_path / "b.mht").write_bytes(b"Content-Type: text/plain\n\nNo page.")
    with pytest.raises(ArticleError, match="no web page"):
        reader.read_article(tmp_path / "b.mht")


FERRY = page(LEAD, REST, head="<title>Ferry returns</title>")
INFO = (
    b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Type: application/warc-fields\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n"
)


def test_a_web_archive_gives_an_article_for_each_page(reader: FileReader, tmp_path: Path) -> None:
    packed = gzip.compress(FERRY)
    archive = [
        INFO,
        web_record("https://port.example/1", FERRY),
        web_record("https://port.example/old", b"", status="301 Moved", more="Location: /1\r\n"),
        web_record("https://port.example/none", FERRY, status="404 Not Found"),
        web_record("https://port.example/a.png", b"\x89PNG", "image/png"),
        web_record("https://port.example/robots.txt", b"Disallow: /", "text/plain"),
        web_record("<https://port.example/2>", packed, "text/html; charset=utf-8", more="Content-Encoding: gzip\r\n"),
        web_record(
            "https://port.example/3", f"{LEAD}\n\nL’été à Osk.".encode("cp1252"), "text/plain; charset=windows-1252"
        ),
    ]
    for name, data in (("a.warc", b"".join(archive)), ("a.warc.gz", b"".join(map(gzip.compress, archive)))):
        one, two, three = read(reader, tmp_path / name, data)
        assert isinstance(one, Extracted) and isinstance(two, Extracted) and isinstance(three, Extracted)
        for article, number in ((one, 1), (two, 2)):
            assert article.text == f"{LEAD}\n\n{REST}"
            assert (article.title, article.url) == ("Ferry returns", f"https://port.example/{number}")
        assert (three.text, three.url) == (f"{LEAD}\n\nL’été à Osk.", "https://port.example/3")
        assert {article.published for article in (one, two, three)} == {None}  # the day of capture is another one
        assert len({article.key for article in (one, two, three)}) == 3


def test_a_later_capture_of_a_page_has_its_key(reader: FileReader, tmp_path: Path) -> None:
    newer = page(LEAD, "The crossing now takes 30 minutes and costs nothing at all.")
    first, second = read(
        reader,
        tmp_path / "a.warc",
        web_record("https://port.example/1", FERRY) + web_record("https://port.example/1", newer),
    )
    assert isinstance(first, Extracted) and isinstance(second, Extracted)
    assert first.key == second.key and first.text != second.text


def test_a_bad_page_of_a_web_archive_costs_itself(reader: FileReader, tmp_path: Path) -> None:
    whole = web_record("https://port.example/1", FERRY)
    bad = [
        web_record("https://port.example/2", b"<html><body></body></html>"),
        web_record("https://port.example/3", b"\x0b\x02", more="Content-Encoding: zstd\r\n"),
        web_record("https://port.example/4", b"a" * (17 * 1024 * 1024), "text/plain"),
    ]
    found = read(reader, tmp_path / "a.warc", b"".join([*bad, whole, b"WARC/9\r\nnonsense"]))
    assert [type(one) for one in found] == [BadRecord, BadRecord, BadRecord, Extracted, BadRecord]
    told = [str(one.why) for one in found if isinstance(one, BadRecord)]
    for line, part in zip(told, ("No article", "zstd", "larger than 16 MB", "breaks off"), strict=True):
        assert part in line
    for data, why in ((b"nonsense", "damaged"), (INFO, "no page"), (b"", "no page")):
        with pytest.raises(ArticleError, match=why):
            read(reader, tmp_path / "b.warc", data)
