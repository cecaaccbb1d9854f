"""What a library reports of itself: updates, checks, its status, its list of articles and their editions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rag.core.errors import ArticleError, Fact, Trouble
from rag.core.remedies import Remedy
from rag.core.schema import Frozen


class Skipped(Frozen):
    """A file that did not become an article, and why."""

    path: str
    why: str
    reason: Trouble | None = Field(default=None, description="why, for whoever has words of her own for it")
    facts: dict[str, Fact] = Field(default={}, description="the numbers and names in `why`, for the same")
    record: int | None = Field(default=None, description="the number of the line, entry or article in its file")
    remedy: Remedy = Field(default=Remedy(), exclude=True, repr=False, description="what repairs it; not in the JSON")

    @classmethod
    def of(cls, path: str, error: ArticleError) -> Skipped:
        """The file or article of this path, for this reason."""
        return cls(path=path, why=str(error), reason=error.reason, facts=error.facts, remedy=error.remedy)


Stage = Literal["reading", "read", "embedding", "done", "skipped"]
"""What an update does with a file: reads it, has read it, embeds its passages, has embedded all, or takes nothing of
it."""


class FileStep(Frozen):
    """How far an update is with a file; with `skipped` it says why it takes nothing, or not all, of it."""

    path: str
    stage: Stage
    skipped: Skipped | None = None


class UpdateReport(Frozen):
    """What an update did; paths are as they were given. `generation` is the one that serves from now on."""

    generation: int
    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    renamed: tuple[str, ...] = Field(default=(), description="where moved articles lie now")
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    skipped: tuple[Skipped, ...] = ()
    waiting: tuple[str, ...] = Field(default=(), description="files that were being written, left for the next update")
    articles: int = 0
    passages: int = 0


class ArticleSummary(Frozen):
    """One line of the list of articles."""

    id: str
    title: str
    path: str
    source: str | None = None
    url: str | None = None
    published: str | None = None
    passages: int
    group: int | None = Field(default=None, description="the same for articles that are copies of one text")


EditionState = Literal["current", "replaced", "removed"]
"""What became of an article's text: it is what the article says, or the article says something else since, or it was
what the article said when it was removed."""


class Edition(Frozen):
    """One of the texts that an article has had; `Library.article` gives it by its content hash."""

    article_id: str
    content_hash: str
    number: int = Field(ge=1, description="1 is the oldest")
    count: int = Field(ge=1, description="how many texts the article has had")
    state: EditionState
    since: str | None = Field(default=None, description="when the library took it in, ISO 8601")
    until: str | None = Field(default=None, description="when it was replaced or removed, ISO 8601")
    title: str
    published: str | None = None


class LibraryStatus(Frozen):
    """What a library holds and what it answers with."""

    generation: int
    articles: int
    passages: int
    embedder: str
    reader: str
    folder: str
    updated: str
    """When the newest generation was made, an ISO 8601 time in UTC."""
    updating_since: str | None = None
    """When the update began that is under way, by whatever process, an ISO 8601 time with its zone."""


class Finding(Frozen):
    """One thing that is wrong with an index, and what repairs it; the command line puts its commands there."""

    what: str
    mend: str
    remedy: Remedy = Field(default=Remedy(), exclude=True, repr=False, description="what repairs it; not in the JSON")

    @classmethod
    def of(cls, what: str, remedy: Remedy) -> Finding:
        """What is wrong, with the remedy in plain words."""
        return cls(what=what, mend=str(remedy), remedy=remedy)


class CheckReport(Frozen):
    """What a check of an index found; nothing, where it is `sound`. Counts are those of the newest generation."""

    generation: int = 0
    articles: int = 0
    passages: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings
