"""A correction of title, date or source stays whatever becomes of the article's file, until it is taken back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.core.errors import ArticleNameError, CorrectionError, IndexBusyError
from rag.core.index_layout import CORRECTIONS, corrections_path
from rag.core.reports import ArticleDetails
from rag.core.schema import Scope
from rag.ingest.by_hand.correct import correct_article, list_corrections, undo_corrections
from rag.ingest.by_hand.folders import move_root
from rag.ingest.by_hand.withdraw import take_back_articles, withdraw_articles
from rag.ingest.rebuild import rebuild_library
from rag.ingest.reembed import reembed_library
from rag.ingest.restore import restore_library
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.libraries import assert_intact, confirmed, ids, passages, write

pytestmark = [pytest.mark.slow, pytest.mark.databases]

CORRECTION = {"title": "Bridge reopens", "published": "2025-04-12", "source": "Osk Gazette"}
BRIDGE = "---\ntitle: The bridge\ndate: 2024-04\n---\nThe bridge over the Lune reopened on Monday.\n"


@pytest.fixture
def corrected(store: Store, news: Path, embedder: HashingEmbedder) -> Path:
    """A folder of two articles, of which bridge.md was corrected."""
    (news / "bridge.txt").unlink()
    write(news / "bridge.md", BRIDGE)
    update_library(store, [news], embedder)
    correct_article(store, "bridge.md", CORRECTION, embedder)
    return news


def details(store: Store, name: str = "bridge") -> tuple[str, str | None, str | None]:
    """Title, date and source of an article, in the list and by itself; both indexes have its passages."""
    (article_id,) = (found for file, found in ids(store).items() if file.startswith(name))
    (listed,) = (summary for summary in store.articles() if summary.id == article_id)
    article = store.article(article_id)
    assert (listed.title, listed.published, listed.source) == article.details[:3]
    assert sorted(passages(store)) == sorted(ids(store))
    return article.title, article.published, article.source


AS_CORRECTED = ("Bridge reopens", "2025-04-12", "Osk Gazette")
AS_FILED = ("The bridge", "2024-04", None)


def lines(store: Store) -> list[dict[str, str]]:
    return [json.loads(line) for line in content_of(store).splitlines()]


def content_of(store: Store) -> str:
    """The content of the file of corrections, which PostgreSQL keeps as a row."""
    return (store.backend.read_file(CORRECTIONS) or b"").decode()


def lose_file(store: Store) -> None:
    """Deletes the file of corrections."""
    if store.place.database is None:
        corrections_path(store.folder).unlink()
        return
    with store.backend.change() as database:
        assert database.run("DELETE FROM side_file WHERE name = ?", (CORRECTIONS,)) == 1
        database.commit()


def test_a_correction_changes_what_is_shown_and_neither_the_text_nor_the_file(
    store: Store, corrected: Path, embedder: HashingEmbedder
) -> None:
    article = store.article(next(article_id for name, article_id in ids(store).items() if name == "bridge.md"))
    assert details(store) == AS_CORRECTED
    assert article.text == "The bridge over the Lune reopened on Monday."
    assert (corrected / "bridge.md").read_text() == BRIDGE
    assert lines(store) == [{"article": article.id, "path": article.path, **CORRECTION}]
    assert [edition.state for edition in store.editions(article.id)] == ["current"]
    assert store.article(article.id, article.content_hash).title == "Bridge reopens"
    assert len(store.passages_in(Scope(since="2025"), store.generation).ids) == 1
    assert len(store.passages_in(Scope(sources=("osk",)), store.generation).ids) == 1
    (listed,) = list_corrections(store)
    assert (listed.title, listed.original) == (
        "Bridge reopens",
        ArticleDetails(title="The bridge", published="2024-04"),
    )
    generation = store.generation
    assert correct_article(store, article.id, CORRECTION, embedder) == listed
    assert update_library(store, [], embedder).corrected == ()
    assert store.generation == generation
    assert_intact(store.place)


def edit(store: Store, news: Path) -> None:
    write(news / "bridge.md", BRIDGE.replace("Monday", "Tuesday").replace("The bridge\n", "A new title\n"))


def rename(store: Store, news: Path) -> None:
    (news / "bridge.md").rename(news / "bridge-2.md")


def move(store: Store, news: Path) -> None:
    shutil.move(news, news.with_name("moved"))
    move_root(store, news, news.with_name("moved"))


def leave_and_come_back(store: Store, news: Path) -> None:
    (news / "bridge.md").rename(news.parent / "away.md")
    update_library(store, [], HashingEmbedder(), look=confirmed)
    assert "bridge.md" not in ids(store)
    assert [one.original for one in list_corrections(store)] == [None]
    (news.parent / "away.md").rename(news / "bridge.md")


def withdraw_and_take_back(store: Store, news: Path) -> None:
    withdraw_articles(store, ["bridge.md"])
    take_back_articles(store, ["bridge.md"], HashingEmbedder())


def rebuild(store: Store, news: Path) -> None:
    rebuild_library(store.place, [], HashingEmbedder())


def rebuild_without_the_file(store: Store, news: Path) -> None:
    lose_file(store)
    rebuild(store, news)


def begin_again(store: Store, news: Path) -> None:
    kept = store.backend.read_file(CORRECTIONS)
    assert kept is not None
    store.backend.remove()
    with Store.create(store.place) as fresh:
        fresh.backend.write_file(CORRECTIONS, kept)
        update_library(fresh, [news], HashingEmbedder())


def restore(store: Store, news: Path) -> None:
    store.backend.backup(news.parent / "backup")
    lose_file(store)
    restore_library(store.place, news.parent / "backup")
    assert lines(store)


def embed_otherwise(store: Store, news: Path) -> None:
    reembed_library(store, HashingEmbedder(name="other"))
    reembed_library(store, HashingEmbedder())


@pytest.mark.parametrize(
    "become",
    [
        edit,
        rename,
        move,
        leave_and_come_back,
        withdraw_and_take_back,
        rebuild,
        rebuild_without_the_file,
        begin_again,
        restore,
        embed_otherwise,
    ],
)
def test_a_correction_stays_whatever_becomes_of_the_file(
    store: Store, corrected: Path, become: Callable[[Store, Path], None]
) -> None:
    become(store, corrected)
    with Store.open(store.place) as again:
        update_library(again, [], HashingEmbedder(), look=confirmed)
        assert details(again) == AS_CORRECTED
        assert_intact(again.place)


def test_what_is_taken_back_is_what_the_file_has_now(store: Store, corrected: Path, embedder: HashingEmbedder) -> None:
    edit(store, corrected)
    update_library(store, [], embedder)
    (undone,) = undo_corrections(store, ["bridge.md"], embedder)
    assert (undone.title, undone.published, undone.original) == ("A new title", "2024-04", None)
    assert details(store) == ("A new title", "2024-04", None)
    assert (lines(store), list_corrections(store)) == ([], ())
    with pytest.raises(CorrectionError, match="is not corrected"):
        undo_corrections(store, ["bridge.md"], embedder)


def test_fields_are_corrected_one_by_one_and_taken_back_by_the_files_own_value(
    store: Store, corrected: Path, embedder: HashingEmbedder
) -> None:
    correct_article(store, "bridge.md", {"published": ""}, embedder)
    assert details(store) == ("Bridge reopens", None, "Osk Gazette")
    correct_article(store, "bridge.md", {"title": "  The \n bridge ", "source": ""}, embedder)
    assert details(store) == ("The bridge", None, None)
    correct_article(store, "bridge.md", {"published": "2024-04"}, embedder)
    assert details(store) == AS_FILED
    assert lines(store) == []


def test_a_derived_title_is_derived_again_when_its_correction_is_taken_back(
    store: Store, corrected: Path, embedder: HashingEmbedder
) -> None:
    before = store.article(ids(store)["fire.txt"])
    correct_article(store, "fire.txt", {"title": "Mill burns"}, embedder)
    assert "title" not in store.article(before.id).derived
    undo_corrections(store, ["fire.txt"], embedder)
    after = store.article(before.id)
    assert (after.title, after.derived, after.original) == (before.title, before.derived, None)


def test_the_file_can_be_edited_and_an_update_applies_it(
    store: Store, corrected: Path, embedder: HashingEmbedder
) -> None:
    (line,) = lines(store)
    fire = {"article": ids(store)["fire.txt"], "published": "2023"}
    store.backend.write_file(
        CORRECTIONS, ("\n".join(map(json.dumps, [{**line, "title": "Lune bridge"}, fire]))).encode()
    )
    report = update_library(store, [], embedder)
    assert [Path(path).name for path in report.corrected] == ["bridge.md", "fire.txt"]
    assert details(store)[0] == "Lune bridge"
    assert details(store, "fire")[1] == "2023"
    store.backend.write_file(CORRECTIONS, json.dumps(fire).encode())
    assert [Path(path).name for path in update_library(store, [], embedder).corrected] == ["bridge.md"]
    assert (details(store), details(store, "fire")[1]) == (AS_FILED, "2023")


@pytest.mark.databases("folder")
@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("{", "Invalid JSON"),
        ("[]", "an object"),
        ('{"title": "A title"}', "article"),
        ('{"article": "9c661f377980", "titel": "A title"}', "titel"),
        ('{"article": "9c661f377980", "title": 3}', "title"),
        ('{"article": "9c661f377980", "published": "12/13/2024"}', "is not a date"),
        ('{"article": "9c661f377980", "title": " "}', "has a title"),
    ],
)
def test_a_line_that_is_no_correction_is_told_and_loses_nothing(
    store: Store, corrected: Path, embedder: HashingEmbedder, bad: str, why: str
) -> None:
    written = f"{bad}\n\n{json.dumps({'article': ids(store)['fire.txt'], 'source': 'Mell Times'})}\n"
    store.backend.write_file(CORRECTIONS, written.encode())
    report = update_library(store, [], embedder)
    (entry,) = report.skipped
    assert entry.why.startswith("Line 1 is no correction (") and why in entry.why
    assert (details(store), details(store, "fire")[2]) == (AS_CORRECTED, "Mell Times")
    for change in (
        lambda: correct_article(store, "fire.txt", {"title": "Mill burns"}, embedder),
        lambda: undo_corrections(store, ["bridge.md"], embedder),
        lambda: list_corrections(store),
    ):
        with pytest.raises(CorrectionError, match="Line 1 is no correction"):
            change()
    assert content_of(store) == written


def test_a_file_that_is_missing_is_written_anew(store: Store, corrected: Path, embedder: HashingEmbedder) -> None:
    before = lines(store)
    lose_file(store)
    assert [one.title for one in list_corrections(store)] == ["Bridge reopens"]
    update_library(store, [], embedder)
    assert (lines(store), details(store)) == (before, AS_CORRECTED)


@pytest.mark.databases("folder")
@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"title": " \n"}, "has a title"),
        ({"title": "x" * 501}, "501 characters"),
        ({"published": "12 April 2025"}, "'12 April 2025' is not a date"),
        ({"published": "2025-02-30"}, "is not a date"),
        ({"published": "2025-4-1"}, "is not a date"),
        ({"published": "2205-04-12"}, "is not a date"),
    ],
)
def test_what_is_not_possible_is_told_and_changes_nothing(
    store: Store, corrected: Path, embedder: HashingEmbedder, fields: dict[str, str], why: str
) -> None:
    before = lines(store)
    with pytest.raises(CorrectionError, match=why):
        correct_article(store, "bridge.md", fields, embedder)
    assert (lines(store), details(store)) == (before, AS_CORRECTED)


def test_it_needs_an_article_and_waits_for_no_update_for_ever(
    store: Store, corrected: Path, embedder: HashingEmbedder
) -> None:
    with pytest.raises(ArticleNameError, match="There is no article 'nothing'"):
        correct_article(store, "nothing", CORRECTION, embedder)
    with store.lock(1.0), pytest.raises(IndexBusyError):
        correct_article(store, "bridge.md", {"title": "Later"}, embedder, timeout=0.0)
    assert details(store) == AS_CORRECTED
