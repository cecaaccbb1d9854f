"""Turns files into articles: reads them as their format wants it, tells title and date, finds sentences.

The stored text of a plain text file is the file as decoded: the byte order mark is dropped, and nothing else is
changed, line ends neither. Of other formats it is what their reader in `rag.formats` gave, and offsets refer to that.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

from rag.core.article import Article, Sentence
from rag.core.errors import ArticleError
from rag.formats.extracted import STATED, Extracted
from rag.formats.fields import read_fields
from rag.formats.file_types import MAX_BYTES, MEBIBYTE, READABLE, SIDE_FILE, FileType, file_type_of
from rag.formats.records import BadRecord, read_records
from rag.formats.sandbox import Sandbox
from rag.formats.unpack import read_bytes
from rag.text.decode import decode, hash_text
from rag.text.first_lines import derive_metadata
from rag.text.segment import segment


@dataclass(frozen=True, slots=True)
class FileContent:
    """What one file, or one record of it, holds: all of an `Article` but its id and path.

    `content_hash` is the sha256, in hexadecimal, of the text as UTF-8 (lone surrogates as `surrogatepass` writes them).
    """

    text: str = field(repr=False)
    content_hash: str
    title: str
    published: str | None
    source: str | None
    url: str | None
    byline: str | None
    language: str | None
    derived: frozenset[str]
    sentences: tuple[Sentence, ...] = field(repr=False)


class FileReader:
    """Reads files of any format; foreign ones in one worker process, started when the first of them comes.

    `fields` maps what is to be said of an article (`text`, `title`, `date`, …) to the name of the field that says it.
    For one thread; close it when done.
    """

    def __init__(self, fields: Mapping[str, str] | None = None) -> None:
        self.fields = dict(fields or {})
        self._sandbox = Sandbox()

    def read_article(self, path: Path, *, max_bytes: int | None = None) -> FileContent:
        """The article in a file that holds one. Raises ArticleError, with one line on what to do, where it can't."""
        file_type = file_type_of(path)
        if file_type is None or file_type.holds_many:
            raise ArticleError("This is no file of one article", "wrong_kind", remedy=f"save it as {READABLE}")
        data = read_bytes(path, min(max_bytes or file_type.max_bytes, file_type.max_bytes))
        extracted = self._extract(file_type, data)
        stated = _read_side_file(path)
        return to_content(extracted if stated is None else _state(extracted, stated))

    def read_records(self, path: Path) -> Iterator[Extracted | BadRecord]:
        """What a file of many articles holds, in its order; see `rag.formats.records`. Raises ArticleError."""
        file_type = file_type_of(path)
        if file_type is None or not file_type.holds_many:
            raise ArticleError("This is no file of many articles", "wrong_kind", remedy=f"save it as {READABLE}")
        return read_records(path, file_type, self.fields, self._sandbox)

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
        if file_type.reader is None:
            return Extracted(decode(data))
        (extracted,) = self._sandbox.extract(file_type, data)
        return extracted


def read_article(path: Path, *, max_bytes: int = MAX_BYTES) -> FileContent:
    """The article in this file, by itself; `FileReader` reads many. Raises ArticleError."""
    with FileReader() as file_reader:
        return file_reader.read_article(path, max_bytes=max_bytes)


def read_text(data: bytes) -> FileContent:
    """The article in the bytes of a plain text file; raises ArticleError where they are no text."""
    return to_content(Extracted(decode(data)))


def to_content(extracted: Extracted) -> FileContent:
    """The article with its sentences, and what is not stated derived from its first lines. Raises ArticleError."""
    text = extracted.text
    if not text.strip():
        raise ArticleError("The file is empty", "no_text", remedy="put the article's text into it or take it away")
    sentences = segment(text)
    found = derive_metadata(text, sentences)
    stated = {name for name in STATED if getattr(extracted, name) is not None}
    return FileContent(
        text=text,
        content_hash=hash_text(text),
        title=extracted.title or found.title,
        published=extracted.published or found.published,
        source=extracted.source or found.source,
        url=extracted.url or found.url,
        byline=extracted.byline or found.byline,
        language=extracted.language,
        derived=found.derived - stated,
        sentences=sentences,
    )


def read_again(article: Article) -> FileContent:
    """The stored article as its file would give it now: what was derived is derived anew. Raises ArticleError."""
    stated = {name: getattr(article, name) for name in STATED if name not in article.derived}
    return to_content(Extracted(article.text, **stated))


def side_file(path: Path) -> Path | None:
    """The file beside an article's that states its title, date and so on, if there is one; no link counts."""
    beside = path.with_name(path.name + SIDE_FILE)
    return beside if beside.is_file() and not beside.is_symlink() else None


def _read_side_file(path: Path) -> Extracted | None:
    beside = side_file(path)
    if beside is None:
        return None
    try:
        fields = json.loads(decode(read_bytes(beside, MEBIBYTE)))
    except (ValueError, RecursionError, ArticleError):
        fields = None
    if not isinstance(fields, dict):
        raise ArticleError(
            f"The file beside it, {beside.name}, is no JSON object",
            "side_file",
            remedy="mend it or take it away",
            name=beside.name,
        )
    return read_fields(fields, {}, text="")


def _state(extracted: Extracted, stated: Extracted) -> Extracted:
    """The article with what is stated about it put in place of what its own file says."""
    return replace(extracted, **{name: value for name in STATED if (value := getattr(stated, name)) is not None})
