"""An update that is undone: the library answers again what it answered before, and its files stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from rag.core.errors import UndoError
from rag.core.reports import UpdateReport
from rag.core.settings import DEFAULTS
from rag.ingest.by_hand.undo import undo_update
from rag.ingest.update import update_library
from rag.library import Library
from rag.store.change import KEPT_GENERATIONS
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.files import json_lines, rss
from tests.libraries import confirmed, ids, passages, story, write

pytestmark = pytest.mark.databases

EMBEDDER = HashingEmbedder()
QUESTION = "What did the Halton mill cost?"


def update(store: Store, folder: Path) -> UpdateReport:
    return update_library(store, [folder], EMBEDDER, look=confirmed)


def held(store: Store) -> dict[str, tuple[str, str, int]]:
    """The id, text and number of passages of each article by path. Both search indexes must have these passages."""
    found = passages(store)
    return {one.path: (one.id, store.article(one.id).text, len(found[Path(one.path).name])) for one in store.articles()}


def test_what_came_changed_moved_and_went_is_as_it_was(store: Store, news: Path) -> None:
    write(news / "old.txt", story("The old mill had been built of brick and stone."))
    write(news / "moved.txt", story("The tram to Halton was late again this week."))
    update(store, news)
    before = held(store)
    write(news / "new.txt", story("A new ferry left the harbour this morning."))
    write(news / "bridge.txt", story("The bridge over the Lune did not reopen on Monday."))
    (news / "old.txt").unlink()
    (news / "moved.txt").rename(news / "elsewhere.txt")
    report = update(store, news)
    assert held(store).keys() != before.keys()
    undone = undo_update(store, report, EMBEDDER)
    assert held(store) == before
    assert (undone.before, undone.generation) == (report.generation, store.generation)
    told = {"added": undone.added, "changed": undone.changed, "removed": undone.removed}
    assert {what: [Path(path).name for path in paths] for what, paths in told.items()} == {
        "added": ["old.txt"],
        "changed": ["bridge.txt", "moved.txt"],
        "removed": ["new.txt"],
    }
    again = update(store, news)  # the files say otherwise, so the next update takes them in
    assert held(store)[str(news / "new.txt")] and (len(again.added), len(again.changed)) == (1, 1)


def test_a_new_edition_that_was_told_by_its_address_gives_its_place_back(store: Store, news: Path) -> None:
    page = (
        "<html><head><link rel=canonical href=https://ex.org/a><title>{0}</title></head><body><p>{0}</p></body></html>"
    )
    write(news / "first.html", page.format("The bridge over the Lune reopened on Monday, said the mayor."))
    update(store, news)
    before = held(store)
    (news / "first.html").unlink()
    write(news / "second.html", page.format("The bridge over the Lune stays closed until May, said the mayor."))
    report = update(store, news)
    assert ids(store)["second.html"] == before[str(news / "first.html")][0]
    undo_update(store, report, EMBEDDER)
    assert held(store) == before


@pytest.mark.parametrize("kind", ["feed", "lines"])
def test_a_file_of_many_is_read_again_after_its_update_was_undone(store: Store, news: Path, kind: str) -> None:
    file = news / ("feed.xml" if kind == "feed" else "many.jsonl")

    def made(*numbers: int) -> bytes:
        texts = {n: f"The story number {n}." for n in numbers}
        if kind == "feed":
            return rss(*({"title": f"Story {n}", "guid": f"e{n}", "description": text} for n, text in texts.items()))
        return json_lines(*({"title": f"Story {n}", "id": n, "text": text} for n, text in texts.items()))

    file.write_bytes(made(1))
    update(store, news)
    before = held(store)
    file.write_bytes(made(1, 2))
    report = update(store, news)
    assert len(held(store)) == len(before) + 1
    undo_update(store, report, EMBEDDER)
    assert held(store) == before
    assert len(update(store, news).added) == 1


def test_what_many_batches_brought_is_undone_as_one(store: Store, news: Path) -> None:
    update(store, news)
    before = held(store)
    (news / "fire.txt").unlink()
    for number in range(70):
        write(news / f"report-{number}.txt", story(f"Report number {number} tells of matter {number}."))
    small = DEFAULTS.updates.model_copy(update={"batch_passages": 1})
    report = update_library(store, [news], EMBEDDER, look=confirmed, updates=small)
    assert report.before is not None and report.generation > report.before + 1
    undo_update(store, report, EMBEDDER)
    assert held(store) == before


def test_an_article_whose_vectors_are_gone_is_embedded_again(store: Store, news: Path) -> None:
    update(store, news)
    before = held(store)
    (news / "fire.txt").unlink()
    report = update(store, news)
    for number in range(KEPT_GENERATIONS + 1):
        write(news / "more.txt", story(f"Report number {number}."))
        last = update(store, news)
    joined = last.model_copy(update={"before": report.before})
    undo_update(store, joined, EMBEDDER)
    assert held(store) == before


def test_nothing_is_undone_after_another_change(store: Store, news: Path) -> None:
    report = update(store, news)
    write(news / "new.txt", story("A new ferry left the harbour this morning."))
    later = update(store, news)
    before = held(store)
    with pytest.raises(UndoError, match="changed since"):
        undo_update(store, report, EMBEDDER)
    with pytest.raises(UndoError):
        undo_update(store, later.model_copy(update={"before": None}), EMBEDDER)
    assert held(store) == before
    nothing = update(store, news)
    assert undo_update(store, nothing, EMBEDDER).generation == nothing.generation
    assert held(store) == before


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    home = tmp_path_factory.mktemp("undone")
    write(home / "news" / "mill.txt", "The Halton mill\n\nThe Halton mill cost 3 million euros. It opened in 1990.\n")
    with Library.open(home / "index", create=True) as library:
        library.update(home / "news")
        yield library


def test_answers_are_what_they_were_before(library: Library, tmp_path: Path) -> None:
    before = library.answer(QUESTION).model_dump(exclude={"generation"})
    write(tmp_path / "other.txt", "The mill\n\nThe Halton mill cost 5 million euros, the council says now.\n")
    report = library.update(tmp_path / "other.txt")
    assert library.answer(QUESTION).model_dump(exclude={"generation"}) != before
    library.undo(report)
    assert library.answer(QUESTION).model_dump(exclude={"generation"}) == before
