"""The reports of a library: updates, checks, status, the list of articles and their editions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from rag.core.article import Details
from rag.core.errors import ArticleError, Fact, Trouble
from rag.core.remedies import Remedy
from rag.core.schema import Frozen


class Skipped(Frozen):
    """A file or record that did not become an article, and why."""

    path: str = Field(description="The file's path; in a file of many articles, `#` and the article's key follow.")
    why: str = Field(description="The reason, as a sentence that ends in what to do.")
    reason: Trouble | None = Field(default=None, description="The name of the reason, for other messages.")
    facts: dict[str, Fact] = Field(default={}, description="The numbers and names in `why`.")
    record: int | None = Field(default=None, description="The number of the line, entry or article in its file.")

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
    """The progress of an update with one file."""

    path: str = Field(description="The file's path.")
    stage: Stage = Field(description="The stage that the file has entered.")
    skipped: Skipped | None = Field(default=None, description="Why the file, or a part of it, was skipped.")
    articles: int = Field(default=0, description="Number of articles that were read from the file so far.")
    title: str | None = Field(default=None, description="The title of the first of them.")
    published: str | None = Field(default=None, description="Its date, ISO 8601, may be partial.")
    pages: int | None = Field(default=None, description="Its number of pages, if its format has pages.")


class UpdateReport(Frozen):
    """The result of an update. Paths are as they were given to the update."""

    generation: int = Field(description="The generation that answers questions from now on.")
    before: int | None = Field(
        default=None, description="The generation that answered before the update; null if it is not known."
    )
    added: tuple[str, ...] = Field(default=(), description="Paths of new articles.")
    changed: tuple[str, ...] = Field(default=(), description="Paths of articles with a new text or new fields.")
    renamed: tuple[str, ...] = Field(default=(), description="New paths of articles that moved.")
    removed: tuple[str, ...] = Field(default=(), description="Paths of articles whose files are gone.")
    unchanged: int = Field(default=0, description="Number of articles that did not change.")
    skipped: tuple[Skipped, ...] = Field(default=(), description="Files and records that did not become articles.")
    partly: tuple[Skipped, ...] = Field(
        default=(), description="Files whose articles were taken without a part, and what is missing of each."
    )
    unpublished: dict[str, int] = Field(
        default={},
        description="Number of items that are not published, by their state: draft, scheduled, private, deleted, "
        "withdrawn, or no article. They are counted in the files that the update read.",
    )
    superseded: int = Field(
        default=0, description="Number of records that a later record of the same file and id replaces."
    )
    withdrawn: tuple[str, ...] = Field(
        default=(), description="Paths of articles that were left out because a person withdrew them."
    )
    corrected: tuple[str, ...] = Field(
        default=(),
        description="Paths of articles that were corrected in the file of corrections.",
    )
    waiting: tuple[str, ...] = Field(
        default=(), description="Files that were being written; the next update reads them."
    )
    empty: tuple[str, ...] = Field(
        default=(), description="Paths that were given to the update and hold no article, now or before."
    )
    articles: int = Field(default=0, description="Number of articles in the library.")
    passages: int = Field(default=0, description="Number of passages in the library.")


class ArticleSummary(Frozen):
    """One row of the list of articles."""

    id: str = Field(description="The article's id.")
    title: str = Field(description="The title.")
    path: str = Field(description="The file's path; in a file of many articles, `#` and the article's key follow.")
    source: str | None = Field(default=None, description="The publisher.")
    url: str | None = Field(default=None, description="The web address.")
    published: str | None = Field(default=None, description="The date, ISO 8601, may be partial: `2025-04`.")
    byline: str | None = Field(default=None, description="The names of the authors.")
    section: str | None = Field(default=None, description="The section or the category.")
    fields: tuple[tuple[str, str], ...] = Field(default=(), description="Further fields, as pairs of name and value.")
    passages: int = Field(description="Number of passages.")
    group: int | None = Field(default=None, description="A number that all copies of one text share.")


class WithdrawnArticle(Frozen):
    """An article that a person withdrew. No update takes it in until it is taken back."""

    id: str = Field(description="The id that the article had.")
    title: str = Field(description="The title that it had.")
    path: str = Field(description="Its path. It is known there even if its content changes.")
    copies: tuple[str, ...] = Field(default=(), description="Further paths, of copies with the same bytes.")
    withdrawn: str = Field(description="The time when it was withdrawn, ISO 8601 in UTC.")


class ArticleDetails(Frozen):
    """What a person can correct about an article."""

    title: str = Field(description="The title.")
    published: str | None = Field(default=None, description="The date, ISO 8601, may be partial: `2025-04`.")
    source: str | None = Field(default=None, description="The publisher.")

    @classmethod
    def of(cls, details: Details) -> ArticleDetails:
        """Makes the model of an article's details."""
        return cls(title=details.title, published=details.published, source=details.source)


