"""Makes small libraries, directly in the store (each line is a sentence and a passage) or from files."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from rag.core.article import Article, Sentence, TaggedSpeech
from rag.core.place import AnyPlace
from rag.core.ports import Vectors, as_ids
from rag.core.remedies import Remedy
from rag.indexes.dense import DenseIndex
from rag.indexes.derive import Derived, derive
from rag.ingest.scan import scan_roots
from rag.store.backends import backend_of
from rag.store.change import Change, NewPassage
from rag.store.check_rows import Tally, check_rows
from rag.store.rows import content_hash, newest_generation
from rag.store.store import Store
from tests.fakes import HashingEmbedder

DIMENSION = 32
"""Dimension of the vectors. It is small, so that tests are fast."""
FINGERPRINT = HashingEmbedder(dimension=DIMENSION).fingerprint

confirmed = partial(scan_roots, removes=True)
"""Finds files for an update whose missing files a person confirmed as deleted."""


def put(
    change: Change,
    path: str,
    text: str,
    title: str = "A title",
    speeches: tuple[TaggedSpeech, ...] | None = None,
) -> str:
    """Stores an article. Each line of its text is a sentence and a passage.

    Returns:
        The article's id.
    """
    sentences, start = [], 0
    for line in text.splitlines(keepends=True):
        sentences.append(Sentence(start, start + len(line.rstrip("\n")), "sentence"))
        start += len(line)
    article_id = change.identify(path)
    article = Article(
        id=article_id,
        path=path,
        content_hash=content_hash(text),
        text=text,
        title=title,
        published="2025-04",
        source="The Gazette",
        derived=frozenset({"title", "source"}),
        sentences=tuple(sentences),
        speeches=speeches,
    )
    change.set_fingerprint(FINGERPRINT)
    passages = [
        NewPassage(s.start, s.end, number, number + 1, text[s.start : s.end].encode(), vector_of(text[s.start : s.end]))
        for number, s in enumerate(sentences)
    ]
    change.put_article(article, content_hash(text), passages)
    return article_id


def vector_of(sentence: str) -> Vectors:
    """Returns the unit vector of a sentence."""
    return HashingEmbedder(dimension=DIMENSION).embed([sentence])[0]


def update(store: Store, **files: str | None) -> int:
    """Makes one update of a store.

    Args:
        store: The store.
        files: New text by path; None removes the file.

    Returns:
        The new generation.
    """
    with store.begin_update() as change:
        for path, text in files.items():
            if text is None:
                change.remove_article(change.identify(path))
            else:
                put(change, path, text)
        return change.commit()


_WORDS = "the mayor council bridge river tram vote court strike storm coast army talks price market plant rail".split()


def prose(seed: int, words: int = 300) -> list[str]:
    """Draws random words. Each seed gives another text."""
    chosen = random.Random(seed)
    return [f"{chosen.choice(_WORDS)}{chosen.randrange(40)}" for _ in range(words)]


def story(*sentences: str) -> str:
    """Makes the text of an article with a title and these sentences."""
    return "A story of the day\n\n" + " ".join(sentences) + "\n"


def write(path: Path, text: str) -> None:
    """Writes a text file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def write_reports(folder: Path, numbers: Iterable[int]) -> Path:
    """Writes one short article per number, all different, and returns the folder."""
    for n in numbers:
        write(folder / f"report-{n:03}.txt", story(f"Report number {n} tells of matter {n}."))
    return folder


def names(paths: Sequence[str]) -> list[str]:
    """Returns the file names of paths."""
    return [Path(path).name for path in paths]


def ids(store: Store) -> dict[str, str]:
    """Returns the ids of a store's articles by file name."""
    return {Path(summary.path).name: summary.id for summary in store.articles()}


def passages(store: Store) -> dict[str, list[int]]:
    """Reads the ids of each article's passages, and asserts that both derived indexes have the same ones.

    Returns:
        Passage ids by the article's file name.
    """
    derived = derive(store)
    question = np.eye(1, dense_of(derived).dimension, dtype=np.float32)[0]
    dense = sorted(derived.dense.search(question, 10_000)[0].tolist())
    assert derived.generation == store.generation
    assert len(derived.lexical) == len(dense) == store.counts()[1]
    found: dict[str, list[int]] = {}
    for passage in store.passages(as_ids(dense), derived.generation):
        found.setdefault(Path(passage.article.path).name, []).append(passage.id)
        assert passage.id in derived.lexical.search(passage.text, 1000)[0].tolist()
    return found


def dense_of(derived: Derived) -> DenseIndex:
    """The dense index of this machine's files."""
    assert isinstance(derived.dense, DenseIndex)
    return derived.dense


def assert_intact(place: AnyPlace) -> None:
    """Checks all rows of a library, as `rag check` does."""
    tally = Tally()
    with backend_of(place).snapshot() as database:
        check_rows(database, newest_generation(database), tally, Remedy(action="check"))
    assert tally.findings() == (), tally.findings()
