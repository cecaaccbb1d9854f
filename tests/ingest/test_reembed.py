"""Another embedder for an existing library: the old vectors serve until the new ones are complete."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from rag.core.ports import as_ids
from rag.indexes.derive import derive
from rag.ingest.load import Intake
from rag.ingest.reembed import reembed_library
from rag.ingest.staged_vectors import Staging
from rag.ingest.update import update_library
from rag.library import Library
from rag.models.model_files import locate_default
from rag.store.store import Store
from tests.fakes import HashingEmbedder, StoppedEmbedder
from tests.libraries import dense_of, ids, passages, story, write, write_reports

pytestmark = [pytest.mark.slow, pytest.mark.databases]


@pytest.fixture
def news(tmp_path: Path, store: Store) -> Path:
    folder = write_reports(tmp_path / "news", range(120))
    update_library(store, [folder], HashingEmbedder())
    return folder


def other(dimension: int) -> HashingEmbedder:
    return HashingEmbedder("other", dimension=dimension)


@pytest.mark.parametrize("dimension", [16, 24])
def test_all_articles_get_vectors_of_the_new_embedder(store: Store, news: Path, dimension: int) -> None:
    had, before = ids(store), store.articles()
    embedder = other(dimension)
    (news / "report-000.txt").unlink()  # The stored articles count, not the files.
    assert reembed_library(store, embedder)
    assert (store.generation, store.fingerprint) == (2, embedder.fingerprint)
    assert (ids(store), store.articles()) == (had, before)
    derived = derive(store)
    assert (derived.fingerprint, derived.generation) == (embedder.fingerprint, 2)
    found = derived.dense.search(embedder.embed(["Report number 7 tells of matter 7."])[0], 500)[0]
    assert len(found) == store.counts()[1] == len(derived.lexical)
    assert "matter 7." in store.passages(found[:1], 2)[0].text
    np.testing.assert_array_equal(dense_of(derived).vectors(found), store.vectors(found))
    assert not reembed_library(store, embedder), "done twice"


def test_passages_fit_the_new_embedders_window(store: Store, news: Path) -> None:
    write(news / "long.txt", story(*[f"Sentence number {n} tells of matter {n} at length." for n in range(40)]))
    update_library(store, [news], HashingEmbedder())
    before = len(passages(store)["long.txt"])
    reembed_library(store, HashingEmbedder("other", max_tokens=24))
    assert len(passages(store)["long.txt"]) > 3 * before


def test_after_an_interrupt_the_old_serves_and_nothing_is_embedded_twice(store: Store, news: Path) -> None:
    had = passages(store)
    stopped = StoppedEmbedder(80)
    stopped.fingerprint = other(16).fingerprint
    with pytest.raises(KeyboardInterrupt):
        reembed_library(store, stopped)
    assert (store.generation, passages(store)) == (1, had)
    rest = other(16)
    assert reembed_library(store, rest)
    assert len(stopped.embedded) > 50
    assert len(stopped.embedded) + len(rest.embedded) == store.counts()[1]


def test_vectors_of_the_old_embedder_are_not_taken_for_the_new_ones(store: Store, news: Path) -> None:
    text = (news / "report-007.txt").read_text(encoding="utf-8")
    (news / "report-007.txt").unlink()
    update_library(store, [news], HashingEmbedder())
    reembed_library(store, other(16))
    write(news / "again.txt", text)  # the old embedder's vectors of its passages are still kept
    embedder = other(16)
    update_library(store, [news], embedder)
    assert len(embedder.embedded) == 1


def test_a_generation_of_the_old_embedder_is_not_served_as_the_new_ones(store: Store, news: Path) -> None:
    """While another process still writes the files, those of the generation before are no use to the new embedder."""
    embedder = other(16)

    summaries = store.articles()
    with store.begin_update() as change, Staging(store.folder) as staging:
        articles = (store.article(summary.id) for summary in summaries)
        Intake(change, embedder, staging).take_again(articles, len(summaries))
        change.set_fingerprint(embedder.fingerprint)
        change.commit()
    with store.lock(0):
        derived = derive(store, wait=0.1)
    assert (derived.generation, derived.fingerprint) == (2, embedder.fingerprint)
    assert len(derived.dense) == store.counts()[1]


def test_who_still_answers_from_the_old_generation_finds_its_vectors(store: Store, news: Path) -> None:
    old = as_ids(passages(store)["report-003.txt"])
    vectors = store.vectors(old)
    reembed_library(store, other(24))
    np.testing.assert_array_equal(store.vectors(old), vectors)
    assert "matter 3." in store.passages(old, 1)[0].text


def write_other_model(folder: Path) -> None:
    """Writes the default model with one layer's bias negated."""
    shutil.copytree(locate_default(), folder)
    weights = load_file(folder / "model.safetensors")
    name = "encoder.layer.5.output.dense.bias"
    weights[name] = -weights[name]
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})


def test_an_open_library_takes_up_the_new_model_with_its_generation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_other_model(tmp_path / "model")
    write(
        tmp_path / "news" / "bridge.txt",
        "Bridge reopens\n\nThe old bridge over the Lune reopened on Monday. Mayor Ruth Hale cut the ribbon.",
    )
    with Library.open(tmp_path / "index", create=True) as library:
        library.update(tmp_path / "news")
        before = library.answer("Who cut the ribbon on the bridge?")
        monkeypatch.setenv("RAG_CACHE", str(tmp_path / "cache"))
        run = [sys.executable, "-m", "rag.cli", "update", "--embedder", "model", "--index", "index"]
        done = subprocess.run(run, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        after = library.answer("Who cut the ribbon on the bridge?")
        status = library.status()
    assert "Ruth Hale" in before.text
    assert "Ruth Hale" in after.text
    assert (before.generation, after.generation) == (1, 2)
    assert status.embedder == str(tmp_path / "model")
    with Library.open(tmp_path / "index") as again:
        assert again.status().embedder == str(tmp_path / "model")
