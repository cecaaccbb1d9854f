"""An article that returns under another path is recognised by its stated address; files side by side are not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.core.reports import UpdateReport
from rag.ingest.rebuild import rebuild_library
from rag.ingest.update import update_library
from rag.store.article_ids import naming_address
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.files import json_lines, page, rss
from tests.libraries import confirmed, ids, names, story, write

pytestmark = pytest.mark.databases

URL = "https://example.org/2025/bridge"
OLD = "The old bridge over the Lune reopened on Monday, the council said, and the works cost 14 million pounds."
NEW = "The old bridge over the Lune reopened on Monday, the council said, and the works cost 19 million pounds."
REST = "The bridge had been closed for two years, after a barge ran into one of its piers on a night in April."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    return tmp_path / "news"


def html(path: Path, lead: str, url: str = URL) -> None:
    path.write_bytes(page(lead, REST, head=f'<link rel="canonical" href="{url}">'))


def with_side_file(path: Path, lead: str, url: str = URL) -> None:
    write(path, story(lead, REST))
    write(path.with_name(path.name + ".meta.json"), json.dumps({"url": url}))


def records(path: Path, lead: str, url: str = URL) -> None:
    path.write_bytes(json_lines({"text": f"{lead} {REST}", "url": url}))


def feed(path: Path, lead: str, url: str = URL) -> None:
    path.write_bytes(rss({"title": "Bridge", "link": url, "description": f"{lead} {REST}"}))


def update(store: Store, news: Path) -> UpdateReport:
    return update_library(store, [news], HashingEmbedder(), look=confirmed)


def texts(store: Store, article_id: str) -> list[tuple[str, bool]]:
    """The state of each edition, and whether it has the old lead."""
    return [
        (edition.state, "14 million" in store.article(article_id, edition.content_hash).text)
        for edition in store.editions(article_id)
    ]


Writer = Callable[[Path, str], None]
WRITERS: list[tuple[str, Writer]] = [("a.html", html), ("a.txt", with_side_file), ("a.jsonl", records)]
LATER: list[tuple[str, Writer]] = [("b.html", html), ("b.txt", with_side_file), ("b.jsonl", records), ("b.xml", feed)]


@pytest.mark.databases("folder")
@pytest.mark.slow
@pytest.mark.parametrize(("later", "write_later"), LATER)
@pytest.mark.parametrize(("first", "write_first"), WRITERS)
@pytest.mark.parametrize("between", [False, True], ids=["at once", "an update later"])
def test_the_next_file_of_a_gone_address_is_the_new_edition(
    store: Store, news: Path, first: str, write_first: Writer, later: str, write_later: Writer, between: bool
) -> None:
    write_first(news / first, OLD)
    update(store, news)
    ((_, article_id),) = ids(store).items()
    for file in news.iterdir():
        file.unlink()
    if between:
        assert len(update(store, news).removed) == 1
        assert texts(store, article_id) == [("removed", True)]
    write_later(news / later, NEW)
    report = update(store, news)
    assert (report.articles, report.removed) == (1, ())
    assert names(report.added if between else report.changed)[0].startswith(later)
    assert list(ids(store).values()) == [article_id]
    assert texts(store, article_id) == [("replaced", True), ("current", False)]


def test_side_by_side_each_file_is_an_article_of_its_own(store: Store, news: Path) -> None:
    html(news / "a.html", OLD)
    html(news / "b.html", NEW)
    update(store, news)
    before = ids(store)
    assert len(set(before.values())) == 2
    assert len({summary.group for summary in store.articles()}) == 1, "copies are not one voice"
    assert update(store, news).generation == 1, "nothing changed and yet it did"
    html(news / "a.html", OLD.replace("14", "15"))
    assert names(update(store, news).changed) == ["a.html"]
    assert ids(store) == before


def test_a_citation_of_a_gone_copy_is_told_by_the_one_that_stays(store: Store, news: Path) -> None:
    html(news / "a.html", OLD)
    html(news / "b.html", NEW)
    html(news / "c.html", OLD, url="https://example.org/2025/another")
    update(store, news)
    article_id = ids(store)["a.html"]
    (news / "a.html").unlink()
    update(store, news)
    assert texts(store, article_id) == [("replaced", True)]
    html(news / "b.html", OLD)
    update(store, news)
    assert texts(store, article_id) == [("current", True)]
    (news / "b.html").unlink()
    update(store, news)
    assert texts(store, article_id) == [("removed", True)]


@pytest.mark.slow
def test_a_file_that_comes_back_takes_its_article_from_nobody(store: Store, news: Path) -> None:
    html(news / "b.html", OLD)
    update(store, news)
    known = ids(store)["b.html"]
    (news / "b.html").unlink()
    update(store, news)
    html(news / "a.html", NEW)  # Sorted before, and of the same address.
    html(news / "b.html", OLD)
    update(store, news)
    assert ids(store)["b.html"] == known
    assert ids(store)["a.html"] != known


def test_of_two_that_come_at_once_the_first_by_name_is_the_new_edition(store: Store, news: Path) -> None:
    html(news / "a.html", OLD)
    update(store, news)
    known = ids(store)["a.html"]
    (news / "a.html").unlink()
    html(news / "b.html", NEW)
    html(news / "c.html", NEW)
    update(store, news)
    assert ids(store)["b.html"] == known
    assert len(set(ids(store).values())) == 2


@pytest.mark.slow
@pytest.mark.parametrize("shared", ["https://example.org/", "https://example.org", URL])
def test_an_address_of_many_articles_tells_nothing(store: Store, news: Path, shared: str) -> None:
    for number, lead in enumerate((OLD, "A fire destroyed the Halton mill in the night, and nobody was hurt in it.")):
        html(news / f"{number}.html", lead, url=shared)
    update(store, news)
    before = set(ids(store).values())
    for file in news.iterdir():
        file.unlink()
    update(store, news)
    html(news / "new.html", "The council voted for the tram, after a debate that took nine hours.", url=shared)
    update(store, news)
    assert not before & set(ids(store).values())


def test_an_address_found_in_the_text_is_not_stated(store: Store, news: Path) -> None:
    write(news / "a.txt", f"Bridge reopens\n{URL}\n\n{OLD} {REST}")
    update(store, news)
    known = ids(store)["a.txt"]
    assert store.article(known).url == URL
    (news / "a.txt").unlink()
    write(news / "b.txt", f"Bridge reopens\n{URL}\n\n{NEW} {REST}")
    update(store, news)
    assert ids(store)["b.txt"] != known


@pytest.mark.slow
def test_a_rebuild_keeps_who_is_who(store: Store, news: Path) -> None:
    html(news / "a.html", OLD)
    update(store, news)
    (news / "a.html").unlink()
    html(news / "m.html", NEW)
    update(store, news)
    known = ids(store)["m.html"]
    rebuild_library(store.place, [], HashingEmbedder())
    assert ids(store) == {"m.html": known}
    assert texts(store, known) == [("replaced", True), ("current", False)]
    html(news / "c.html", NEW)  # Beside it, and sorted before.
    rebuild_library(store.place, [], HashingEmbedder())
    assert ids(store)["m.html"] == known


@pytest.mark.parametrize(
    ("url", "derived", "names_one"),
    [
        (URL, (), True),
        ("https://example.org/?p=17", (), True),
        (URL, ("title", "url"), False),
        (None, (), False),
        ("https://example.org/", (), False),
        ("https://[", (), False),
    ],
)
def test_which_address_names_an_article(url: str | None, derived: tuple[str, ...], names_one: bool) -> None:
    assert (naming_address(url, derived) is not None) == names_one
