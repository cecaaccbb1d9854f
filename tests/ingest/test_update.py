"""Updates of a library from real files: which changes are followed, what is kept, and what is reported."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.libraries import ids, names, passages, story, write

pytestmark = pytest.mark.databases


def test_added_changed_and_removed_files_are_followed_and_reported(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    report = update_library(store, [news], embedder)
    assert (report.generation, report.articles, report.passages) == (1, 2, store.counts()[1])
    assert names(report.added) == ["bridge.txt", "fire.txt"]
    write(news / "bridge.txt", story("The bridge closed again."))
    write(news / "vote.txt", story("The council voted for the tram."))
    (news / "fire.txt").unlink()
    report = update_library(store, [news], embedder)
    assert (report.generation, report.articles, report.unchanged) == (2, 2, 0)
    assert [names(paths) for paths in (report.added, report.changed, report.removed, report.renamed)] == [
        ["vote.txt"],
        ["bridge.txt"],
        ["fire.txt"],
        [],
    ]
    assert sorted(passages(store)) == ["bridge.txt", "vote.txt"]
    assert "closed again" in store.article(ids(store)["bridge.txt"]).text


def test_the_text_is_stored_as_decoded(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    update_library(store, [news], embedder)
    article = store.article(ids(store)["bridge.txt"])
    assert article.text == (news / "bridge.txt").read_text(encoding="utf-8")
    assert article.path == str(news / "bridge.txt")
    assert article.sentences


def test_what_is_unchanged_costs_no_embedding_and_no_generation(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    update_library(store, [news], embedder)
    os.utime(news / "fire.txt")
    embedder.embedded.clear()
    report = update_library(store, [news], embedder)
    assert (report.generation, report.unchanged, report.added, report.changed) == (1, 2, (), ())
    assert embedder.embedded == []


def test_a_renamed_or_moved_file_keeps_id_passages_and_vectors(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    update_library(store, [news], embedder)
    before, had = ids(store), passages(store)
    (news / "bridge.txt").rename(news / "river.txt")
    (news / "old").mkdir()
    (news / "fire.txt").rename(news / "old" / "fire.txt")
    embedder.embedded.clear()
    report = update_library(store, [news], embedder)
    assert names(report.renamed) == ["fire.txt", "river.txt"]
    assert (report.added, report.changed, report.removed, report.generation) == ((), (), (), 2)
    assert ids(store) == {"river.txt": before["bridge.txt"], "fire.txt": before["fire.txt"]}
    assert passages(store) == {"river.txt": had["bridge.txt"], "fire.txt": had["fire.txt"]}
    assert embedder.embedded == []
    assert store.article(before["fire.txt"]).path == str(news / "old" / "fire.txt")


def test_files_of_one_name_and_files_of_one_text_are_articles_of_their_own(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    write(news / "north" / "fire.txt", story("A fire in the north."))
    write(news / "copy.txt", (news / "fire.txt").read_text(encoding="utf-8"))
    report = update_library(store, [news], embedder)
    assert (len(report.added), report.articles) == (4, 4)
    assert len({summary.id for summary in store.articles()}) == 4
    assert len(embedder.embedded) == len(set(embedder.embedded)), "a text was embedded twice"
    (news / "copy.txt").unlink()
    report = update_library(store, [news], embedder)
    assert (names(report.removed), report.articles) == (["copy.txt"], 3)


def test_only_what_is_new_in_a_changed_article_is_embedded(store: Store, news: Path) -> None:
    embedder = HashingEmbedder(max_tokens=24)
    sentences = [f"Sentence number {n} tells of matter {n} at length." for n in range(40)]
    write(news / "bridge.txt", story(*sentences))
    update_library(store, [news], embedder)
    first = len(embedder.embedded)
    embedder.embedded.clear()
    write(news / "bridge.txt", story(*sentences, "And one more came at the end."))
    update_library(store, [news], embedder)
    assert 1 <= len(embedder.embedded) <= 3 < first
    assert len(passages(store)["bridge.txt"]) >= first - 3


def test_without_paths_all_known_folders_are_gone_through(
    store: Store, news: Path, tmp_path: Path, embedder: HashingEmbedder
) -> None:
    write(tmp_path / "more" / "vote.txt", story("The council voted."))
    update_library(store, [news], embedder)
    update_library(store, [tmp_path / "more"], embedder)
    assert store.counts()[0] == 3
    (news / "fire.txt").unlink()
    write(tmp_path / "more" / "tram.txt", story("The tram came."))
    report = update_library(store, [], embedder)
    assert (names(report.added), names(report.removed), report.articles) == (["tram.txt"], ["fire.txt"], 3)


def test_only_the_folders_given_are_gone_through(
    store: Store, news: Path, tmp_path: Path, embedder: HashingEmbedder
) -> None:
    write(tmp_path / "more" / "vote.txt", story("The council voted."))
    update_library(store, [news, tmp_path / "more"], embedder)
    (news / "fire.txt").unlink()
    report = update_library(store, [tmp_path / "more"], embedder)
    assert (report.removed, report.articles) == ((), 3)


def test_the_articles_of_a_folder_that_is_missing_are_kept(
    store: Store, news: Path, tmp_path: Path, embedder: HashingEmbedder
) -> None:
    update_library(store, [news], embedder)
    news.rename(tmp_path / "unmounted")
    for paths in ([news], []):
        report = update_library(store, paths, embedder)
        assert (report.generation, report.articles, report.removed) == (1, 2, ())
        assert [entry.path for entry in report.skipped] == [str(news)]
    (tmp_path / "unmounted").rename(news)
    assert update_library(store, [], embedder).unchanged == 2


def test_a_file_named_by_itself_is_removed_with_its_folder_known(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    update_library(store, [news], embedder)
    update_library(store, [news / "fire.txt"], embedder)
    (news / "fire.txt").unlink()
    assert names(update_library(store, [], embedder).removed) == ["fire.txt"]


def test_paths_are_reported_as_they_were_given(
    store: Store, news: Path, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(news.parent)
    (news / "bad.txt").write_bytes(b"")
    report = update_library(store, [Path("news")], embedder)
    assert report.added == (str(Path("news/bridge.txt")), str(Path("news/fire.txt")))
    assert [entry.path for entry in report.skipped] == [str(Path("news/bad.txt"))]
    monkeypatch.chdir(news)
    (news / "fire.txt").unlink()
    assert update_library(store, [Path()], embedder).removed == ("fire.txt",)


def test_the_index_folder_is_no_source_of_articles(tmp_path: Path, embedder: HashingEmbedder) -> None:
    write(tmp_path / "fire.txt", story("A fire."))
    with Store.create(tmp_path / "index") as store:
        write(tmp_path / "index" / "notes.txt", story("Not an article."))
        report = update_library(store, [tmp_path], embedder)
    assert (names(report.added), report.skipped) == (["fire.txt"], ())


def test_progress_ends_with_all(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    for n in range(150):
        write(news / f"{n}.txt", story(*(f"Sentence {n} and {m} of it." for m in range(n % 7))))
    calls: list[tuple[int, int]] = []
    update_library(store, [news], embedder, progress=lambda done, total: calls.append((done, total)))
    done = [done for done, _ in calls]
    assert done == sorted(done)
    assert all(done <= total for done, total in calls)
    assert calls[-1] == (store.counts()[1], store.counts()[1])


def test_a_folder_without_articles_is_an_empty_library(store: Store, tmp_path: Path, embedder: HashingEmbedder) -> None:
    (tmp_path / "none").mkdir()
    report = update_library(store, [tmp_path / "none"], embedder)
    assert (report.generation, report.articles, report.skipped) == (0, 0, ())
    assert store.roots() == [tmp_path / "none"]
    shutil.rmtree(tmp_path / "none")
