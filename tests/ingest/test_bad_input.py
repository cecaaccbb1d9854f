"""Folders with any content: bad files are reported with a reason, odd ones are read, and no file stops the others."""

from __future__ import annotations

import gzip
import json
import lzma
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.errors import ArticleError
from rag.formats.extracted import Extracted
from rag.formats.records import BadRecord
from rag.ingest.file_reader import FileContent, FileReader, to_content
from rag.ingest.find import find_articles
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import FailingEmbedder, HashingEmbedder
from tests.files import ENCRYPTED, docx, docx_bomb, json_lines, page, pdf, remove, rss, unprivileged
from tests.libraries import ids, names, write

pytestmark = pytest.mark.slow

LEAD = "The minister met her counterpart in Rome on Monday, and the two of them talked for two hours."
REST = "They will meet again in April, the spokesman said, if the weather in the mountains allows it."
HEBREW = "השרה נפגשה עם עמיתה ברומא ביום שני, והשניים שוחחו במשך שעתיים על הגבול המשותף ועל המסחר."
BIDI = "The minister \u202emet her\u202c friend in \u2066Rome\u2069 on Monday, and \u200fthey talked for two hours."
LONG = "word " * 2_000 + "end."
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol" * 10}">' for n in range(12))
BOMB = f"<?xml version='1.0'?><!DOCTYPE rss [{ENTITIES}]>".encode()
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
ITEM = b"<rss version='2.0'><channel><item><title>x</title><description>%s</description></item></channel></rss>"
PDF = pdf([[LEAD], [REST]])
DOCX = docx(LEAD, REST)


@pytest.fixture(scope="module")
def file_reader() -> Iterator[FileReader]:
    with FileReader() as file_reader:
        yield file_reader


def read(file_reader: FileReader, path: Path, data: bytes) -> FileContent:
    path.write_bytes(data)
    return file_reader.read_article(path)


