"""Finds the articles in the files of a scan. A file of many articles is read only if it changed."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rag.core.errors import ArticleError
from rag.core.program_fault import attempt
from rag.core.reports import Skipped
from rag.formats.extracted import STATED, Extracted
from rag.formats.file_types import article_path, file_of, file_type_of_name
from rag.ingest.changes import Known
from rag.ingest.file_reader import FileContent, FileReader, to_content
from rag.ingest.file_records import read_through
from rag.ingest.scan import Scan, hash_file


@dataclass(frozen=True, slots=True)
class Contents:
    """The articles in the files of a scan.

    Attributes:
        scan: The scan with articles instead of files: the hash of each by its path (see `rag.formats.file_types`).
        signatures: The signature of each file of many articles, for the next call of `look_into`. A file that could not
            be read in full has none, so that it is read and reported again.
        forgotten: Files whose articles no longer fit their earlier signature, which must be dropped. Otherwise a file
            that changes back would not be read.
        unpublished: The state of each record that is not published, such as "draft", by its path or its number.
        superseded: Number of records that a later one of the same id replaces.
    """

    scan: Scan
    signatures: Mapping[str, str]
    forgotten: frozenset[str]
    unpublished: Mapping[str, str]
    superseded: int

    def is_gone(self, path: str) -> bool:
        """Whether an article that was not found is certainly gone, or its file states that it is not published."""
        return path in self.unpublished or self.scan.is_gone(path)


def look_into(scan: Scan, known: Mapping[str, Known], before: Mapping[str, str], file_reader: FileReader) -> Contents:
    """Finds the articles in the files of a scan.

    If a file could not be read to its end, or shows only its latest articles, no article of it counts as gone. A
    damaged record keeps the article whose id it tells, and no other.

    Args:
        scan: The files found.
        known: The library's articles by path.
        before: The signatures of the last update.
        file_reader: Reads files of many articles.
    """
    signatures: dict[str, str] = {}
    skipped: list[Skipped] = []
    unseen: set[Path] = set()
    unpublished: dict[str, str] = {}
    superseded = 0
    types = {file: file_type_of_name(file) for file in scan.files}
    many = {file: file_type for file, file_type in types.items() if file_type is not None and file_type.holds_many}
    articles = {file: file_hash for file, file_hash in scan.files.items() if file not in many}
    known_of = _by_file(known) if many else {}
    for file, file_type in many.items():
        signature = _sign(scan.files[file], file_reader)
        if before.get(file) == signature and file in known_of:
            articles |= {path: known[path].file_hash for path in known_of[file]}
            signatures[file] = signature
            continue
        found = read_through(file, file_reader)
        kept = found.damaged & known.keys() - found.articles.keys() - found.unpublished.keys()
        articles |= found.articles | {path: known[path].file_hash for path in kept}
        skipped += found.skipped
        unpublished |= found.unpublished
        superseded += found.superseded
        if file_type.forgets or not found.is_whole:
            unseen.add(Path(file))
        if not found.skipped:
            signatures[file] = signature
    looked = replace(scan, files=articles, skipped=(*scan.skipped, *skipped), unseen=scan.unseen | unseen)
    forgotten = (
        file for file in before if (signatures.get(file) != before[file] if file in scan.files else scan.is_gone(file))
    )
    return Contents(looked, signatures, frozenset(forgotten), unpublished, superseded)


def read_contents(
    files: Mapping[str, str], file_reader: FileReader, on_open: Callable[[str], None] = lambda file: None
) -> Iterator[tuple[str, FileContent | ArticleError]]:
    """Reads articles, file by file.

    Args:
        files: The hash of each article by path, as `look_into` found it.
        file_reader: Reads the files.
        on_open: Called with each file before it is read.

    Yields:
        Each path with its content, or with an error if it can't be read or changed since.
    """
    for file, paths in _by_file(files).items():
        on_open(file)
        if paths == [file] and not _holds_many(file):
            yield file, attempt(partial(_read_one, file, files[file], file_reader))
        else:
            yield from _read_some(file, {path: files[path] for path in paths}, file_reader)


def _by_file(paths: Mapping[str, object]) -> defaultdict[str, list[str]]:
    """Article paths by their files, both sorted."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for path in sorted(paths):
        found[file_of(path)].append(path)
    return found


def _holds_many(file: str) -> bool:
    file_type = file_type_of_name(file)
    return file_type is not None and file_type.holds_many


def _sign(file_hash: str, file_reader: FileReader) -> str:
    """The signature of a file of many articles: a hash of its bytes and of what is to be read."""
    how = json.dumps(file_reader.fields, sort_keys=True) + (" unpublished" if file_reader.limits.unpublished else "")
    return hashlib.sha256(f"{file_hash} {how}".encode()).hexdigest()


def _read_one(file: str, file_hash: str, file_reader: FileReader) -> FileContent:
    """Reads the article in a file. Raises ArticleError, also if the file changed since it was hashed."""
    try:
        content = _storable(file_reader.read_article(Path(file)))
        if hash_file(Path(file), file_reader.limits) != file_hash:
            raise _changed()
    except OSError as error:
        why = ArticleError("The file disappeared while it was read", "changed", remedy="update again when it is back")
        raise why from error
    return content


def _read_some(
    file: str, wanted: dict[str, str], file_reader: FileReader
) -> Iterator[tuple[str, FileContent | ArticleError]]:
    """Reads the wanted articles of a file, which are given with their hashes."""
    records = file_reader.read_records(Path(file))
    while wanted:
        record = attempt(lambda: next(records, None))
        if record is None or isinstance(record, ArticleError):
            yield from ((path, record or _changed()) for path in wanted)
            return
        path = article_path(file, record.key) if isinstance(record, Extracted) else ""
        if isinstance(record, Extracted) and wanted.get(path) == record.fingerprint():
            del wanted[path]
            yield path, attempt(partial(_to_content, record))


def _changed() -> ArticleError:
    return ArticleError("The file changed while it was read", "changed", remedy="update again when it is complete")


def _to_content(record: Extracted) -> FileContent:
    return _storable(to_content(record))


def _storable(content: FileContent) -> FileContent:
    """Returns the content if the store can hold it. Raises ArticleError."""
    try:
        for name in ("text", *STATED):
            (getattr(content, name) or "").encode()
    except UnicodeEncodeError as error:
        raise ArticleError(
            "The text has characters that UTF-8 can't encode", "bad_encoding", remedy="save it as UTF-8"
        ) from error
    return content
