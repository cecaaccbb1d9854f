"""Libraries grown from a sample: they have the sample's sentences and its vectors with noise, the same in every run."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.growth import GrowthEmbedder, Sample, grow, read_sample, write_grown
from rag.ingest.update import update_library
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.libraries import story, write

DIMENSION = 256
REAL = HashingEmbedder(dimension=DIMENSION)
TOPICS = {"bridge": "The bridge over the Lune", "tram": "The tram to the harbour", "mill": "The mill in Halton"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("sample")
    for name, subject in TOPICS.items():
        sentences = [f"{subject} was the matter of hearing number {n} in the old town hall." for n in range(30)]
        write(folder / "news" / f"{name}.txt", story(*sentences))
    with Store.create(folder / "index") as store:
        update_library(store, [folder / "news"], REAL)
    return read_sample(folder / "index")


def test_what_is_grown_is_made_of_the_samples_sentences(sample: Sample) -> None:
    known = {sentence for sentences in sample.sentences for sentence in sentences}
    title, *paragraphs = grow(sample, 4).strip().split("\n\n")
    assert title == f"{sample.titles[1]} (4)"
    found = {f"{part.rstrip('.')}." for paragraph in paragraphs for part in paragraph.split(". ")}
    assert found <= known
    assert grow(sample, 4) == grow(sample, 4) != grow(sample, 7)


def test_a_vector_is_near_that_of_the_passage_the_text_begins_like(sample: Sample) -> None:
    embedder = GrowthEmbedder(sample, REAL)
    for opening, row in sample.passage_of.items():
        vectors = embedder.embed([f"A title\n2020\n{opening} and so on {n}" for n in range(3)])
        cosines = vectors @ sample.vectors[row]
        assert (np.abs(cosines - 1 / np.sqrt(1.25)) < 0.2).all()
        assert len(np.unique(vectors, axis=0)) == 3


def test_a_vector_depends_on_its_text_alone(sample: Sample) -> None:
    embedder = GrowthEmbedder(sample, REAL)
    texts = ["What begins like nothing.", "", grow(sample, 1)]
    together = embedder.embed(texts)
    assert together.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1.0, atol=1e-5)
    np.testing.assert_array_equal(embedder.embed(texts[:1])[0], together[0])
    np.testing.assert_array_equal(embedder.embed(texts[::-1])[::-1], together)
    assert embedder.embed([]).shape == (0, DIMENSION)


def test_a_library_grows_as_any_other(sample: Sample, tmp_path: Path) -> None:
    write_grown(sample, range(3), tmp_path / "news")
    write_grown(sample, range(3, 8), tmp_path / "news")
    with Store.create(tmp_path / "index") as store:
        report = update_library(store, [tmp_path / "news"], GrowthEmbedder(sample, REAL))
        assert (len(report.added), report.skipped) == (8, ())
        assert store.fingerprint == REAL.fingerprint
