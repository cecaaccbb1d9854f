"""A reader of a library that another process updates.

As a program it asks the library again and again until the stop file exists, and prints what it saw as JSON.
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
"""Number of articles."""
PAUSE = 0.05
"""Seconds between two questions and between two updates, so that readers and writer take turns on two cores."""
QUESTION = "Which turn of the tide is it?"


def turn(number: int) -> dict[str, str]:
    """Makes the articles of a turn by file name. All have the same number, so a mixture of two turns is visible."""
    return {f"tide{n}.txt": story(f"This is turn {number} of the tide at harbour {n}.") for n in range(ARTICLES)}


def turns_seen(library: Library) -> set[str]:
    """Returns the turns in the hits of one question, and asserts that there is a hit for every article."""
    hits = library.retrieve(QUESTION, k=4 * ARTICLES)
    assert len({hit.passage.article.path for hit in hits}) == ARTICLES, "an article is missing, or there twice"
    return {hit.passage.text.partition("turn ")[2].split(" ")[0] for hit in hits}


def read(index: Path, stop: Path, begun: Path) -> tuple[list[int], list[str]]:
    """Asks until the stop file exists.

    Args:
        index: The index folder.
        stop: The stop file.
        begun: The file to make after the first answer.

    Returns:
        The turn that each question saw, and all that went wrong.
    """
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
            begun.touch()
            time.sleep(PAUSE)
    return seen, wrong


if __name__ == "__main__":
    print(json.dumps(read(*map(Path, sys.argv[1:]))))
