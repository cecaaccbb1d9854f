"""Updates: what is not published any more stops answering, later records correct earlier ones, and both are counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.cli.report_text import render_report
from rag.core.settings import FileSettings
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.files import json_lines
from tests.libraries import ids, names, story, write

pytestmark = pytest.mark.slow


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    return tmp_path / "news"


def record(name: str, text: str = "", **fields: object) -> dict[str, object]:
    return {
        "id": name,
        "title": f"The {name}",
        "text": text or f"This tells of the {name} and of nothing else.",
    } | fields


def test_a_draft_is_counted_and_one_that_was_published_before_is_removed(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    write(news / "weir.md", f"---\ndraft: true\n---\n{story('The weir leaks.')}")
    write(news / "lock.md", story("The lock opened."))
    report = update_library(store, [news], embedder)
    assert (names(report.added), report.skipped, report.unpublished) == (["lock.md"], (), {"draft": 1})
    assert "not published: 1 draft" in render_report(report)
    write(news / "lock.md", f"---\nstatus: private\n---\n{story('The lock opened.')}")
    report = update_library(store, [news], embedder)
    assert (report.changed, names(report.removed), report.articles) == ((), ["lock.md"], 0)
    assert report.unpublished == {"draft": 1, "private": 1}
    report = update_library(store, [news], embedder, files=FileSettings(unpublished=1))
    assert (names(report.added), report.unpublished) == (["lock.md", "weir.md"], {})


def test_a_record_that_says_it_was_deleted_removes_its_article(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    (news / "all.jsonl").write_bytes(json_lines(record("weir"), record("lock"), record("gate", status="trash")))
    report = update_library(store, [news], embedder)
    assert (report.articles, report.unpublished) == (2, {"deleted": 1})
    (news / "all.jsonl").write_bytes(json_lines(record("weir"), record("lock"), {"id": "weir", "deleted": True}))
    report = update_library(store, [news], embedder)
    assert (names(report.removed), report.skipped, report.unpublished) == (["all.jsonl#weir"], (), {"deleted": 1})
    settings = FileSettings(unpublished=1)
    assert update_library(store, [news], embedder, files=settings).articles == 1, "an item without a text is no article"


EXPORT = """<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Gazette</title><item>
<title>Weir</title><guid>1</guid><description>The weir leaks.</description><wp:post_type>post</wp:post_type>
<wp:status>STATUS</wp:status></item></channel></rss>"""


def test_a_post_in_the_trash_is_removed_though_feeds_keep_what_they_no_longer_show(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    write(news / "export.xml", EXPORT.replace("STATUS", "publish"))
    assert update_library(store, [news], embedder).articles == 1
    write(news / "export.xml", EXPORT.replace("STATUS", "trash"))
    report = update_library(store, [news], embedder)
    assert (names(report.removed), report.articles, report.unpublished) == (["export.xml#1"], 0, {"deleted": 1})


def test_the_later_record_of_an_id_is_its_correction(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    draft = record("weir", "The weir broke.", status="draft")
    lines = [draft, record("weir", "The weir broke on Sunday."), record("lock"), record("weir", "It broke on Monday.")]
    (news / "all.jsonl").write_bytes(json_lines(*lines, lines[-1]))
    report = update_library(store, [news], embedder)
    assert (report.articles, report.superseded, report.skipped, report.unpublished) == (2, 1, (), {})
    assert store.article(ids(store)["all.jsonl#weir"]).text == "It broke on Monday."
    assert "same id: 1" in render_report(report)
    assert update_library(store, [news], embedder).unchanged == 2


@pytest.mark.parametrize("bad", [b"nonsense\n", b'{"id": "new"}\n', b'{"id": "lock", "text": The lock}\n'])
def test_a_bad_line_keeps_no_article_that_left_the_file(
    store: Store, news: Path, embedder: HashingEmbedder, bad: bytes
) -> None:
    (news / "all.jsonl").write_bytes(json_lines(record("weir"), record("lock"), record("gate")))
    update_library(store, [news], embedder)
    (news / "all.jsonl").write_bytes(bad + json_lines(record("weir")))
    for _ in range(2):
        report = update_library(store, [news], embedder)
        assert len(report.skipped) == 1
        kept = ["all.jsonl#lock"] if b"lock" in bad else []  # a damaged record keeps the article whose id it tells
        assert sorted(ids(store)) == sorted(["all.jsonl#weir", *kept])


def test_a_file_that_breaks_off_keeps_its_articles(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    whole = json_lines(record("weir"), record("lock"), record("gate"))
    (news / "all.jsonl").write_bytes(whole)
    update_library(store, [news], embedder)
    (news / "all.jsonl").write_bytes(whole[:100])
    report = update_library(store, [news], embedder)
    assert (report.removed, report.articles, [entry.reason for entry in report.skipped]) == ((), 3, ["cut_off"])
