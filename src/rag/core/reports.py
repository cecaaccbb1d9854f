"""What a library reports about itself: updates, checks, status, the list of articles and their editions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rag.core.errors import ArticleError, Fact, Trouble
from rag.core.remedies import Remedy
from rag.core.schema import Frozen


class Skipped(Frozen):
    """A file or record that did not become an article, and why."""

    path: str
    why: str
    reason: Trouble | None = Field(default=None, description="why, for whoever has words of her own for it")
    facts: dict[str, Fact] = Field(default={}, description="the numbers and names in `why`, for the same")
    record: int | None = Field(default=None, description="the number of the line, entry or article in its file")

    @classmethod
    def of(cls, path: str, error: ArticleError) -> Skipped:
        """Makes an entry for the file or article of a path from an error."""
        return cls(path=path, why=str(error), reason=error.reason, facts=error.facts)


Stage = Literal["reading", "read", "embedding", "done", "skipped"]
"""What an update does with a file.

It reads the file ("reading"), has read it ("read"), embeds its passages ("embedding"), has embedded all ("done"), or
takes no article from it ("skipped").
"""


class FileStep(Frozen):
    """The progress of an update with one file. `skipped` says why the file, or a part of it, was skipped."""

    path: str
    stage: Stage
    skipped: Skipped | None = None


class UpdateReport(Frozen):
    """The result of an update. Paths are shown as they were given. `generation` is the one that serves from now on."""

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
    """One row of the list of articles."""

    id: str
    title: str
    path: str
    source: str | None = None
    url: str | None = None
    published: str | None = None
    passages: int
    group: int | None = Field(default=None, description="the same for articles that are copies of one text")


EditionState = Literal["current", "replaced", "removed"]
"""The state of an article's text.

- `current`: the article's text now.
- `replaced`: the article has another text since.
- `removed`: the article's last text before it was removed.
"""


class Edition(Frozen):
    """One of the texts that an article has had. `Library.article` returns it by its content hash."""

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
    """What a library contains and which models it uses."""

    generation: int
    articles: int
    passages: int
    embedder: str
    reader: str
    folder: str
    updated: str
    """The time when the newest generation was made, ISO 8601 in UTC."""
    updating_since: str | None = None
    """The time when a running update of any process began, ISO 8601 with its zone."""


class Finding(Frozen):
    """One kind of damage of an index, and what repairs it. The command line replaces the remedy by its own command."""

    what: str
    mend: str
    remedy: Remedy = Field(default=Remedy(), exclude=True, repr=False, description="what repairs it; not in the JSON")

    @classmethod
    def of(cls, what: str, remedy: Remedy) -> Finding:
        """Makes a finding from the damage and its remedy."""
        return cls(what=what, mend=str(remedy), remedy=remedy)


class CheckReport(Frozen):
    """The result of a check. Counts are those of the newest generation; a `sound` index has no findings."""

    generation: int = 0
    articles: int = 0
    passages: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether the check found no damage."""
        return not self.findings
