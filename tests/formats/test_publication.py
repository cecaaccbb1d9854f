"""Drafts, private and deleted items are told from what is published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from rag.core.errors import ArticleError
from rag.core.settings import FileSettings
from rag.formats.extracted import Extracted
from rag.formats.publication import NO_ARTICLE, read_status
from rag.formats.records import Unpublished
from rag.ingest.file_reader import FileReader
from rag.text.field_names import plain_name
from tests.files import rss

LEAD = "The gate of the lock at Arne was opened on Monday, the canal office said."


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": "publish"}, None),
        ({"status": "Published"}, None),
        ({"status": "ok", "state": "Texas"}, None),
        ({"published": "2025-03-01", "draft": False}, None),
        ({"published": True, "visibility": "public", "deleted_at": None, "hidden": "no"}, None),
        ({"pubStatus": {"qcode": "stat:usable"}}, None),
        ({"status": "auto-draft"}, "draft"),
        ({"status": "Pending review"}, "draft"),
        ({"is_draft": "true"}, "draft"),
        ({"published": "false"}, "draft"),
        ({"status": [{"value": False}], "nid": 7}, "draft"),
        ({"nid": 7, "status": "0"}, "draft"),
        ({"revision": {"published": False}}, "draft"),
        ({"post_status": "future"}, "scheduled"),
        ({"visibility": "private"}, "private"),
        ({"content": {"rendered": "", "protected": True}}, "private"),
        ({"status": "TRASH"}, "deleted"),
        ({"deletedAt": "2025-03-01T00:00:00Z"}, "deleted"),
        ({"pubStatus": {"qcode": "stat:canceled"}}, "withdrawn"),
        ({"type": "nav_menu_item", "status": "publish"}, NO_ARTICLE),
    ],
)
def test_the_state_of_an_item(fields: dict[str, Any], status: str | None) -> None:
    assert read_status({plain_name(name): value for name, value in fields.items()}) == status


WORDPRESS = rss(
    {"title": "Lock", "wp:post_type": "post", "wp:status": "publish", "content:encoded": f"<![CDATA[{LEAD}]]>"},
    {"title": "Leak", "wp:post_type": "post", "wp:status": "draft", "content:encoded": "A leak."},
    {"title": "Old", "wp:post_type": "page", "wp:status": "trash", "content:encoded": "Old news."},
    {
        "title": "Own",
        "wp:post_type": "post",
        "wp:status": "publish",
        "wp:post_password": "x",
        "content:encoded": "Own.",
    },
    {"title": "Menu", "wp:post_type": "nav_menu_item", "wp:status": "publish", "content:encoded": " "},
).replace(
    b'<rss version="2.0">',
    b'<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"'
    b' xmlns:content="http://purl.org/rss/1.0/modules/content/">',
)


def test_of_a_wordpress_export_only_what_is_published_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_bytes(WORDPRESS)
    with FileReader() as reader:
        found = list(reader.read_records(tmp_path / "export.xml"))
    assert [record.text for record in found if isinstance(record, Extracted)] == [LEAD]
    states = [record.status for record in found if isinstance(record, Unpublished)]
    assert states == ["draft", "deleted", "private", NO_ARTICLE]


def test_who_asks_for_it_gets_what_is_not_published(tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_bytes(WORDPRESS)
    with FileReader(limits=FileSettings(unpublished=1)) as reader:
        found = list(reader.read_records(tmp_path / "export.xml"))
    texts = [record.text for record in found if isinstance(record, Extracted)]
    assert texts == [LEAD, "A leak.", "Old news.", "Own."]


@pytest.mark.slow
@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Lock\ndraft: true\n---\n",
        "---\ntitle: Lock\npublished: false\n---\n",
        '+++\ntitle = "Lock"\ndraft = true\n+++\n',
        '{\n"title": "Lock",\n"draft": true\n}\n',
        "Title: Lock\nDate: 2025-03-01\nStatus: draft\n\n",
    ],
)
def test_front_matter_tells_a_draft(tmp_path: Path, front: str) -> None:
    path = tmp_path / "lock.md"
    path.write_text(f"{front}{LEAD}\n")
    with FileReader() as reader, pytest.raises(ArticleError, match=r"not published \(draft\)") as caught:
        reader.read_article(path)
    assert caught.value.reason == "unpublished"
    with FileReader(limits=FileSettings(unpublished=1)) as reader:
        assert (reader.read_article(path).title, reader.read_article(path).text) == ("Lock", LEAD)


def test_a_side_file_tells_a_draft(tmp_path: Path) -> None:
    (tmp_path / "lock.txt").write_text(LEAD)
    (tmp_path / "lock.txt.meta.json").write_text('{"status": "private"}')
    with FileReader() as reader, pytest.raises(ArticleError, match=r"not published \(private\)"):
        reader.read_article(tmp_path / "lock.txt")


def test_shortcodes_and_blank_lines_of_wordpress(tmp_path: Path) -> None:
    written = (
        '[caption id="a"]<img src="x.jpg"> The old lock[/caption]\n[gallery ids="1,2"]\nThe lock opened\n\n'
        "It is [sic] ten metres wide [1]\n\n[embed]https://video.example/1[/embed]\n<p>Boats\npass.</p>"
    )
    (tmp_path / "export.xml").write_bytes(WORDPRESS.replace(LEAD.encode(), written.encode()))
    with FileReader() as reader:
        first = next(iter(reader.read_records(tmp_path / "export.xml")))
    assert isinstance(first, Extracted)
    expected = ["The old lock", "The lock opened", "It is [sic] ten metres wide [1]", "Boats pass."]
    assert first.text.split("\n\n") == expected
