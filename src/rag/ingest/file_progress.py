"""Reports the progress of each file in an update, while its articles are read and embedded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import NamedTuple

from rag.core.article import Article
from rag.core.reports import FileStep, Skipped, Stage
from rag.formats.file_types import file_of

OnFile = Callable[[FileStep], None]
"""Called with a file's step each time its stage changes."""


class _Found(NamedTuple):
    """How many articles were read from a file, and the title, the date and the number of pages of the first."""

    articles: int = 0
    title: str | None = None
    published: str | None = None
    pages: int | None = None


class FileSteps:
    """Reports the stages of the files that hold these articles.

    A file is done with its last article, and skipped if none of its articles could be read.

    Args:
        articles: Paths of the articles that the update reads.
        on_file: Called with each step.
    """

    def __init__(self, articles: Iterable[str] = (), on_file: OnFile | None = None) -> None:
        self._on_file = on_file or (lambda step: None)
        self._open: defaultdict[str, set[str]] = defaultdict(set)
        for path in articles:
            self._open[file_of(path)].add(path)
        self._stages: dict[str, Stage] = {}
        self._found: dict[str, _Found] = {}
        self._last_read = ""
        self._has_some: set[str] = set()

    def read(self, file: str) -> None:
        """Reports that this file is opened, and that the one before has been read."""
        self._end_of_reading()
        self._last_read = file
        self._tell(file, "reading")

    def find(self, article: Article) -> None:
        """Notes an article that was read. The next step of its file tells of it."""
        file = file_of(article.path)
        before = self._found.get(file)
        if before is not None:
            self._found[file] = before._replace(articles=before.articles + 1)
            return
        pages = article.page_of(len(article.text.rstrip()))
        self._found[file] = _Found(1, article.title, article.published, pages)

    def embed(self, articles: Iterable[str]) -> None:
        """Reports that texts of these articles are being embedded."""
        self._end_of_reading()
        for path in articles:
            self._tell(file_of(path), "embedding")

    def settle(self, article: str, skipped: Skipped | None = None) -> None:
        """Marks an article as embedded or skipped. A second call for the same article has no effect."""
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
            found = self._found.get(file, _Found())._asdict()
            self._on_file(FileStep(path=file, stage=stage, skipped=skipped if stage == "skipped" else None, **found))
