"""A rebuild of the store from the articles' files: what it repairs, what it keeps, and that the old store serves on."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from rag.core.errors import ArticleError, IndexDamagedError, IndexFormatError, IndexMissingError, RagError
from rag.core.index_layout import REBUILD, STAGING, store_path
from rag.core.place import AnyPlace
from rag.ingest.by_hand.json_fields import set_fields
from rag.ingest.check import check_library
from rag.ingest.rebuild import embedder_of, rebuild_library
from rag.ingest.update import update_library
from rag.store.rows import content_hash
from rag.store.store import Store
from tests.fakes import FailingEmbedder, HashingEmbedder
from tests.files import rss
from tests.libraries import ids, names, passages, story, write
from tests.older_formats import make_older
from tests.places import address_of
from tests.remedies import raises_mended_by

pytestmark = [pytest.mark.slow, pytest.mark.databases]


@pytest.fixture
def news(tmp_path: Path, store: Store) -> Path:
    """Two articles in two generations: bridge.txt has an older version, fire.txt was removed."""
    folder = tmp_path / "news"
    write(folder / "bridge.txt", story("The bridge over the Lune closed on Monday."))
    write(folder / "fire.txt", story("A fire destroyed the Halton mill on Sunday."))
    write(folder / "vote.txt", story("The council voted for the tram."))
    update_library(store, [folder], HashingEmbedder())
    write(folder / "bridge.txt", story("The bridge over the Lune reopened on Monday."))
    (folder / "fire.txt").unlink()
    update_library(store, [folder], HashingEmbedder())
    return folder


def damage(store: Store, sql: str) -> None:
    with store.backend.change() as database:
        assert database.run(sql) > 0
        database.commit()


def sound(place: AnyPlace) -> bool:
    return [finding.what for finding in check_library(place).findings if "embedder" not in finding.what] == []


def test_all_is_read_and_embedded_anew_and_ids_go_on(store: Store, news: Path) -> None:
    had, before = ids(store), passages(store)
    embedder = HashingEmbedder()
    report = rebuild_library(store.place, [], embedder)
    assert (report.generation, names(report.added), report.articles) == (3, ["bridge.txt", "vote.txt"], 2)
    assert len(embedder.embedded) == report.passages > 0
    assert (store.generation, ids(store)) == (3, had), "an open store does not see the new truth"
    after = passages(store)
    assert min(map(min, after.values())) > max(map(max, before.values())), "a passage's id was given twice"
    assert sound(store.place)
    assert not (store.folder / REBUILD).exists()
    assert not (store.folder / STAGING).exists()
    assert store.roots() == [news]
    assert update_library(store, [], embedder).unchanged == 2


def test_files_of_many_articles_are_read_by_the_fields_that_were_named(store: Store, news: Path) -> None:
    write(news / "all.jsonl", '{"id": "tram", "lead": "The tram came to the Lune."}\n')
    set_fields(store, {"text": "lead"})
    update_library(store, [news], HashingEmbedder())
    had = ids(store)
    assert rebuild_library(store.place, [], HashingEmbedder()).articles == 3
    assert (ids(store), store.fields()) == (had, {"text": "lead"})
    assert sound(store.place)
    report = update_library(store, [], HashingEmbedder())
    assert (report.unchanged, report.skipped) == (3, ())


def test_what_feeds_no_longer_show_is_kept(store: Store, news: Path) -> None:
    entries = [{"guid": f"e{n}", "title": f"Story {n}", "description": f"This is story {n}."} for n in range(5)]
    for shown in (entries[:2], entries[1:3], [entries[4], entries[2] | {"description": "It was corrected."}]):
        (news / "feed.xml").write_bytes(rss(*shown))
        update_library(store, [news], HashingEmbedder())
    (news / "gone.xml").write_bytes(rss(entries[3]))
    update_library(store, [news], HashingEmbedder())
    (news / "gone.xml").unlink()
    had = ids(store)
    rebuild_library(store.place, [], HashingEmbedder("other", dimension=8))
    assert ids(store) == {name: had[name] for name in had if not name.startswith("gone")}
    assert len([name for name in had if name.startswith("feed")]) == 4
    assert [edition.state for edition in store.editions(had["feed.xml#e0"])] == ["current"]
    states = [edition.state for edition in store.editions(had["feed.xml#e2"])]
    assert states == ["replaced", "current"]
    assert "corrected" in store.article(had["feed.xml#e2"]).text
    assert store.article(had["feed.xml#e0"]).title == "Story 0"
    assert sound(store.place)
    assert update_library(store, [], HashingEmbedder("other", dimension=8)).unchanged == 6


@pytest.mark.databases("folder")
def test_a_library_of_an_older_format_is_made_anew_with_its_history(store: Store, news: Path) -> None:
    bridge = ids(store)["bridge.txt"]
    older = content_hash(story("The bridge over the Lune closed on Monday."))
    store.close()
    make_older(store.folder, "2, without fields of records")
    rebuild_library(store.place, [], HashingEmbedder())
    with Store.open(store.place) as anew:
        assert sorted(ids(anew)) == ["bridge.txt", "vote.txt"]
        assert "closed" in anew.article(bridge, older).text
    assert sound(store.place)


def test_damage_is_mended_and_what_was_cited_can_still_be_read(store: Store, news: Path) -> None:
    bridge = ids(store)["bridge.txt"]
    damage(store, "UPDATE version SET title = 'Forged' WHERE removed_generation IS NULL")
    assert not sound(store.place)
    rebuild_library(store.place, [], HashingEmbedder())
    assert sound(store.place)
    closed = story("The bridge over the Lune closed on Monday.")
    assert store.article(bridge).text == story("The bridge over the Lune reopened on Monday.")
    assert store.article(bridge, content_hash(closed)).text == closed
    with store.backend.snapshot() as database:
        versions = database.row("SELECT count(*) FROM version")
    assert versions == (4,), "what the files still say is there twice"


@pytest.mark.databases("folder")
def test_a_file_that_sqlite_cannot_make_out_gives_way(store: Store, news: Path) -> None:
    store.close()
    store_path(store.folder).write_bytes(b"This is not a database. " * 1000)
    with raises_mended_by("rebuild_from_folders", ArticleError):
        rebuild_library(store.place, [], HashingEmbedder())
    report = rebuild_library(store.place, [news], HashingEmbedder())
    assert (report.generation, report.articles) == (1, 2)
    assert sound(store.place)


@pytest.mark.databases("folder")
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_file_gives_way(store: Store, news: Path, share: float) -> None:
    store.close()
    whole = store_path(store.folder).read_bytes()
    store_path(store.folder).write_bytes(whole[: int(len(whole) * share)])
    assert rebuild_library(store.place, [news], HashingEmbedder()).articles == 2
    assert sound(store.place)


def test_what_fails_leaves_the_old_library(store: Store, news: Path) -> None:
    had = passages(store)

    def fail() -> None:
        assert passages(store) == had, "the old library does not serve while the new one is made"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild_library(store.place, [], FailingEmbedder("tram", fail))
    assert (store.generation, passages(store)) == (2, had)
    assert not (store.folder / REBUILD).exists()
    assert sound(store.place)


def test_a_folder_that_is_missing_stops_it(store: Store, news: Path, tmp_path: Path) -> None:
    news.rename(tmp_path / "unmounted")
    with pytest.raises(ArticleError, match="would be lost"):
        rebuild_library(store.place, [], HashingEmbedder())
    assert store.counts()[0] == 2


def test_the_new_library_may_have_another_embedder(store: Store, news: Path) -> None:
    rebuild_library(store.place, [], HashingEmbedder("other", dimension=8))
    assert embedder_of(store.place) == "other"
    assert sound(store.place)


@pytest.mark.databases("folder")
def test_what_is_no_library_of_this_release_is_left_alone(store: Store, news: Path) -> None:
    with pytest.raises(IndexMissingError):
        rebuild_library(news, [news], HashingEmbedder())
    damage(store, "UPDATE generation SET checksum = checksum")
    for pragma, error in (("user_version = 99", IndexFormatError), ("application_id = 7", IndexDamagedError)):
        connection = sqlite3.connect(store_path(store.folder))
        connection.execute(f"PRAGMA {pragma}")
        connection.close()
        before = store_path(store.folder).read_bytes()
        wanted: type[RagError] = error
        with pytest.raises(wanted):
            rebuild_library(store.place, [news], HashingEmbedder())
        assert store_path(store.folder).read_bytes() == before


READER = """
import sys
from rag.indexes.derive import derive
from rag.core.ports import as_ids
from rag.store.store import Store
with Store.open(sys.argv[1]) as store:
    for line in sys.stdin:
        derived = derive(store)
        ids = as_ids(derived.dense.search(store.vectors(derived.lexical.ids()[:1])[0], 100)[0])
        texts = sorted(passage.text for passage in store.passages(ids, derived.generation))
        print(derived.generation, " ".join(texts).replace("\\n", " "), flush=True)
"""


def test_another_process_that_has_it_open_follows(store: Store, news: Path) -> None:
    arguments = [sys.executable, "-c", READER, address_of(store.place)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        questions, answers = reader.stdin, reader.stdout

        def ask() -> str:
            questions.write("?\n")
            questions.flush()
            return answers.readline()

        assert ask().startswith("2 ")
        write(news / "bridge.txt", story("The bridge fell."))
        rebuild_library(store.place, [], HashingEmbedder())
        answer = ask()
        reader.stdin.close()
    assert answer.startswith("3 ")
    assert "The bridge fell." in answer
    assert "reopened" not in answer


@pytest.mark.databases("folder")
def test_a_copy_of_the_folder_serves_alike(store: Store, news: Path, tmp_path: Path) -> None:
    rebuild_library(store.place, [], HashingEmbedder())
    shutil.copytree(store.folder, tmp_path / "copy")
    with Store.open(tmp_path / "copy") as copy:
        assert passages(copy) == passages(store)
