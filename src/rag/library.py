"""The Python interface: a library is an index folder that answers questions about the articles in it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.answering.confidence import load_calibration
from rag.core.errors import RagError
from rag.core.index_layout import DEFAULT
from rag.core.place import AnyPlace, Place
from rag.core.plain_text import counted
from rag.core.reports import CheckReport, FileStep, LibraryStatus, UpdateReport
from rag.core.settings import Settings, UpdateSettings
from rag.core.settings_sources import load_settings
from rag.models.loaded import LoadedModels
from rag.models.model_files import DEFAULT_EMBEDDER
from rag.reporter import Reporter
from rag.store.store import Store

if TYPE_CHECKING:
    from rag.ingest.hash_cache import Seen
    from rag.store.rows import Generation

_log = logging.getLogger(__name__)


class Library(Reporter):
    """A library: articles in an index folder that answer questions in their own words. Threads may share it.

    Open a library with `Library.open`. The methods that answer questions and read articles are those of `Answerer`,
    those that take articles out by hand are those of `Curator`, those that search are those of `Searcher`, and those
    that follow questions are those of `Reporter`. Here are those that open, update and check the library. Every method
    may raise IndexDamagedError.
    """

    _closed = False

    @classmethod
    def open(
        cls,
        index: AnyPlace = DEFAULT,
        *,
        create: bool = False,
        embedder: str | None = None,
        reader: str | None = None,
        settings: Settings | None = None,
        models: LoadedModels | None = None,
    ) -> Library:
        """Opens the library in an index folder or in a database.

        Args:
            index: The index folder, or the address of a PostgreSQL database: `postgresql://host/name?schema=news`.
            create: Whether to create an empty library if there is none.
            embedder: The embedder of a new library: a folder with a sentence-transformers model. None takes the
                embedder of the index, or the shipped one for a new library.
            reader: "sentence", or a folder with a question-answering model; None takes the shipped reader.
            settings: The settings; None reads them from `rag.toml` in the folder and from the environment
                (`load_settings`).
            models: Models to share with other libraries of this process; None for models of its own.

        Returns:
            The library. Close it with `close`, or use it in a `with` statement.

        Raises:
            IndexMissingError: If there is no library and `create` is False.
            PlaceError: If the address of a database is not possible.
            DatabaseUnreachableError: If the database can't be reached.
            IndexDamagedError: If the index is damaged.
            IndexFormatError: If another release wrote the index in a format that this one can't read.
            EmbedderMismatchError: If the vectors in the index were made by another embedder.
            ModelError: If the files of the embedder or of the reader are missing or altered.
            SettingsError: If a setting is unknown or has a value that is not allowed.
        """
        place = Place.of(index)
        settings, models = settings or load_settings(place.folder), models or LoadedModels()
        store = Store.create(place) if create and not Store.exists(place) else Store.open(place)
        try:
            name = embedder or (store.fingerprint.name if store.fingerprint else DEFAULT_EMBEDDER)
            loaded = models.embedder(name)
            store.check_embedder(loaded.fingerprint)
            chosen = models.reader(reader, loaded)
            _log.info("opened %s: generation %d, embedder %s, reader %s", place, store.generation, name, chosen.name)
            return cls(store, loaded, chosen, load_calibration(chosen.name), settings)
        except BaseException:
            store.close()
            raise

    def roots(self) -> list[Path]:
        """Lists the absolute paths of the files and folders that updates were given.

        An update without paths reads them again.
        """
        return self._store.roots()

    def status(self) -> LibraryStatus:
        """Returns what the library holds, its models, and whether it is being updated now."""
        newest, serving = self._store.newest, self._newest.serving()
        while serving.generation != newest.number:  # an update was committed between the two
            newest, serving = self._store.newest, self._newest.serving()
        return LibraryStatus(
            generation=serving.generation,
            articles=newest.articles,
            passages=newest.passages,
            embedder=serving.embedder.fingerprint.name,
            reader=self._reader.name,
            place=self._store.place.name,
            folder=str(self._store.folder),
            updated=newest.created,
            updating_since=self._store.backend.held_since(),
            withdrawn=len(self.withdrawn()),
        )

    @property
    def settings(self) -> Settings:
        """The settings that the library was opened with."""
        return self._settings

    def update(
        self,
        *paths: str | Path,
        progress: Callable[[int, int], None] | None = None,
        wait: float | None = None,
        settle: float = 0.0,
        seen: Seen | None = None,
        fields: Mapping[str, str] | None = None,
        on_file: Callable[[FileStep], None] | None = None,
        removed: bool = False,
    ) -> UpdateReport:
        """Updates the library from files and folders. Only what changed since the last update is read and embedded.

        The followed questions are asked again (`check_standing`); what fails there is logged, and never the update.

        The update becomes one new generation. An update that takes minutes becomes several, and each answers questions
        as soon as it is stored. A bad file does not stop the update; it is listed in the report. A folder that lost
        most of its files is listed too, and nothing of it is changed.

        Args:
            *paths: Files and folders; none reads all that the library knows (`roots`).
            progress: Called with the number of passages embedded so far and the number of all.
            wait: Seconds to wait for another update to end; None takes the setting `updates.wait_seconds`.
            settle: Seconds. A file that was written to in the last `settle` seconds is left for the next update.
            seen: Hashes of files from earlier updates. A file whose size and times are the same is not read again.
            fields: The fields of JSON files, as `{"text": "body"}`, for text, title, date, source, url, authors,
                section, language and id. They are stored for later updates.
            on_file: Called when a file enters another stage.
            removed: Whether all missing files were deleted on purpose, also those of a folder that lost most of them.

        Returns:
            What was added, changed, renamed, removed and skipped.

        Raises:
            IndexBusyError: If another update did not end in time.
            IndexNotWritableError: If the index folder can't be written.
            FieldError: If `fields` has an unknown name or an empty field.
        """
        # Imported here because a process that only asks questions starts faster without them.
        from rag.formats.fields import check_fields
        from rag.ingest.by_hand.json_fields import set_fields
        from rag.ingest.scan import hash_file, scan_roots
        from rag.ingest.update import update_library

        updates = self._update_settings(wait)
        if fields is not None:
            set_fields(self._store, check_fields(fields), updates.wait_seconds)
        serving = self._newest.serving()
        hashing = partial(hash_file, limits=self._settings.files)
        report = update_library(
            self._store,
            [Path(path) for path in paths],
            serving.embedder,
            progress=progress,
            look=partial(scan_roots, settle=settle, hashing=seen.hash if seen else hashing, removes=removed),
            on_file=on_file,
            updates=updates,
            files=self._settings.files,
        )
        self._serve_newest()
        self._after_change()
        return report

    def _serve_newest(self) -> None:
        """Loads the newest generation after an update. An error is logged: the update is committed all the same."""
        try:
            self._newest.serving()
        except RagError as error:
            _log.warning("the update is done, but can't be loaded now: %s", error)

    def _update_settings(self, wait: float | None) -> UpdateSettings:
        updates = self._settings.updates
        return updates if wait is None else updates.model_copy(update={"wait_seconds": wait})

    def check(self) -> CheckReport:
        """Checks every row of the store, the search indexes and the model's weights. Changes nothing.

        The time grows with the size of the index.

        Returns:
            What is damaged, and what repairs it.
        """
        from rag.ingest.check import check_library

        return check_library(self._store.place)

    def backup(self, file: str | Path) -> Generation:
        """Saves the library to one file, and checks the copy. Other processes may ask and update meanwhile.

        Args:
            file: The file to write. An older backup there is replaced.

        Returns:
            The generation in the backup.

        Raises:
            BackupError: If the file can't be written, or is something else than a backup.
        """
        return self._store.backend.backup(Path(file))

    def kept_loaded(self) -> AbstractContextManager[None]:
        """While the block runs, loads what any process adds as soon as it is there, so that no question waits for it.

        It is for servers. Without it, the next question loads the newest generation.
        """
        return self._newest.kept_loaded()

    def close(self) -> None:
        """Closes the store. The library can't be used afterwards."""
        self._closed = True
        self._store.close()

    def __repr__(self) -> str:
        held = self._newest.held
        holds = f"{counted(held.articles, 'article')}, {counted(held.passages, 'passage')}, generation {held.number}"
        return f"<Library {str(self._store.place)!r}: {holds}{', closed' if self._closed else ''}>"

    def __enter__(self) -> Library:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
