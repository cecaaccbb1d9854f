"""Characters that a database may not hold, in every place of a file from which something is stored."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.ingest.by_hand.correct import correct_article
from rag.ingest.by_hand.withdraw import withdraw_articles
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.libraries import assert_intact, ids, write

pytestmark = pytest.mark.databases

NAMES = ("id", "title", "date", "source", "url", "authors", "section", "language", "keyword", "image")
BODY = "The bridge over the Lune reopened on Monday. Nobody {} was hurt, said Ann {} Berg of the council."


def records(odd: str) -> list[dict[str, object]]:
    """A record for each field that has the odd text, and one in which all have it, in names too."""
    text = BODY.format(odd, odd)
    dated = {"date": f"2025-04-01{odd}", "url": f"https://example.org/{odd}a"}
    single: list[dict[str, object]] = [
        {"text": f"{n} {text}", "id": f"r{n}", name: f"a{odd}b{n}"} for n, name in enumerate(NAMES)
    ]
    whole: dict[str, object] = {"text": text, **dict.fromkeys(NAMES, f"{odd}x{odd}"), **dated, f"more{odd}": f"v{odd}"}
    return [*single, whole]


def write_files(news: Path, odd: str) -> None:
    """Writes a file of each kind, with the odd text wherever it can stand."""
    body = BODY.format(odd, odd)
    meta = "".join(f'<meta name="{name}" content="a{odd}b">' for name in NAMES)
    page = f"<html><head><title>T{odd}</title>{meta}</head><body><article><p>{body}</p></article></body></html>"
    write(news / "page.html", page)
    write(news / "plain.txt", f"A {odd}title\n\n{body}\n")
    write(news / "note.md", f"---\ntitle: a{odd}b\nurl: https://example.org/{odd}\n---\n{body}\n")
    write(news / "mail.eml", f"Subject: S{odd}\nFrom: Ann <ann@example.org>\n\n{body}\n")


@pytest.mark.parametrize("odd", ["\0", "\x1b[1m\x7f\x85", "\ufffe\U000e0001", "%s %", "\\0 \\x00"])
def test_an_odd_character_in_any_field_costs_no_update(store: Store, tmp_path: Path, odd: str) -> None:
    news = tmp_path / "news"
    write_files(news, odd)
    write(news / "many.jsonl", "\n".join(map(json.dumps, records(odd))))
    write(news / "list.json", json.dumps(records(f"{odd}.")))
    report = update_library(store, [news], HashingEmbedder())
    assert report.skipped == ()
    assert len(report.added) == 4 + 2 * len(records(odd))
    assert_intact(store.place)
    assert all(store.article(summary.id).sentences for summary in store.articles())
    assert update_library(store, [news], HashingEmbedder()).generation == report.generation
    correct_article(store, ids(store)["plain.txt"], {"title": f"New{odd}", "source": f"S{odd}"}, HashingEmbedder())
    withdraw_articles(store, [ids(store)["note.md"]])
    assert "note.md" not in ids(store)
    assert_intact(store.place)
