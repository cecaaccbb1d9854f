"""An interrupted update is continued: no text is embedded twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.core.errors import IndexNotWritableError
from rag.core.index_layout import STAGING
from rag.core.ports import Vectors
from rag.ingest.staged_vectors import Staging
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder, StoppedEmbedder
from tests.libraries import passages, story, write, write_reports


@pytest.fixture
def news(tmp_path: Path) -> Path:
    return write_reports(tmp_path / "news", range(300))


class InterruptingVector(np.ndarray[tuple[int], np.dtype[np.float32]]):
    """Is interrupted when it is first written."""

    interrupted = False

    def astype(self, *arguments: Any, **options: Any) -> Any:
        if not self.interrupted:
            self.interrupted = True
            raise KeyboardInterrupt
        return np.asarray(self).astype(*arguments, **options)


def test_an_interrupt_while_vectors_are_written_loses_none(tmp_path: Path) -> None:
    vectors: dict[bytes, Vectors] = {b"%d" % n: np.full(4, n, np.float32) for n in range(600)}
    vectors[b"300"] = vectors[b"300"].view(InterruptingVector)
    with pytest.raises(KeyboardInterrupt), Staging(tmp_path) as staging:
        staging.keep(vectors)
    with Staging(tmp_path) as staging:
        found = staging.vectors(vectors)
    assert {name: vector.tolist() for name, vector in found.items()} == {b"%d" % n: [n] * 4 for n in range(600)}


@pytest.mark.slow
def test_after_an_interrupt_nothing_is_embedded_twice(store: Store, news: Path) -> None:
    embedded: list[str] = []
    for after in (100, 100):
        embedder = StoppedEmbedder(after)
        with pytest.raises(KeyboardInterrupt):
            update_library(store, [news], embedder)
        assert 50 < len(embedder.embedded) <= after
        assert (store.generation, store.counts()) == (0, (0, 0)), "what is half done is served"
        embedded += embedder.embedded
    last = HashingEmbedder()
    report = update_library(store, [news], last)
    assert report.articles == 300
    assert len(last.embedded) < 200
    embedded += last.embedded
    assert len(embedded) == len(set(embedded)) == report.passages
    assert len(passages(store)) == 300
    assert not (store.folder / STAGING).exists()


@pytest.mark.slow
def test_what_is_kept_is_the_very_vector(store: Store, news: Path, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        update_library(store, [news], StoppedEmbedder(200))
    update_library(store, [news], HashingEmbedder())
    with Store.create(tmp_path / "straight") as straight:
        update_library(straight, [news], HashingEmbedder())
        with store.snapshot() as resumed, straight.snapshot() as expected:
            for (ids, vectors), (other_ids, others) in zip(resumed.vectors(0), expected.vectors(0), strict=True):
                np.testing.assert_array_equal(ids, other_ids)
                np.testing.assert_array_equal(vectors, others)


@pytest.mark.slow
def test_files_that_changed_meanwhile_are_taken_as_they_are_now(store: Store, news: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        update_library(store, [news], StoppedEmbedder(200))
    write(news / "report-000.txt", story("Something else altogether."))
    (news / "report-001.txt").unlink()
    report = update_library(store, [news], HashingEmbedder())
    assert report.articles == 299
    texts = {summary.path: store.article(summary.id).text for summary in store.articles()}
    assert "Something else" in texts[str(news / "report-000.txt")]


def test_a_small_update_writes_no_file_of_its_own(store: Store, tmp_path: Path) -> None:
    write(tmp_path / "few" / "one.txt", story("One."))
    seen: list[bool] = []

    class Looking(HashingEmbedder):
        def embed(self, texts: Sequence[str]) -> Vectors:
            seen.append((store.folder / STAGING).exists())
            return super().embed(texts)

    update_library(store, [tmp_path / "few"], Looking())
    assert seen == [False]
    assert not (store.folder / STAGING).exists()


def keep(folder: Path, **vectors: Sequence[float]) -> None:
    with Staging(folder) as staging:
        staging.keep({name.encode(): np.array(vector, np.float32) for name, vector in vectors.items()})


def kept(folder: Path, *names: str) -> dict[str, list[float]]:
    with Staging(folder) as staging:
        found = staging.vectors(name.encode() for name in names)
    return {text_hash.decode(): vector.tolist() for text_hash, vector in found.items()}


def test_vectors_are_kept_by_hash_across_runs(tmp_path: Path) -> None:
    keep(tmp_path, one=[1, 0], two=[0, 1])
    keep(tmp_path, three=[0.6, 0.8])
    assert kept(tmp_path, "one", "three", "four") == {"one": [1, 0], "three": pytest.approx([0.6, 0.8])}


@pytest.mark.slow
def test_vectors_of_another_embedder_are_not_taken(store: Store, news: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        update_library(store, [news], StoppedEmbedder(200))
    other = HashingEmbedder("other")
    assert update_library(store, [news], other).passages == len(other.embedded)


def test_a_damaged_file_is_begun_anew(tmp_path: Path) -> None:
    keep(tmp_path, one=[1, 0], two=[0, 1])
    connection = sqlite3.connect(tmp_path / STAGING)
    with connection:
        connection.execute("UPDATE staged SET vector = zeroblob(8) WHERE text_hash = x'6f6e65'")
    connection.close()
    assert kept(tmp_path, "one", "two") == {"two": [0, 1]}
    (tmp_path / STAGING).write_bytes(b"This is not a database. " * 1000)
    assert kept(tmp_path, "one", "two") == {}
    keep(tmp_path, one=[1, 0])
    assert kept(tmp_path, "one") == {"one": [1, 0]}


SLOW = """
import sys, time
from pathlib import Path
from typing import Any
from rag.store.store import Store
from rag.ingest.update import update_library
from tests.fakes import HashingEmbedder
class Slow(HashingEmbedder):
    def embed(self, texts):
        time.sleep(0.2)
        vectors = super().embed(texts)
        with open(sys.argv[3], "a") as log:
            log.writelines(text.replace("\\n", " ") + "\\n" for text in texts)
            log.flush()
        print(len(self.embedded), flush=True)
        return vectors
