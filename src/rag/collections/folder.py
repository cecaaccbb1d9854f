"""Opens all collections of a folder, and asks several at once."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Unpack

from rag.collections.names import find_collections
from rag.collections.results import CollectionAnswer, CollectionProblem, CollectionsAnswer, in_order
from rag.core.errors import CollectionError, QuestionError, RagError
from rag.core.index_layout import DEFAULT
from rag.core.plain_text import counted, without_surrogates
from rag.core.schema import Answer, AskedForm
from rag.core.settings import DEFAULTS, Settings
from rag.core.settings_sources import load_settings
from rag.library import Library
from rag.models.loaded import LoadedModels
from rag.question.scope import Filters

_log = logging.getLogger(__name__)


class Collections:
    """Several libraries, each with a name. Threads may share it. Open it with `Collections.open`.

    Args:
        folder: The folder of collections.
        opened: The library of each name, or why it could not be opened.
        settings: The settings of the folder, for what all collections share.
    """

    def __init__(self, folder: Path, opened: Mapping[str, Library | RagError], settings: Settings = DEFAULTS) -> None:
        self._folder = folder
        self._opened = dict(sorted(opened.items()))
        self._settings = settings

    @classmethod
    def open(cls, folder: str | Path, *, reader: str | None = None, settings: Settings | None = None) -> Collections:
        """Opens the collections of a folder: each of its folders that has an index in `index/`.

        Libraries with the same models share them. A collection that can't be opened costs only itself: `library` raises
        why, and `ask` tells it in its place.

        Args:
            folder: The folder.
            reader: The reader of all collections, as `Library.open` takes it.
            settings: The settings that the collections share, such as the limits of a server; None reads them from
                `rag.toml` in the folder and from the environment. Each collection has its own in its index folder.

        Returns:
            The collections. Close them with `close`, or use them in a `with` statement.

        Raises:
            CollectionError: If there is no such folder, or it has no collections.
            SettingsError: If a setting of the folder is unknown or has a value that is not allowed.
        """
        found, models = find_collections(Path(folder)), LoadedModels()
        settings = settings or load_settings(folder)
        opened: dict[str, Library | RagError] = {}
        for name, index in found.items():
            try:
                opened[name] = Library.open(index, reader=reader, models=models)
            except RagError as error:
                _log.warning("the collection %s can't be opened: %s", name, error)
                opened[name] = _without_path(name, index, error)
        return cls(Path(folder), opened, settings)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all collections, also of those that can't be opened, in alphabetical order."""
        return tuple(self._opened)

    @property
    def folder(self) -> Path:
        """The folder of collections."""
        return self._folder

    @property
    def settings(self) -> Settings:
        """The settings that the collections share."""
        return self._settings

    def library(self, name: str) -> Library:
        """Returns the library of a collection.

        Raises:
            CollectionError: If there is no such collection.
            RagError: If it could not be opened; the error is that of `Library.open`, with the name for the path.
        """
        self._check(name)
        found = self._opened[name]
        if isinstance(found, RagError):
            raise found
        return found

    def ask(
        self,
        question: str,
        names: Iterable[str] | None = None,
        *,
        history: Sequence[Answer] = (),
        max_words: int | None = None,
        form: AskedForm | None = None,
        **filters: Unpack[Filters],
    ) -> CollectionsAnswer:
        """Asks several collections the same question, one after the other.

        Args:
            question: The question, at most 2,000 characters.
            names: The collections; None for all.
            history: The answers of the conversation so far, as `Library.answer` takes them.
            max_words: Most words of quotes in each answer.
            form: The form of the answers; None for the one that the question's words ask for.
            **filters: Which articles may answer, as in `Library.answer`.

        Returns:
            The answer of each collection: first those that answer, the most confident first; then the others by name.
            Where a collection can't be asked, or no article of it fits a filter, its place tells why.

        Raises:
            CollectionError: If there is no collection of a name, or none is named.
            QuestionError: If every collection that can be asked refuses the question, such as an empty one.
        """
        asked = self.names if names is None else tuple(dict.fromkeys(names))
        if not asked:
            raise CollectionError("No collection is named", remedy=self._known)
        for name in asked:
            self._check(name)
        how: dict[str, Any] = {"history": history, "max_words": max_words, "form": form, **filters}
        answers: list[CollectionAnswer] = []
        refused: list[QuestionError] = []
        for name in asked:
            try:
                answers.append(CollectionAnswer(collection=name, answer=self.library(name).answer(question, **how)))
            except RagError as error:
                answers.append(CollectionAnswer(collection=name, problem=self.problem_of(name, error)))
                refused += [error] if isinstance(error, QuestionError) else []
        if refused and all(each.answer is None for each in answers):
            raise refused[0]
        return CollectionsAnswer(question=without_surrogates(question), collections=in_order(answers))

    def problem_of(self, name: str, error: RagError) -> CollectionProblem:
        """Describes an error of a collection with the name in place of its path, and logs the path."""
        shown = _without_path(name, self._folder / name / DEFAULT, error)
        if shown is not error:
            _log.warning("the collection %s can't be asked: %s", name, error)
        return CollectionProblem.of(shown)

    @property
    def _known(self) -> str:
        return f"name one of {', '.join(self._opened)}"

    def _check(self, name: str) -> None:
        if name not in self._opened:
            raise CollectionError(f"There is no collection '{name}'", remedy=self._known)

    def close(self) -> None:
        """Closes all libraries."""
        for each in self._opened.values():
            if isinstance(each, Library):
                each.close()

    def __len__(self) -> int:
        return len(self._opened)

    def __repr__(self) -> str:
        return f"<Collections {str(self._folder)!r}: {counted(len(self), 'collection')}>"

    def __enter__(self) -> Collections:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def _without_path(name: str, index: Path, error: RagError) -> RagError:
    """Returns an error with the collection's name in place of its path, which is no business of its readers."""
    paths = sorted({str(error.facts.get("path") or index), str(index), str(index.absolute())}, key=len, reverse=True)
    message, told = error.message, str(error.remedy)
    for path in paths:
        message, told = message.replace(path, name), told.replace(path, name)
    if (message, told) == (error.message, str(error.remedy)):
        return error
    facts = {fact: name if value in paths else value for fact, value in error.facts.items()}
    return type(error)(message, error.reason, remedy=told, **facts)
