"""An article that a person withdrew stays out of the library, whatever becomes of its file, until it is taken back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.core.errors import ArticleNameError, IndexDamagedError
from rag.ingest.by_hand.folders import forget_root, move_root
from rag.ingest.by_hand.withdraw import take_back_articles, withdraw_articles
from rag.ingest.check import check_library
from rag.ingest.rebuild import rebuild_library
from rag.ingest.reembed import reembed_library
from rag.ingest.restore import restore_library
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import FailingEmbedder, HashingEmbedder
from tests.files import json_lines, rss
from tests.libraries import confirmed, ids, names, passages, story, write
from tests.remedies import raises_mended_by

pytestmark = pytest.mark.databases

BRIDGE = story("The bridge over the Lune reopened on Monday.")
STORIES = [{"guid": f"e{n}", "title": f"Story {n}", "description": f"The story number {n}."} for n in range(2)]
CORRECTED = story("The bridge over the Lune did not reopen on Monday.")


@pytest.fixture
def withdrawn(store: Store, news: Path, embedder: HashingEmbedder) -> Path:
    """A folder of two articles, of which bridge.txt was withdrawn."""
    update_library(store, [news], embedder)
    withdraw_articles(store, ["bridge.txt"])
    return news


def interrupt() -> None:
    raise KeyboardInterrupt


def update(store: Store, *paths: Path) -> tuple[list[str], list[str]]:
    """Updates, and returns the names of the articles in the library and of those that were left out as withdrawn."""
    report = update_library(store, paths, HashingEmbedder(), look=confirmed)
    assert sorted(passages(store)) == sorted(ids(store))
    return sorted(ids(store)), names(report.withdrawn)


def test_a_withdrawn_article_leaves_the_library_but_not_the_disk(store: Store, news: Path) -> None:
    update_library(store, [news], HashingEmbedder())
    bridge = store.article(ids(store)["bridge.txt"])
    (article,) = withdraw_articles(store, [bridge.id])
    assert (article.id, article.title, article.path) == (bridge.id, bridge.title, bridge.path)
    assert list(ids(store)) == list(passages(store)) == ["fire.txt"]
    assert (news / "bridge.txt").read_text() == BRIDGE
    assert store.article(bridge.id, bridge.content_hash).text == BRIDGE, "an older citation finds no text"
    assert store.editions(bridge.id)[-1].state == "removed"
    generation = store.generation
    assert update(store) == (["fire.txt"], ["bridge.txt"])
    assert update(store, news / "fire.txt") == (["fire.txt"], [])
    assert store.generation == generation


def edit(news: Path) -> None:
    write(news / "bridge.txt", CORRECTED)


def rename(news: Path) -> None:
    (news / "bridge.txt").rename(news / "renamed.txt")


def copy(news: Path) -> None:
    shutil.copy(news / "bridge.txt", news / "copy.txt")


def copy_back(news: Path) -> None:
    shutil.copy(news / "copy.txt", news / "bridge.txt")


def edit_the_renamed(news: Path) -> None:
    write(news / "renamed.txt", CORRECTED)


def delete(news: Path) -> None:
    (news / "bridge.txt").unlink()


@pytest.mark.parametrize(
    ("steps", "left_out"),
    [
        ((edit,), ["bridge.txt"]),
        ((rename,), ["renamed.txt"]),
        ((copy,), ["bridge.txt", "copy.txt"]),
        ((edit, rename), ["renamed.txt"]),
        ((rename, edit_the_renamed), ["renamed.txt"]),
        ((edit, copy), ["bridge.txt", "copy.txt"]),
        ((copy, delete), ["copy.txt"]),
        ((copy, delete, copy_back), ["bridge.txt", "copy.txt"]),
        ((delete,), []),
    ],
)
def test_it_stays_out_whatever_becomes_of_its_file(
    store: Store, withdrawn: Path, steps: tuple[Callable[[Path], None], ...], left_out: list[str]
) -> None:
    for step in steps:
        step(withdrawn)
        found = update(store)
    assert found == (["fire.txt"], left_out)
    assert update(store) == (["fire.txt"], left_out)


def test_it_stays_out_when_it_is_renamed_without_the_file_beside_it(store: Store, news: Path) -> None:
    write(news / "bridge.txt.meta.json", '{"title": "The bridge"}')
    update_library(store, [news], HashingEmbedder())
    withdraw_articles(store, ["The bridge"])
    rename(news)
    assert update(store) == (["fire.txt"], ["renamed.txt"])


def test_a_place_that_it_left_is_free_for_another_article(store: Store, withdrawn: Path) -> None:
    rename(withdrawn)
    update(store)
    write(withdrawn / "bridge.txt", story("Another bridge was built."))
    assert update(store) == (["bridge.txt", "fire.txt"], ["renamed.txt"])


def test_an_article_that_is_copied_to_its_place_stays_and_so_do_copies_of_that(store: Store, withdrawn: Path) -> None:
    shutil.copy(withdrawn / "fire.txt", withdrawn / "bridge.txt")
    assert update(store) == (["fire.txt"], ["bridge.txt"])
    shutil.copy(withdrawn / "fire.txt", withdrawn / "again.txt")
    assert update(store) == (["again.txt", "fire.txt"], ["bridge.txt"])
    write(withdrawn / "bridge.txt", BRIDGE)
    assert update(store) == (["again.txt", "fire.txt"], ["bridge.txt"])


def test_it_stays_out_when_its_folder_moves_or_is_forgotten(store: Store, withdrawn: Path, tmp_path: Path) -> None:
    withdrawn.rename(tmp_path / "moved")
    move_root(store, withdrawn, tmp_path / "moved")
    edit(tmp_path / "moved")
    assert update(store) == (["fire.txt"], ["bridge.txt"])
    forget_root(store, tmp_path / "moved")
    assert update(store, tmp_path / "moved") == (["fire.txt"], ["bridge.txt"])
    (tmp_path / "moved").rename(tmp_path / "again")
    assert update(store, tmp_path / "again") == (["fire.txt"], ["bridge.txt"])


def test_it_stays_out_through_a_rebuild_and_another_embedder(store: Store, withdrawn: Path) -> None:
    report = rebuild_library(store.place, [], HashingEmbedder())
    assert (list(ids(store)), names(report.withdrawn)) == (["fire.txt"], ["bridge.txt"])
    another = HashingEmbedder("other")
    assert reembed_library(store, another)
    assert names(update_library(store, [], another).withdrawn) == ["bridge.txt"]
    assert list(ids(store)) == ["fire.txt"]


def test_a_rebuild_of_a_damaged_library_keeps_it_out(store: Store, withdrawn: Path) -> None:
    with store.backend.change() as database:
        database.run("UPDATE withdrawn SET title = 'Forged'")
        database.commit()
    assert any("rows of withdrawn" in finding.what for finding in check_library(store.place).findings)
    with raises_mended_by("rebuild_from_articles", IndexDamagedError):
        update_library(store, [], HashingEmbedder())
    rebuild_library(store.place, [], HashingEmbedder())
    assert update(store) == (["fire.txt"], ["bridge.txt"])


def test_it_stays_out_when_a_backup_from_before_or_after_is_restored(store: Store, news: Path, tmp_path: Path) -> None:
    update_library(store, [news], HashingEmbedder())
    store.backend.backup(tmp_path / "before.backup")
    withdraw_articles(store, ["bridge.txt"])
    store.backend.backup(tmp_path / "after.backup")
    for name in ("before.backup", "after.backup"):
        restore_library(store.place, tmp_path / name)
        assert list(ids(store)) == ["fire.txt"], name
        assert update(store) == (["fire.txt"], ["bridge.txt"]), name
    with Store.create(tmp_path / "elsewhere") as other:
        restore_library(other.folder, tmp_path / "after.backup")
        assert update(other) == (["fire.txt"], ["bridge.txt"])
    assert not any("withdrawn" in finding.what for finding in check_library(store.place).findings)


def test_the_check_finds_a_withdrawn_article_that_is_in_the_index(store: Store, withdrawn: Path) -> None:
    entries = store.withdrawals()
    take_back_articles(store, ["bridge.txt"], HashingEmbedder())
    with store.begin_update() as change:
        change.files.withdraw(entries)
        change.commit()
    assert any("articles that were withdrawn" in finding.what for finding in check_library(store.place).findings)
    assert update(store) == (["fire.txt"], ["bridge.txt"])


def test_copies_go_and_come_back_together(store: Store, news: Path) -> None:
    write(news / "a-copy.txt", BRIDGE)
    update_library(store, [news], HashingEmbedder())
    before = ids(store)
    (article,) = withdraw_articles(store, [str(news / "bridge.txt"), str(news / "a-copy.txt")])
    assert (names([article.path, *article.copies]), list(ids(store))) == (["bridge.txt", "a-copy.txt"], ["fire.txt"])
    with pytest.raises(ArticleNameError, match="was withdrawn on") as raised:
        withdraw_articles(store, ["a-copy.txt"])
    assert (raised.value.reason, raised.value.remedy.action) == ("withdrawn", "take_back")
    report = take_back_articles(store, ["a-copy.txt"], HashingEmbedder())
    assert (sorted(names(report.added)), ids(store)) == (["a-copy.txt", "bridge.txt"], before)


def test_an_article_that_is_taken_back_is_the_same_and_nothing_else_is_read(store: Store, news: Path) -> None:
    update_library(store, [news], HashingEmbedder())
    before = ids(store)
    withdraw_articles(store, ["bridge"])
    write(news / "fire.txt", story("A fire did not destroy the Halton mill."))
    write(news / "late.txt", story("It is late."))
    embedder = HashingEmbedder()
    report = take_back_articles(store, ["bridge"], embedder)
    assert (names(report.added), report.changed, report.withdrawn, embedder.embedded) == (["bridge.txt"], (), (), [])
    assert (ids(store), store.withdrawals(), store.roots()) == (before, [], [news])


def test_one_record_of_a_file_is_withdrawn_and_taken_back(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "wire" / "all.jsonl"
    records = [{"id": key, "text": f"This is the story {key}."} for key in ("a", "b", "c")]
    file.parent.mkdir()
    file.write_bytes(json_lines(*records))
    update_library(store, [file.parent], HashingEmbedder())
    withdraw_articles(store, [f"{file}#b"])
    assert update(store) == (["all.jsonl#a", "all.jsonl#c"], ["all.jsonl#b"])
    file.write_bytes(json_lines(*reversed(records), {"id": "d", "text": "This is the story d."}))
    assert update(store) == (["all.jsonl#a", "all.jsonl#c", "all.jsonl#d"], ["all.jsonl#b"])
    file.rename(file.with_name("renamed.jsonl"))
    assert update(store) == ([f"renamed.jsonl#{key}" for key in "acd"], ["renamed.jsonl#b"])
    report = take_back_articles(store, ["renamed.jsonl#b"], HashingEmbedder())
    assert (names(report.added), report.unchanged) == (["renamed.jsonl#b"], 3)


def withdraw_what_a_feed_no_longer_shows(store: Store, news: Path) -> str:
    """Withdraws the first of STORIES, which then leaves the feed. Returns its text."""
    feed = news / "feed.xml"
    feed.write_bytes(rss(*STORIES))
    update_library(store, [news], HashingEmbedder())
    text = store.article(ids(store)["feed.xml#e0"]).text
    withdraw_articles(store, ["feed.xml#e0"])
    feed.write_bytes(rss(STORIES[1]))
    update_library(store, [news], HashingEmbedder())
    return text


@pytest.mark.slow
def test_what_a_feed_no_longer_shows_can_be_taken_back(store: Store, news: Path) -> None:
    text = withdraw_what_a_feed_no_longer_shows(store, news)
    rebuild_library(store.place, [], HashingEmbedder())
    assert "feed.xml#e0" not in ids(store)
    report = take_back_articles(store, ["feed.xml#e0"], HashingEmbedder())
    assert names(report.added) == ["feed.xml#e0"]
    assert store.article(ids(store)["feed.xml#e0"]).text == text


@pytest.mark.slow
def test_what_is_taken_back_is_not_lost_if_the_update_after_it_is_stopped(store: Store, news: Path) -> None:
    withdraw_what_a_feed_no_longer_shows(store, news)
    (news / "feed.xml").write_bytes(rss(STORIES[1], {"guid": "z", "title": "Zoo", "description": "The zebra escaped."}))
    with pytest.raises(KeyboardInterrupt):
        take_back_articles(store, ["feed.xml#e0"], FailingEmbedder("zebra", interrupt))
    assert "feed.xml#e0" in ids(store)
    assert update(store) == (["bridge.txt", "feed.xml#e0", "feed.xml#e1", "feed.xml#z", "fire.txt"], [])


def test_an_article_whose_file_is_gone_comes_back_with_the_file(store: Store, withdrawn: Path) -> None:
    delete(withdrawn)
    update(store)
    assert take_back_articles(store, ["bridge.txt"], HashingEmbedder()).added == ()
    write(withdrawn / "bridge.txt", BRIDGE)
    assert update(store) == (["bridge.txt", "fire.txt"], [])


def test_a_file_of_a_forgotten_folder_is_not_read_when_it_is_taken_back(store: Store, withdrawn: Path) -> None:
    forget_root(store, withdrawn)
    assert take_back_articles(store, ["bridge.txt"], HashingEmbedder()).articles == 0
    assert (store.roots(), store.withdrawals()) == ([], [])


@pytest.mark.slow
def test_another_article_of_the_same_web_address_is_another_article(store: Store, news: Path) -> None:
    page = (
        '<html><head><link rel="canonical" href="https://gazette.example/bridge"></head><body><p>{}</p></body></html>'
    )
    write(news / "old.html", page.format("The bridge over the Lune reopened on Monday."))
    update_library(store, [news], HashingEmbedder())
    old = ids(store)["old.html"]
    withdraw_articles(store, ["old.html"])
    write(news / "new.html", page.format("The bridge over the Lune stays closed until spring."))
    assert update(store) == (["bridge.txt", "fire.txt", "new.html"], ["old.html"])
    assert ids(store)["new.html"] != old
    take_back_articles(store, [old], HashingEmbedder())
    assert ids(store)["old.html"] == old


@pytest.mark.databases("folder")
@pytest.mark.parametrize(
    ("named", "said"),
    [
        (["mill"], "There is no article 'mill'; name it by"),
        (["news"], r"2 articles fit 'news'; name one by its id: \w{12} \(A story of the day\), "),
        (["bridge", "mill"], "There is no article 'mill'"),
        ([""], "There is no article ''"),
    ],
)
def test_a_name_that_fits_none_or_several_withdraws_nothing(
    store: Store, news: Path, named: list[str], said: str
) -> None:
    update_library(store, [news], HashingEmbedder())
    with pytest.raises(ArticleNameError, match=said) as raised:
        withdraw_articles(store, named)
    assert raised.value.exit_code == 2
    assert (store.generation, store.withdrawals()) == (1, [])
    with pytest.raises(ArticleNameError, match="no article is withdrawn"):
        take_back_articles(store, ["bridge"], HashingEmbedder())


def test_a_part_of_a_withdrawn_path_does_not_withdraw_another_article(store: Store, news: Path) -> None:
    write(news / "older" / str(news).strip("/") / "bridge.txt", story("An older bridge closed."))
    update_library(store, [news], HashingEmbedder())
    withdraw_articles(store, [str(news / "bridge.txt")])
    with pytest.raises(ArticleNameError, match="was withdrawn"):
        withdraw_articles(store, [str(news / "bridge.txt")])
    assert store.counts()[0] == 2


STEPS = st.lists(
    st.tuples(st.sampled_from(["write", "rename", "copy", "rebuild"]), st.integers(0, 3), st.integers(0, 3)),
    min_size=4,
    max_size=8,
)


@pytest.mark.slow
@settings(max_examples=15)
@given(STEPS)
def test_no_withdrawn_text_is_ever_in_the_library(steps: list[tuple[str, int, int]]) -> None:
    with tempfile.TemporaryDirectory() as home:
        news = Path(home) / "news"
        files = [news / f"{number}.txt" for number in range(4)]
        texts = [story(f"Story number {number} ends.") for number in range(4)]
        for file, text in zip(files, texts, strict=True):
            write(file, text)
        with Store.create(Path(home) / "index") as store:
            update(store, news)
            withdraw_articles(store, ["0.txt"])
            for step, one, other in steps:
                if step == "write":
                    write(files[one], texts[other])
                elif step == "rebuild":
                    rebuild_library(store.place, [], HashingEmbedder(), removes=True)
                elif files[one].exists() and one != other:
                    (shutil.move if step == "rename" else shutil.copy)(files[one], files[other])
                update(store)
                assert texts[0] not in {store.article(article_id).text for article_id in ids(store).values()}
            findings = [finding.what for finding in check_library(store.place).findings]
            assert [what for what in findings if "embedder" not in what] == []