with Store.open(Path(sys.argv[1])) as store:
    update_library(store, [Path(sys.argv[2])], Slow())
"""


def test_a_file_that_cannot_be_removed_fails_no_update(store: Store, tmp_path: Path) -> None:
    (store.folder / f"{STAGING}-journal").mkdir()
    # So few texts that they are embedded in under two seconds, before the file would first be written.
    report = update_library(store, [write_reports(tmp_path / "few", range(3))], HashingEmbedder())
    assert (report.generation, report.articles) == (1, 3)


def test_a_damaged_file_that_cannot_be_removed_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / STAGING).write_bytes(b"no database " * 1000)
    (tmp_path / f"{STAGING}-journal").mkdir()
    with pytest.raises(IndexNotWritableError, match="embedded"):
        Staging(tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="no such signals there")
@pytest.mark.parametrize(("sent", "lost"), [(signal.SIGINT, 32), (signal.SIGKILL, 400)])
def test_a_process_that_is_stopped_leaves_what_it_embedded(
    store: Store, news: Path, tmp_path: Path, sent: signal.Signals, lost: int
) -> None:
    """`lost` is how many texts may have to be embedded again: those of a batch, or of the last two seconds."""
    write_reports(news, range(300, 900))
    log = tmp_path / "embedded.log"
    arguments = [sys.executable, "-c", SLOW, str(store.folder), str(news), str(log)]
    with subprocess.Popen(
        arguments, cwd=Path(__file__).parents[2], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None
        while int(process.stdout.readline()) < 500:
            pass
        process.send_signal(sent)
    assert process.returncode != 0
    assert store.generation == 0
    before = len(log.read_text().splitlines())
    rest = HashingEmbedder()
    report = update_library(store, [news], rest)
    assert report.articles == 900
    assert before + len(rest.embedded) - report.passages <= lost
