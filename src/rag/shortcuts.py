"""`rag.answer` asks the default library, and `rag.read` reads a text that is in no library."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from rag.core.article import Article, Hit, Passage, Span
from rag.core.index_layout import DEFAULT
from rag.core.place import Place
from rag.core.ports import Reader
from rag.core.schema import Answer, AskedForm
from rag.library import Library
from rag.models.load_embedder import load_embedder
from rag.models.load_reader import load_reader
from rag.question.question import check_question
from rag.store.store import Store
from rag.text.segment import segment

SEEDS = "seeds"
"""The folder of example articles, below the working folder."""

_lock = threading.Lock()
_open: dict[Place, Library] = {}


def default_index() -> Place:
    """Returns the place of the default library: the variable `RAG_INDEX`, or `index/` below the working folder."""
    place = Place.of(os.environ.get("RAG_INDEX") or DEFAULT)
    return replace(place, folder=place.folder.resolve())


def answer(
    question: str,
    *,
    history: Sequence[Answer] = (),
    max_words: int | None = None,
    form: AskedForm | None = None,
    **scope: Any,
) -> Answer:
    """Answers a question from the default library.

    The library is opened once per process. If there is none, it is first built from the folder `seeds/`.

    Args:
        question: The question, at most 2,000 characters.
        history: The answers of the conversation so far, oldest first.
        max_words: Most words of quotes in the answer, from 20 to 2,000; None takes the setting `answers.words`.
        form: The form of the answer, such as "timeline"; None for the one that the question's words ask for.
        **scope: The filters, as in `Library.answer`.

    Returns:
        The answer, as from `Library.answer`.

    Raises:
        QuestionError: If the question is empty or too long, a date is not valid, or `max_words` or `form` is not
            possible.
        IndexMissingError: If there is neither an index nor a folder `seeds/`.
    """
    place = default_index()
    with _lock:
        if place not in _open:
            _open[place] = _open_or_build(place)
    return _open[place].answer(question, history=history, max_words=max_words, form=form, **scope)


def read(question: str, text: str, reader: str | None = None) -> list[Span]:
    """Finds the spans of a text that answer a question. No library is needed.

    Args:
        question: The question, at most 2,000 characters.
        text: The text.
        reader: "sentence", or a folder with a question-answering model; None takes the shipped reader.

    Returns:
        The spans, best first: `text[span.start:span.end]`. A score is the log-odds of these words over no answer.

    Raises:
        QuestionError: If the question is empty or too long.
        ModelError: If the files of the reader are missing or altered.
    """
    asked = check_question(question)
    sentences = segment(text)
    passage = Passage(0, Article("", "", "", text, "", sentences=sentences), 0, len(text), sentences)
    (reading,) = _reader(reader).read(asked, [Hit(passage, rank=1, score=1.0, similarity=0.0)])
    return list(reading.spans)


@cache
def _reader(name: str | None) -> Reader:
    return load_reader(name, load_embedder())


def _open_or_build(place: Place) -> Library:
    seeds = Path(SEEDS)
    if Store.exists(place) or not seeds.is_dir():
        return Library.open(place)
    library = Library.open(place, create=True)
    library.update(seeds)
    return library