REFUSED = [
    ("empty.txt", b"", "empty"),
    ("empty.html", b"", "No article"),
    ("empty.md", b"---\ntitle: x\n---\n", "no text"),
    ("empty.pdf", b"", "damaged"),
    ("empty.docx", b"", "not a Word file"),
    ("empty.txt.gz", gzip.compress(b""), "empty"),
    ("binary.txt", bytes(range(256)) * 9, "binary"),
    ("binary.html", bytes(range(256)) * 9, "binary"),
    ("zeros.txt", b"\0" * 999, "binary"),
    ("zeros.pdf", b"\0" * 999, "damaged"),
    ("really-a.txt", PDF, "is a PDF, not text"),
    ("really-a.html", PDF, "is a PDF, not text"),
    ("really-a.pdf", LEAD.encode(), "damaged"),
    ("really-a.docx", PDF, "not a Word file"),
    ("half.utf16.txt", b"\xff\xfe\x00\xd8", "damaged"),
    ("nested.html", b"<div>" * 100_000 + LEAD.encode() + b"</div>" * 100_000, "No article"),
    ("scripts.html", b"<script>var a = 'an article?'</script>" * 999, "No article"),
    ("title.html", b"<html><head><title>An article</title></head><body></body></html>", "No article"),
    ("encrypted.pdf", pdf([[LEAD]], ENCRYPTED), "encrypted"),
    ("truncated.pdf", PDF[: len(PDF) // 3], "damaged"),
    ("images.pdf", pdf([[], []]), "OCR"),
    ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 999, "encrypted, or has the old format"),
    ("truncated.docx", DOCX[: len(DOCX) // 2], "not a Word file"),
    ("bomb.docx", docx_bomb(megabytes=200), "unpacks to more than 32 MB"),
    ("bomb.txt.gz", gzip.compress(b"\0" * 2**26), "unpacks to more than 32 MB"),
    ("bomb.html.xz", lzma.compress(b"a" * 2**26), "unpacks to more than 32 MB"),
    (
        "greedy.txt.xz",
        lzma.compress(b"a", filters=[{"id": lzma.FILTER_LZMA2, "dict_size": 2**30}]),
        "packed .* damaged",
    ),
    ("torn.txt.gz", gzip.compress(LEAD.encode() * 99)[:-20], "packed file is damaged"),
    ("torn.txt.xz", lzma.compress(LEAD.encode() * 99)[:-20], "packed file is damaged"),
    ("plain.txt.gz", LEAD.encode(), "packed file is damaged"),
]


@pytest.mark.parametrize(("name", "data", "words"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_refused_with_the_reason(file_reader: FileReader, tmp_path: Path, name: str, data: bytes, words: str) -> None:
    with pytest.raises(ArticleError, match=words) as caught:
        read(file_reader, tmp_path / name, data)
    message = str(caught.value)
    assert "\n" not in message
    assert message.endswith(".")
    assert {";", ":"} & {*message}, "it does not say what to do"


READ = [
    ("bom.txt", b"\xef\xbb\xbf" + LEAD.encode(), LEAD),
    ("utf16.txt", b"\xff\xfe" + HEBREW.encode("utf-16-le"), HEBREW),
    ("unmarked.utf16.txt", LEAD.encode("utf-16-be"), LEAD),
    ("cp1252.txt", f"{LEAD} “Naïve.”".encode("cp1252"), f"{LEAD} “Naïve.”"),
    ("mixed.txt", f"{LEAD} é".encode() + b" caf\xe9", f"{LEAD} é café"),
    ("mojibake.txt", f"{LEAD} TÃ¼rkiye.".encode(), f"{LEAD} TÃ¼rkiye."),
    ("nul.txt", f"{LEAD}\0{REST}".encode(), f"{LEAD}\0{REST}"),
    ("hebrew.txt", HEBREW.encode(), HEBREW),
    ("bidi.txt", BIDI.encode(), BIDI),
    ("long.txt", LONG.encode(), LONG),
    ("unbroken.txt", b"x" * 10_000, "x" * 10_000),
    ("line\nbreak.txt", LEAD.encode(), LEAD),
    ("hebrew.html", page(HEBREW, HEBREW[::-1], language="he"), f"{HEBREW}\n\n{HEBREW[::-1]}"),
    (
        "latin.html",
        page(LEAD, f"{REST} Naïve.").decode().replace("utf-8", "latin-1").encode("latin-1"),
        f"{LEAD}\n\n{REST} Naïve.",
    ),
    ("wrongly-declared.html", page(LEAD, f"{REST} Naïve.").replace(b"utf-8", b"latin-1"), f"{LEAD}\n\n{REST} Naïve."),
    (
        "scripts.html",
        page(LEAD, f"{REST}<script>alert(1)</script>", head="<script>a</script>" * 99),
        f"{LEAD}\n\n{REST}",
    ),
    ("bidi.md", BIDI.encode(), BIDI),
    ("hebrew.docx", docx(HEBREW, BIDI), f"{HEBREW}\n\n{BIDI}"),
]


@pytest.mark.parametrize(("name", "data", "text"), READ, ids=[name for name, _, _ in READ])
def test_read_as_it_is(file_reader: FileReader, tmp_path: Path, name: str, data: bytes, text: str) -> None:
    article = read(file_reader, tmp_path / name, data)
    assert article.text == text
    covered = "".join(article.text[sentence.start : sentence.end] for sentence in article.sentences)
    assert "".join(covered.split()) == "".join(text.split())


BAD_RECORDS = [
    ("a.jsonl", b'{"text": "One."}\nnonsense\n\n{"text": "Two."}\n', ["One.", "Two."], ["Line 2"]),
    ("a.jsonl", b'\xef\xbb\xbf{"text": "One."}\r\n[]\r\n7\r\n', ["One."], ["Line 2", "Line 3"]),
    ("a.jsonl", b'{"text": "Caf\xe9."}\n{"text": "Caf\xc3\xa9s."}', ["Café.", "Cafés."], []),
    ("a.jsonl", b'{"text": "' + b"x" * 2**25 + b'"}\n{"text": "One."}', ["One."], ["Line 1"]),
    ("a.jsonl", b"[" * 200_000 + b'\n{"text": "One."}', ["One."], ["Line 1"]),
    ("a.jsonl", b'{"n": ' + b"9" * 9_999 + b'}\n{"text": "One."}', ["One."], ["Line 1"]),
    ("a.jsonl", b'{"text": "  "}\n{"text": 7}\n{"text": null}\n{"id": 1}', ["7"], ["Line 1", "Line 3", "Line 4"]),
    ("a.jsonl", json_lines({"id": 1, "text": "One."}, {"id": 1, "text": "Two."}), ["One.", "Two."], []),
    ("a.xml", rss({"guid": "1", "description": "One."}, {"guid": "1", "description": "Two."}), ["One."], ["Entry 2"]),
    ("a.jsonl", PDF + b'\n{"text": "One."}', ["One."], ["Line 1"]),
    ("a.json", b'[{"text": "One."}, null, "x"]', ["One."], ["Article 2", "Article 3"]),
    ("a.xml", rss({"title": "x"}, {"title": "y", "description": "One."}), ["One."], ["Entry 1"]),
]


@pytest.mark.parametrize(("name", "data", "texts", "places"), BAD_RECORDS)
def test_a_bad_record_is_named_and_the_others_are_read(
    file_reader: FileReader, tmp_path: Path, name: str, data: bytes, texts: list[str], places: list[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    found = list(file_reader.read_records(tmp_path / name))
    bad = [record for record in found if isinstance(record, BadRecord)]
    assert [to_content(record).text for record in found if isinstance(record, Extracted)] == texts
    named = [f"{record.where} {record.number}" for record in bad]
    assert named[: len(places)] == places
    assert all(str(record).endswith(".") and "\n" not in str(record) for record in bad)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.json", b"", "not valid JSON"),
        ("a.json", b'{"a": 1', "not valid JSON.*column 8"),
        ("a.json", b'{"a": 1}', "name the field of the JSON that holds the text"),
        ("a.json", b'{"files": ["a", "b"], "n": {"text": "x"}}', "name the field of the JSON that holds the text"),
        ("a.json", b'["a", 7]', "name the field of the JSON that holds the text"),
        ("a.json", b"7", "name the field of the JSON that holds the text"),
        ("a.json", b"[" * 200_000, "nested too deep"),
        ("a.xml", b"", "not an RSS or Atom feed"),
        ("a.xml", b"<html><body>Hello</body></html>", "not an RSS or Atom feed"),
        ("a.rss.gz", gzip.compress(b"<a>" * 2**24), "unpacks to more than 32 MB"),
        ("a.json.xz", b"no xz", "packed file is damaged"),
    ],
)
def test_a_bad_file_of_records_is_refused(
    file_reader: FileReader, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ArticleError, match=words):
        list(file_reader.read_records(tmp_path / name))


@pytest.mark.parametrize("data", [BOMB + ITEM % b"One &e11; two.", OUTSIDE + ITEM % b"One &x; two."])
def test_entities_neither_grow_nor_read_files(file_reader: FileReader, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.xml").write_bytes(data)
    records = list(file_reader.read_records(tmp_path / "a.xml"))
    assert records
    for record in records:
        text = record.text if isinstance(record, Extracted) else str(record)
        assert len(text) < 1_000
        assert "root:" not in text


@pytest.mark.parametrize("name", ["huge.txt", "huge.html", "huge.pdf", "huge.jsonl", "huge.json"])
def test_an_oversized_file_is_refused_before_it_fills_the_memory(
    file_reader: FileReader, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    with path.open("wb") as file:
        file.truncate(5 * 2**30)
    with pytest.raises(ArticleError, match="larger than"):
        file_reader.read_article(path) if name.split(".")[1] in ("txt", "html", "pdf") else list(
            file_reader.read_records(path)
        )


def test_one_update_over_all_of_it(tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    for name, data, _ in REFUSED:
        (news / name).write_bytes(data)
    good = [name for name, _, _ in READ if name not in {refused for refused, _, _ in REFUSED}]
    for name, data, _ in READ:
        if name in good:
            (news / name).write_bytes(data)
    (news / "loop").symlink_to(news)
    (news / "loop.txt").symlink_to(news / "loop.txt")
    (news / "passwords.txt").symlink_to("/etc/passwd")
    (news / "gone.txt").symlink_to(tmp_path / "nowhere")
    (news / "lines.jsonl").write_bytes(json_lines({"id": "one", "text": LEAD}) + b"torn\n")
    (news / "broken.json").write_text(json.dumps({"no": "article"}))
    os.mkfifo(news / "pipe.txt")
    with Store.create(tmp_path / "index") as store:
        report = update_library(store, [news], HashingEmbedder())
    assert sorted(names(report.added)) == sorted([*good, "lines.jsonl#one"])
    also = ["loop.txt", "passwords.txt", "gone.txt", "lines.jsonl", "broken.json", "pipe.txt"]
    assert sorted(names([entry.path for entry in report.skipped])) == sorted([name for name, _, _ in REFUSED] + also)


def test_what_may_not_be_read_is_named(file_reader: FileReader, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(page(LEAD))
    path.chmod(0)
    with unprivileged(), pytest.raises(ArticleError, match="permissions"):
        file_reader.read_article(path)


def test_what_is_deleted_while_it_is_read_is_named_and_stays(tmp_path: Path) -> None:
    news = tmp_path / "news"
    write(news / "a.txt", LEAD)
    write(news / "b.txt", REST)
    with Store.create(tmp_path / "index") as store:
        update_library(store, [news], HashingEmbedder())
        # 64 articles are read at a time. Embedding the first 64 deletes the last file.
        for number in range(64):
            write(news / f"a{number}.txt", f"{LEAD} And again on day {number}.")
        write(news / "b.txt", f"{REST} Or May.")
        report = update_library(store, [news], FailingEmbedder("counterpart", lambda: remove(news / "b.txt")))
        assert [(names([entry.path]), "not there" in entry.why) for entry in report.skipped] == [(["b.txt"], True)]
        assert len(report.added) == 64
        assert store.article(ids(store)["b.txt"]).text == REST


def test_the_same_article_hundreds_of_times_is_one_voice_and_embedded_once(tmp_path: Path) -> None:
    news = tmp_path / "all.jsonl"
    news.write_bytes(json_lines(*({"id": number, "text": LEAD} for number in range(300))))
    embedder = HashingEmbedder()
    with Store.create(tmp_path / "index") as store:
        report = update_library(store, [news], embedder)
        assert (len(report.added), report.passages) == (300, 300)
        assert len({summary.group for summary in store.articles()}) == 1
    assert len(embedder.embedded) == 1


def test_links_out_of_the_folder_are_named_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text(LEAD)
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "out.txt").symlink_to(tmp_path / "outside.txt")
    (folder / "in.txt").write_text(LEAD)
    (folder / "also-in.txt").symlink_to(folder / "in.txt")
    found, skipped = find_articles([folder])
    assert len(found) == 1
    assert [entry.path for entry in skipped] == [str(folder / "out.txt")]
    assert find_articles([folder / "out.txt"])[0] == [folder / "out.txt"]
