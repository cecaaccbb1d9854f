"""A library of small articles that all change in each update, so that a mixture of two generations is seen.

As a program it updates a library from a folder once: `python -m tests.postgres.turns PLACE FOLDER`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.core.place import AnyPlace
from rag.core.reports import UpdateReport
from rag.ingest.update import update_library
from rag.library import Library
from rag.models.sentence_reader import SentenceReader
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.faults.actions import CALIBRATION
from tests.faults.reading import QUESTION, turn, turns_seen
from tests.libraries import write


def write_turn(news: Path, number: int) -> None:
    """Writes the articles of a turn."""
    for name, text in turn(number).items():
        write(news / name, text)


def update(place: AnyPlace, news: Path) -> UpdateReport:
    """Updates a library as the command line does."""
    with Store.create(place) as store:
        return update_library(store, [news], HashingEmbedder())


@contextmanager
def opened(place: AnyPlace) -> Iterator[Library]:
    """Opens a library that answers each question."""
    embedder = HashingEmbedder()
    with Store.open(place) as store:
        yield Library(store, embedder, SentenceReader(embedder), CALIBRATION)


def turn_of(library: Library) -> int:
    """The turn from which a library answers. Asserts that it is one, and that the quotes stand in the articles."""
    (number,) = turns_seen(library)
    answer = library.answer(QUESTION)
    assert answer.citations
    library.verify(answer)
    assert all(f"turn {number} " in citation.quote for citation in answer.citations)
    return int(number)


def main() -> None:
    """Updates the library once."""
    update(sys.argv[1], Path(sys.argv[2]))


if __name__ == "__main__":
    main()
