"""What goes wrong in one article costs that article, in every stage from reading to embedding."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from rag.core.errors import IndexDamagedError
from rag.core.ports import Vectors
from rag.ingest.rebuild import rebuild_library
from rag.ingest.reembed import reembed_library
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.files import json_lines, rss
from tests.libraries import names, passages, story, write

ODD = "zebra"
"""The word of the article on which the program fails."""


class OddEmbedder(HashingEmbedder):
    """Fails on each text with the odd word."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        if any(ODD in text for text in texts):
            raise IndexError("list index out of range")
        return super().embed(texts)


def failing(function: Callable[..., Any]) -> Callable[..., Any]:
    """Makes a function fail if the odd word is in what it is given."""

    def call(*arguments: Any, **options: Any) -> Any:
        if ODD in repr(arguments):
            raise IndexError("string index out of range")
        return function(*arguments, **options)

    return call


STAGES = [
    "rag.ingest.file_reader.segment",
    "rag.ingest.file_reader.derive_metadata",
    "rag.ingest.file_reader.decode",
    "rag.ingest.split_article.split_passages",
    "rag.ingest.split_article.embedding_text",
    "rag.store.change.shingle",
]


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    write(folder / "bridge.txt", story("The bridge over the Lune reopened on Monday."))
    write(folder / "odd.txt", f"{ODD} in town\n\nThe {ODD} escaped. The {ODD} was found.\n")
    write(folder / "tram.txt", story("The tram to the harbour was closed."))
    return folder


@pytest.mark.parametrize("stage", STAGES)
def test_a_fault_costs_one_article_and_names_a_line_to_report(
    store: Store, news: Path, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    module, _, name = stage.rpartition(".")
    function = getattr(__import__(module, fromlist=[name]), name)
    with monkeypatch.context() as patched:
        patched.setattr(stage, failing(function))
        report = update_library(store, [news], HashingEmbedder())
    assert names(report.added) == ["bridge.txt", "tram.txt"]
    (skipped,) = report.skipped
    assert (Path(skipped.path).name, skipped.reason) == ("odd.txt", "program_fault")
    assert re.search(r"\(IndexError: string index out of range in \w+\.py, line \d+\); report this line", skipped.why)
    assert sorted(passages(store)) == ["bridge.txt", "tram.txt"]
    assert names(update_library(store, [news], HashingEmbedder()).added) == ["odd.txt"]


def test_a_fault_in_a_new_version_keeps_the_old_one(store: Store, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    update_library(store, [news], HashingEmbedder())
    had = passages(store)
    write(news / "odd.txt", story(f"The {ODD} escaped again."))
    with monkeypatch.context() as patched:
        patched.setattr("rag.store.change.shingle", failing(lambda article: None))
        report = update_library(store, [news], HashingEmbedder())
    assert (report.changed, names([entry.path for entry in report.skipped])) == ((), ["odd.txt"])
    assert passages(store) == had


def test_a_text_that_cannot_be_embedded_costs_its_article(store: Store, news: Path) -> None:
    report = update_library(store, [news], OddEmbedder())
    assert (names(report.added), report.articles) == (["bridge.txt", "tram.txt"], 2)
    (skipped,) = report.skipped
    assert "IndexError: list index out of range" in skipped.why
    assert sorted(passages(store)) == ["bridge.txt", "tram.txt"]


def test_a_record_with_a_fault_costs_itself(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = [{"id": word, "text": f"This tells of the {word}."} for word in ("bridge", ODD, "tram")]
    (tmp_path / "all.jsonl").write_bytes(json_lines(*lines))
    function = __import__("rag.ingest.file_reader", fromlist=["segment"]).segment
    monkeypatch.setattr("rag.ingest.file_reader.segment", failing(function))
    report = update_library(store, [tmp_path / "all.jsonl"], HashingEmbedder())
    assert names(report.added) == ["all.jsonl#bridge", "all.jsonl#tram"]
    assert [entry.reason for entry in report.skipped] == ["program_fault"]


def test_a_file_of_records_with_a_fault_costs_itself(store: Store, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (news / f"{ODD}.json").write_text('[{"id": "a", "text": "The tapir ran."}]')
    function = __import__("rag.ingest.file_records", fromlist=["article_path"]).article_path
    monkeypatch.setattr("rag.ingest.file_records.article_path", failing(function))
    report = update_library(store, [news], HashingEmbedder())
    assert names(report.added) == ["bridge.txt", "odd.txt", "tram.txt"]
    assert [(Path(entry.path).name, entry.reason) for entry in report.skipped] == [(f"{ODD}.json", "program_fault")]


def test_embedding_again_leaves_out_the_article_that_fails(
    store: Store, news: Path, caplog: pytest.LogCaptureFixture
) -> None:
    update_library(store, [news], HashingEmbedder("first"))
    assert reembed_library(store, OddEmbedder("second"))
    assert sorted(passages(store)) == ["bridge.txt", "tram.txt"]
    assert "odd.txt was left out" in caplog.text


@pytest.mark.slow
def test_a_rebuild_leaves_out_an_article_of_a_feed_that_fails(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    feed = tmp_path / "feed.xml"
    feed.write_bytes(rss({"guid": "g1", "title": "The zoo", "description": f"The {ODD} escaped from the zoo."}))
    update_library(store, [feed], HashingEmbedder())
    feed.write_bytes(rss({"guid": "g2", "title": "The tram", "description": "The tram to the harbour was closed."}))
    update_library(store, [], HashingEmbedder())
    function = __import__("rag.ingest.file_reader", fromlist=["segment"]).segment
    monkeypatch.setattr("rag.ingest.file_reader.segment", failing(function))
    assert rebuild_library(store.folder, [], HashingEmbedder()).articles == 1
    assert "was left out" in caplog.text


def test_a_fault_of_the_index_is_nobody_s(store: Store, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_: object) -> None:
        raise IndexDamagedError("It is damaged")

    monkeypatch.setattr("rag.store.change.shingle", damaged)
    with pytest.raises(IndexDamagedError):
        update_library(store, [news], HashingEmbedder())
    assert store.generation == 0


def test_an_article_that_was_stored_in_part_is_never_committed(
    store: Store, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise IndexError("list index out of range")

    monkeypatch.setattr("rag.store.duplicate_groups.Groups.place", broken)
    with pytest.raises(RuntimeError, match="stored in part"):
        update_library(store, [news], HashingEmbedder())
    assert store.generation == 0
