"""A long build is committed in batches: after each batch a whole library serves, and no work is done twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rag.core.index_layout import STAGING
from rag.core.place import Place
from rag.core.ports import Vectors
from rag.core.reports import UpdateReport
from rag.core.settings import UpdateSettings
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.files import json_lines, page
from tests.libraries import ids, passages, story, write, write_reports

pytestmark = pytest.mark.slow

FILES = 300
SMALL = UpdateSettings(batch_passages=100)


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "news", range(FILES))


class LookingEmbedder(HashingEmbedder):
    """Notes before each text what another process would find, and is interrupted at the n-th text."""

    def __init__(self, place: Place, after: int = 10**9) -> None:
        super().__init__()
        self.place = place
        self.after = after
        self.seen: dict[int, dict[str, list[int]]] = {}

    def embed(self, texts: Sequence[str]) -> Vectors:
        with Store.open(self.place) as other:
            if other.generation not in self.seen:
                self.seen[other.generation] = passages(other)
        if len(self.embedded) + len(texts) > self.after:
            raise KeyboardInterrupt
        return super().embed(texts)


def build(store: Store, news: Path, embedder: HashingEmbedder) -> UpdateReport:
    return update_library(store, [news], embedder, updates=SMALL)


@pytest.mark.databases
def test_each_batch_is_a_whole_library_that_serves(store: Store, news: Path) -> None:
    embedder = LookingEmbedder(store.place)
    report = build(store, news, embedder)
    assert (report.generation, report.articles, len(report.added)) == (3, FILES, FILES)
    assert [len(seen) for seen in embedder.seen.values()] == [0, 128, 256]
    assert len(embedder.embedded) == len(set(embedder.embedded)) == report.passages
    served = list(embedder.seen.values())
    assert served[2].items() > served[1].items(), "a batch changed what the one before had"
    assert passages(store).items() > served[2].items()
    assert not (store.folder / STAGING).exists()


def test_a_small_update_is_one_generation(store: Store, news: Path) -> None:
    assert update_library(store, [news], HashingEmbedder()).generation == 1


@pytest.mark.databases
def test_what_was_committed_outlives_an_interrupt_and_nothing_is_embedded_twice(store: Store, news: Path) -> None:
    stopped = LookingEmbedder(store.place, after=150)
    with pytest.raises(KeyboardInterrupt):
        build(store, news, stopped)
    assert (store.generation, len(passages(store))) == (1, 128)
    had = ids(store)
    last = HashingEmbedder()
    report = update_library(store, [], last, updates=SMALL)
    assert (report.articles, report.unchanged) == (FILES, 128)
    embedded = stopped.embedded + last.embedded
    assert len(embedded) == len(set(embedded)) == report.passages
    assert had.items() <= ids(store).items()


def test_batches_give_the_library_that_one_generation_gives(store: Store, news: Path, tmp_path: Path) -> None:
    build(store, news, HashingEmbedder())
    with Store.create(tmp_path / "straight") as straight:
        update_library(straight, [news], HashingEmbedder())
        assert store.articles() == straight.articles()
        assert passages(store) == passages(straight)


def test_removed_and_renamed_files_are_followed_in_the_first_batch(store: Store, news: Path) -> None:
    build(store, news, HashingEmbedder())
    (news / "report-000.txt").unlink()
    (news / "report-001.txt").rename(news / "zebra.txt")
    for n in range(FILES):
        write(news / f"second-{n:03}.txt", story(f"The second report {n} tells of matter {n}."))
    embedder = LookingEmbedder(store.place)
    report = build(store, news, embedder)
    assert (len(report.added), len(report.removed), len(report.renamed)) == (FILES, 1, 1)
    first = embedder.seen[4]
    assert "report-000.txt" not in first
    assert "zebra.txt" in first


def test_a_file_of_many_articles_is_gone_on_with_inside(store: Store, tmp_path: Path) -> None:
    records = [{"id": n, "text": f"Report number {n} tells of matter {n}."} for n in range(FILES)]
    file = tmp_path / "all.jsonl"
    file.write_bytes(json_lines(*records))
    stopped = LookingEmbedder(store.place, after=150)
    with pytest.raises(KeyboardInterrupt):
        build(store, file, stopped)
    assert store.counts() == (128, 128)
    last = HashingEmbedder()
    assert build(store, file, last).articles == FILES
    assert len(stopped.embedded) + len(last.embedded) == FILES
    assert build(store, file, last).unchanged == FILES


def test_a_file_that_became_what_it_was_between_two_batches_is_read_again(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "all.jsonl"
    before = json_lines(*[{"id": n, "text": f"Report number {n}."} for n in range(FILES)])
    file.write_bytes(before)
    build(store, file, HashingEmbedder())
    file.write_bytes(json_lines(*[{"id": n, "text": f"Another report, number {n}."} for n in range(FILES)]))
    with pytest.raises(KeyboardInterrupt):
        build(store, file, LookingEmbedder(store.place, after=150))
    file.write_bytes(before)
    report = build(store, file, HashingEmbedder())
    assert len(report.changed) == 128
    assert {store.article(summary.id).text[:6] for summary in store.articles()} == {"Report"}


def test_an_article_that_moved_to_a_later_batch_is_told_by_its_address(store: Store, news: Path) -> None:
    head = '<link rel="canonical" href="https://example.org/bridge">'
    long = "The old bridge over the Lune reopened on Monday, and the works cost {} million pounds, the council said."
    (news / "a.html").write_bytes(page(long.format(14), long.format(15), head=head))
    update_library(store, [news], HashingEmbedder())
    known = ids(store)["a.html"]
    (news / "a.html").unlink()
    (news / "z.html").write_bytes(page(long.format(14), long.format(19), head=head))
    for n in range(FILES):
        write(news / f"second-{n:03}.txt", story(f"The second report {n} tells of matter {n}."))
    report = build(store, news, HashingEmbedder())
    assert report.generation == 4
    assert (report.removed, [Path(path).name for path in report.changed]) == ((), ["z.html"])
    assert ids(store)["z.html"] == known
