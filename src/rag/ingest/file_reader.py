"""Turns files into articles: reads each by its format, finds title and date, and finds sentences.

The stored text of a plain text file is the file as decoded, without its byte order mark. Line ends stay as they are,
unless they divide words: then each paragraph is put on one line, so that words are whole in a quote too. A file that is
named as plain text but holds HTML is read as HTML. The text of other formats is what their reader in `rag.formats`
gave. Offsets refer to the stored text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

from rag.core.article import Article, Sentence
from rag.core.errors import ArticleError
from rag.core.plain_text import counted
from rag.core.remedies import Remedy
from rag.core.settings import DEFAULTS, FileSettings
from rag.formats.extracted import STATED, Extracted
from rag.formats.fields import read_fields
from rag.formats.file_types import MAX_SIDE_FILE, READABLE, SIDE_FILE, TEXT, FileType, file_type_of, max_bytes_of
from rag.formats.html_in_text import type_of_text
from rag.formats.records import BadRecord, Unpublished, read_records
from rag.formats.sandbox import Sandbox
from rag.formats.unpack import read_bytes
from rag.text.decode import decode, hash_text
from rag.text.first_lines import derive_metadata
from rag.text.segment import segment
from rag.text.unwrap import mend_broken_words

_LONGEST_WORD = 100_000
"""Characters without a space from which a text is data, such as a picture in base64. It would fill the index."""
_DATA = re.compile(rf"\S{{{_LONGEST_WORD}}}")
_TAG = re.compile(r"<[^<>]*+>")


@dataclass(frozen=True, slots=True)
class FileContent:
    """The content of one file, or of one record of it: all of an `Article` but its id and path, and how much is lost.

    `content_hash` is the sha256, in hexadecimal digits, of the text in UTF-8. Lone surrogates are encoded by Python's
    `surrogatepass`.
    """

    text: str = field(repr=False)
    content_hash: str
    title: str
    published: str | None
    source: str | None
    url: str | None
    byline: str | None
    language: str | None
    section: str | None
    fields: tuple[tuple[str, str], ...]
    derived: frozenset[str]
    unread_pages: int
    sentences: tuple[Sentence, ...] = field(repr=False)

    def as_article(self, article_id: str, path: str) -> Article:
        """Returns the content as an article with this id and path."""
        return Article(
            id=article_id,
            path=path,
            content_hash=self.content_hash,
            text=self.text,
            title=self.title,
            published=self.published,
            source=self.source,
            url=self.url,
            byline=self.byline,
            language=self.language,
            section=self.section,
            fields=self.fields,
            derived=self.derived,
            sentences=self.sentences,
        )


class FileReader:
    """Reads files of any format, foreign formats in one worker process. For one thread; close it after use.

    Args:
        fields: Field names that are used instead of the usual ones (see `rag.formats.fields`): each maps what is stated
            about an article (`text`, `title`, `date`, …) to a field's name.
        limits: What reading one file may cost.
    """

    def __init__(self, fields: Mapping[str, str] | None = None, limits: FileSettings = DEFAULTS.files) -> None:
        self.fields = dict(fields or {})
        self.limits = limits
        self._sandbox = Sandbox(limits)

    def read_article(self, path: Path, *, max_bytes: int | None = None) -> FileContent:
        """Reads a file that holds one article.

        Args:
            path: The file.
            max_bytes: Limit of the unpacked size, in bytes; None and larger values take the format's limit.

        Raises:
            ArticleError: If the file can't be read; the message is one line that says what to do.
        """
        file_type = file_type_of(path)
        if file_type is None or file_type.holds_many:
            raise ArticleError("This is not a file of one article", "wrong_kind", remedy=f"save it as {READABLE}")
        most = max_bytes_of(file_type, self.limits)
        data = read_bytes(path, min(max_bytes or most, most))
        extracted = self._extract(file_type, data)
        stated = _read_side_file(path)
        article = extracted if stated is None else _state(extracted, stated)
        if article.status is not None and not self.limits.unpublished:
            raise ArticleError(
                f"This is not published ({article.status})",
                "unpublished",
                remedy=Remedy(action="take_unpublished"),
                status=article.status,
            )
        return to_content(article)

    def read_records(self, path: Path) -> Iterator[Extracted | BadRecord | Unpublished]:
        """Reads a file that holds many articles; see `rag.formats.records.read_records`.

        Raises:
            ArticleError: If the file can't be read any further; articles may have been yielded before.
        """
        file_type = file_type_of(path)
        if file_type is None or not file_type.holds_many:
            raise ArticleError("This is not a file of many articles", "wrong_kind", remedy=f"save it as {READABLE}")
        return read_records(path, file_type, self.fields, self._sandbox, self.limits)

    def close(self) -> None:
        """Ends the worker process."""
        self._sandbox.close()

    def __enter__(self) -> FileReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _extract(self, file_type: FileType, data: bytes) -> Extracted:
        if file_type is TEXT:
            return self._extract_text(data)
        (extracted,) = self._sandbox.extract(file_type, data)
        return extracted

    def _extract_text(self, data: bytes) -> Extracted:
        """Reads a text. HTML in it is read as such; where that gives nothing, the text stays as it is, tags and all."""
        text = decode(data)
        held = type_of_text(text)
        if held is not TEXT:
            try:
                (extracted,) = self._sandbox.extract(held, data)
            except ArticleError:
                extracted = None
            if extracted is not None and (extracted.text.strip() or not _TAG.sub("", text).strip()):
                return extracted
        return Extracted(mend_broken_words(text))


def loss_of(content: FileContent | ArticleError) -> ArticleError | None:
    """Returns what is missing of an article that was read, as an error: pages that are scans. None if nothing is."""
    if isinstance(content, ArticleError) or not content.unread_pages:
        return None
    return ArticleError(
        f"{counted(content.unread_pages, 'page')} may be scanned and can't be read; the rest was",
        "scanned_pages",
        remedy="install tesseract, forget the file and add it again",
        pages=content.unread_pages,
    )


def read_article(path: Path, *, max_bytes: int | None = None) -> FileContent:
    """Reads one file that holds one article. For several files, `FileReader` is faster.

    Raises:
        ArticleError: If the file can't be read.
    """
    with FileReader() as file_reader:
        return file_reader.read_article(path, max_bytes=max_bytes)


def read_text(data: bytes) -> FileContent:
    """Reads the article in the bytes of a plain text file.

    Raises:
        ArticleError: If the bytes are not text.
    """
    return to_content(Extracted(mend_broken_words(decode(data))))


def to_content(extracted: Extracted) -> FileContent:
    """Finds an article's sentences, and derives fields that are not stated from its first lines.

    Raises:
        ArticleError: If there is no text, or a stretch of data without a space in it.
    """
    text = extracted.text
    if not text.strip():
        raise ArticleError("The file is empty", "no_text", remedy="add the article's text, or remove the file")
    if _DATA.search(text):
        most = f"{_LONGEST_WORD:,}"
        raise ArticleError(
            f"The text has {most} characters without a space, so it is data", "binary", remedy="remove the data from it"
        )
    sentences = segment(text)
    found = derive_metadata(text, sentences)
    stated = {name for name in STATED if getattr(extracted, name) is not None}
    return FileContent(
        text=text,
        content_hash=hash_text(text),
        title=extracted.title or found.title.replace("\0", "\N{REPLACEMENT CHARACTER}"),  # no database takes a NUL
        published=extracted.published or found.published,
        source=extracted.source or found.source,
        url=extracted.url or found.url,
        byline=extracted.byline or found.byline,
        language=extracted.language,
        section=extracted.section,
        fields=extracted.fields,
        derived=found.derived - stated,
        unread_pages=extracted.unread_pages,
        sentences=sentences,
    )


def read_again(article: Article) -> FileContent:
    """Derives the sentences and the derived fields of a stored article again, with this release's rules.

    Returns:
        The content as the article's file has it, without corrections.

    Raises:
        ArticleError: If there is no text.
    """
    filed = article.as_filed()
    stated = {name: getattr(filed, name) for name in STATED if name not in filed.derived}
    return to_content(Extracted(filed.text, fields=filed.fields, **stated))


def side_file(path: Path) -> Path | None:
    """Returns the file beside an article's file that states title, date and so on.

    Returns:
        The side file; None if there is none or it is a link.
    """
    beside = path.with_name(path.name + SIDE_FILE)
    return beside if beside.is_file() and not beside.is_symlink() else None


def side_file_error(beside: Path, wrong: str) -> ArticleError:
    """Returns the error of an article whose side file can't be read; `wrong` says why not."""
    return ArticleError(
        f"The file beside it, {beside.name}, {wrong}", "side_file", remedy="correct it or remove it", name=beside.name
    )


def _read_side_file(path: Path) -> Extracted | None:
    beside = side_file(path)
    if beside is None:
        return None
    try:
        fields = json.loads(decode(read_bytes(beside, MAX_SIDE_FILE)))
    except (ValueError, RecursionError, ArticleError):
        fields = None
    if not isinstance(fields, dict):
        raise side_file_error(beside, "is not a JSON object")
    return read_fields(fields, {}, text="")


def _state(extracted: Extracted, stated: Extracted) -> Extracted:
    """Replaces the article's fields by those that its side file states."""
    names = (*STATED, "status")
    named_anew = {name for name, _ in stated.fields}
    kept = (pair for pair in extracted.fields if pair[0] not in named_anew)
    values = {name: value for name in names if (value := getattr(stated, name)) is not None}
    return replace(extracted, **values, fields=tuple(sorted((*kept, *stated.fields))))
