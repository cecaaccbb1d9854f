"""Web pages: the article's own title, its date of publication, its captions, and the text that its JSON-LD has."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from rag.ingest.file_reader import FileContent, FileReader
from tests.files import page

LEAD = "The old weir at Arne was sold to a power company for 2 million crowns, the town council said on Monday."
REST = "The buyer plans to build a small power station there, which is to supply some four hundred houses in 2027."
MORE = "Ada Berg, the mayor, said that twelve people would find work, and that the path along the river stays open."


MODIFIED = '<meta property="article:modified_time" content="2025-05-05">'


@pytest.fixture(scope="module")
def reader() -> Iterator[FileReader]:
    with FileReader() as reader:
        yield reader


def read(reader: FileReader, path: Path, *paragraphs: str, head: str = "", ld: Any = None) -> FileContent:
    stated = f'<script type="application/ld+json">{json.dumps(ld)}</script>' if ld else ""
    path.write_bytes(page(*paragraphs, head=head + stated))
    return reader.read_article(path)


@pytest.mark.parametrize(
    ("head", "line", "published"),
    [
        ("", "Published 3 April 2019 | Updated 5 May 2025", "2019-04-03"),
        (MODIFIED, "Published: 3 April 2019", "2019-04-03"),
        (MODIFIED, "Veröffentlicht am 3. April 2019", "2019-04-03"),
        ('<meta property="article:published_time" content="2019-04-03">', "Published 7 May 2020", "2019-04-03"),
        (MODIFIED, "A walk along the river", "2025-05-05"),
        ('<meta property="article:published_time" content="2019-02-30">', "A walk along the river", "2019-02"),
        ('<meta property="article:published_time" content="2019-02-01">', "A walk along the river", "2019-02-01"),
        ('<meta name="date" content="1 February 2019">', "A walk along the river", "2019-02-01"),
    ],
)  # fmt: skip
def test_the_date_of_publication_counts(
    reader: FileReader, tmp_path: Path, head: str, line: str, published: str
) -> None:
    assert read(reader, tmp_path / "a.html", line, LEAD, REST, head=head).published == published


def test_a_live_blog_has_its_own_title(reader: FileReader, tmp_path: Path) -> None:
    updates = [
        {"@type": "BlogPosting", "headline": "Bridge closed", "datePublished": "2025-02-02", "articleBody": LEAD},
        {"@type": "BlogPosting", "headline": "Ferry late", "datePublished": "2025-02-03", "articleBody": REST},
    ]
    blog = {"@type": "LiveBlogPosting", "headline": "Storm Berta live", "datePublished": "2025-02-01"}
    ld = {"@graph": [{"@type": "WebPage"}, blog | {"liveBlogUpdate": updates}]}
    article = read(reader, tmp_path / "a.html", LEAD, REST, head="<title>Storm Berta live | Gazette</title>", ld=ld)
    assert (article.title, article.published) == ("Storm Berta live", "2025-02-01")


@pytest.mark.parametrize("free", [False, "False", "http://schema.org/False"])
def test_behind_a_paywall_the_stated_text_is_read(reader: FileReader, tmp_path: Path, free: object) -> None:
    ld = {
        "@type": "NewsArticle",
        "headline": "Weir",
        "isAccessibleForFree": free,
        "articleBody": f"{LEAD} {REST} {MORE}",
    }
    article = read(reader, tmp_path / "a.html", LEAD, "Subscribe to read on. Get all articles for only 1 crown.", ld=ld)
    assert article.text == f"{LEAD} {REST} {MORE}"
    assert read(reader, tmp_path / "a.html", LEAD, REST, MORE, ld=ld).text == f"{LEAD}\n\n{REST}\n\n{MORE}"


def test_captions_are_read_without_their_credit_and_teasers_are_not(reader: FileReader, tmp_path: Path) -> None:
    caption = "Ada Berg opens the gate of the weir in 1998."
    figure = f'<figure><img src="1.jpg"><figcaption>{caption} Photograph: Jo Doe</figcaption></figure>'
    teaser = '<a href="/2"><figure><figcaption>Another story that is not this one.</figcaption></figure></a>'
    (tmp_path / "a.html").write_bytes(page(LEAD, "FIGURE", REST).replace(b"<p>FIGURE</p>", (figure + teaser).encode()))
    assert reader.read_article(tmp_path / "a.html").text == f"{LEAD}\n\n{caption}\n\n{REST}"


def test_what_was_struck_out_is_not_read(reader: FileReader, tmp_path: Path) -> None:
    assert read(reader, tmp_path / "a.html", LEAD, f"{REST} It has <del>two</del> three gates.").text == (
        f"{LEAD}\n\n{REST} It has three gates."
    )


@pytest.mark.parametrize(
    "opened", ["<p><font size=2>", "<P><FONT size=2><b>", "<div>", "<div><span class=a>", "<font><br>"]
)
def test_elements_that_are_never_closed_cut_nothing_off(reader: FileReader, tmp_path: Path, opened: str) -> None:
    lines = [f"Sentence {number} was said by the mayor of Arne on the Monday before." for number in range(600)]
    path = tmp_path / "old.html"
    path.write_text(f"<html><head><title>Arne</title></head><body>{''.join(f'{opened}{line}' for line in lines)}")
    text = reader.read_article(path).text
    assert [line for line in lines if line not in text] == []