class CorrectedArticle(ArticleDetails):
    """An article whose title, date or source a person corrected, as it is now."""

    id: str = Field(description="The article's id.")
    path: str = Field(description="The article's path; in a file of many articles, `#` and its key follow.")
    original: ArticleDetails | None = Field(
        default=None, description="What its file has; null if nothing is corrected, or the article is not there now."
    )


EditionState = Literal["current", "replaced", "removed"]
"""The state of an article's text.

- `current`: the article's text now.
- `replaced`: the article has another text since.
- `removed`: the article's last text before it was removed.
"""


class Edition(Frozen):
    """One of the texts that an article has had. `Library.article` returns it by its content hash."""

    article_id: str = Field(description="The article's id.")
    content_hash: str = Field(description="The sha256 of the text in UTF-8, in hexadecimal digits.")
    number: int = Field(ge=1, description="The edition's number; 1 is the oldest.")
    count: int = Field(ge=1, description="Number of editions that the article has had.")
    state: EditionState = Field(description="`current`, `replaced` or `removed`.")
    since: str | None = Field(default=None, description="The time when the library took it in, ISO 8601.")
    until: str | None = Field(default=None, description="The time when it was replaced or removed, ISO 8601.")
    title: str = Field(description="The title of this edition.")
    published: str | None = Field(default=None, description="The date of this edition, ISO 8601, may be partial.")


class LibraryStatus(Frozen):
    """What a library contains and which models it uses."""

    generation: int = Field(description="The generation that answers questions.")
    articles: int = Field(description="Number of articles.")
    passages: int = Field(description="Number of passages.")
    embedder: str = Field(description="The name or folder of the embedder.")
    reader: str = Field(description="The name of the reader.")
    place: str = Field(description="Where the library lies: the index folder, or the address without its password.")
    folder: str = Field(description="The folder of what lies on this machine, such as the search indexes.")
    updated: str = Field(description="The time when the newest generation was made, ISO 8601 in UTC.")
    updating_since: str | None = Field(
        default=None, description="The time when a running update of any process began, ISO 8601 with its zone."
    )

    withdrawn: int = Field(default=0, description="Number of articles that a person withdrew.")

    @property
    def state(self) -> str:
        """Differs between two states of the library, also if a restored backup has the number of another state."""
        return f"{self.generation} {self.updated}"


class Finding(Frozen):
    """One kind of damage of an index, and what repairs it."""

    what: str = Field(description="What is damaged.")
    mend: str = Field(description="What repairs it. The command line puts its own command here.")
    remedy: Remedy = Field(
        default=Remedy(), exclude=True, repr=False, description="What repairs it, as a value. Not in the JSON."
    )

    @classmethod
    def of(cls, what: str, remedy: Remedy) -> Finding:
        """Makes a finding from the damage and its remedy."""
        return cls(what=what, mend=str(remedy), remedy=remedy)


class CheckReport(Frozen):
    """The result of a check."""

    generation: int = Field(default=0, description="The newest generation.")
    articles: int = Field(default=0, description="Number of articles in it.")
    passages: int = Field(default=0, description="Number of passages in it.")
    findings: tuple[Finding, ...] = Field(default=(), description="The damage; empty if there is none.")

    @property
    def sound(self) -> bool:
        """Whether the check found no damage."""
        return not self.findings
