"""Adds and replaces articles that programs send. Each is a JSON file beside the index, which updates read as any other.

An article whose file somebody else keeps is not replaced: the next update would read that file again.
"""

from __future__ import annotations

import json
import re
import secrets
import threading
from pathlib import Path

from rag.client.schemas import ArticleBody, Changed, StoredArticle
from rag.core.article import Article
from rag.core.atomic_files import replace_file
from rag.core.errors import ArticleError, IndexNotWritableError
from rag.core.index_layout import POSTED, beside
from rag.core.reports import ArticleDetails, ArticleSummary, UpdateReport
from rag.core.settings import MEBIBYTE
from rag.doors.problems import ProblemError
from rag.formats.fields import clean_url
from rag.library import Library
from rag.text.dates import parse_date
from rag_ui.web.uploads import size_of

_PATIENCE = 60.0
"""Seconds to wait for another update."""


class PostedArticles:
    """The articles that programs sent. Threads may share it; one is added at a time.

    Args:
        library: The library.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._folder = beside(Path(library.status().folder), POSTED)
        self._lock = threading.Lock()
        self._listed: tuple[str, list[ArticleSummary]] = ("", [])

    def listed(self) -> list[ArticleSummary]:
        """Lists all articles by title. The list is read once for each generation."""
        state = self._library.status().state
        if self._listed[0] != state:
            self._listed = (state, self._library.articles())
        return self._listed[1]

    def add(self, body: ArticleBody) -> Changed:
        """Adds an article.

        Raises:
            ArticleError: If it can't become an article, its date or address is none, or it was withdrawn. Nothing is
                kept of it then.
            ProblemError: If there is no room for it.
        """
        _check(body)
        stem = re.sub(r"[^\w-]+", "-", body.title).strip("-_")[:60] or "article"
        with self._lock:
            return self._write(self._folder / f"{stem}-{secrets.token_hex(6)}.json", body, before=None)

    def replace(self, article_id: str, body: ArticleBody) -> Changed:
        """Replaces an article that a program sent. It keeps its id, and its former text stays an edition.

        Raises:
            CitationError: If there is no such article.
            ArticleError: If the new state can't become an article. The article stays as it was then.
            ProblemError: If another file holds the article.
        """
        _check(body)
        with self._lock:
            place = Path(self._library.article(article_id).path)
            if place.parent != self._folder or not place.is_file():
                raise ProblemError(
                    409, "Another file holds this article", "change that file, and update the library", "ArticleError"
                )
            return self._write(place, body, before=place.read_bytes())

    def _write(self, place: Path, body: ArticleBody, before: bytes | None) -> Changed:
        """Writes a file and updates the library. If that fails, the file is as it was before."""
        content = _file_of(body)
        try:
            self._folder.mkdir(exist_ok=True)
            if size_of(self._folder) + len(content) > self._library.settings.page.stored_megabytes * MEBIBYTE:
                raise ProblemError(413, "There is no room for more articles", "raise the setting page.stored_megabytes")
            replace_file(place, [content])
        except OSError as error:
            raise IndexNotWritableError(
                f"{self._folder} can't be written ({error.strerror})",
                remedy="check permissions and free space",
                path=str(self._folder),
            ) from error
        report: UpdateReport | None = None
        try:
            report = self._library.update(self._folder, wait=_PATIENCE)
            return Changed(article=stored(self._article_at(place, report)), report=report)
        except BaseException:
            place.unlink() if before is None else replace_file(place, [before])
            if report is not None:  # the update took the file for what it is not, such as a draft
                self._library.update(self._folder, wait=_PATIENCE)
            raise

    def _article_at(self, place: Path, report: UpdateReport) -> Article:
        """Reads the article of a file. Raises ArticleError if the update took none from it."""
        skipped = next((each for each in report.skipped if each.path.partition("#")[0] == str(place)), None)
        if skipped is not None:
            raise ArticleError(skipped.why.rstrip("."), skipped.reason, remedy="correct it, and send it again")
        if str(place) in report.withdrawn:
            raise ArticleError("This article was withdrawn", "withdrawn", remedy="take it back instead")
        found = next((each.id for each in self.listed() if each.path == str(place)), None)
        if found is None:
            raise ArticleError("The article is not in the library", "no_article", remedy="send another text")
        return self._library.article(found)


def _check(body: ArticleBody) -> None:
    """Raises ArticleError if the date or the address is none, so that neither is dropped without a word."""
    if body.published and parse_date(body.published) is None:
        remedy = "write it as 2025-04-12, 2025-04 or 2025, or leave it out"
        raise ArticleError(f"{body.published!r} is no date", "no_date", remedy=remedy, stated=body.published)
    if body.url and clean_url(body.url) is None:
        remedy = "give one that begins with http:// or https://, or leave it out"
        raise ArticleError(f"{body.url!r} is no web address", "bad_address", remedy=remedy, address=body.url)


def _file_of(body: ArticleBody) -> bytes:
    """Makes the JSON file of an article. Fields of its own can't replace the others."""
    told = body.model_dump(mode="json", exclude={"fields", "published"}, exclude_defaults=True)
    told |= {"date": body.published} if body.published else {}
    return json.dumps({**body.fields, **told}, ensure_ascii=True, indent=1).encode()


def stored(article: Article) -> StoredArticle:
    """Makes the model of an article."""
    original = None if article.original is None else ArticleDetails.of(article.original)
    names = StoredArticle.model_fields.keys() - {"original"}
    return StoredArticle(**{name: getattr(article, name) for name in names}, original=original)
