"""Updates from files of many articles: the changes of each record are followed separately."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rag.ingest.by_hand.json_fields import set_fields
from rag.ingest.reembed import reembed_library
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import FailingEmbedder, HashingEmbedder
from tests.files import json_lines, page, rss
from tests.libraries import confirmed, ids, names, passages, story, write

pytestmark = pytest.mark.slow


@pytest.fixture
def news(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    write_records(tmp_path / "news" / "all.jsonl", "bridge", "fire", "vote")
    return tmp_path / "news"


def record(name: str, text: str = "") -> dict[str, str]:
    return {"id": name, "title": f"The {name}", "text": text or f"This tells of the {name} and of nothing else."}


def write_records(path: Path, *records: str | dict[str, str]) -> None:
    path.write_bytes(json_lines(*(record(r) if isinstance(r, str) else r for r in records)))


def test_each_record_is_an_article_with_its_own_place(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    report = update_library(store, [news], embedder)
    assert names(report.added) == ["all.jsonl#bridge", "all.jsonl#fire", "all.jsonl#vote"]
    assert store.article(ids(store)["all.jsonl#fire"]).title == "The fire"
    assert sorted(passages(store)) == ["all.jsonl#bridge", "all.jsonl#fire", "all.jsonl#vote"]


def test_records_are_followed_one_by_one(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    update_library(store, [news], embedder)
    before = ids(store)
    embedder.embedded.clear()
    write_records(news / "all.jsonl", "new", record("fire", "The fire was put out."), "bridge")
    report = update_library(store, [news], embedder)
    assert names(report.added) == ["all.jsonl#new"]
    assert names(report.changed) == ["all.jsonl#fire"]
    assert names(report.removed) == ["all.jsonl#vote"]
    assert (report.unchanged, report.articles) == (1, 3)
    assert len(embedder.embedded) == 2
    assert ids(store)["all.jsonl#fire"] == before["all.jsonl#fire"]


def test_what_changes_beside_the_article_changes_nothing(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    update_library(store, [news], embedder)
    write_records(news / "all.jsonl", "vote", record("bridge") | {"views": "17"}, "fire")
    report = update_library(store, [news], embedder)
    assert (report.generation, report.unchanged, report.skipped) == (1, 3, ())


def test_records_without_a_name_are_known_by_what_they_say(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    texts = [{"text": f"Sentence {n} of it."} for n in range(3)]
    (news / "all.jsonl").write_bytes(json_lines(*texts, texts[0]))
    assert update_library(store, [news], embedder).articles == 3
    (news / "all.jsonl").write_bytes(json_lines({"text": "A line above them."}, *texts))
    report = update_library(store, [news], embedder)
    assert (len(report.added), report.unchanged, report.removed) == (1, 3, ())


def test_a_renamed_file_takes_its_articles_along(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    update_library(store, [news], embedder)
    before = ids(store)
    embedder.embedded.clear()
    (news / "all.jsonl").rename(news / "archive.jsonl")
    report = update_library(store, [news], embedder)
    assert (len(report.renamed), report.added, report.removed) == (3, (), ())
    assert ids(store) == {path.replace("all", "archive"): article_id for path, article_id in before.items()}
    assert embedder.embedded == []
    (news / "archive.jsonl").unlink()
    assert update_library(store, [], embedder, look=confirmed).articles == 0
    write_records(news / "archive.jsonl", "bridge", "fire", "vote")
    assert update_library(store, [], embedder).articles == 3


def test_a_bad_line_is_named_and_costs_no_article(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    update_library(store, [news], embedder)
    bad = b'{"id": "x"}\n{"id": "fire", "text": "torn'
    (news / "all.jsonl").write_bytes(json_lines(record("bridge", "The bridge closed."), record("new")) + bad)
    for expected in (["all.jsonl#new"], []):
        report = update_library(store, [news], embedder)
        assert [entry.why.partition(":")[0] for entry in report.skipped] == ["Line 3", "Line 4"]
        assert names([entry.path for entry in report.skipped]) == ["all.jsonl"] * 2
        assert (names(report.added), report.removed, report.articles) == (expected, (), 4)
    write_records(news / "all.jsonl", "bridge")
    assert update_library(store, [news], embedder).articles == 1


def test_a_file_that_becomes_what_it_was_is_read_again(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    update_library(store, [news], embedder)
    before = (news / "all.jsonl").read_bytes()
    (news / "all.jsonl").write_bytes(json_lines(record("fire", "The fire was put out.")) + b"torn")
    assert names(update_library(store, [news], embedder).changed) == ["all.jsonl#fire"]
    (news / "all.jsonl").write_bytes(before)
    report = update_library(store, [news], embedder)
    assert (names(report.changed), len(report.added), report.skipped) == (["all.jsonl#fire"], 2, ())
    assert "nothing else" in store.article(ids(store)["all.jsonl#fire"]).text


def test_an_interrupted_update_goes_on_within_a_file(store: Store, news: Path) -> None:
    records = [record(f"story{n}") for n in range(150)]
    (news / "all.jsonl").write_bytes(json_lines(*records))

    def stop() -> None:
        raise KeyboardInterrupt

    stopped = FailingEmbedder("story77", stop)
    with pytest.raises(KeyboardInterrupt):
        update_library(store, [news], stopped)
    assert (store.counts(), store.signatures()) == ((0, 0), {})
    records[3] = record("story3", "It was corrected meanwhile.")
    (news / "all.jsonl").write_bytes(json_lines(*records, record("late")))
    embedder = HashingEmbedder()
    report = update_library(store, [news], embedder)
    assert (report.articles, report.skipped) == (151, ())
    assert len(stopped.embedded) > 50
    assert len(stopped.embedded) + len(embedder.embedded) == report.passages + 1, "a text was embedded twice"
    assert update_library(store, [], embedder).unchanged == 151


def test_another_embedder_leaves_records_as_they_are(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    update_library(store, [news], embedder)
    had, signatures = ids(store), store.signatures()
    other = HashingEmbedder("other", dimension=8)
    assert reembed_library(store, other)
    assert (ids(store), store.signatures(), len(signatures)) == (had, signatures, 1)
    report = update_library(store, [], other)
    assert (report.unchanged, report.added, report.changed) == (3, (), ())


def test_copies_and_editions_are_told_of_records(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    text = "The council voted for the tram on Monday, and the work begins in May, the mayor said after the vote. " * 4
    write_records(news / "all.jsonl", record("ours", text), record("theirs", text), "fire")
    update_library(store, [news], embedder)
    groups = {summary.path.rpartition("#")[2]: summary.group for summary in store.articles()}
    assert groups["ours"] == groups["theirs"] != groups["fire"]
    write_records(news / "all.jsonl", record("ours", text + "It rained."), record("theirs", text), "fire")
    update_library(store, [news], embedder)
    states = [edition.state for edition in store.editions(ids(store)["all.jsonl#ours"])]
    assert states == ["replaced", "current"]


def test_many_bad_lines_are_summed_up(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    (news / "all.jsonl").write_bytes(b"no JSON\n" * 1_000)
    report = update_library(store, [news], embedder)
    assert len(report.skipped) == 21
    assert report.skipped[-1].why.startswith("980 more like these")


def test_a_file_that_became_unreadable_keeps_its_articles(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    write(news / "list.json", json.dumps([record("tram"), record("bus")]))
    update_library(store, [news], embedder)
    write(news / "list.json", "[{")
    report = update_library(store, [news], embedder)
    assert (report.articles, names([entry.path for entry in report.skipped])) == (5, ["list.json"])
    write(news / "list.json", json.dumps(record("tram")))
    report = update_library(store, [news], embedder)
    assert (report.articles, sorted(names(report.removed))) == (4, ["list.json#bus"])
    assert names(report.renamed) == ["list.json"]


def test_what_a_feed_no_longer_shows_stays(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    entries = [{"guid": f"e{n}", "title": f"Story {n}", "description": f"This is story {n}."} for n in range(4)]
    (news / "feed.xml").write_bytes(rss(*entries[:2]))
    update_library(store, [news], embedder)
    (news / "feed.xml").write_bytes(rss(*entries[2:]))
    report = update_library(store, [news], embedder)
    assert (len(report.added), report.removed, report.articles) == (2, (), 7)
    (news / "feed.xml").unlink()
    assert update_library(store, [news], embedder).articles == 3


def test_named_fields_are_remembered_and_read_anew(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    (news / "all.jsonl").write_bytes(json_lines({"id": "a", "text": "The usual.", "lead": "The lead of it."}))
    update_library(store, [news], embedder)
    set_fields(store, {"text": "lead"})
    for _ in range(2):
        update_library(store, [news], embedder)
        assert store.article(ids(store)["all.jsonl#a"]).text == "The lead of it."


def test_a_side_file_that_came_or_changed_is_a_change(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    write(news / "tram.txt", story("The tram came."))
    update_library(store, [news], embedder)
    write(news / "tram.txt.meta.json", '{"title": "Tram, at last"}')
    report = update_library(store, [news], embedder)
    assert (names(report.changed), report.skipped) == (["tram.txt"], ())
    assert store.article(ids(store)["tram.txt"]).title == "Tram, at last"
    write(news / "tram.txt.meta.json", "no JSON")
    (skipped,) = update_library(store, [news], embedder).skipped
    assert "tram.txt.meta.json" in skipped.why
    assert store.article(ids(store)["tram.txt"]).title == "Tram, at last"


def test_a_file_given_by_itself_is_followed(
    store: Store, news: Path, embedder: HashingEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(news)
    report = update_library(store, [Path("all.jsonl")], embedder)
    assert report.added == ("all.jsonl#bridge", "all.jsonl#fire", "all.jsonl#vote")
    write_records(news / "all.jsonl", "fire")
    assert update_library(store, [], embedder).articles == 1


def test_the_language_is_stored_and_the_whole_text_too(store: Store, news: Path, embedder: HashingEmbedder) -> None:
    lead = "Der Minister traf seine Kollegin am Montag in Rom, und beide sprachen zwei Stunden lang miteinander."
    (news / "a.html").write_bytes(page(lead, lead.replace("Montag", "Dienstag"), language="de"))
    update_library(store, [news], embedder)
    article = store.article(ids(store)["a.html"])
    assert (article.language, article.text.split("\n\n")[0]) == ("de", lead)
