"""Updates of a library from real files: what is followed, what is kept, what is reported."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from rag.derive import derive
from rag.errors import EmbedderMismatchError, IndexBusyError, IndexNotWritableError
from rag.files import LEXICAL
from rag.intake import Intake
from rag.lock import update_lock
from rag.ports import Vectors, as_ids
from rag.schema import UpdateReport
from rag.store import Store
from rag.update import update_library
from tests.fakes import HashingEmbedder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "index") as store:
        yield store


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    write(folder / "bridge.txt", story("The bridge over the Lune reopened on Monday."))
    write(folder / "fire.txt", story("A fire destroyed the Halton mill on Sunday."))
    return folder


@pytest.fixture
def embedder() -> HashingEmbedder:
    return HashingEmbedder()


def story(*sentences: str) -> str:
    return "A story of the day\n\n" + " ".join(sentences) + "\n"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def names(paths: Sequence[str]) -> list[str]:
    return [Path(path).name for path in paths]


def ids(store: Store) -> dict[str, str]:
    return {Path(summary.path).name: summary.id for summary in store.articles()}


def passages(store: Store) -> dict[str, list[int]]:
    """The ids of each article's passages, as both derived indexes have them."""
    derived = derive(store)
    question = np.eye(1, derived.dense.dimension, dtype=np.float32)[0]
    dense = sorted(derived.dense.search(question, 10_000)[0].tolist())
    assert derived.generation == store.generation
    assert len(derived.lexical) == len(dense) == store.counts()[1]
    found: dict[str, list[int]] = {}
    for passage in store.passages(as_ids(dense), derived.generation):
        found.setdefault(Path(passage.article.path).name, []).append(passage.id)
        assert passage.id in derived.lexical.search(passage.text, 1000)[0].tolist()
    return found


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


