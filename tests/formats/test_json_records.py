"""JSON as systems export it: the articles are found, each is one article, and HTML is read as HTML."""

from __future__ import annotations

import json
from typing import Any

import pytest

from rag.core.errors import ArticleError
from rag.formats import json_lines, json_records
from rag.formats.extracted import Extracted, Refused

ONE, TWO = "The weir at Arne was mended on Monday.", "It cost 3 million crowns."


def read(value: Any, **fields: str) -> list[Extracted | Refused]:
    return json_records.extract(json.dumps(value).encode(), fields)


def texts(value: Any, **fields: str) -> list[str]:
    return [record.text for record in read(value, **fields) if isinstance(record, Extracted)]


WORDPRESS = {
    "id": 5,
    "date": "2025-03-04T09:00:00",
    "link": "https://arne.example/weir",
    "status": "publish",
    "type": "post",
    "title": {"rendered": "Weir &#8220;mended&#8221;"},
    "content": {"rendered": f"<p>{ONE}</p>\n<p>{TWO}</p>", "protected": False},
    "excerpt": {"rendered": "<p>short</p>"},
}
GUARDIAN = {
    "id": "world/2025/weir",
    "type": "article",
    "webPublicationDate": "2025-03-04T10:00:00Z",
    "webTitle": "Weir “mended”",
    "webUrl": "https://arne.example/weir",
    "fields": {"bodyText": f"{ONE} {TWO}", "body": f"<p>{ONE}</p><p>{TWO}</p>", "byline": "A. Writer"},
}
NYT = {
    "web_url": "https://arne.example/weir",
    "lead_paragraph": ONE,
    "abstract": TWO,
    "snippet": TWO,
    "headline": {"main": "Weir “mended”", "kicker": None},
    "pub_date": "2025-03-04T15:00:00+0000",
    "byline": {"original": "By A. Writer"},
    "multimedia": [{"url": "x.jpg", "caption": "A weir"}],
    "_id": "nyt://article/1",
}
GHOST = {
    "id": "g1",
    "title": "Weir “mended”",
    "html": f"<p>{ONE}</p><p>{TWO}</p>",
    "plaintext": "other",
    "status": "published",
    "published_at": "2025-03-04T10:00:00.000Z",
}
ELASTIC = {
    "_index": "news",
    "_id": "1",
    "_source": {"title": "Weir “mended”", "text": f"{ONE}\n\n{TWO}", "date": "2025-03-04"},
}
JSON_API = {
    "id": "1",
    "attributes": {
        "title": "Weir “mended”",
        "body": {"processed": f"<p>{ONE}</p><p>{TWO}</p>"},
        "created": "2025-03-04",
    },
}
MONGO = {
    "_id": {"$oid": "1"},
    "title": "Weir “mended”",
    "body": f"{ONE}\n\n{TWO}",
    "date": {"$date": "2025-03-04T00:00:00Z"},
}


@pytest.mark.parametrize(
    "export",
    [
        [WORDPRESS],
        {"response": {"status": "ok", "results": [GUARDIAN]}},
        {"response": {"docs": [NYT], "meta": {"hits": 1}}},
        {"db": [{"meta": {"n": 1}, "data": {"posts": [GHOST], "tags": [{"name": "x", "description": "y"}]}}]},
        {"took": 3, "hits": {"total": 1, "hits": [ELASTIC]}},
        {"data": [JSON_API], "links": {"next": "x"}},
        [MONGO],
        {"data": {"articles": {"edges": [{"node": MONGO}]}}},
        {"a1": MONGO | {"_id": "1"}, "a2": {"title": "Other", "text": "Other."}},
    ],
)
def test_the_articles_of_an_export_are_found_and_read(export: Any) -> None:
    first = read(export)[0]
    assert isinstance(first, Extracted)
    assert set(first.text.split("\n\n")) == {ONE, TWO}
    assert (first.title, first.published, first.status) == ("Weir “mended”", "2025-03-04", None)
    assert first.key


def paragraph(*children: Any, of: str = "children") -> dict[str, Any]:
    return {"type": "paragraph", of: list(children)}


def words(text: str) -> dict[str, str]:
    return {"type": "text", "text": text}


