"""Texts of an update are embedded by several machines: each once, also if one is killed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from rag.core.place import Place
from rag.core.ports import Vectors
from rag.ingest.shared_staging import work_on
from rag.ingest.update import update_library
from rag.store.backend import EmbeddingQueue
from rag.store.backends import backend_of
from rag.store.check_rows import require_sound
from rag.store.store import Store
from tests.fakes import FailingEmbedder, HashingEmbedder, StoppedEmbedder
from tests.libraries import write_reports

TEXTS = {b"%d" % number: f"Text number {number}" for number in range(100)}


@pytest.fixture
def there(postgres_url: str, tmp_path: Path) -> Place:
    return Place.of(f"{postgres_url}?schema=news&folder={tmp_path / 'local'}")


@pytest.fixture
def store(there: Place) -> Iterator[Store]:
    with Store.create(there) as store:
        yield store


def queue_of(place: Place) -> EmbeddingQueue:
    queue = backend_of(place).embedding_queue()
    assert queue is not None
    return queue


def test_two_machines_embed_each_text_once(store: Store) -> None:
    embedders = [HashingEmbedder(), HashingEmbedder()]
    queue = queue_of(store.place)
    queue.add(embedders[0].fingerprint, TEXTS)
    both = threading.Barrier(2)

    def work(embedder: HashingEmbedder) -> None:
        own = queue_of(store.place)
        both.wait()
        work_on(own, lambda wanted: embedder, threading.Event(), until_empty=True)
        own.close()

    threads = [threading.Thread(target=work, args=[embedder]) for embedder in embedders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted([*embedders[0].embedded, *embedders[1].embedded]) == sorted(TEXTS.values())
    vectors = queue.vectors(TEXTS)
    assert vectors.keys() == TEXTS.keys()
    np.testing.assert_array_equal(vectors[b"7"], HashingEmbedder().embed([TEXTS[b"7"]])[0])
    queue.close()


def test_the_texts_of_a_machine_that_fails_wait_again(store: Store) -> None:
    embedder, queue = HashingEmbedder(), queue_of(store.place)
    queue.add(embedder.fingerprint, TEXTS)
    with pytest.raises(KeyboardInterrupt), queue.claim(embedder.fingerprint, 60) as claim:
        assert len(claim.texts) == 60
        raise KeyboardInterrupt
    with queue.claim(embedder.fingerprint, 1000) as claim:
        assert dict(claim.texts) == TEXTS
        with closing(queue_of(store.place)) as second, second.claim(embedder.fingerprint, 1000) as other:
            assert not other.texts
        claim.vectors |= {text_hash: embedder.embed([text])[0] for text_hash, text in claim.texts.items()}
    assert queue.wanted() == []
    queue.close()


def test_a_text_on_which_a_machine_fails_is_taken_by_no_other_and_costs_no_other(store: Store) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    embedder, queue = FailingEmbedder("number 13", fail), queue_of(store.place)
    queue.add(embedder.fingerprint, TEXTS)
    assert work_on(queue, lambda wanted: embedder, threading.Event(), until_empty=True) == 99
    assert queue.failed(TEXTS) == {b"13"} and b"13" not in queue.vectors(TEXTS)
    queue.close()


def test_an_update_with_a_second_machine_gives_the_same_library(store: Store, tmp_path: Path) -> None:
    news = write_reports(tmp_path / "news", range(120))
    begun, stop = threading.Event(), threading.Event()
    helper, own = FailingEmbedder("Report", begun.set), WaitingEmbedder(begun)
    queue = queue_of(store.place)
    thread = threading.Thread(target=work_on, args=[queue, lambda wanted: helper, stop])
    thread.start()
    update_library(store, [news], own)
    stop.set()
    thread.join()
    queue.close()
    assert helper.embedded and len({*helper.embedded, *own.embedded}) == len(helper.embedded) + len(own.embedded)
    with Store.create(tmp_path / "alone") as alone:
        update_library(alone, [news], HashingEmbedder())
        assert len(alone.articles()) == len(store.articles()) == 120
        with alone.snapshot() as one, store.snapshot() as other:
            np.testing.assert_array_equal(one.ids(), other.ids())
            ids = one.ids()
        np.testing.assert_array_equal(alone.vectors(ids), store.vectors(ids))
    with store.backend.snapshot() as database:
        require_sound(database)


def test_after_an_interrupt_the_next_update_embeds_only_the_rest(store: Store, tmp_path: Path) -> None:
    news = write_reports(tmp_path / "news", range(100))
    first, second = StoppedEmbedder(40), HashingEmbedder()
    with pytest.raises(KeyboardInterrupt):
        update_library(store, [news], first)
    assert store.newest.articles == 0
    update_library(store, [news], second)
    assert store.newest.articles == 100
    assert first.embedded and not {*first.embedded} & {*second.embedded}
    queue = queue_of(store.place)
    assert queue.wanted() == []
    queue.close()


class WaitingEmbedder(HashingEmbedder):
    """Embeds nothing before another machine has begun."""

    def __init__(self, begun: threading.Event) -> None:
        super().__init__()
        self.begun = begun

    def embed(self, texts: Sequence[str]) -> Vectors:
        assert self.begun.wait(60)
        return super().embed(texts)
