"""How far each file of an update is: told while its articles are read and embedded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from rag.core.reports import FileStep, Skipped, Stage
from rag.formats.file_types import file_of

OnFile = Callable[[FileStep], None]
"""Told each file's stage whenever it changes."""


class FileSteps:
    """Tells `on_file` of the files that these articles lie in.

    A file is done with the last of its articles, and skipped where none of them could be read.
    """

    def __init__(self, articles: Iterable[str] = (), on_file: OnFile | None = None) -> None:
        self._on_file = on_file or (lambda step: None)
        self._open: defaultdict[str, set[str]] = defaultdict(set)
        for path in articles:
            self._open[file_of(path)].add(path)
        self._stages: dict[str, Stage] = {}
        self._last_read = ""
        self._has_some: set[str] = set()

    def read(self, file: str) -> None:
        """This file is opened; the one before it has been read."""
        self._end_of_reading()
        self._last_read = file
        self._tell(file, "reading")

    def embed(self, articles: Iterable[str]) -> None:
        """Texts of these articles are being embedded."""
        self._end_of_reading()
        for path in articles:
            self._tell(file_of(path), "embedding")

    def settle(self, article: str, skipped: Skipped | None = None) -> None:
        """The article is embedded, or was skipped; said once more it changes nothing."""
        file = file_of(article)
        if article not in self._open[file]:
            return
        self._open[file].remove(article)
        if skipped is None:
            self._has_some.add(file)
        if not self._open[file]:
            self._tell(file, "done" if file in self._has_some else "skipped", skipped)

    def _end_of_reading(self) -> None:
        if self._stages.get(self._last_read) == "reading":
            self._tell(self._last_read, "read")

    def _tell(self, file: str, stage: Stage, skipped: Skipped | None = None) -> None:
        if self._stages.get(file) != stage:
            self._stages[file] = stage
            self._on_file(FileStep(path=file, stage=stage, skipped=skipped if stage == "skipped" else None))