PICTURE = {"type": "image", "url": "x.jpg", "data": {"url": "x.jpg"}}
ARC = [
    {"type": "text", "content": ONE},
    {"type": "oembed_response", "html": "<b>x</b>"},
    {"type": "text", "content": TWO},
]
PROSEMIRROR = [paragraph(words(ONE[:9]), words(ONE[9:]), of="content"), PICTURE, paragraph(words(TWO), of="content")]
EDITOR_JS = [
    paragraph(),
    {"type": "paragraph", "data": {"text": ONE}},
    PICTURE,
    {"type": "quote", "data": {"text": TWO}},
]
PORTABLE = [{"_type": "block", "children": [{"_type": "span", "text": text}]} for text in (ONE, TWO)]
LINKED = {"type": "link", "children": [words(TWO)]}
LEXICAL = {"root": {"type": "root", "children": [paragraph(words(ONE)), paragraph(words(""), LINKED)]}}


@pytest.mark.parametrize(
    "parts",
    [
        {"content_elements": ARC},
        {"content": PROSEMIRROR},
        {"blocks": EDITOR_JS},
        {"body": PORTABLE},
        {"body": LEXICAL},
        {"text": [ONE, TWO]},
        {"paragraphs": [{"text": ONE}, {"text": TWO}]},
        {"body": [{"id": "b1", "bodyHtml": f"<p>{ONE}</p>"}, {"id": "b2", "bodyHtml": f"<p>{TWO}</p>"}]},
    ],
)
def test_an_article_in_parts_is_one_article(parts: Any) -> None:
    (article,) = read(
        {"_id": "ABC", "type": "story", "headlines": {"basic": "Weir"}, "display_date": "2025-03-04"} | parts
    )
    assert isinstance(article, Extracted)
    assert article.text == f"{ONE}\n\n{TWO}"
    assert (article.title, article.published) == ("Weir", "2025-03-04")


def test_a_list_of_articles_is_not_one_article() -> None:
    assert texts({"content": [{"title": "A", "body": ONE}, {"title": "B", "body": TWO}], "page": 1}) == [ONE, TWO]
    assert texts({"news": [{"text": ONE}], "sport": [{"text": TWO}]}) == [ONE, TWO]


def test_a_path_may_begin_at_the_top_of_the_file_or_at_the_record() -> None:
    export = {"response": {"results": [GUARDIAN, GUARDIAN | {"id": "2"}]}}
    for path in ("fields.bodyText", "response.results.fields.bodyText"):
        assert texts(export, text=path) == [f"{ONE} {TWO}"] * 2
    first, _ = read(export, text="response.results.fields.body", title="response.results.id")
    assert isinstance(first, Extracted)
    assert (first.text, first.title) == (f"{ONE}\n\n{TWO}", "world/2025/weir")
    story = {"title": "Weir", "parts": [{"words": ONE}, {"words": TWO}]}
    assert texts(story, text="parts.words") == [f"{ONE}\n\n{TWO}"]
    assert texts([story, story | {"id": 2}], text="parts.words") == [f"{ONE}\n\n{TWO}"] * 2


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("<p>The <b>Anna&nbsp;Maja</b> sank.</p><script>x()</script><ul><li>1</li></ul>", "The Anna Maja sank.\n\n1"),
        ("A &amp; B won<br>by far", "A & B won by far"),
            ("A &amp; B won.<br>It was close", "A & B won.\n\nIt was close"),
        ("AT&amp;T fell.\n\nIt rose.", "AT&T fell.\n\nIt rose."),
        ("&lt;p&gt;Escaped twice.&lt;/p&gt;", "Escaped twice."),
        ("If a < b and b > c, a & c.", "If a < b and b > c, a & c."),
        ("Two <del>are</del><b>lines</b>\nfollow\n\nAnd more", "Two lines\nfollow\n\nAnd more"),
    ],
)  # fmt: skip
def test_html_is_read_as_html_and_text_as_text(written: str, text: str) -> None:
    assert texts({"text": written}) == [text]


def test_a_damaged_line_tells_its_article_and_whether_it_was_cut_off() -> None:
    lines = ('{"id": "a", "text": "A."}', '{"id": "b", "text": B}', "nonsense", '{"id": 7}', '{"id": "c", "text": "C')
    found = json_lines.extract("\n".join(lines).encode(), {})
    assert [record.key for record in found] == ["a", "b", None, "7", "c"]
    reasons = [record.reason for record in found if isinstance(record, Refused)]
    assert reasons == ["bad_json", "bad_json", "no_text_field", "cut_off"]


@pytest.mark.parametrize("value", [{"name": "a-package", "description": "A package."}, {"n": {"text": "x"}}, 7, ["a"]])
def test_json_without_articles_is_refused(value: Any) -> None:
    with pytest.raises(ArticleError, match="has no article"):
        read(value)