def test_bad_files_are_named_and_stop_nothing(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    (news / "empty.txt").write_bytes(b"")
    (news / "blank.txt").write_bytes(b" \n\t\n")
    (news / "binary.txt").write_bytes(bytes(range(256)) * 50)
    (news / "dangling.txt").symlink_to(news / "nowhere")
    (news / "huge.txt").write_bytes(b"word " * (7 * 2**20))
    report = update_library(store, [news], embedder)
    assert names(report.added) == ["bridge.txt", "fire.txt"]
    skipped = {Path(entry.path).name: entry.why for entry in report.skipped}
    assert sorted(skipped) == ["binary.txt", "blank.txt", "dangling.txt", "empty.txt", "huge.txt"]
    assert all(skipped.values())


@pytest.mark.skipif(os.name != "posix" or sys.platform == "darwin", reason="file names are Unicode there")
def test_a_name_that_is_no_unicode_is_reported(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    Path(os.fsdecode(os.fsencode(news) + b"/caf\xe9.txt")).write_text(story("It has opened."))
    write(news / "line\nbreak.txt", story("It has a strange name."))
    report = update_library(store, [news], embedder)
    assert names(report.added) == ["bridge.txt", "fire.txt", "line\nbreak.txt"]
    assert names([entry.path for entry in report.skipped]) == ["caf\ufffd.txt"]
    assert UpdateReport.model_validate_json(report.model_dump_json()) == report


def test_an_article_whose_file_became_unreadable_keeps_its_old_version(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    update_library(store, [news], embedder)
    (news / "fire.txt").write_bytes(b"")
    report = update_library(store, [news], embedder)
    assert (report.generation, report.articles, report.changed, report.removed) == (1, 2, (), ())
    assert names([entry.path for entry in report.skipped]) == ["fire.txt"]
    assert "Halton" in store.article(ids(store)["fire.txt"]).text


def test_a_file_that_changes_while_it_is_read_waits_for_the_next_update(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    with store.begin_update() as change:
        (skipped,) = Intake(change, embedder).take({str(news / "fire.txt"): "0" * 64})
        assert change.commit() == 0
    assert "changed while it was read" in skipped.why


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


class FailingEmbedder(HashingEmbedder):
    """Fails, or does something else, when it meets this word."""

    def __init__(self, word: str, action: Callable[[], None]) -> None:
        super().__init__()
        self.word = word
        self.action = action

    def embed(self, texts: Sequence[str]) -> Vectors:
        if any(self.word in text for text in texts):
            self.action()
        return super().embed(texts)


def stop() -> None:
    raise KeyboardInterrupt


def test_an_update_that_fails_leaves_the_old_generation_and_the_next_converges(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    update_library(store, [news], embedder)
    had = passages(store)
    for n in range(100):
        write(news / f"a{n:02}.txt", story(f"Report number {n}."))
    (news / "fire.txt").unlink()
    write(news / "zebra.txt", story("The zebra escaped."))
    with pytest.raises(KeyboardInterrupt):
        update_library(store, [news], FailingEmbedder("zebra", stop))
    assert (store.generation, passages(store)) == (1, had)
    report = update_library(store, [news], embedder)
    assert (report.generation, report.articles) == (2, 102)
    assert len(passages(store)) == 102


def test_the_old_generation_is_served_while_the_new_one_is_made(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    update_library(store, [news], embedder)
    had, seen = passages(store), []

    def look() -> None:
        with Store.open(store.folder) as other:
            seen.append((other.generation, passages(other)))

    write(news / "fire.txt", story("The zebra escaped from the fire."))
    update_library(store, [news], FailingEmbedder("zebra", look))
    assert seen == [(1, had)]
    assert store.generation == 2


KILLED = """
import os, signal, sys
from pathlib import Path
from rag.store import Store
from rag.update import update_library
from tests.test_update import FailingEmbedder
with Store.create(Path(sys.argv[1])) as store:
    update_library(store, [Path(sys.argv[2])], FailingEmbedder("zebra", lambda: os.kill(os.getpid(), signal.SIGKILL)))
"""


@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL there")
def test_a_process_killed_in_its_update_leaves_the_old_generation(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    update_library(store, [news], embedder)
    had = passages(store)
    (news / "bridge.txt").unlink()
    for n in range(100):
        write(news / f"a{n:02}.txt", story(f"Report number {n}."))
    write(news / "zebra.txt", story("The zebra escaped."))
    arguments = [sys.executable, "-c", KILLED, str(store.folder), str(news)]
    done = subprocess.run(arguments, cwd=Path(__file__).parent.parent, capture_output=True, check=False)
    assert done.returncode == -9, done.stderr
    assert (store.generation, passages(store)) == (1, had)
    assert update_library(store, [news], embedder).articles == 102


def test_another_embedder_is_one_clear_error(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    update_library(store, [news], embedder)
    with pytest.raises(EmbedderMismatchError, match=r"with hashing .*, and .* is other .*rag update PATH"):
        update_library(store, [news], HashingEmbedder("other"))
    assert store.generation == 1


def test_a_second_update_waits_or_says_who_is_at_it(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    with update_lock(store.folder, 0), pytest.raises(IndexBusyError, match=f"Process {os.getpid()}"):
        update_library(store, [news], embedder, timeout=0.1)
    reports: list[UpdateReport] = []
    threads = [
        threading.Thread(target=lambda: reports.append(update_library(store, [news], HashingEmbedder(), timeout=30)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(len(report.added) for report in reports) == [0, 0, 2]
    assert {report.generation for report in reports} == {1}


def test_an_index_that_cannot_be_written_to_is_one_clear_error(
    store: Store, news: Path, embedder: HashingEmbedder
) -> None:
    (store.folder / "update.lock").mkdir()
    with pytest.raises(IndexNotWritableError, match="--index"):
        update_library(store, [news], embedder)


def test_derived_files_that_cannot_be_written_lose_nothing(
    store: Store, news: Path, embedder: HashingEmbedder, caplog: pytest.LogCaptureFixture
) -> None:
    (store.folder / LEXICAL).write_text("in the way")
    assert update_library(store, [news], embedder).articles == 2
    assert "can't be written" in caplog.text
    assert sorted(passages(store)) == ["bridge.txt", "fire.txt"]
    (store.folder / LEXICAL).unlink()
    assert sorted(passages(store)) == ["bridge.txt", "fire.txt"]
    assert (store.folder / LEXICAL).is_dir()


def test_a_folder_without_articles_is_an_empty_library(store: Store, tmp_path: Path, embedder: HashingEmbedder) -> None:
    (tmp_path / "none").mkdir()
    report = update_library(store, [tmp_path / "none"], embedder)
    assert (report.generation, report.articles, report.skipped) == (0, 0, ())
    assert store.roots() == [tmp_path / "none"]
    shutil.rmtree(tmp_path / "none")
