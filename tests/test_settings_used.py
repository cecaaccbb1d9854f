"""The effect of a changed setting: each part gets its own settings, and nothing else changes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from rag.answering.confidence import load_calibration
from rag.core.article import Hit, Reading
from rag.core.errors import IndexBusyError, SettingsError
from rag.core.ports import Ids, PassageSet, Scores, Vectors, as_ids
from rag.core.reports import UpdateReport
from rag.core.settings import (
    MEBIBYTE,
    AnswerSettings,
    FileSettings,
    PageSettings,
    SearchSettings,
    Settings,
    UpdateSettings,
)
from rag.formats.file_types import HTML, JSON, JSON_LINES, max_bytes_of
from rag.ingest.watch import watch
from rag.library import Library
from rag.models.sentence_reader import SentenceReader
from rag.retrieval.focus import Focus
from rag.retrieval.retriever import Retriever
from rag.store.store import Store
from rag.store.update_lock import update_lock
from rag_ui.adding import stored_files
from rag_ui.adding.upload import Upload
from rag_ui.language.strings import ENGLISH
from rag_ui.web.gate import Gate
from tests.asynchronous import run_to_end
from tests.fakes import HashingEmbedder
from tests.files import json_lines
from tests.libraries import story, write

QUESTION = "Who reopened the bridge over the Lune?"


class CountingReader(SentenceReader):
    """Notes how many passages it gets."""

    def __init__(self, embedder: HashingEmbedder) -> None:
        super().__init__(embedder)
        self.read_at_once: list[int] = []

    def read(self, question: str, hits: Sequence[Hit]) -> list[Reading]:
        self.read_at_once.append(len(hits))
        return super().read(question, hits)


def bridges(folder: Path) -> Path:
    for number in range(12):
        write(folder / f"{number}.txt", story(f"Mayor number {number} reopened the bridge over the Lune on Monday."))
    return folder


def library_of(tmp_path: Path, settings: Settings) -> tuple[Library, CountingReader]:
    embedder = HashingEmbedder()
    reader = CountingReader(embedder)
    library = Library(Store.create(tmp_path / "index"), embedder, reader, load_calibration("sentence"), settings)
    return library, reader


@pytest.mark.parametrize("passages", [2, 8, 11])
def test_as_many_passages_are_read_as_the_settings_say(tmp_path: Path, passages: int) -> None:
    library, reader = library_of(tmp_path, Settings(answers=AnswerSettings(passages_read=passages)))
    with library:
        library.update(bridges(tmp_path / "news"))
        library.answer(QUESTION)
        assert reader.read_at_once[0] == passages
        assert len(library.retrieve(QUESTION)) == len(library.read(QUESTION)) == passages
        assert len(library.retrieve(QUESTION, 3)) == 3


def test_a_threshold_of_ones_own_takes_the_place_of_the_calibrated_one(tmp_path: Path) -> None:
    told = {}
    for threshold in (None, 0.0, 1.0):
        settings = Settings(answers=AnswerSettings(threshold=threshold))
        library, _ = library_of(tmp_path / str(threshold), settings)
        with library:
            library.update(bridges(tmp_path / "news"))
            told[library.threshold] = library.answer(QUESTION).answered
    assert told.pop(0.0) and not told.pop(1.0)
    assert list(told) == [load_calibration("sentence").threshold]


def test_a_library_takes_its_settings_from_its_folder_unless_it_is_given_some(tmp_path: Path) -> None:
    write(tmp_path / "index" / "rag.toml", "[answers]\npassages_read = 2\n")
    with Library.open(tmp_path / "index", create=True) as library:
        assert library.settings == Settings(answers=AnswerSettings(passages_read=2))
    given = Settings(answers=AnswerSettings(threshold=0.125))
    with Library.open(tmp_path / "index", settings=given) as library:
        assert (library.settings, library.threshold) == (given, 0.125)
    write(tmp_path / "other" / "rag.toml", "[answers]\npassages_read = 0\n")
    with pytest.raises(SettingsError, match=r"rag\.toml, line 2"):
        Library.open(tmp_path / "other", create=True)
    assert not Store.exists(tmp_path / "other")


def test_each_ranking_is_asked_for_as_many_hits_as_the_settings_say() -> None:
    asked: list[int] = []

    class Index:
        def __len__(self) -> int:
            return 1

        def search(self, _: object, k: int, within: PassageSet | None = None) -> tuple[Ids, Scores]:
            asked.append(k)
            return as_ids([]), as_ids([]).astype("float32")

    def load(ids: Ids) -> tuple[list[Any], Vectors]:
        raise AssertionError("nothing was found")

    index: Any = Index()
    vector = HashingEmbedder().embed(["q"])[0]
    Retriever(index, index, load, SearchSettings(hits_per_ranking=7)).rank("q", vector, Focus())
    Retriever(index, index, load).rank("q", vector, Focus())
    assert asked == [7, 7, 50, 50]


def test_each_format_has_its_limit_of_size() -> None:
    limits = FileSettings(max_megabytes=1, max_json_megabytes=2, max_json_lines_megabytes=3)
    assert [max_bytes_of(file_type, limits) // MEBIBYTE for file_type in (HTML, JSON, JSON_LINES)] == [1, 2, 3]


def test_larger_files_and_lines_than_allowed_are_reported(tmp_path: Path) -> None:
    write(tmp_path / "large.txt", "The bridge reopened. " * 60_000)
    write(tmp_path / "small.txt", story("The bridge over the Lune reopened."))
    (tmp_path / "all.jsonl").write_bytes(
        json_lines({"id": "a", "text": "Long. " * 200_000}, {"id": "b", "text": "Short."})
    )
    library, _ = library_of(tmp_path, Settings(files=FileSettings(max_megabytes=1)))
    with library:
        report = library.update(*(tmp_path / name for name in ("large.txt", "small.txt", "all.jsonl")))
    assert {(Path(entry.path).name, entry.reason, entry.facts["most"]) for entry in report.skipped} == {
        ("large.txt", "too_large", "1"),
        ("all.jsonl", "too_large", 1),
    }
    assert len(report.added) == 2


def test_an_update_waits_as_long_as_the_settings_say_unless_told(tmp_path: Path) -> None:
    library, _ = library_of(tmp_path, Settings(updates=UpdateSettings(wait_seconds=0.0)))
    with library, update_lock(tmp_path / "index", 0):
        with pytest.raises(IndexBusyError):
            library.update(tmp_path)
        begun = time.monotonic()
        with pytest.raises(IndexBusyError):
            library.update(tmp_path, wait=0.5)
        assert time.monotonic() - begun >= 0.5


def test_a_watched_file_settles_as_long_as_the_settings_say(tmp_path: Path) -> None:
    settles: list[float] = []

    class Noting(Library):
        def update(self, *paths: str | Path, **options: Any) -> UpdateReport:
            settles.append(options["settle"])
            raise KeyboardInterrupt

    embedder = HashingEmbedder()
    settings = Settings(updates=UpdateSettings(settle_seconds=2.5))
    store = Store.create(tmp_path / "index")
    with Noting(store, embedder, SentenceReader(embedder), load_calibration("sentence"), settings) as library:
        with pytest.raises(KeyboardInterrupt):
            watch(library, [tmp_path], on_report=lambda report: None)
        assert settles == [2.5]


def test_an_upload_is_limited_in_files_and_room(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.txt" for number in range(3)]
    for file in files:
        file.write_bytes(b"x" * (MEBIBYTE // 2 + 1) + file.name.encode())
    limits = PageSettings(upload_files=2, stored_megabytes=1)
    upload = Upload([file.name for file in files[:2]], lambda markup: None, ENGLISH)
    taken = stored_files.take(files, tmp_path / "added", upload, limits)
    assert list(taken.stored.values()) == ["0.txt"]
    assert [skipped.path for skipped in taken.skipped] == ["2.txt", "1.txt"]


def test_the_gate_counts_requests_and_bytes_by_the_settings() -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    gate = Gate(app, ENGLISH, PageSettings(request_burst=2, requests_per_second=0.01, upload_megabytes=3))

    def post(path: str, length: int, address: str) -> int:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        headers = [(b"content-length", str(length).encode()), (b"host", b"127.0.0.1")]
        scope = {"type": "http", "method": "POST", "path": path, "headers": headers, "client": (address, 1)}
        run_to_end(gate(scope, receive, send))
        return int(sent[0]["status"])

    assert [post("/gradio_api/queue/join", 10, "a") for _ in range(3)] == [200, 200, 429]
    assert post("/gradio_api/upload", 3 * MEBIBYTE, "b") == 200
    assert post("/gradio_api/upload", 3 * MEBIBYTE + 1, "b") == 413
