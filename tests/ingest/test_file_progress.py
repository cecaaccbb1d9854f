"""What an update reports about each file while it reads and embeds it."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from rag.core.reports import FileStep
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.files import json_lines
from tests.libraries import story, write


def stages(folder: Path, index: Path) -> dict[str, list[str]]:
    told: list[FileStep] = []
    with Store.create(index) as store:
        update_library(store, [folder], HashingEmbedder(), on_file=told.append)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for step in told:
        found[Path(step.path).name].append(step.stage)
        assert (step.stage == "skipped") == (step.skipped is not None)
    return dict(found)


def test_each_file_goes_from_reading_to_done(tmp_path: Path) -> None:
    for number in range(100):
        write(tmp_path / "news" / f"{number}.txt", story(f"This is told of number {number} and of nothing else."))
    found = stages(tmp_path / "news", tmp_path / "index")
    assert len(found) == 100
    assert {tuple(told) for told in found.values()} == {("reading", "read", "embedding", "done")}


def test_a_file_that_can_t_be_read_is_skipped(tmp_path: Path) -> None:
    write(tmp_path / "news" / "empty.txt", "")
    write(tmp_path / "news" / "photo.jpg", "x")
    write(tmp_path / "news" / "broken.json", "{")
    found = stages(tmp_path / "news", tmp_path / "index")
    assert {name: told[-1] for name, told in found.items()} == dict.fromkeys(found, "skipped")
    assert set(found) >= {"empty.txt", "broken.json"}


def test_what_needs_no_embedding_is_done_at_once(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        write(tmp_path / "news" / name, story("Seven boats left the harbour on Monday."))
    with Store.create(tmp_path / "index") as store:
        update_library(store, [tmp_path / "news" / "one.txt"], HashingEmbedder())
        told: list[FileStep] = []
        update_library(store, [tmp_path / "news"], HashingEmbedder(), on_file=told.append)
    assert [step.stage for step in told] == ["reading", "done"]


def test_a_file_of_many_articles_is_done_with_its_last(tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    records = ({"id": str(n), "text": f"This tells of number {n} and of nothing else."} for n in range(200))
    (tmp_path / "news" / "all.jsonl").write_bytes(json_lines(*records))
    found = stages(tmp_path / "news", tmp_path / "index")
    assert found == {"all.jsonl": ["reading", "read", "embedding", "done"]}
