"""A reader and a writer of one library, each in a process of its own.

The reader, as a program: asks the library again and again until it is told to stop, and says what it saw.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from rag.core.errors import RagError
from rag.core.ports import as_ids
from rag.library import Library
from rag.models.sentence_reader import SentenceReader
from rag.store.store import Store
from tests.fakes import HashingEmbedder
from tests.faults.actions import CALIBRATION
from tests.libraries import story

ARTICLES = 6
PAUSE = 0.05
"""Seconds between two questions, and two updates, so that the readers and the writer get their turns on two cores."""
QUESTION = "Which turn of the tide is it?"


def turn(number: int) -> dict[str, str]:
    """What the articles say at one turn: all the same number, so that a mixture of two turns shows."""
    return {f"tide{n}.txt": story(f"This is turn {number} of the tide at harbour {n}.") for n in range(ARTICLES)}


def turns_seen(library: Library) -> set[str]:
    """Which turns one question's hits tell of; there has to be one hit for each article."""
    hits = library.retrieve(QUESTION, k=4 * ARTICLES)
    assert len({hit.passage.article.path for hit in hits}) == ARTICLES, "an article is missing, or there twice"
    return {hit.passage.text.partition("turn ")[2].split(" ")[0] for hit in hits}


def read(index: Path, stop: Path) -> tuple[list[int], list[str]]:
    """The turns seen, a question each, and all that went wrong."""
    embedder = HashingEmbedder()
    seen: list[int] = []
    wrong: list[str] = []
    with Store.open(index) as store:
        library = Library(store, embedder, SentenceReader(embedder), CALIBRATION)
        while not stop.exists():
            try:
                turns = turns_seen(library)
                answer = library.answer(QUESTION)
                library.verify(answer)
                store.vectors(as_ids([hit.passage.id for hit in library.retrieve(QUESTION)]))
            except (RagError, AssertionError, KeyError) as error:
                wrong.append(f"{type(error).__name__}: {error}")
                continue
            if len(turns) > 1:
                wrong.append(f"one question saw the turns {sorted(turns)}")
            seen.append(min(int(number) for number in turns))
            time.sleep(PAUSE)
    return seen, wrong


if __name__ == "__main__":
    print(json.dumps(read(Path(sys.argv[1]), Path(sys.argv[2]))))
