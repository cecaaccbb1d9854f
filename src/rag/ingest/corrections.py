"""Reads and writes `corrections.jsonl`: a line for each article whose title, date or source a person corrected.

The file is the truth about corrections, and a person may edit it: the next update applies it. What an article's own
file has stays in the store, so that a correction can be taken back. The text is never corrected.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.core.article import CORRECTABLE, Article
from rag.core.errors import ArticleError, CorrectionError
from rag.core.index_layout import CORRECTIONS
from rag.core.plain_text import one_line, visible_json
from rag.store.store import Store
from rag.text.dates import parse_iso

LONGEST = 500
"""Most characters of a title or a source."""


class Correction(BaseModel):
    """A line of the file. A field that is missing is not corrected; an empty date or source says that there is none.

    Attributes:
        article: The article's id, by which it is known wherever its file is moved.
        path: Where its file was when it was corrected last, for the person who reads the file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    article: str = Field(pattern="^[0-9a-f]{12}$")
    path: str = ""
    title: str | None = None
    published: str | None = None
    source: str | None = None

    @property
    def fields(self) -> dict[str, str]:
        """The fields that are corrected."""
        return {name: value for name in CORRECTABLE if (value := getattr(self, name)) is not None}


def check_fields(fields: Mapping[str, str]) -> dict[str, str]:
    """Checks corrected fields, and puts each on one line.

    Args:
        fields: The values by the names of `CORRECTABLE`.

    Raises:
        CorrectionError: If the title is empty, a field is too long, or the date is none.
    """
    checked = {name: one_line(value) for name, value in fields.items()}
    if checked.get("title") == "":
        raise CorrectionError("An article has a title", "no_title", remedy="give it one")
    for value in checked.values():
        if len(value) > LONGEST:
            raise CorrectionError(
                f"'{value[:40]}…' has {len(value)} characters",
                "details_too_long",
                remedy=f"use at most {LONGEST}",
                characters=len(value),
                most=LONGEST,
            )
    stated = checked.get("published")
    if stated and parse_iso(stated) is None:
        raise CorrectionError(
            f"'{stated}' is not a date", "no_date", remedy="write it as 2025-04-12, 2025-04 or 2025", stated=stated
        )
    return checked


@dataclass(frozen=True, slots=True)
class Corrections:
    """What people corrected.

    Attributes:
        by_article: The correction of each article, by its id.
        unread: An error for each line of the file that can't be read. What it corrected stays as it is.
    """

    by_article: Mapping[str, Correction] = field(default_factory=lambda: MappingProxyType({}))
    unread: tuple[ArticleError, ...] = ()

    def apply(self, article: Article) -> Article:
        """Returns an article as it was corrected, or as its file has it if nobody corrected it."""
        filed = article.as_filed()
        correction = self.by_article.get(article.id)
        stated = {name: value or None for name, value in correction.fields.items()} if correction else {}
        fields: dict[str, Any] = {name: value for name, value in stated.items() if getattr(filed, name) != value}
        if not fields:
            return filed
        return replace(filed, **fields, derived=filed.derived - fields.keys(), original=filed.details)

    def named(self, store: Store) -> set[str]:
        """Returns the ids of the articles that are corrected, in the file or in a store."""
        with store.snapshot() as snapshot:
            return {*self.by_article, *snapshot.corrected()}

    def edited(self, store: Store, article_ids: Iterable[str]) -> Iterator[Article]:
        """Yields those of these articles of a store that are not as the file corrects them, because it was edited."""
        for article in map(store.article, article_ids):
            if self.apply(article).details != article.details:
                yield article


def read_corrections(store: Store) -> Corrections:
    """Reads what people corrected in a library.

    If the file is missing, as after a backup was restored elsewhere, or lines of it can't be read, what the store has
    counts: nothing is taken back because a file is damaged.
    """
    try:
        content = store.backend.read_file(CORRECTIONS)
    except OSError as error:
        return Corrections(_stored(store), (_unread(1, error.strerror or "it can't be read"),))
    if content is None:
        return Corrections(_stored(store))
    lines = content.split(b"\n")
    read = [_read_line(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    unread = tuple(entry for entry in read if isinstance(entry, ArticleError))
    by_article = {entry.article: entry for entry in read if isinstance(entry, Correction)}
    return Corrections({**_stored(store), **by_article} if unread else by_article, unread)


def write_corrections(store: Store, corrections: Iterable[Correction]) -> None:
    """Writes the file anew. The caller must hold the update lock.

    Raises:
        IndexNotWritableError: If the file can't be written.
    """
    rows = (json.dumps(one.model_dump(exclude_none=True), ensure_ascii=False) for one in corrections)
    store.backend.write_file(CORRECTIONS, "".join(f"{visible_json(row)}\n" for row in rows).encode())


def keep_file(store: Store) -> None:
    """Writes the file anew if it is missing and the store has corrected articles. The caller must hold the update lock.

    Raises:
        IndexNotWritableError: If the file can't be written.
    """
    if not store.backend.has_file(CORRECTIONS) and (stored := _stored(store)):
        write_corrections(store, stored.values())


def _stored(store: Store) -> dict[str, Correction]:
    """The corrections that the store has, by article."""
    with store.snapshot() as snapshot:
        articles = [store.article(article_id) for article_id in snapshot.corrected()]
    return {article.id: correction_of(article) for article in articles}


def correction_of(article: Article) -> Correction:
    """Returns the correction that makes an article of what its file has."""
    original = article.original or article.details
    fields = {
        name: getattr(article, name) or "" for name in CORRECTABLE if getattr(article, name) != getattr(original, name)
    }
    return Correction(article=article.id, path=article.path, **fields)


def _read_line(number: int, line: bytes) -> Correction | ArticleError:
    try:
        correction = Correction.model_validate_json(line)
        return correction.model_copy(update=check_fields(correction.fields))
    except CorrectionError as error:
        return _unread(number, str(error))
    except ValidationError as error:
        (first, *_) = error.errors()
        return _unread(number, " ".join(filter(None, (".".join(map(str, first["loc"])), first["msg"]))))


def _unread(number: int, why: str) -> ArticleError:
    return ArticleError(
        f"Line {number} is no correction ({why})", "bad_correction", remedy="correct the line or delete it", line=number
    )
